//! The rows of the codes, ascending. One line each, so that they can be read and reviewed as the table that they are.
//! How a row is found belongs to the file above.

use Area::{Account, Friends, Gate, Message, Plugin, Push, Report, Sdk, Service, UserSig, Webhook};

/// Where a code comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Area {
    /// Why a push was lost, as the push service counts it.
    Push,
    /// The client SDK in the app.
    Sdk,
    /// The gate in front of every REST call.
    Gate,
    /// The UserSig of a login or call.
    UserSig,
    /// Accounts.
    Account,
    /// Sending a message.
    Message,
    /// The token report.
    Report,
    /// The friend list.
    Friends,
    /// Presence, messages and pushes over REST.
    Service,
    /// The app's own webhook.
    Webhook,
    /// The push plugin in the app.
    Plugin,
}

impl Area {
    /// For tables and results.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Area::Push => "push service",
            Area::Sdk => "client SDK",
            Area::Gate => "REST gate",
            Area::UserSig => "UserSig",
            Area::Account => "account",
            Area::Message => "message",
            Area::Report => "token report",
            Area::Friends => "friend list",
            Area::Service => "REST service",
            Area::Webhook => "webhook",
            Area::Plugin => "push plugin",
        }
    }
}

/// One row: a code, or a range of codes that mean the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ImCode {
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) area: Area,
    /// What it means, in a sentence.
    pub(crate) meaning: &'static str,
    /// What usually causes it.
    pub(crate) cause: &'static str,
    /// What to do about it; and the command that helps, or nothing.
    pub(crate) remedy: (&'static str, &'static str),
}

impl ImCode {
    /// `70001`, or `120001-130000`.
    #[cfg(test)]
    pub(crate) fn codes(&self) -> String {
        if self.first == self.last { self.first.to_string() } else { format!("{}-{}", self.first, self.last) }
    }
}

const fn one(
    code: i64,
    area: Area,
    meaning: &'static str,
    cause: &'static str,
    remedy: &'static str,
) -> ImCode {
    range((code, code), area, meaning, cause, remedy)
}

const fn range(
    (first, last): (i64, i64),
    area: Area,
    meaning: &'static str,
    cause: &'static str,
    remedy: &'static str,
) -> ImCode {
    ImCode { first, last, area, meaning, cause, remedy: (remedy, "") }
}

impl ImCode {
    /// The command that helps.
    const fn run(mut self, command: &'static str) -> ImCode {
        self.remedy.1 = command;
        self
    }
}

const RETRY: &str = "try again in a moment; if it stays, ask Tencent's support with the time and the request";

/// Every code known, ascending.
#[rustfmt::skip]
pub(crate) const TABLE: &[ImCode] = &[
    one(-2, Push, "the push was lost because the device has no token", "the app logged in and never reported a token", "report the token after each login; for opush's own pushes report it here too").run("token report --user <USER> --certificate <ID> --reg-id <REGID>"),
    one(-1, Push, "the push was lost because no certificate ID is set", "the app reported a token without a certificate ID, or with 0", "report the certificate ID that the IM console shows together with the token"),
    one(0, Service, "the IM server did what was asked; for a message it does not yet mean that anything is pushed", "the call was right", "nothing to do"),
    one(1, Push, "the push was lost because OPPO does not know the regId (regid_invalid)", "the app was uninstalled, its data were cleared, or the regId is of another app", "let the app register again and report the new regId"),
    one(410, Push, "the push was lost because the token is no longer registered", "the app was uninstalled, or unregistered from push", "let the app register again and report the new token"),
    one(6013, Sdk, "the SDK is not initialised", "a call was made before initSDK, or after unInitSDK", "call initSDK first, in the main process only"),
    one(6014, Sdk, "the SDK is not logged in", "a call was made before login succeeded", "make the call in the callback of a successful login"),
    one(6017, Sdk, "a parameter is not valid", "a null or empty value was handed over", "look at the parameters of the call"),
    one(6206, Sdk, "the UserSig has expired", "the UserSig was made too long ago or for too short a time", "make a new one and log in again").run("im usersig --user <USER>"),
    one(6208, Sdk, "the user was kicked while offline", "another device logged in as this user while the app was not connected", "log in again; the second login works"),
    one(7003, Sdk, "the UserID is not valid", "it is empty, longer than 32 bytes, or holds more than printable ASCII", "use 1 to 32 printable ASCII characters"),
    one(7501, Sdk, "a login is under way", "login was called twice", "wait for the first login's callback"),
    one(7502, Sdk, "a logout is under way", "logout was called twice, or login before it was finished", "wait for the logout's callback"),
    one(9508, Sdk, "there is no network", "the phone is offline", "check the phone's network and try again"),
    one(9520, Sdk, "the server did not answer in time", "the phone's network is slow or lost", "check the phone's network and try again"),
    one(20001, Message, "the request packet is not valid", "a request was put together by hand", "use the fields of the documented request"),
    one(20002, Message, "the UserSig or ticket is no longer valid", "it expired, or the user was kicked", "make a new UserSig and log in again"),
    one(20003, Message, "the sender or the receiver is not an account of this app", "the UserID is mistyped or was never imported", "check it, and import it with account_import").run("im account <USER>"),
    range((20004, 20005), Message, "the IM server failed internally", "a network or server fault on Tencent's side", RETRY),
    one(20006, Message, "the app's own webhook forbade the message", "the before-send webhook answered that the message must not be sent", "look at what the app server's webhook answers"),
    one(20007, Message, "the receiver has blocked the sender", "the sender is on the receiver's block list", "let the receiver take the sender off the list; messages sent over REST are exempt"),
    range((20009, 20011), Message, "sender and receiver are not friends", "the console demands friendship for messages", "make them friends, or switch the friend check off in the IM console"),
    one(20012, Message, "the sender is gagged", "the app muted this user", "lift the mute, or wait until it ends"),
    one(21005, Report, "the token was reported before the login reached the server", "setOfflinePushConfig was called before the login's callback", "report the token in the callback of a successful login"),
    one(22001, Report, "the app has no certificate at all", "no certificate was added in the IM console", "prepare the certificate, and add it in the console").run("cert add"),
    one(22002, Report, "the report failed on the network", "the phone's network failed", "report the token again"),
    one(22003, Report, "the token is empty", "OPPO's push SDK had not yet returned a regId", "report the token in onRegister as well as after the login"),
    one(22004, Report, "the token is longer than 256 bytes", "something else than a regId was reported", "report the regId as onRegister gives it"),
    one(22005, Report, "the login data are longer than 1,024 bytes", "too much is reported at login", "report less"),
    one(22006, Report, "the token was reported too often", "the report runs in a loop", "report once after each login"),
    range((30001, 30009), Friends, "the friend-list service refused (30003: no such user, 30004: not an administrator)", "a request about friends; it is not in the way of a push", "look at the request about friends"),
    one(60002, Gate, "the URL is not valid", "a path, a service or a command is mistyped, or a proxy changed the URL", "check the endpoint in [profile.NAME.im]; opush adds /v4/ itself"),
    one(60003, Gate, "the body is not valid JSON", "a proxy changed the request on its way", "check the endpoint and the proxy settings"),
    one(60004, Gate, "the administrator or the UserSig in the URL is wrong", "admin in [profile.NAME.im] is mistyped, or a proxy changed the URL", "check admin and secret_key").run("im check"),
    one(60005, Gate, "the administrator or the UserSig is wrong", "admin and UserSig do not belong together", "check admin and secret_key").run("im check"),
    one(60006, Gate, "the SDKAppID is not valid", "it is mistyped, or the app's data are in another region", "check sdk_app_id and region in [profile.NAME.im]"),
    one(60007, Gate, "the call is made too often", "more calls in a second than allowed", "wait a second; opush keeps to the limits, so look for other callers of this app"),
    one(60008, Gate, "the IM server timed out", "a fault on Tencent's side", RETRY),
    one(60009, Gate, "the URL names no resource", "the path is wrong", "check the endpoint in [profile.NAME.im]"),
    one(60010, Gate, "the call is allowed to administrators only", "admin in [profile.NAME.im] is an ordinary user", "name an administrator of the app, as the IM console lists them"),
    one(60011, Gate, "the app calls too often", "the app's calls in a second are more than allowed", "wait a second and send more slowly"),
    one(60012, Gate, "the request has no SDKAppID", "a proxy changed the URL", "check the endpoint and the proxy settings"),
    range((60013, 60014), Gate, "the IM server got no proper answer from its own services", "a fault on Tencent's side", RETRY),
    one(60015, Gate, "a UserID is not a string", "a request was put together by hand", "write UserIDs in quotes"),
    one(60016, Gate, "the app is disabled", "the app was switched off in the IM console, or for unpaid bills", "look at the app's state in the IM console"),
    one(60017, Gate, "the request is disabled", "Tencent switched this call off for the app", "ask Tencent's support"),
    range((60018, 60019), Gate, "the call is made too often", "more calls in a second than allowed", "wait a second and send more slowly"),
    one(60020, Gate, "the app's package has expired, or was bought less than five minutes ago", "the edition does not include this call, or not yet", "look at the package in the IM console; wait five minutes after buying one"),
    one(60021, Gate, "this machine's IP address is not allowed", "the IM console has a list of allowed addresses", "add the address in the IM console"),
    one(70001, UserSig, "the UserSig has expired", "it was made too long ago, or this machine's clock is behind", "make a new one; set this machine's clock (NTP)"),
    one(70002, UserSig, "the UserSig is empty", "no UserSig was given", "make one").run("im usersig --user <USER>"),
    one(70003, UserSig, "the UserSig does not pass the check", "it is cut short, or made with another key", "compare secret_key with the IM console, and check the UserSig on stdin").run("im usersig --verify"),
    one(70005, UserSig, "the UserSig does not pass the check", "it is cut short, or made with another key", "compare secret_key with the IM console, and check the UserSig on stdin").run("im usersig --verify"),
    one(70009, UserSig, "the key does not fit the app", "secret_key is of another app, was renewed, or the app still uses the ECDSA scheme", "copy the secret key of this SDKAppID from the IM console again"),
    one(70013, UserSig, "the UserID differs from the one that was signed", "the UserSig was made for another user", "make one for this user").run("im usersig --user <USER>"),
    one(70014, UserSig, "the SDKAppID differs from the one that was signed", "the UserSig was made for another app", "check sdk_app_id in [profile.NAME.im]"),
    one(70016, UserSig, "the app has no key for this kind of UserSig", "the app was made before July 2019 and still uses the ECDSA scheme", "switch the app to HMAC-SHA256 in the IM console"),
    one(70020, UserSig, "the IM server knows no such SDKAppID", "it is mistyped, or the app's data are in another region", "check sdk_app_id and region in [profile.NAME.im]"),
    one(70050, UserSig, "too many UserSigs failed", "the same wrong UserSig was tried again and again", "wait a minute, then check the UserSig on stdin").run("im usersig --verify"),
    one(70051, UserSig, "the UserSig is blocked", "it was put on a block list", "make a new one").run("im usersig --user <USER>"),
    one(70052, UserSig, "the UserSig is no longer valid", "the user was kicked, or the key was renewed, after it was made", "make a new one").run("im usersig --user <USER>"),
    one(70107, Account, "the user does not exist", "the UserID is mistyped or was never imported", "check it, and import it with account_import").run("im account <USER>"),
    one(70169, Account, "the IM server timed out", "a fault on Tencent's side", RETRY),
    one(70202, Account, "the IM server timed out", "a fault on Tencent's side", RETRY),
    one(70206, Account, "the number of accounts in the request is not allowed", "more than 100 in one request, or none", "send fewer in one request; opush splits longer lists itself"),
    one(70398, Account, "the trial edition's 100 accounts are used up", "the app is on the trial edition", "delete accounts that are not needed, or take another edition"),
    one(70402, Account, "a parameter is not valid", "a field of the request has a wrong form", "look at the fields of the request"),
    one(70403, Account, "the call is allowed to administrators only", "admin in [profile.NAME.im] is an ordinary user", "name an administrator of the app, as the IM console lists them"),
    one(70404, Account, "the client SDK is too old for this", "an old SDK made the call", "use a newer SDK"),
    one(70500, Account, "the IM server failed internally", "a fault on Tencent's side", RETRY),
    one(80001, Message, "the text was blocked as unwanted", "a word is on the app's or Tencent's list", "change the text"),
    one(80002, Message, "the message is too long", "more than 8 KB in older documents, 12 KB in newer ones", "shorten the message"),
    one(80003, Message, "the before-send webhook failed or timed out", "the app server did not answer within two seconds, and the console says to refuse then", "look at the app server's webhook"),
    one(80004, Message, "the picture was blocked as unwanted", "the content check refused it", "send another picture"),
    one(80005, Message, "the app's message service is stopped", "the app was switched off", "look at the app's state in the IM console"),
    one(90001, Service, "the body is not valid JSON, or a list in it is empty", "a field has a wrong form, or To_Account is empty", "look at the request that --dry-run shows"),
    one(90002, Service, "MsgBody is not as documented", "an element lacks MsgType or MsgContent, or is not an object", "look at MsgBody in what --dry-run shows"),
    one(90003, Service, "To_Account is missing or not a string", "the receiver has a wrong form", "give the receiver's UserID: --to U"),
    one(90005, Service, "MsgRandom is missing or not a number", "a request was put together by hand", "opush makes MsgRandom itself; leave it out of the message file"),
    one(90006, Service, "MsgTimeStamp is not a number", "a request was put together by hand", "leave MsgTimeStamp out of the message file"),
    one(90007, Service, "MsgBody is not an array", "one element is given where an array of elements belongs", "put the element into square brackets"),
    one(90008, Service, "From_Account is not a string, or no such account", "the sender is mistyped or was never imported", "check the sender").run("im account <USER>"),
    one(90009, Service, "the call is allowed to administrators only", "admin in [profile.NAME.im] is an ordinary user", "name an administrator of the app, as the IM console lists them"),
    one(90010, Service, "the request has not the documented shape", "a field has another type or name", "look at the request that --dry-run shows"),
    one(90011, Service, "more than 500 receivers or users in one request", "the list is too long", "send fewer in one request; opush splits longer lists itself"),
    one(90012, Service, "the receiver is not an account of this app", "the UserID is mistyped or was never imported", "check it, and import it with account_import").run("im account <RECEIVER>"),
    one(90018, Service, "too many accounts in one request", "the list is too long", "send fewer in one request"),
    range((90020, 90024), Service, "a push to all has a wrong tag, attribute or interval", "tags or attributes out of their limits, or calls less than a second apart", "look at the condition of the push to all"),
    one(90026, Service, "MsgLifeTime is over seven days", "the message is to be kept longer than 604800 seconds", "give --life-time of at most 7d"),
    one(90030, Service, "an attribute is not valid", "attributes of a push to all are out of their limits", "look at the attributes"),
    one(90031, Service, "SyncOtherMachine is not valid", "it is not 1 or 2", "use 1 (sync to the sender) or 2 (do not)"),
    range((90032, 90034), Service, "tags or attributes are out of their limits", "more than 10, longer than 50 bytes, or empty", "look at the tags and attributes"),
    range((90039, 90040), Service, "the condition of a push to all is not valid", "tags and attributes can not be mixed like this", "look at the condition of the push to all"),
    one(90043, Service, "OfflinePushInfo is malformed", "a field of OfflinePushInfo has a wrong type, or Ext is not a string", "look at what --dry-run shows; it checks every field"),
    one(90044, Service, "MsgLifeTime is not a number", "a request was put together by hand", "write MsgLifeTime without quotes"),
    one(90045, Service, "pushes to all, or batch pushes, are not switched on for the app", "the edition does not include them, or they were not applied for", "switch them on in the IM console"),
    one(90047, Service, "the 100 pushes to all of today are used up", "more than 100 pushes to all in a day", "wait until tomorrow"),
    one(90048, Service, "the receiver is not an account of this app", "the UserID is mistyped or was never imported", "check it, and import it with account_import").run("im account <RECEIVER>"),
    range((90049, 90053), Service, "the push can not be revoked", "the task is unknown, was revoked before, is older than 24 hours, or calls come faster than one in a second", "look at the task; a push can be revoked once, within 24 hours"),
    range((90055, 90056), Service, "the request is too long", "the message has more bytes than allowed", "shorten the message"),
    one(90992, Service, "the IM server failed internally, or the app's webhook never answers", "a fault on Tencent's side, or a webhook that hangs", "try again in a moment; look at the app server's webhook"),
    range((90994, 90995), Service, "the IM server failed internally", "a fault on Tencent's side", RETRY),
    one(91000, Service, "the IM server failed internally", "a fault on Tencent's side", RETRY),
    one(93000, Service, "the message is too long", "more than 8 KB in older documents, 12 KB in newer ones", "shorten the message"),
    range((120001, 130000), Webhook, "the app's own webhook refused with a code of its own", "the app server answered this code", "look into the app server: the code's meaning is its own"),
    one(130001, Service, "the figures can not be given", "a request for figures has a wrong form", "look at the request"),
    range((130009, 130012), Service, "the figures can not be given", "a request for figures has a wrong form, or there are none for that day", "look at the request; figures go back 30 days"),
    one(800001, Plugin, "the AppKey is wrong, or the app is not logged in", "sources differ between Android and iOS", "check the AppKey of the push plugin, and log in first"),
    one(800002, Plugin, "the SDKAppID is wrong", "the push plugin got another app's number", "check the SDKAppID"),
    one(800003, Plugin, "the push plugin could not start", "its configuration file is missing or wrong", "check timpush-configs.json"),
    one(800004, Plugin, "there is no connection to the IM server", "the phone is offline, or the login failed", "check the phone's network and the login"),
    range((800005, 800007), Plugin, "no push channel could register (800005: the phone's brand, 800006: FCM, 800007: all)", "keys in the configuration file are wrong, or the phone's push service is not there", "check timpush-configs.json and the phone's brand"),
    one(800008, Plugin, "the registration timed out", "the phone's network or push service is slow", "try again"),
    one(800009, Plugin, "the token is empty", "the phone's push SDK returned none", "check the keys of the app at the vendor"),
    one(800010, Plugin, "the token could not be reported", "the report to the IM server failed", "log in first, then register; look at codes 22001 to 22006"),
    range((800011, 800012), Plugin, "the push plugin failed", "not documented", "look at the plugin's log"),
    one(800013, Plugin, "the notification channel was not created", "the app did not create the channel", "create the channel before the registration"),
    range((800014, 800015), Plugin, "the push plugin failed", "not documented", "look at the plugin's log"),
    one(800016, Plugin, "the person refused the notification permission", "notifications are off for the app", "ask the person to switch notifications on"),
];
