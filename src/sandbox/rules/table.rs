//! The open questions, in the order of the OPPO reference, then of the IM reference: name, default, allowed values, section, question.

use super::rule::{Allowed, Rule};
use super::values::{
    AccountField, Admit, AllTagsAnswer, BatchAlias, BatchInvalidItem, BigPictureSize, CharacterCount,
    DefaultText, DefaultTitle, ExpiryFrom, ExtNotObject, ExtValues, InvalidListHolds, KickCallback, Limit,
    MediaText, Millis, MultiDevice, OnlineElsewhere, OverMax, PermitNames, PrivateTemplate, ReceiptAnswer,
    ReceiptBatching, ReceiptMethod, ReceiptSpace, RepeatAnswer, RestState, Setting, ShowTtl, Skew,
    SmallPictureSize, StatusField, TagList, TagOperators, TagsForm, TemplateForm, UnknownPicture, UserIds,
    Window, WithoutChannel, YesNo,
};
use Allowed::{Duration, NumberOrOff, Words};

/// One line per rule makes the field, its default, its reading and its row.
macro_rules! rules {
    ($($field:ident: $kind:ty = $default:literal, $id:literal, $allowed:expr, $section:literal, $question:literal;)*) => {
        /// Which reading of the reference is enforced, rule by rule.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Rules {
            $(#[doc = $question] pub(crate) $field: $kind,)*
            /// Whether apps, regIds and aliases that nobody made are taken as they come. No question about OPPO.
            pub accept_any: bool,
        }

        impl Default for Rules {
            fn default() -> Self {
                Rules {
                    $($field: read::<$kind>($allowed, $default).expect("a rule's default is one of its values"),)*
                    accept_any: false,
                }
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

            /// Each rule's id and the value that applies.
            pub(crate) fn values(&self) -> impl Iterator<Item = (&'static str, String)> {
                [$(($id, self.$field.write()),)*].into_iter()
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
    batch_invalid_item: BatchInvalidItem = "item", "batch-invalid-item", Words(&["item", "whole"]), "4.2",
        "Does a message that is not in order fail for itself, or does its whole batch?";
    batch_failed_message_id: YesNo = "yes", "batch-failed-message-id", Words(&["yes", "no"]), "4.2",
        "Has a failed item of a batch a messageId?";
    batch_alias: BatchAlias = "reg-id", "batch-alias-answer", Words(&["reg-id", "alias"]), "4.2",
        "Does registrationId in the answer to a batch hold the alias of an alias target, or its regId?";
    saved_lifetime: Window = "until-reset", "saved-message-lifetime", Duration(&["until-reset"]), "4.3",
        "How long can a saved message be broadcast?";
    broadcast_targets: Limit = "1000", "broadcast-targets", Words(&["1000", "5000"]), "4.4",
        "How many targets may a broadcast list?";
    comma_targets: Admit = "accept", "comma-separated-targets", ACCEPT_REFUSE, "4.4",
        "Are a broadcast's targets taken with commas between them in place of semicolons?";
    tag_target_type_4: Admit = "accept", "tag-target-type-4", ACCEPT_REFUSE, "4.4",
        "Is target_type 4 still taken for tags?";
    tags_as_text: Admit = "accept", "tags-as-text", ACCEPT_REFUSE, "4.4",
        "Is target_value taken for target_type 6 when it is a list of tags, not an expression?";
    tag_list: TagList = "any", "tag-list", Words(&["any", "all"]), "4.4",
        "Does a list of tags reach those with any of them, or with all?";
    tag_operators: TagOperators = "and-or-not", "tag-operators", Words(&["and-or-not", "and"]), "4.4",
        "Which operators may a tag expression have: and, or and not, or and alone?";
    listed_schedule: Admit = "refuse", "listed-schedule", ACCEPT_REFUSE, "4.5",
        "May a push to listed targets be scheduled, or only one to all users?";
    past_schedule: Admit = "refuse", "past-schedule", ACCEPT_REFUSE, "4.5",
        "Is a push_start_time taken that is past?";
    statistics_offered: YesNo = "yes", "statistics-offered", Words(&["yes", "no"]), "4.5",
        "Is the statistics call still offered?";
    statistics_without_task: Admit = "accept", "statistics-without-task", ACCEPT_REFUSE, "4.5",
        "Are statistics given without a task_id?";
    permit_by_key: Admit = "accept", "permit-by-key", ACCEPT_REFUSE, "4.5",
        "Is fetch_push_permit answered to an Authorization header with key= and the AppKey, as one client sends it?";
    permit_names: PermitNames = "snake-case", "permit-names", Words(&["snake-case", "camel-case"]), "4.5",
        "How are the fields of fetch_push_permit's answer written? Their names are not known: total_count, used_count and remain_count?";
    numbers_as_strings: Admit = "accept", "numbers-as-strings", ACCEPT_REFUSE, "11",
        "Are numbers and booleans taken when written as strings, and 0 and 1 as booleans?";
    unknown_fields: Admit = "accept", "unknown-fields", ACCEPT_REFUSE, "11",
        "Is a message taken with fields that the document does not have?";
    duplicate_keys: Admit = "accept", "duplicate-keys", ACCEPT_REFUSE, "3",
        "Is JSON taken with a key that is there twice?";
    strict_texts: YesNo = "no", "strict-texts", Words(&["no", "yes"]), "5",
        "Does OPPO refuse texts that can't be meant: a blank title or content, an identifier with white space around it or control characters in it, an extra without a name?";
    broadcast_only_fields: Admit = "refuse", "broadcast-only-fields", ACCEPT_REFUSE, "5",
        "Does a unicast take what is said to be for broadcasts: style 3, fix_speed, push_time_type 1?";
    character_count: CharacterCount = "code-points", "character-count", Words(&["code-points", "utf16"]), "5",
        "Is a character one Unicode code point or one UTF-16 unit?";
    app_message_id_limit: Option<u32> = "off", "app-message-id-limit", NumberOrOff(10_000), "5",
        "How long may app_message_id be?";
    repeat_window: Window = "until-reset", "repeat-window", Duration(&["until-reset"]), "5",
        "How long is an app_message_id remembered for a target?";
    repeat_answer: RepeatAnswer = "success", "repeat-answer", Words(&["success", "duplicate"]), "5",
        "Is a repeated app_message_id answered with success and the first message id, or with code 32?";
    content_limit: Limit = "200", "content-limit", Words(&["50", "200"]), "5",
        "How many characters may content have in style 1?";
    target_form: YesNo = "no", "target-form", Words(&["no", "yes"]), "5",
        "Does OPPO look at the form of what a tap opens, and of call_back_url beyond http or https?";
    click_url_limit: Limit = "2000", "click-url-limit", Words(&["2000", "500"]), "5",
        "How many characters may click_action_url have?";
    action_parameters_object: Admit = "accept", "action-parameters-object", ACCEPT_REFUSE, "11",
        "Is action_parameters taken when it is an object, not a string holding one?";
    empty_action_parameters: Admit = "accept", "empty-action-parameters", ACCEPT_REFUSE, "5",
        "Are action_parameters taken that are an empty list or null, as PHP senders write none?";
    past_window: Admit = "accept", "past-window", ACCEPT_REFUSE, "5",
        "Is a show window taken that is over?";
    unused_times: YesNo = "yes", "unused-times", Words(&["yes", "no"]), "5",
        "Is a time looked at that nothing uses, such as show_start_time without a show window?";
    time_zone_form: YesNo = "yes", "time-zone-form", Words(&["yes", "no"]), "5",
        "Must time_zone be of the form GMT+08:00?";
    off_line_ttl_default: Millis = "24h", "off-line-ttl-default", Duration(&[]), "5",
        "How long is a message kept for an offline phone when off_line_ttl is not given?";
    off_line_ttl_over_max: OverMax = "clamp", "off-line-ttl-over-max", Words(&["clamp", "refuse"]), "5",
        "Is an off_line_ttl over ten days taken as ten days, or refused?";
    call_back_for_alias: Admit = "refuse", "call-back-for-alias", ACCEPT_REFUSE, "5",
        "May a push to anything but regIds carry call_back_url?";
    callback_parameter_limit: Limit = "100", "callback-parameter-limit", Words(&["50", "100"]), "5",
        "How many characters may call_back_parameter have?";
    channel_required: YesNo = "no", "channel-required", Words(&["no", "yes"]), "5, 10",
        "Does OPPO refuse a push without channel_id?";
    system_channels: Option<u32> = "14", "system-channels", NumberOrOff(16), "5",
        "From which Android version on do phones have push_oplus_category_service and push_oplus_category_content without the app making them?";
    without_channel: WithoutChannel = "lost", "without-channel", Words(&["lost", "content"]), "5",
        "Is a message without channel_id lost, or shown in push_oplus_category_content?";
    channel_id_limit: Option<u32> = "64", "channel-id-limit", NumberOrOff(10_000), "5",
        "How many characters may channel_id have?";
    show_ttl: ShowTtl = "either", "show-ttl-range", Words(&["either", "newer", "older"]), "5",
        "Is show_ttl 0 to 12 h (24 h with a category: newer) or 6 to 48 h (older)?";
    category_values: YesNo = "yes", "category-listed", Words(&["yes", "no"]), "5",
        "Does OPPO refuse a category other than the ten that are known?";
    notify_level_values: YesNo = "yes", "notify-level-listed", Words(&["yes", "no"]), "5",
        "Does OPPO refuse a notify_level other than 1, 2 and 16?";
    badge_operation_values: YesNo = "yes", "badge-operation-listed", Words(&["yes", "no"]), "5",
        "Does OPPO refuse a badge_operation_type other than 0 (set) and 1 (add)?";
    private_template: PrivateTemplate = "with-parameters", "private-template",
        Words(&["never", "with-parameters", "with-category"]), "5, 8",
        "When is a missing private_msg_template_id refused with code 54: with template parameters only, or with any category?";
    title_with_template: Admit = "accept", "title-with-template", ACCEPT_REFUSE, "5",
        "May title and content be there although private_msg_template_id is?";
    template_parameters: TemplateForm = "either", "template-parameters",
        Words(&["either", "string", "object"]), "5",
        "Are private_title_parameters and private_content_parameters a string holding JSON or an object?";
    empty_template_parameters: Admit = "refuse", "empty-template-parameters", ACCEPT_REFUSE, "5",
        "May template parameters be the empty object?";
    value_added_fields: Admit = "accept", "value-added-fields", ACCEPT_REFUSE, "5",
        "Is a field of the paid value-added API let pass, or refused with code 27?";
    receipt_method: ReceiptMethod = "POST", "receipt-method", Words(&["POST", "PUT"]), "6",
        "With which HTTP method are receipts sent?";
    receipt_batching: ReceiptBatching = "several", "receipt-batching", Words(&["several", "one"]), "6",
        "Do receipts for the same URL share a request, or has each its own?";
    receipt_space: ReceiptSpace = "space", "receipt-space", Words(&["space", "no-space"]), "6",
        "Is there a space after the commas between the regIds of a receipt?";
    receipt_answer: ReceiptAnswer = "200", "receipt-answer", Words(&["200", "2xx", "any"]), "6",
        "Which HTTP status must a receipt be answered with to count as taken?";
    receipt_timeout: Millis = "5s", "receipt-timeout", Duration(&[]), "6",
        "How long is the answer to a receipt waited for?";
    receipt_retries: Option<u32> = "off", "receipt-retries", NumberOrOff(100), "6",
        "How often is a receipt posted again that was not taken?";
    receipt_retry_after: Millis = "10s", "receipt-retry-after", Duration(&[]), "6",
        "How long after a try is a receipt posted again?";
    invalid_reg_id_code: Limit = "10000", "invalid-reg-id-code", Words(&["10000", "41"]), "8",
        "Which code does a malformed or unknown regId get?";
    invalid_list_holds: InvalidListHolds = "all", "invalid-list-holds", Words(&["all", "pushed"]), "7",
        "Does the list of invalid regIds hold every regId that is invalid, or only those that were pushed to since?";
    invalid_list_clears: YesNo = "no", "invalid-list-clears", Words(&["no", "yes"]), "7",
        "Does reading the list of invalid regIds clear it?";
    tags_form: TagsForm = "either", "tags-form", Words(&["either", "string", "array"]), "7",
        "Are the tags of a device call a text with semicolons or an array?";
    unknown_tags: Admit = "accept", "unknown-tags", ACCEPT_REFUSE, "7",
        "Can a regId have a tag that add_tags has not made?";
    repeated_tag: RepeatAnswer = "duplicate", "repeated-tag", Words(&["duplicate", "success"]), "7",
        "Is a tag or a group that exists answered with code 32, or with success?";
    all_tags: AllTagsAnswer = "object", "all-tags-answer", Words(&["object", "list"]), "7",
        "Is the answer of get_all_tags an object with tags, or the list alone?";
    big_picture_size: BigPictureSize = "either", "big-picture-size",
        Words(&["either", "876x324", "984x369", "any"]), "7",
        "How many pixels must a big picture have?";
    small_picture_size: SmallPictureSize = "144x144", "small-picture-size", Words(&["144x144", "any"]), "7",
        "Must a small picture have exactly 144 x 144 pixels?";
    unknown_picture: UnknownPicture = "31", "unknown-picture", Words(&["31", "41", "51", "accept"]), "7, 8",
        "Which code does a push with a picture id get that the app does not have?";
    pictures_per_day: Option<u32> = "off", "pictures-per-day", NumberOrOff(1_000_000), "8, 9",
        "How many pictures may one app upload per day (code 34)?";
    call_rate: Option<u32> = "off", "call-rate", NumberOrOff(1_000_000), "9",
        "How many calls per second may one app make?";
    call_rate_code: Limit = "13", "call-rate-code", Words(&["13", "55"]), "8",
        "Which code does a call over the rate get?";
    daily_quota: Option<u32> = "off", "daily-quota", NumberOrOff(1_000_000_000), "9",
        "How many pushes may one app send per day (code 33)?";

    im_certificate_delay: Millis = "10m", "im-certificate-delay", Duration(&[]), "2.2",
        "How long after it was saved does a certificate take effect?";
    im_edit_keeps_old: YesNo = "no", "im-edit-keeps-old", Words(&["no", "yes"]), "2.2",
        "Do a certificate's old values serve until an edit takes effect?";
    im_report_unknown_certificate: Admit = "accept", "im-report-unknown-certificate", ACCEPT_REFUSE, "4.1",
        "Is a token report taken if the app does not have its certificate?";
    im_report_kept: YesNo = "no", "im-report-kept", Words(&["no", "yes"]), "4.1",
        "Is a token report still there when the user logs in again without reporting?";
    im_login_imports: YesNo = "yes", "im-login-imports", Words(&["yes", "no"]), "4.2",
        "Does the first login of a user make the account?";
    im_expiry_from: ExpiryFrom = "disconnect", "im-expiry-from",
        Words(&["disconnect", "push-online", "last-login"]), "4.2",
        "From when do the seven days count, after which a user who is away is logged out?";
    im_online_elsewhere: OnlineElsewhere = "per-device", "im-online-elsewhere",
        Words(&["per-device", "per-user"]), "4.2",
        "Is a phone that is away pushed to while the same user is online on another device?";
    im_multi_device: MultiDevice = "last-wins", "im-multi-device", Words(&["last-wins", "several"]), "4.3",
        "Does a login kick the user's other phone, as the console's default has it?";
    im_incomplete_query: Admit = "refuse", "im-incomplete-query", ACCEPT_REFUSE, "5",
        "Is a REST call taken without random or contenttype=json?";
    im_body_limit: Limit = "8", "im-body-limit", Words(&["8", "12"]), "5",
        "How many KB may the body of a message call have?";
    im_user_id: UserIds = "ascii", "im-user-id", Words(&["ascii", "any-text"]), "5",
        "Must a UserID be printable ASCII?";
    im_call_rate: Option<u32> = "off", "im-call-rate", NumberOrOff(1_000_000), "5",
        "How many REST calls per second may one app make (code 60007)?";
    im_wrong_key_code: Limit = "70003", "im-wrong-key-code", Words(&["70003", "70005", "70009"]), "6",
        "Which code does a UserSig made with another key get?";
    im_future_time: Admit = "accept", "im-future-time", ACCEPT_REFUSE, "6",
        "Is a UserSig taken if its TLS.time is ahead of the server's clock?";
    im_other_types: Admit = "accept", "im-other-types", ACCEPT_REFUSE, "7",
        "Is an OfflinePushInfo taken with numbers as text, switches as true and false, and template parameters as text?";
    im_empty_values: Admit = "accept", "im-empty-values", ACCEPT_REFUSE, "7",
        "Does null, or an empty text or a 0 where none can be meant, count as not set in OfflinePushInfo?";
    im_listed_values: YesNo = "no", "im-listed-values", Words(&["no", "yes"]), "7.2",
        "Does the IM server refuse words, numbers and pictures of other vendors' fields that the documents do not list?";
    im_unknown_fields: Admit = "accept", "im-unknown-fields", ACCEPT_REFUSE, "7",
        "Is a message taken with fields that the documents do not have?";
    im_default_title: DefaultTitle = "sender", "im-default-title", Words(&["sender", "app"]), "7.1",
        "Is the title of a push without Title the sender or the app?";
    im_default_text: DefaultText = "chinese", "im-default-text", Words(&["chinese", "english"]), "7.1",
        "In which language is the text made for a location, a face or a medium?";
    im_media_text: MediaText = "named", "im-media-text", Words(&["named", "nothing"]), "7.1",
        "Does a picture, sound, file or video without Desc push as its kind's name, or not at all?";
    im_ext_not_object: ExtNotObject = "drop", "im-ext-not-object", Words(&["drop", "no-extras"]), "7.5",
        "Is a push dropped if its Ext is JSON but not an object, or sent without extras?";
    im_ext_values: ExtValues = "unchanged", "im-ext-values", Words(&["unchanged", "strings"]), "7.5",
        "Do members of Ext that are not strings go to OPPO unchanged, or as text?";
    im_account_field: AccountField = "either", "im-account-field",
        Words(&["either", "UserID", "Identifier"]), "8",
        "Under which name do account_import and kick take the user?";
    im_status_field: StatusField = "Status", "im-status-field", Words(&["Status", "State"]), "8",
        "Under which name does query_online_status answer a user's presence?";
    im_unknown_receiver: Limit = "90012", "im-unknown-receiver", Words(&["90012", "20003"]), "8",
        "Which code does a message to a user who is not imported get?";
    im_state_after_kick: RestState = "Offline", "im-state-after-kick", Words(&["Offline", "PushOnline"]), "8",
        "Which presence does a kicked user show?";
    im_kick_callback: KickCallback = "logout", "im-kick-callback", Words(&["logout", "none"]), "9",
        "Does the REST API's kick fire a State.StateChange with Logout, or none?";
    im_kicked_logout: YesNo = "no", "im-kicked-logout", Words(&["no", "yes"]), "9",
        "Does a login that another one ended fire a Logout of its own, as with client SDKs before 5.6.1200?";
    im_kick_same_second: YesNo = "yes", "im-kick-same-second", Words(&["yes", "no"]), "8",
        "Does a kick void a UserSig made in the same second?";
}
