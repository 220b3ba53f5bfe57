//! The warnings about a message that is sent all the same: their ids and hints.
//! `check` and `push_rules` decide when one applies.

use crate::notification::categories::UNUSUAL_HINT;

crate::failure::warning_kinds! {
    UNWRAPPED "unwrapped" ["a message file that is not the whole request: an OfflinePushInfo by itself"]
        "it is used as the OfflinePushInfo of the message"
    OTHER_TYPE "other-type" ["a value of another type than the documented one that says the same"]
        "the documented form is a number without quotes, 0 and 1 for a switch, an object of texts for parameters; the value is sent so"
    NOT_SET "not-set" ["null, an empty text, or a 0 that says nothing"]
        "null, an empty text and a 0 that says nothing mean that a field is not set; it is left out"
    NOT_USED "not-used" ["a field that nothing in the message uses"]
        "it is left out; leave it out of the message too, or name the template that OPPO approved"
    USER_ODD "user-odd" ["a UserID that the client SDK may not take"]
        "the client SDK's own check takes printable ASCII only and fails with 7003"
    MESSAGE_LENGTH "message-length-disputed" ["a message between the two limits that documents name"]
        "older documents allow 8 KB, newer ones 12 KB; shorten it if the server refuses it with 80002 or 93000"
    NOT_PUSHED "push-disabled-by-sender" ["a message whose fields switch the offline push off"]
        "no offline push is made for such a message; drop it if one is wanted"
    NOTHING_TO_SHOW "nothing-to-show" ["a message that has no text for a push to show"]
        "a message of a single custom element is pushed only with a text of its own: give --desc"
    ELEMENT_UNKNOWN "element-unknown" ["an element of the message of a type that opush does not know"]
        "it is sent as it is and nothing in it is checked"
    EXT_LENGTH "ext-length" ["an Ext that is longer than Tencent advises"]
        "Tencent advises at most 1 KB; longer ones may be dropped on the way"
    PUSH_LENGTH "push-length" ["Desc and Ext that are together longer than Tencent advises"]
        "Tencent advises at most 3 KB for Desc and Ext together"
    EXT_NOT_TEXT "ext-not-text" ["an Ext with a value that is not text"]
        "on OPPO each top-level key becomes an extra, read with getString, which may give null for anything but text; put it in quotes"
    EXT_NESTED "ext-nested" ["an Ext with an object or a list in it"]
        "on OPPO a nested value arrives as its JSON text, which the app has to parse; Tencent's own apps use the key entity for that"
    CATEGORY_UNUSUAL "category-unusual" ["a category that is none of OPPO's"]
        UNUSUAL_HINT
    TEMPLATE_VOID "template-void" ["a private template beside a category in which it does not hold"]
        "OPPO's private templates do not hold for content and marketing; use a category such as IM"
    OPPO_LENGTH "oppo-length" ["a title or text that is longer than OPPO itself takes"]
        "OPPO itself takes a title of 50 characters and a text of 50 to 200; shorten it if OPPO drops the push with code 41"
    NO_SOUND "no-sound-on-oppo" ["a sound for Android phones, of which OPPO's play none"]
        "OPPO has no custom sounds; the other vendors use it"
}
