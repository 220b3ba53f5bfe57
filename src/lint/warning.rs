//! The warnings about a payload beside those about its notification: their ids and hints.

crate::failure::warning_kinds! {
    FILLED_IN "filled-in"
        "its sender fills it in; a message for OPPO itself needs it"
        ["a title or content that the sender of the payload may fill in"]
    FILE_NOT_READ "file-not-read"
        "opush does not read files that a payload names: give that file to opush lint"
        ["a curl command takes its body from a file"]
    UNKNOWN_EVENT "unknown-event"
        "a receipt came, and it is not an arrival"
        ["a receipt with an event that no document names"]
    UNKNOWN_CODE "unknown-code"
        "no document has this code: read the message beside it"
        ["an answer with a code that no document names"]
    SECRET_LEFT_OUT "secret-left-out"
        "the corrected message does not have it; give it again when you send"
        ["a secret, or a callback URL whose path may be one"]
    SECRET_IN_PAYLOAD "secret-in-payload"
        "whoever has this text has the secret: renew it if the text was shared"
        ["a pasted text that holds a secret"]
    REPAIRED "repaired"
        "the corrected message has it; look whether it says what you mean"
        ["a value or a name that was put right"]
    ALIAS_TYPE_OLD "alias-type-old"
        "clients of 2018 and 2019 write 3 for an alias; OPPO's document has 5"
        ["target_type 3 for an alias"]
    OTHER_CALL "other-call"
        "its OfflinePushInfo is judged by itself"
        ["a request of the IM server for several users, a group or the push plugin"]
}
