//! The warnings about a message that is sent all the same: their ids and hints.
//! `check` and `push_rules` decide when one applies.

use crate::notification::categories::UNUSUAL_HINT;

crate::failure::warning_kinds! {
    UNWRAPPED "unwrapped"
        "it is used as the OfflinePushInfo of the message"
        ["a message file that is not the whole request: an OfflinePushInfo by itself"]
    OTHER_TYPE "other-type"
        "the documented form is a number without quotes, 0 and 1 for a switch, an object of texts for parameters; the value is sent so"
        ["a value of another type than the documented one that says the same"]
    NOT_SET "not-set"
        "null, an empty text and a 0 that says nothing mean that a field is not set; it is left out"
        ["null, an empty text, or a 0 that says nothing"]
    NOT_USED "not-used"
        "it is left out; leave it out of the message too, or name the template that OPPO approved"
        ["a field that nothing in the message uses"]
    USER_ODD "user-odd"
        "the client SDK's own check takes printable ASCII only and fails with 7003"
        ["a UserID that the client SDK may not take"]
    MESSAGE_LENGTH "message-length-disputed"
        "older documents allow 8 KB, newer ones 12 KB; shorten it if the server refuses it with 80002 or 93000"
        ["a message between the two limits that documents name"]
    NOT_PUSHED "push-disabled-by-sender"
        "no offline push is made for such a message; drop it if one is wanted"
        ["a message whose fields switch the offline push off"]
    NOTHING_TO_SHOW "nothing-to-show"
        "a message of a single custom element is pushed only with a text of its own: give --desc"
        ["a message that has no text for a push to show"]
    ELEMENT_UNKNOWN "element-unknown"
        "it is sent as it is and nothing in it is checked"
        ["an element of the message of a type that opush does not know"]
    EXT_LENGTH "ext-length"
        "Tencent advises at most 1 KB; longer ones may be dropped on the way"
        ["an Ext that is longer than Tencent advises"]
    PUSH_LENGTH "push-length"
        "Tencent advises at most 3 KB for Desc and Ext together"
        ["Desc and Ext that are together longer than Tencent advises"]
    EXT_NOT_TEXT "ext-not-text"
        "on OPPO each top-level key becomes an extra, read with getString, which may give null for anything but text; put it in quotes"
        ["an Ext with a value that is not text"]
    EXT_NESTED "ext-nested"
        "on OPPO a nested value arrives as its JSON text, which the app has to parse; Tencent's own apps use the key entity for that"
        ["an Ext with an object or a list in it"]
    CATEGORY_UNUSUAL "category-unusual"
        UNUSUAL_HINT
        ["a category that is none of OPPO's"]
    TEMPLATE_VOID "template-void"
        "OPPO's private templates do not hold for content and marketing; use a category such as IM"
        ["a private template beside a category in which it does not hold"]
    OPPO_LENGTH "oppo-length"
        "OPPO itself takes a title of 50 characters and a text of 50 to 200; shorten it if OPPO drops the push with code 41"
        ["a title or text that is longer than OPPO itself takes"]
    NO_SOUND "no-sound-on-oppo"
        "OPPO has no custom sounds; the other vendors use it"
        ["a sound for Android phones, of which OPPO's play none"]
}
