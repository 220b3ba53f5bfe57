//! OPPO's notification field by field: one row each, used for reading, flags, limits, the wire form and the docs page.

use strum::{EnumString, IntoStaticStr, VariantArray};

/// A field of the notification (OPPO reference, section 5), in the order of the wire. The comment of a variant is its
/// note in docs/notification.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray)]
#[cfg_attr(test, derive(strum::EnumMessage))]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Field {
    /// OPPO drops a second push with the same id to the same target
    AppMessageId,
    /// long text needs a ColorOS newer than 5.0
    Style,
    Title,
    SubTitle,
    Content,
    ClickActionType,
    /// with 1 the action's name, with 4 the full class name
    ClickActionActivity,
    /// with 2 and 5
    ClickActionUrl,
    /// custom content; `--ext-json` gives it too; a message file may hold an object
    ActionParameters,
    ShowTimeType,
    /// before `show_end_time`
    ShowStartTime,
    /// must not be past
    ShowEndTime,
    /// keep it for a phone that is offline; OPPO's default is true
    OffLine,
    /// how long it is kept; 10 days at most
    OffLineTtl,
    PushTimeType,
    /// true is for broadcasts
    FixSpeed,
    NetworkType,
    /// http or https; pushes to a regId only
    CallBackUrl,
    /// comes back with receipts
    CallBackParameter,
    /// without it Android 8 and later show nothing
    ChannelId,
    /// how long it stays shown; disputed
    ShowTtl,
    /// replaces the notification shown with the same number
    NotifyId,
    /// OPPO's classification, such as IM
    Category,
    NotifyLevel,
    /// an approved private template
    PrivateMsgTemplateId,
    /// fills the template's title; given as an object or as text holding one, sent as text
    PrivateTitleParameters,
    /// fills the template's content; given as an object or as text holding one, sent as text
    PrivateContentParameters,
    /// of an uploaded picture
    SmallPictureId,
    /// 0 set, 1 add; other numbers are warned about
    BadgeOperationType,
    BadgeMessageCount,
    /// a third party's audit result; the one name in camelCase
    #[strum(serialize = "auditResponse")]
    AuditResponse,
    /// of the show window; OPPO's default is GMT+08:00
    TimeZone,
    PushStartTime,
    FixSpeedRate,
    BigPictureId,
    /// of the paid value-added API
    SmallPictureUrl,
    /// of the paid value-added API
    MediumPictureUrl,
    /// of the paid value-added API
    BigPictureUrl,
    /// of the paid value-added API
    Buttons,
    /// of the paid value-added API
    Option,
}

/// What the table says about one field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(super) kind: Type,
    /// The flag of `opush send` for it, if it has one.
    pub(super) flag: Option<&'static str>,
    pub(super) applies: Applies,
    /// Must be there, unless a private template is given: OPPO makes it from the template then, and it is not sent.
    pub(super) required: bool,
    /// The field that goes with it.
    pub(super) companion: Option<(Field, Need)>,
}

/// What a field's value is, and its limits.
#[derive(Clone, Copy, Debug)]
pub(super) enum Type {
    /// Text that people see.
    Shown(Length),
    /// Text that must equal something elsewhere to the letter.
    Identifier(Length),
    /// Text that opush does not look into.
    Text(Length),
    /// A URL that OPPO calls.
    Url(Length),
    /// A URL, class or action that a tap opens; the room `click` checks it and knows its limits.
    Click,
    Whole(Range),
    Seconds(Range),
    /// A time: 13 digits of milliseconds.
    Milliseconds(Range),
    Choice(&'static [Choice]),
    Boolean,
    /// The values of a template's placeholders.
    Parameters,
    /// An object; on the wire it is text that holds JSON, and the limit is that of the JSON.
    CustomContent(Length),
    /// Text, an object or an array.
    TextOrJson,
    /// opush does not look into it.
    Any,
}

/// Which pushes can carry a field or a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Applies {
    Unicast,
    /// Why a push to one phone has no use for it.
    BroadcastOnly(&'static str),
    /// OPPO's paid value-added API; whether the ordinary API takes it is not known.
    PaidOnly,
}

/// How much a field needs another one beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Required,
    /// Without it there is a warning.
    Expected,
}

/// How long a text may be. Counted in code points; beyond `max` only in UTF-16 units is a warning, for OPPO's unit is disputed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Length {
    /// The stricter reading of a disputed limit: longer is warned about.
    pub(super) warn: Option<usize>,
    /// The looser reading: longer is refused. None where no limit is known.
    pub(super) max: Option<usize>,
    /// The limit with the style long text, where that is another.
    pub(super) long_text: Option<usize>,
}

/// The numbers a field may have, both ends included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) min: i64,
    pub(super) max: i64,
    /// The stricter reading of a disputed range: outside is warned about.
    pub(super) agreed: Option<(i64, i64)>,
    pub(super) unit: &'static str,
}

/// One number of a closed list, and its meaning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub(super) number: i64,
    pub(super) meaning: &'static str,
    pub(super) applies: Applies,
}

/// The style with long text.
pub(super) const LONG_TEXT: i64 = 2;
/// The style with a big picture; only a broadcast has one.
pub(crate) const BIG_PICTURE: i64 = 3;
/// The push_time_type that has a time.
pub(super) const SCHEDULED: i64 = 1;
/// The show_time_type that has a start and an end.
pub(super) const WINDOW: i64 = 1;

const NO_LIMIT: Length = Length { warn: None, max: None, long_text: None };
/// The vendor's int.
const INT: Range = Range { min: -2_147_483_648, max: 2_147_483_647, agreed: None, unit: "" };
const ANY_NUMBER: Range = Range { min: i64::MIN, max: i64::MAX, agreed: None, unit: "" };
const TIME: Range =
    Range { min: 1_000_000_000_000, max: 9_999_999_999_999, agreed: None, unit: "milliseconds (13 digits)" };
const STYLES: &[Choice] = &[
    choice(1, "standard"),
    choice(LONG_TEXT, "long text"),
    broadcast(BIG_PICTURE, "big picture"),
    Choice { number: 4, meaning: "medium picture", applies: Applies::PaidOnly },
];
const CLICK_ACTIONS: &[Choice] = &[
    choice(0, "open app"),
    choice(1, "intent action"),
    choice(2, "web page"),
    choice(4, "Activity"),
    choice(5, "scheme URL"),
];
const SHOW_TIMES: &[Choice] =
    &[choice(0, "at once"), choice(WINDOW, "between show_start_time and show_end_time")];
const PUSH_TIMES: &[Choice] = &[choice(0, "at once"), broadcast(SCHEDULED, "scheduled")];
const NETWORKS: &[Choice] = &[choice(0, "any network"), choice(1, "Wi-Fi only")];
const LEVELS: &[Choice] = &[
    choice(1, "notification centre"),
    choice(2, "and lock screen"),
    // Needs a right that OPPO grants.
    choice(16, "and banner, vibration, sound"),
];

/// The table: a row for each field, in the same order.
const ROWS: [(Field, Row); Field::VARIANTS.len()] = {
    use Type::*;
    [
        (Field::AppMessageId, row(Identifier(NO_LIMIT)).flag("--app-message-id")),
        (Field::Style, row(Choice(STYLES)).flag("--style")),
        (Field::Title, row(Shown(at_most(50))).flag("--title").required()),
        (Field::SubTitle, row(Shown(at_most(10))).flag("--sub-title")),
        // Newest sources say 50, an older copy and the SDK 200.
        (
            Field::Content,
            row(Shown(Length { long_text: Some(128), ..disputed(50, 200) })).flag("--content").required(),
        ),
        (Field::ClickActionType, row(Choice(CLICK_ACTIONS)).flag("--click")),
        (Field::ClickActionActivity, row(Click).flag("--click")),
        (Field::ClickActionUrl, row(Click).flag("--click")),
        (Field::ActionParameters, row(CustomContent(at_most(4000))).flag("--ext")),
        (Field::ShowTimeType, row(Choice(SHOW_TIMES))),
        (Field::ShowStartTime, row(Milliseconds(TIME))),
        (Field::ShowEndTime, row(Milliseconds(TIME))),
        (Field::OffLine, row(Boolean)),
        // Larger values would be treated as ten days; the SDK refuses them, and so does opush.
        (Field::OffLineTtl, row(Seconds(seconds(1, 864_000))).flag("--ttl")),
        (Field::PushTimeType, row(Choice(PUSH_TIMES))),
        (Field::FixSpeed, row(Boolean)),
        (Field::NetworkType, row(Choice(NETWORKS))),
        (Field::CallBackUrl, row(Url(at_most(200))).flag("--callback-url")),
        // 50 in V1.6 and the SDK, 100 in the newer document.
        (
            Field::CallBackParameter,
            row(Text(disputed(50, 100))).flag("--callback-parameter").expects(Field::CallBackUrl),
        ),
        // No limit is documented; one strict client allows 64.
        (Field::ChannelId, row(Identifier(Length { warn: Some(64), ..NO_LIMIT })).flag("--channel-id")),
        // All readings together: newer 0–12 h (public) or 0–24 h (private), older 21600–172800 s.
        (Field::ShowTtl, row(Seconds(Range { agreed: Some((21_600, 43_200)), ..seconds(0, 172_800) }))),
        (Field::NotifyId, row(Whole(INT))),
        (Field::Category, row(Identifier(NO_LIMIT)).flag("--category")),
        (Field::NotifyLevel, row(Choice(LEVELS)).flag("--notify-level").needs(Field::Category)),
        (Field::PrivateMsgTemplateId, row(Identifier(NO_LIMIT))),
        (Field::PrivateTitleParameters, row(Parameters).needs(Field::PrivateMsgTemplateId)),
        (Field::PrivateContentParameters, row(Parameters).needs(Field::PrivateMsgTemplateId)),
        (Field::SmallPictureId, row(Identifier(NO_LIMIT))),
        (Field::BadgeOperationType, row(Whole(INT)).expects(Field::BadgeMessageCount)),
        (Field::BadgeMessageCount, row(Whole(Range { min: 0, ..INT })).expects(Field::BadgeOperationType)),
        (Field::AuditResponse, row(TextOrJson)),
        (Field::TimeZone, row(Text(NO_LIMIT))),
        (
            Field::PushStartTime,
            row(Milliseconds(TIME)).broadcast("only pushes to all users can be scheduled"),
        ),
        (Field::FixSpeedRate, row(Whole(ANY_NUMBER)).broadcast("only a broadcast has a speed")),
        (
            Field::BigPictureId,
            row(Text(NO_LIMIT)).broadcast("big pictures (style 3) are for broadcasts only"),
        ),
        (Field::SmallPictureUrl, row(Text(at_most(300))).paid()),
        (Field::MediumPictureUrl, row(Text(at_most(300))).paid()),
        (Field::BigPictureUrl, row(Text(at_most(300))).paid()),
        (Field::Buttons, row(Any).paid()),
        (Field::Option, row(Any).paid()),
    ]
};

/// The rows are in the order of the fields, so that [`Field::row`] finds them.
const _: () = {
    let mut at = 0;
    while at < ROWS.len() {
        assert!(ROWS[at].0 as usize == at);
        at += 1;
    }
};

impl Field {
    pub(crate) const fn row(self) -> Row {
        ROWS[self as usize].1
    }

    /// The name on the wire and in message files.
    pub(crate) fn name(self) -> &'static str {
        self.into()
    }

    /// The flag, or the field's name where it has none.
    pub(super) fn given_by(self) -> &'static str {
        self.row().flag.unwrap_or(self.name())
    }

    /// Every field that a push to one phone can carry, in the order of the wire.
    pub(crate) fn unicast() -> impl Iterator<Item = Field> + Clone {
        Field::VARIANTS.iter().copied().filter(|field| field.broadcast_only().is_none())
    }

    /// Every field that a broadcast can carry, in the order of the wire.
    pub(crate) fn broadcast() -> impl Iterator<Item = Field> + Clone {
        Field::VARIANTS.iter().copied()
    }

    /// The field with this wire name.
    pub(crate) fn named(name: &str) -> Option<Field> {
        Field::try_from(name).ok()
    }

    /// Whether a 0 says that the number is not set. With the others it is a value of its own.
    pub(super) fn zero_is_unset(self) -> bool {
        use Field::*;
        matches!(
            self,
            Style
                | ShowStartTime
                | ShowEndTime
                | PushStartTime
                | FixSpeedRate
                | OffLineTtl
                | ShowTtl
                | NotifyId
                | NotifyLevel
        )
    }

    pub(crate) fn is_number(self) -> bool {
        use Type::*;
        matches!(self.row().kind, Whole(_) | Seconds(_) | Milliseconds(_) | Choice(_))
    }

    /// Why no push to one phone can carry a field, if only broadcasts have it.
    pub(crate) fn broadcast_only(self) -> Option<&'static str> {
        match self.row().applies {
            Applies::BroadcastOnly(reason) => Some(reason),
            Applies::Unicast | Applies::PaidOnly => None,
        }
    }
}

impl Row {
    const fn flag(self, flag: &'static str) -> Row {
        Row { flag: Some(flag), ..self }
    }

    const fn required(self) -> Row {
        Row { required: true, ..self }
    }

    const fn broadcast(self, reason: &'static str) -> Row {
        Row { applies: Applies::BroadcastOnly(reason), ..self }
    }

    const fn paid(self) -> Row {
        Row { applies: Applies::PaidOnly, ..self }
    }

    const fn needs(self, field: Field) -> Row {
        Row { companion: Some((field, Need::Required)), ..self }
    }

    const fn expects(self, field: Field) -> Row {
        Row { companion: Some((field, Need::Expected)), ..self }
    }
}

const fn row(kind: Type) -> Row {
    Row { kind, flag: None, applies: Applies::Unicast, required: false, companion: None }
}

const fn at_most(max: usize) -> Length {
    Length { max: Some(max), ..NO_LIMIT }
}

const fn disputed(warn: usize, max: usize) -> Length {
    Length { warn: Some(warn), max: Some(max), ..NO_LIMIT }
}

const fn seconds(min: i64, max: i64) -> Range {
    Range { min, max, agreed: None, unit: "seconds" }
}

const fn choice(number: i64, meaning: &'static str) -> Choice {
    Choice { number, meaning, applies: Applies::Unicast }
}

const fn broadcast(number: i64, meaning: &'static str) -> Choice {
    Choice { number, meaning, applies: Applies::BroadcastOnly("") }
}
