//! Every limit of OPPO's notification that the client knows, and the table of a unicast's fields (OPPO reference, section 5).
//! What happens beyond a limit is decided in `check`; docs/notification.md says the same for people, and a test compares.

/// How long a text may be. Counted in code points; UTF-16 units beyond `max` are warned about, for OPPO's unit is disputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Length {
    /// The stricter reading of a disputed limit: longer is warned about.
    pub(crate) warn: Option<usize>,
    /// The looser reading: longer is refused. None where no limit is known.
    pub(crate) max: Option<usize>,
}

/// The numbers a field may have, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) min: i64,
    pub(crate) max: i64,
    /// The stricter reading of a disputed range: outside is warned about.
    pub(crate) warn: Option<(i64, i64)>,
    pub(crate) unit: &'static str,
}

/// One field of a unicast's notification.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// The name on the wire and in message files.
    pub(crate) name: &'static str,
    /// The flag of `opush send` for it, if it has one.
    pub(crate) flag: Option<&'static str>,
    pub(crate) length: Option<Length>,
    pub(crate) range: Option<Range>,
}

const fn at_most(max: usize) -> Option<Length> {
    Some(Length { warn: None, max: Some(max) })
}

const fn disputed(warn: usize, max: usize) -> Option<Length> {
    Some(Length { warn: Some(warn), max: Some(max) })
}

pub(super) const TITLE: Length = Length { warn: None, max: Some(50) };
pub(super) const SUB_TITLE: Length = Length { warn: None, max: Some(10) };
/// Newest sources say 50, an older copy and the SDK 200.
pub(super) const CONTENT_STANDARD: Length = Length { warn: Some(50), max: Some(200) };
pub(super) const CONTENT_LONG_TEXT: Length = Length { warn: None, max: Some(128) };
/// Of the JSON text.
pub(super) const ACTION_PARAMETERS: Length = Length { warn: None, max: Some(4000) };
pub(super) const CALL_BACK_URL: Length = Length { warn: None, max: Some(200) };
/// 50 in V1.6 and the SDK, 100 in the newer document.
pub(super) const CALL_BACK_PARAMETER: Length = Length { warn: Some(50), max: Some(100) };
/// No limit is documented; one strict client allows 64.
pub(super) const CHANNEL_ID: Length = Length { warn: Some(64), max: None };

/// Ten days. Larger values would be treated as ten days; the SDK refuses them, and so do we.
pub(super) const OFF_LINE_TTL: Range = Range { min: 1, max: 864_000, warn: None, unit: "seconds" };
/// The union of all readings: newer 0–12 h (public) or 0–24 h (private), older 21600–172800 s. Their intersection is sure.
pub(super) const SHOW_TTL: Range =
    Range { min: 0, max: 172_800, warn: Some((21_600, 43_200)), unit: "seconds" };
/// A time is 13 digits of milliseconds.
pub(super) const TIME: Range =
    Range { min: 1_000_000_000_000, max: 9_999_999_999_999, warn: None, unit: "milliseconds" };
/// The vendor's int.
pub(super) const INT: Range = Range { min: -2_147_483_648, max: 2_147_483_647, warn: None, unit: "" };
pub(super) const COUNT: Range = Range { min: 0, max: 2_147_483_647, warn: None, unit: "" };

const fn field(name: &'static str, flag: Option<&'static str>) -> Field {
    Field { name, flag, length: None, range: None }
}

const fn text(name: &'static str, flag: Option<&'static str>, length: Option<Length>) -> Field {
    Field { name, flag, length, range: None }
}

const fn number(name: &'static str, flag: Option<&'static str>, range: Range) -> Field {
    Field { name, flag, length: None, range: Some(range) }
}

/// Every field that a unicast can carry, in the order of the wire.
pub(crate) const FIELDS: &[Field] = &[
    field("app_message_id", Some("--app-message-id")),
    field("style", Some("--style")),
    text("title", Some("--title"), Some(TITLE)),
    text("sub_title", Some("--sub-title"), Some(SUB_TITLE)),
    text("content", Some("--content"), Some(CONTENT_STANDARD)),
    field("click_action_type", Some("--click")),
    text("click_action_activity", Some("--click"), at_most(crate::click::NAME_LIMIT)),
    text("click_action_url", Some("--click"), disputed(crate::click::URL_WARN, crate::click::URL_LIMIT)),
    text("action_parameters", Some("--ext"), Some(ACTION_PARAMETERS)),
    field("show_time_type", None),
    number("show_start_time", None, TIME),
    number("show_end_time", None, TIME),
    field("off_line", None),
    number("off_line_ttl", Some("--ttl"), OFF_LINE_TTL),
    field("push_time_type", None),
    field("fix_speed", None),
    field("network_type", None),
    text("call_back_url", Some("--callback-url"), Some(CALL_BACK_URL)),
    text("call_back_parameter", Some("--callback-parameter"), Some(CALL_BACK_PARAMETER)),
    text("channel_id", Some("--channel-id"), Some(CHANNEL_ID)),
    number("show_ttl", None, SHOW_TTL),
    number("notify_id", None, INT),
    field("category", Some("--category")),
    field("notify_level", Some("--notify-level")),
    field("private_msg_template_id", None),
    field("private_title_parameters", None),
    field("private_content_parameters", None),
    field("small_picture_id", None),
    field("badge_operation_type", None),
    number("badge_message_count", None, COUNT),
    field("auditResponse", None),
];

/// Fields and what they would be for, that no unicast can carry.
pub(crate) const BROADCAST_ONLY: &[(&str, &str)] = &[
    ("push_start_time", "only pushes to all users can be scheduled"),
    ("time_zone", "it says how push_start_time is meant, and only pushes to all users can be scheduled"),
    ("fix_speed_rate", "only a broadcast has a speed"),
    ("big_picture_id", "big pictures (style 3) are for broadcasts only"),
];

/// Fields of OPPO's paid value-added API; the ordinary API is not known to take them.
pub(crate) const PAID_ONLY: &[&str] =
    &["small_picture_url", "medium_picture_url", "big_picture_url", "buttons", "option"];
