//! The warnings about a message that is sent all the same: their ids and hints.
//! `check` and `push_rules` decide when one applies.

use crate::notification::categories::UNUSUAL_HINT;

crate::failure::warning_kinds! {
    UNWRAPPED "unwrapped"
        "it is used as the OfflinePushInfo of the message"
    OTHER_TYPE "other-type"
        "the documented form is a number without quotes, 0 and 1 for a switch, an object of texts for parameters; the value is sent so"
    NOT_SET "not-set"
        "null, an empty text and a 0 that says nothing mean that a field is not set; it is left out"
    NOT_USED "not-used"
        "it is left out; leave it out of the message too, or name the template that OPPO approved"
    USER_ODD "user-odd"
        "the client SDK's own check takes printable ASCII only and fails with 7003"
    MESSAGE_LENGTH "message-length-disputed"
        "older documents allow 8 KB, newer ones 12 KB; shorten it if the server refuses it with 80002 or 93000"
    NOT_PUSHED "push-disabled-by-sender"
        "no offline push is made for such a message; drop it if one is wanted"
    NOTHING_TO_SHOW "nothing-to-show"
        "a message of a single custom element is pushed only with a text of its own: give --desc"
    ELEMENT_UNKNOWN "element-unknown"
        "it is sent as it is and nothing in it is checked"
    EXT_LENGTH "ext-length"
        "Tencent advises at most 1 KB; longer ones may be dropped on the way"
    PUSH_LENGTH "push-length"
        "Tencent advises at most 3 KB for Desc and Ext together"
    EXT_NOT_TEXT "ext-not-text"
        "on OPPO each top-level key becomes an extra, read with getString, which may give null for anything but text; put it in quotes"
    EXT_NESTED "ext-nested"
        "on OPPO a nested value arrives as its JSON text, which the app has to parse; Tencent's own apps use the key entity for that"
    CATEGORY_UNUSUAL "category-unusual"
        UNUSUAL_HINT
    TEMPLATE_VOID "template-void"
        "OPPO's private templates do not hold for content and marketing; use a category such as IM"
    OPPO_LENGTH "oppo-length"
        "OPPO itself takes a title of 50 characters and a text of 50 to 200; shorten it if OPPO drops the push with code 41"
    NO_SOUND "no-sound-on-oppo"
        "OPPO has no custom sounds; the other vendors use it"
}
