//! The IM server's error codes that the sandbox gives, each with the words of its ErrorInfo.

/// Code and ErrorInfo (IM reference, sections 6, 8 and 12).
pub const TABLE: &[(i32, &str)] = &[
    (20003, "sender or receiver is not imported"),
    (60002, "HTTP request is malformed"),
    (60003, "body is not a JSON object"),
    (60004, "identifier is missing or malformed"),
    (60005, "usersig is missing"),
    (60006, "sdkappid is malformed"),
    (60007, "calls are too frequent"),
    (60009, "no such resource"),
    (60010, "identifier is not an administrator"),
    (60012, "sdkappid is missing"),
    (60015, "UserID is not a string"),
    (70001, "UserSig has expired"),
    (70002, "UserSig is empty"),
    (70003, "UserSig is malformed or its check failed"),
    (70005, "UserSig check failed"),
    (70009, "UserSig does not fit the app's key"),
    (70013, "UserSig is another user's"),
    (70014, "UserSig is another SDKAppID's"),
    (70020, "no such SDKAppID"),
    (70052, "UserSig is no longer valid"),
    (70107, "user does not exist"),
    (70206, "too many users in one call"),
    (70402, "parameter is missing or malformed"),
    (90001, "body is not JSON of the call's form"),
    (90002, "MsgBody is missing or malformed"),
    (90003, "To_Account is missing or malformed"),
    (90005, "MsgRandom is missing or malformed"),
    (90006, "MsgTimeStamp is malformed"),
    (90007, "MsgBody is not an array"),
    (90008, "From_Account is malformed"),
    (90010, "a field has the wrong type or value"),
    (90011, "more than 500 users in To_Account"),
    (90012, "To_Account is not imported"),
    (90026, "MsgLifeTime is more than 7 days"),
    (90031, "SyncOtherMachine is malformed"),
    (90043, "OfflinePushInfo is malformed"),
    (90044, "MsgLifeTime is malformed"),
    (91000, "internal error"),
    (93000, "message is too long"),
];

/// The ErrorInfo of a code.
pub(super) fn words(code: i32) -> &'static str {
    TABLE.iter().find(|(known, _)| *known == code).map_or("", |(_, words)| words)
}
