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

/// Rows of code, name, meaning, cause and remedy, and the command that helps where there is one.
macro_rules! return_codes {
    ($($code:literal $name:literal $meaning:literal $cause:literal $remedy:literal $(=> $command:literal)?;)*) => {
        /// Every code known, ascending.
        pub const TABLE: &[ReturnCode] = &[$(ReturnCode {
            code: $code,
            name: $name,
            meaning: $meaning,
            cause: $cause,
            remedy: ($remedy, concat!($($command)?)),
        },)*];
    };
}

return_codes! {
    -2 "Service in Flow Control"
        "OPPO is throttling its own service"
        "OPPO's service has more to do than it can"
        "wait a little and send again; opush tries up to three times by itself";
    -1 "Service Currently Unavailable"
        "OPPO's service is not available right now"
        "maintenance or an outage at OPPO"
        "try again in some minutes; opush tries up to three times by itself";
    0 "Success"
        "OPPO accepted the call; for a push it does not yet mean that a phone shows it"
        "the call was right"
        "nothing to do";
    11 "Invalid AuthToken"
        "the auth token is wrong or has expired"
        "a newer token replaced it, it is older than 24 hours, or it comes from another region's host"
        "opush fetches a new token by itself; if this stays, check the profile's region and the certificate" => "cert verify";
    12 "Http Action Not Allowed"
        "the call was made with the wrong HTTP method"
        "a proxy or an endpoint setting changed the request on its way"
        "check the profile's endpoint; opush itself sends pushes by POST";
    13 "App Call Limited"
        "the app has called too often"
        "the number of calls or their rate is over what OPPO allows this app"
        "send more slowly and try again later";
    14 "Invalid App Key"
        "OPPO does not know this AppKey"
        "the AppKey is mistyped, belongs to another app, or to the other region"
        "copy the AppKey from OPPO's push console again" => "cert edit <ID> --app-key <APP-KEY>";
    15 "Missing App Key"
        "the auth call carried no AppKey"
        "a proxy or an endpoint setting changed the request on its way"
        "check the profile's endpoint, and the request that was sent" => "history show <NUMBER>";
    16 "Invalid Signature"
        "the signature does not fit the AppKey"
        "the secret is AppSecret instead of MasterSecret, or it was renewed in the console"
        "copy the MasterSecret, not the AppSecret, from OPPO's push console, then check it" => "cert verify";
    17 "Missing Signature"
        "the auth call carried no signature"
        "a proxy or an endpoint setting changed the request on its way"
        "check the profile's endpoint, and the request that was sent" => "history show <NUMBER>";
    18 "Missing Timestamp"
        "the auth call carried no timestamp"
        "a proxy or an endpoint setting changed the request on its way"
        "check the profile's endpoint, and the request that was sent" => "history show <NUMBER>";
    19 "Invalid Timestamp"
        "the timestamp of the auth call is more than 10 minutes from OPPO's time, or not in milliseconds"
        "this machine's clock is wrong"
        "set this machine's clock (NTP), then see whether a difference is left" => "cert verify";
    20 "Invalid Method"
        "OPPO has no such call"
        "the path is wrong, or the host does not offer this call"
        "check the profile's region and endpoint";
    21 "Missing Method"
        "the path names no call"
        "the endpoint in the profile is wrong"
        "check the profile's region and endpoint";
    22 "Missing Version"
        "the path carries no version"
        "the endpoint in the profile is wrong"
        "check the profile's endpoint; opush adds /server/v1 itself";
    23 "Invalid Version"
        "the version in the path is not a version"
        "the endpoint in the profile is wrong"
        "check the profile's endpoint; opush adds /server/v1 itself";
    24 "Unsupported Version"
        "OPPO no longer serves this version of the call"
        "the endpoint is wrong, or OPPO has retired the version"
        "check the profile's endpoint; opush adds /server/v1 itself; then look for a newer opush";
    25 "Invalid Encoding"
        "the body of the call is not UTF-8"
        "a proxy changed the request on its way"
        "check the profile's endpoint and the proxy settings";
    26 "IP Black List"
        "OPPO has blocked this machine's IP address"
        "too many bad calls came from this address"
        "ask OPPO's support to unblock it, or send from another address";
    27 "Access Denied"
        "the app has no right to this feature"
        "the feature was not granted to this app"
        "apply for the feature in OPPO's push console";
    28 "App Disabled"
        "the app is disabled at OPPO"
        "push is switched off for the app, or the app was taken down"
        "switch push on for the app in OPPO's console, or ask OPPO's support";
    29 "Missing Auth Token"
        "the call carried no auth token"
        "a proxy dropped it, or an endpoint setting changed the request on its way"
        "check the profile's endpoint, and the request that was sent" => "history show <NUMBER>";
    30 "Api Permission Denied"
        "the app may not push by the server API"
        "the API right was not applied for, or is not granted yet"
        "apply for the push API in OPPO's push console and wait until it is granted";
    31 "Data Not Exist"
        "what the call refers to does not exist"
        "an unknown or expired message_id"
        "use an ID that OPPO gave out for this app";
    32 "Data Duplicate"
        "OPPO already has this"
        "the same app_message_id was sent before"
        "take it as done and look at the phone; to send once more, use another --app-message-id";
    33 "The number of messages exceeds the daily limit"
        "the app's messages of today are used up"
        "more pushes were sent today than OPPO allows this app"
        "wait until tomorrow, or ask OPPO for a higher limit";
    34 "The number of upload pictures exceeds the daily limit"
        "the app's picture uploads of today are used up"
        "more pictures were uploaded today than OPPO allows this app"
        "use a picture that is uploaded already, or wait until tomorrow";
    40 "Missing Required Arguments"
        "a required field is missing"
        "the message lacks a field such as title, content or target"
        "add the field; --dry-run shows the whole message";
    41 "Invalid Arguments"
        "a field is out of form or range"
        "a value is too long, of the wrong type, or not allowed beside another one; possibly the regId"
        "compare the message with what --dry-run shows, and check the regId" => "token check <REGID>";
    51 "Invalid Picture"
        "the picture cannot be used"
        "its format, its size, or the form of the upload is wrong"
        "use PNG or JPEG of the size that OPPO asks for";
    54 "private_msg_template_id is null"
        "a private message was sent without its template"
        "the category of this message needs an approved private template"
        "name the approved template in private_msg_template_id, or use another category";
    55 "App Call Frequency Limit"
        "the app calls too often in a short time"
        "calls come faster than OPPO allows this app"
        "send more slowly and try again later";
    59 "UseSecondaryAction permission denied"
        "the app has no right to a fallback link"
        "the message carries a second click action that was not granted"
        "drop the second action, or apply for it in OPPO's push console";
    67 "Category error/Private classify channel notify_level invalid"
        "category or notify level is wrong, or not granted to this app"
        "a category the app has not applied for, or a notify level above what the category allows"
        "apply for the category in OPPO's push console, or drop --category and --notify-level";
    10000 "Invalid Registration_id"
        "the regId is malformed or not valid"
        "the app was uninstalled or its data cleared, the phone was offline over 30 days, or the regId is of another app or region"
        "let the app register again on that phone and report the new regId" => "snippet token";
    10001 "Registration_id Unsubscribe"
        "the regId is not subscribed to pushes"
        "the person switched notifications off, or the app called its unregister"
        "let the person switch notifications on for the app, and the app register again";
    10002 "Invalid Alias Name"
        "the alias is malformed or no regId has it"
        "the alias was never set, or is mistyped"
        "set the alias for the regId first, or send to the regId";
    10003 "Alias Name Unsubscribe"
        "the alias's phone is not subscribed to pushes"
        "the person switched notifications off, or the app called its unregister"
        "let the person switch notifications on for the app, and the app register again";
    10004 "registrationId Repeat"
        "a regId is in the list more than once"
        "the list of targets has duplicates"
        "remove the duplicates";
    10005 "Alias Name Repeat"
        "an alias is in the list more than once"
        "the list of targets has duplicates"
        "remove the duplicates";
}

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
