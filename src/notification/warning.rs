//! The warnings about a notification that is sent all the same: their ids and hints. `check` decides when one applies.

use super::categories::UNUSUAL_HINT;

crate::failure::warning_kinds! {
    LENGTH_DISPUTED "length-disputed" ["longer than the stricter of two documented limits"]
        "sources disagree about this limit, and phones show 50 characters of a standard content; shorten it if OPPO refuses it with code 41"
    LENGTH_UNIT_DISPUTED "length-unit-disputed" ["over the limit only if an emoji counts as two"]
        "whether OPPO counts an emoji as one or two is not known; shorten it if OPPO refuses it with code 41"
    RANGE_DISPUTED "range-disputed" ["outside the range that all sources agree on"]
        "sources disagree about this range; stay inside it to be sure"
    CONTROL_CHARACTER "control-character" ["a character that shows nothing, in a text that is shown"]
        "OPPO's document does not say what a phone shows for it; take it out to be sure"
    CHANNEL_MISSING "channel-missing" ["no channel"]
        "Android 8 and later show nothing without a channel: give --channel-id, or channel_id in the certificate"
    CHANNEL_LENGTH_UNKNOWN "channel-length-unknown" ["a channel id of more than 64 characters"]
        "no limit is documented; one client in the field refuses more than 64 characters"
    CATEGORY_UNUSUAL "category-unusual" ["a category that is none of OPPO's"]
        UNUSUAL_HINT
    TITLE_FROM_TEMPLATE "title-from-template" ["title or content beside a private template; they are left out"]
        "with a private template OPPO fills in title and content from the template; these are left out"
    TEMPLATE_PARAMETERS_EMPTY "template-parameters-empty" ["template parameters without a pair; they are left out"]
        "an empty object fails for a template without placeholders; it is left out"
    TTL_WITHOUT_EFFECT "ttl-without-effect" ["a time to live although `off_line` is false"]
        "off_line is false, so OPPO keeps nothing for a phone that is offline; drop one of the two"
    CALL_BACK_PARAMETER_ALONE "call-back-parameter-alone" ["a call-back parameter without a call-back URL"]
        "it comes back with receipts, and without call_back_url there are none: give --callback-url"
    BADGE_INCOMPLETE "badge-incomplete" ["one of the two badge fields"]
        "badge_operation_type and badge_message_count are thought to belong together; give both"
    BADGE_OPERATION_UNKNOWN "badge-operation-unknown" ["a badge operation other than 0 and 1"]
        "known are 0 (set) and 1 (add)"
    EXTRA_NOT_TEXT "extra-not-text" ["custom content with a value that is not text"]
        "extras arrive as Strings: a number or boolean becomes its text, an object its JSON text. Put it in quotes to say what you mean"
    UNWRAPPED "unwrapped" ["a message file that is not the notification itself: a whole message, a form body"]
        "the notification in it is used; the target comes from --reg-id, --alias or --user, and the token is opush's own"
    CAMEL_CASE "camel-case" ["names in camelCase"]
        "OPPO's table of fields has snake_case, and it is sent so"
    NOT_SET "not-set" ["null, an empty text, or a 0 that says nothing"]
        "null, an empty text and a 0 that says nothing mean that a field is not set; it is left out"
    OTHER_TYPE "other-type" ["a number or boolean in quotes, 0 or 1 for a boolean"]
        "OPPO's document has numbers without quotes, true and false, and texts in quotes; the value is sent in that form"
    NOT_USED "not-used" ["a field that nothing in the message uses"]
        "it is left out; leave it out of the message too, or give what makes use of it"
    CLICK_TYPE_MISSING "click-type-missing" ["what a tap opens, without `click_action_type`"]
        "without click_action_type a tap opens the app: add 1 (intent action), 2 (web page), 4 (Activity) or 5 (scheme URL)"
    TIME_ZONE_UNUSUAL "time-zone-unusual" ["a time zone of another form than `GMT+08:00`"]
        "the form that is known is GMT+08:00"
    PAID_FIELD "paid-field" ["a field of OPPO's paid value-added API"]
        "it belongs to OPPO's paid value-added API; whether the ordinary one takes it is not known"
    TEMPLATE_PARAMETER_NOT_TEXT "template-parameter-not-text" ["a placeholder filled with something other than text"]
        "a placeholder is filled with text; put the value in quotes to say what you mean"
    SET_REFUSED "set-would-be-refused" ["`--set` with a value that opush would refuse elsewhere"]
        "in a message file opush would refuse it; by --set it is sent as it is given"
    SET_UNKNOWN "set-unknown-field" ["`--set` with a name that opush does not know"]
        "it is sent as it is and nothing about it is checked"
    SET_KNOWN "set-known-field" ["`--set` with a name that opush knows"]
        "nothing of it is corrected; a message file or its flag says the same and is checked"
}
