//! The vendor's return codes: number, name, meaning, cause, remedy. Data only, the one thing client and sandbox share.
//! What a client does about a code (retry, renew) belongs to `oppo`; the sandbox decides by itself when to give one.

/// One row of OPPO's return-code table (OPPO reference, section 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnCode {
    pub code: i32,
    /// The vendor's message text. Branch on the code, never on this.
    pub name: &'static str,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// What usually causes it.
    pub cause: &'static str,
    /// What to do about it; and the command that helps, as words behind `opush` with gaps such as `<ID>`, or nothing.
    pub remedy: (&'static str, &'static str),
}

/// The row of a code, if OPPO's table has one.
pub(crate) fn find(code: i32) -> Option<&'static ReturnCode> {
    let at = TABLE.binary_search_by_key(&code, |row| row.code).ok()?;
    TABLE.get(at)
}

/// Every code known, ascending.
pub const TABLE: &[ReturnCode] = &[
    ReturnCode {
        code: -2,
        name: "Service in Flow Control",
        meaning: "OPPO is throttling its own service",
        cause: "OPPO's service has more to do than it can",
        remedy: ("wait a little and send again; opush tries up to three times by itself", ""),
    },
    ReturnCode {
        code: -1,
        name: "Service Currently Unavailable",
        meaning: "OPPO's service is not available right now",
        cause: "maintenance or an outage at OPPO",
        remedy: ("try again in some minutes; opush tries up to three times by itself", ""),
    },
    ReturnCode {
        code: 0,
        name: "Success",
        meaning: "OPPO accepted the call; for a push it does not yet mean that a phone shows it",
        cause: "the call was right",
        remedy: ("nothing to do", ""),
    },
    ReturnCode {
        code: 11,
        name: "Invalid AuthToken",
        meaning: "the auth token is wrong or has expired",
        cause: "a newer token replaced it, it is older than 24 hours, or it comes from another region's host",
        remedy: (
            "opush fetches a new token by itself; if this stays, check the profile's region and the certificate",
            "cert verify",
        ),
    },
    ReturnCode {
        code: 12,
        name: "Http Action Not Allowed",
        meaning: "the call was made with the wrong HTTP method",
        cause: "a proxy or an endpoint setting changed the request on its way",
        remedy: ("check the profile's endpoint; opush itself sends pushes by POST", ""),
    },
    ReturnCode {
        code: 13,
        name: "App Call Limited",
        meaning: "the app has called too often",
        cause: "the number of calls or their rate is over what OPPO allows this app",
        remedy: ("send more slowly and try again later", ""),
    },
    ReturnCode {
        code: 14,
        name: "Invalid App Key",
        meaning: "OPPO does not know this AppKey",
        cause: "the AppKey is mistyped, belongs to another app, or to the other region",
        remedy: ("copy the AppKey from OPPO's push console again", "cert edit <ID> --app-key <APP-KEY>"),
    },
    ReturnCode {
        code: 15,
        name: "Missing App Key",
        meaning: "the auth call carried no AppKey",
        cause: "a proxy or an endpoint setting changed the request on its way",
        remedy: ("check the profile's endpoint, and the request that was sent", "history show <NUMBER>"),
    },
    ReturnCode {
        code: 16,
        name: "Invalid Signature",
        meaning: "the signature does not fit the AppKey",
        cause: "the secret is AppSecret instead of MasterSecret, or it was renewed in the console",
        remedy: (
            "copy the MasterSecret, not the AppSecret, from OPPO's push console, then check it",
            "cert verify",
        ),
    },
    ReturnCode {
        code: 17,
        name: "Missing Signature",
        meaning: "the auth call carried no signature",
        cause: "a proxy or an endpoint setting changed the request on its way",
        remedy: ("check the profile's endpoint, and the request that was sent", "history show <NUMBER>"),
    },
    ReturnCode {
        code: 18,
        name: "Missing Timestamp",
        meaning: "the auth call carried no timestamp",
        cause: "a proxy or an endpoint setting changed the request on its way",
        remedy: ("check the profile's endpoint, and the request that was sent", "history show <NUMBER>"),
    },
    ReturnCode {
        code: 19,
        name: "Invalid Timestamp",
        meaning: "the timestamp of the auth call is more than 10 minutes from OPPO's time, or not in milliseconds",
        cause: "this machine's clock is wrong",
        remedy: ("set this machine's clock (NTP), then see whether a difference is left", "cert verify"),
    },
    ReturnCode {
        code: 20,
        name: "Invalid Method",
        meaning: "OPPO has no such call",
        cause: "the path is wrong, or the host does not offer this call",
        remedy: ("check the profile's region and endpoint", ""),
    },
    ReturnCode {
        code: 21,
        name: "Missing Method",
        meaning: "the path names no call",
        cause: "the endpoint in the profile is wrong",
        remedy: ("check the profile's region and endpoint", ""),
    },
    ReturnCode {
        code: 22,
        name: "Missing Version",
        meaning: "the path carries no version",
        cause: "the endpoint in the profile is wrong",
        remedy: ("check the profile's endpoint; opush adds /server/v1 itself", ""),
    },
    ReturnCode {
        code: 23,
        name: "Invalid Version",
        meaning: "the version in the path is not a version",
        cause: "the endpoint in the profile is wrong",
        remedy: ("check the profile's endpoint; opush adds /server/v1 itself", ""),
    },
    ReturnCode {
        code: 24,
        name: "Unsupported Version",
        meaning: "OPPO no longer serves this version of the call",
        cause: "the endpoint is wrong, or OPPO has retired the version",
        remedy: (
            "check the profile's endpoint; opush adds /server/v1 itself; then look for a newer opush",
            "",
        ),
    },
    ReturnCode {
        code: 25,
        name: "Invalid Encoding",
        meaning: "the body of the call is not UTF-8",
        cause: "a proxy changed the request on its way",
        remedy: ("check the profile's endpoint and the proxy settings", ""),
    },
    ReturnCode {
        code: 26,
        name: "IP Black List",
        meaning: "OPPO has blocked this machine's IP address",
        cause: "too many bad calls came from this address",
        remedy: ("ask OPPO's support to unblock it, or send from another address", ""),
    },
    ReturnCode {
        code: 27,
        name: "Access Denied",
        meaning: "the app has no right to this feature",
        cause: "the feature was not granted to this app",
        remedy: ("apply for the feature in OPPO's push console", ""),
    },
    ReturnCode {
        code: 28,
        name: "App Disabled",
        meaning: "the app is disabled at OPPO",
        cause: "push is switched off for the app, or the app was taken down",
        remedy: ("switch push on for the app in OPPO's console, or ask OPPO's support", ""),
    },
    ReturnCode {
        code: 29,
        name: "Missing Auth Token",
        meaning: "the call carried no auth token",
        cause: "a proxy dropped it, or an endpoint setting changed the request on its way",
        remedy: ("check the profile's endpoint, and the request that was sent", "history show <NUMBER>"),
    },
    ReturnCode {
        code: 30,
        name: "Api Permission Denied",
        meaning: "the app may not push by the server API",
        cause: "the API right was not applied for, or is not granted yet",
        remedy: ("apply for the push API in OPPO's push console and wait until it is granted", ""),
    },
    ReturnCode {
        code: 31,
        name: "Data Not Exist",
        meaning: "what the call refers to does not exist",
        cause: "an unknown or expired message_id",
        remedy: ("use an ID that OPPO gave out for this app", ""),
    },
    ReturnCode {
        code: 32,
        name: "Data Duplicate",
        meaning: "OPPO already has this",
        cause: "the same app_message_id was sent before",
        remedy: (
            "take it as done and look at the phone; to send once more, use another --app-message-id",
            "",
        ),
    },
    ReturnCode {
        code: 33,
        name: "The number of messages exceeds the daily limit",
        meaning: "the app's messages of today are used up",
        cause: "more pushes were sent today than OPPO allows this app",
        remedy: ("wait until tomorrow, or ask OPPO for a higher limit", ""),
    },
    ReturnCode {
        code: 34,
        name: "The number of upload pictures exceeds the daily limit",
        meaning: "the app's picture uploads of today are used up",
        cause: "more pictures were uploaded today than OPPO allows this app",
        remedy: ("use a picture that is uploaded already, or wait until tomorrow", ""),
    },
    ReturnCode {
        code: 40,
        name: "Missing Required Arguments",
        meaning: "a required field is missing",
        cause: "the message lacks a field such as title, content or target",
        remedy: ("add the field; --dry-run shows the whole message", ""),
    },
    ReturnCode {
        code: 41,
        name: "Invalid Arguments",
        meaning: "a field is out of form or range",
        cause: "a value is too long, of the wrong type, or not allowed beside another one; possibly the regId",
        remedy: ("compare the message with what --dry-run shows, and check the regId", "token check <REGID>"),
    },
    ReturnCode {
        code: 51,
        name: "Invalid Picture",
        meaning: "the picture cannot be used",
        cause: "its format, its size, or the form of the upload is wrong",
        remedy: ("use PNG or JPEG of the size that OPPO asks for", ""),
    },
    ReturnCode {
        code: 54,
        name: "private_msg_template_id is null",
        meaning: "a private message was sent without its template",
        cause: "the category of this message needs an approved private template",
        remedy: ("name the approved template in private_msg_template_id, or use another category", ""),
    },
    ReturnCode {
        code: 55,
        name: "App Call Frequency Limit",
        meaning: "the app calls too often in a short time",
        cause: "calls come faster than OPPO allows this app",
        remedy: ("send more slowly and try again later", ""),
    },
    ReturnCode {
        code: 59,
        name: "UseSecondaryAction permission denied",
        meaning: "the app has no right to a fallback link",
        cause: "the message carries a second click action that was not granted",
        remedy: ("drop the second action, or apply for it in OPPO's push console", ""),
    },
    ReturnCode {
        code: 67,
        name: "Category error/Private classify channel notify_level invalid",
        meaning: "category or notify level is wrong, or not granted to this app",
        cause: "a category the app has not applied for, or a notify level above what the category allows",
        remedy: ("apply for the category in OPPO's push console, or drop --category and --notify-level", ""),
    },
    ReturnCode {
        code: 10000,
        name: "Invalid Registration_id",
        meaning: "the regId is malformed or not valid",
        cause: "the app was uninstalled or its data cleared, the phone was offline over 30 days, or the regId is of another app or region",
        remedy: ("let the app register again on that phone and report the new regId", "snippet token"),
    },
    ReturnCode {
        code: 10001,
        name: "Registration_id Unsubscribe",
        meaning: "the regId is not subscribed to pushes",
        cause: "the person switched notifications off, or the app called its unregister",
        remedy: ("let the person switch notifications on for the app, and the app register again", ""),
    },
    ReturnCode {
        code: 10002,
        name: "Invalid Alias Name",
        meaning: "the alias is malformed or no regId has it",
        cause: "the alias was never set, or is mistyped",
        remedy: ("set the alias for the regId first, or send to the regId", ""),
    },
    ReturnCode {
        code: 10003,
        name: "Alias Name Unsubscribe",
        meaning: "the alias's phone is not subscribed to pushes",
        cause: "the person switched notifications off, or the app called its unregister",
        remedy: ("let the person switch notifications on for the app, and the app register again", ""),
    },
    ReturnCode {
        code: 10004,
        name: "registrationId Repeat",
        meaning: "a regId is in the list more than once",
        cause: "the list of targets has duplicates",
        remedy: ("remove the duplicates", ""),
    },
    ReturnCode {
        code: 10005,
        name: "Alias Name Repeat",
        meaning: "an alias is in the list more than once",
        cause: "the list of targets has duplicates",
        remedy: ("remove the duplicates", ""),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend_so_that_each_is_found() {
        assert!(TABLE.windows(2).all(|pair| pair[0].code < pair[1].code));
        for row in TABLE {
            assert_eq!(find(row.code), Some(row));
        }
        assert_eq!(find(35), None);
    }

    #[test]
    fn the_table_agrees_with_the_transcription_of_the_reference() {
        let transcript = include_str!("../tests/wire/return_codes.tsv");
        let expected: Vec<(i32, &str)> = transcript
            .lines()
            .map(|line| line.split_once('\t').expect("code, tab, name"))
            .map(|(code, name)| (code.parse().expect("a number"), name))
            .collect();
        let actual: Vec<(i32, &str)> = TABLE.iter().map(|row| (row.code, row.name)).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn every_row_says_something_in_plain_words() {
        for row in TABLE {
            for text in [row.name, row.meaning, row.cause, row.remedy.0] {
                assert!(
                    !text.is_empty() && !text.ends_with('.') && !text.contains('!'),
                    "{}: {text}",
                    row.code
                );
            }
        }
    }
}
