//! The warnings about a notification that is sent all the same: their ids and hints. `check` decides when one applies.

use super::categories::UNUSUAL_HINT;

crate::failure::warning_kinds! {
    LENGTH_DISPUTED "length-disputed"
        "sources disagree about this limit, and phones show 50 characters of a standard content; shorten it if OPPO refuses it with code 41"
        ["longer than the stricter of two documented limits"]
    LENGTH_UNIT_DISPUTED "length-unit-disputed"
        "whether OPPO counts an emoji as one or two is not known; shorten it if OPPO refuses it with code 41"
        ["over the limit only if an emoji counts as two"]
    RANGE_DISPUTED "range-disputed"
        "sources disagree about this range; stay inside it to be sure"
        ["outside the range that all sources agree on"]
    CONTROL_CHARACTER "control-character"
        "OPPO's document does not say what a phone shows for it; take it out to be sure"
        ["a character that shows nothing, in a text that is shown"]
    CHANNEL_MISSING "channel-missing"
        "Android 8 and later show nothing without a channel: give --channel-id, or channel_id in the certificate"
        ["no channel"]
    CHANNEL_LENGTH_UNKNOWN "channel-length-unknown"
        "no limit is documented; one client in the field refuses more than 64 characters"
        ["a channel id of more than 64 characters"]
    CATEGORY_UNUSUAL "category-unusual"
        UNUSUAL_HINT
        ["a category that is none of OPPO's"]
    TITLE_FROM_TEMPLATE "title-from-template"
        "with a private template OPPO fills in title and content from the template; these are left out"
        ["title or content beside a private template; they are left out"]
    TEMPLATE_PARAMETERS_EMPTY "template-parameters-empty"
        "an empty object fails for a template without placeholders; it is left out"
        ["template parameters without a pair; they are left out"]
    TTL_WITHOUT_EFFECT "ttl-without-effect"
        "off_line is false, so OPPO keeps nothing for a phone that is offline; drop one of the two"
        ["a time to live although `off_line` is false"]
    CALL_BACK_PARAMETER_ALONE "call-back-parameter-alone"
        "it comes back with receipts, and without call_back_url there are none: give --callback-url"
        ["a call-back parameter without a call-back URL"]
    BADGE_INCOMPLETE "badge-incomplete"
        "badge_operation_type and badge_message_count are thought to belong together; give both"
        ["one of the two badge fields"]
    BADGE_OPERATION_UNKNOWN "badge-operation-unknown"
        "known are 0 (set) and 1 (add)"
        ["a badge operation other than 0 and 1"]
    EXTRA_NOT_TEXT "extra-not-text"
        "extras arrive as Strings: a number or boolean becomes its text, an object its JSON text. Put it in quotes to say what you mean"
        ["custom content with a value that is not text"]
    UNWRAPPED "unwrapped"
        "the notification in it is used; the target comes from --reg-id, --alias or --user, and the token is opush's own"
        ["a message file that is not the notification itself: a whole message, a form body"]
    CAMEL_CASE "camel-case"
        "OPPO's table of fields has snake_case, and it is sent so"
        ["names in camelCase"]
    NOT_SET "not-set"
        "null, an empty text and a 0 that says nothing mean that a field is not set; it is left out"
        ["null, an empty text, or a 0 that says nothing"]
    OTHER_TYPE "other-type"
        "OPPO's document has numbers without quotes, true and false, and texts in quotes; the value is sent in that form"
        ["a number or boolean in quotes, 0 or 1 for a boolean"]
    NOT_USED "not-used"
        "it is left out; leave it out of the message too, or give what makes use of it"
        ["a field that nothing in the message uses"]
    CLICK_TYPE_MISSING "click-type-missing"
        "without click_action_type a tap opens the app: add 1 (intent action), 2 (web page), 4 (Activity) or 5 (scheme URL)"
        ["what a tap opens, without `click_action_type`"]
    TIME_ZONE_UNUSUAL "time-zone-unusual"
        "the form that is known is GMT+08:00"
        ["a time zone of another form than `GMT+08:00`"]
    PAID_FIELD "paid-field"
        "it belongs to OPPO's paid value-added API; whether the ordinary one takes it is not known"
        ["a field of OPPO's paid value-added API"]
    TEMPLATE_PARAMETER_NOT_TEXT "template-parameter-not-text"
        "a placeholder is filled with text; put the value in quotes to say what you mean"
        ["a placeholder filled with something other than text"]
    SET_REFUSED "set-would-be-refused"
        "in a message file opush would refuse it; by --set it is sent as it is given"
        ["`--set` with a value that opush would refuse elsewhere"]
    SET_UNKNOWN "set-unknown-field"
        "it is sent as it is and nothing about it is checked"
        ["`--set` with a name that opush does not know"]
    SET_KNOWN "set-known-field"
        "nothing of it is corrected; a message file or its flag says the same and is checked"
        ["`--set` with a name that opush knows"]
}
