//! The open questions, in the order of the OPPO reference: name, default, allowed values, section, question.
//! Nothing is decided here beyond the default: the stricter reading, unless it refuses a client of section 11.

use super::values::{
    Admit, Answer, CharacterCount, Limit, Millis, OverMax, PrivateTemplate, Setting, ShowTtl, Skew,
    TemplateForm, Window, YesNo,
};
use super::{Allowed, Rule};
use Allowed::{Duration, NumberOrOff, Words};

/// One line per rule makes the field, its default, its reading and its row.
macro_rules! rules {
    ($($field:ident: $kind:ty = $default:literal, $id:literal, $allowed:expr, $section:literal, $question:literal;)*) => {
        /// Which reading of the reference is enforced, rule by rule.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Rules { $(#[doc = $question] pub $field: $kind,)* }

        impl Default for Rules {
            fn default() -> Self {
                Rules { $($field: read::<$kind>($allowed, $default).expect("a rule's default is one of its values"),)* }
            }
        }

        impl Rules {
            /// False when the rule does not take the value.
            pub(super) fn assign(&mut self, id: &str, value: &str) -> bool {
                match id {
                    $($id => match read::<$kind>($allowed, value) {
                        Some(value) => self.$field = value,
                        None => return false,
                    },)*
                    _ => return false,
                }
                true
            }
        }

        /// Every rule, for the documentation and for messages.
        pub const TABLE: &[Rule] = &[$(Rule {
            id: $id, question: $question, default: $default, allowed: $allowed, section: $section,
        },)*];
    };
}

fn read<T: Setting>(allowed: Allowed, text: &str) -> Option<T> {
    let admitted = match allowed {
        Words(words) => words.contains(&text),
        NumberOrOff(most) => text == "off" || text.parse::<u32>().is_ok_and(|number| number <= most),
        Duration(_) => true,
    };
    if admitted { T::read(text) } else { None }
}

const ACCEPT_REFUSE: Allowed = Words(&["accept", "refuse"]);

rules! {
    foreign_region: Admit = "refuse", "foreign-region", ACCEPT_REFUSE, "1",
        "Does the China host refuse a regId of another region (code 10000)?";
    timestamp_skew: Skew = "both", "timestamp-skew", Words(&["both", "past-only"]), "2",
        "May an auth timestamp lie ahead of OPPO's clock, or only behind it?";
    timestamp_window: Millis = "10m", "timestamp-window", Duration(&[]), "2",
        "How far may an auth timestamp be from OPPO's clock?";
    upper_hex_sign: Admit = "refuse", "upper-hex-sign", ACCEPT_REFUSE, "2",
        "Is a sign in upper-case hex taken?";
    token_lifetime: Millis = "24h", "token-lifetime", Duration(&[]), "2",
        "How long is an auth_token valid?";
    new_token_voids_old: YesNo = "no", "new-token-voids-old", Words(&["no", "yes"]), "2",
        "Does a new auth_token void the older ones of the same app?";
    header_token: Admit = "accept", "header-token", ACCEPT_REFUSE, "3",
        "Is auth_token taken from an HTTP header when the form field is not there?";
    camel_case: Admit = "accept", "camel-case", ACCEPT_REFUSE, "3",
        "Are camelCase keys taken like the documented snake_case ones?";
    refusal_status: Limit = "200", "refusal-status", Words(&["200", "400"]), "3",
        "Which HTTP status does a refusal carry?";
    alias_target_type_3: Admit = "accept", "alias-target-type-3", ACCEPT_REFUSE, "4.1",
        "Is target_type 3 still taken for an alias?";
    stringified_notification: Admit = "accept", "stringified-notification", ACCEPT_REFUSE, "4.1",
        "Is a notification taken that is a string holding JSON?";
    numbers_as_strings: Admit = "accept", "numbers-as-strings", ACCEPT_REFUSE, "11",
        "Are numbers and booleans taken when written as strings?";
    broadcast_only_fields: Admit = "refuse", "broadcast-only-fields", ACCEPT_REFUSE, "5",
        "Does a unicast take what is said to be for broadcasts: style 3, fix_speed, push_time_type 1?";
    character_count: CharacterCount = "code-points", "character-count", Words(&["code-points", "utf16"]), "5",
        "Is a character one Unicode code point or one UTF-16 unit?";
    app_message_id_limit: Option<u32> = "off", "app-message-id-limit", NumberOrOff(10_000), "5",
        "How long may app_message_id be?";
    repeat_window: Window = "until-reset", "repeat-window", Duration(&["until-reset"]), "5",
        "How long is an app_message_id remembered for a target?";
    repeat_answer: Answer = "success", "repeat-answer", Words(&["success", "duplicate"]), "5",
        "Is a repeated app_message_id answered with success and the first message id, or with code 32?";
    content_limit: Limit = "50", "content-limit", Words(&["50", "200"]), "5",
        "How many characters may content have in style 1?";
    click_url_limit: Limit = "2000", "click-url-limit", Words(&["2000", "500"]), "5",
        "How many characters may click_action_url have?";
    action_parameters_object: Admit = "accept", "action-parameters-object", ACCEPT_REFUSE, "11",
        "Is action_parameters taken when it is an object, not a string holding one?";
    off_line_ttl_default: Millis = "24h", "off-line-ttl-default", Duration(&[]), "5",
        "How long is a message kept for an offline phone when off_line_ttl is not given?";
    off_line_ttl_over_max: OverMax = "clamp", "off-line-ttl-over-max", Words(&["clamp", "refuse"]), "5",
        "Is an off_line_ttl over ten days taken as ten days, or refused?";
    call_back_for_alias: Admit = "refuse", "call-back-for-alias", ACCEPT_REFUSE, "5",
        "May a push to an alias carry call_back_url?";
    callback_parameter_limit: Limit = "50", "callback-parameter-limit", Words(&["50", "100"]), "5",
        "How many characters may call_back_parameter have?";
    channel_required: YesNo = "no", "channel-required", Words(&["no", "yes"]), "5, 10",
        "Does OPPO refuse a push without channel_id?";
    channel_id_limit: Option<u32> = "64", "channel-id-limit", NumberOrOff(10_000), "5",
        "How many characters may channel_id have?";
    show_ttl: ShowTtl = "either", "show-ttl-range", Words(&["either", "newer", "older"]), "5",
        "Is show_ttl 0 to 12 h (24 h with a category: newer) or 6 to 48 h (older)?";
    category_values: YesNo = "no", "category-listed", Words(&["no", "yes"]), "5",
        "Does OPPO refuse a category other than the two seen, IM and ORDER?";
    notify_level_values: YesNo = "yes", "notify-level-listed", Words(&["yes", "no"]), "5",
        "Does OPPO refuse a notify_level other than 1, 2 and 16?";
    private_template: PrivateTemplate = "with-parameters", "private-template",
        Words(&["never", "with-parameters", "with-category"]), "5, 8",
        "When is a missing private_msg_template_id refused with code 54: with template parameters only, or with any category?";
    title_with_template: Admit = "accept", "title-with-template", ACCEPT_REFUSE, "5",
        "May title and content be there although private_msg_template_id is?";
    template_parameters: TemplateForm = "string", "template-parameters",
        Words(&["string", "object", "either"]), "5",
        "Are private_title_parameters and private_content_parameters a string holding JSON or an object?";
    empty_template_parameters: Admit = "refuse", "empty-template-parameters", ACCEPT_REFUSE, "5",
        "May template parameters be the empty object?";
    value_added_fields: Admit = "accept", "value-added-fields", ACCEPT_REFUSE, "5",
        "Is a field of the paid value-added API let pass, or refused with code 27?";
    invalid_reg_id_code: Limit = "10000", "invalid-reg-id-code", Words(&["10000", "41"]), "8",
        "Which code does a malformed or unknown regId get?";
    call_rate: Option<u32> = "off", "call-rate", NumberOrOff(1_000_000), "9",
        "How many calls per second may one app make?";
    call_rate_code: Limit = "13", "call-rate-code", Words(&["13", "55"]), "8",
        "Which code does a call over the rate get?";
    daily_quota: Option<u32> = "off", "daily-quota", NumberOrOff(1_000_000_000), "9",
        "How many pushes may one app send per day (code 33)?";
}
