//! Warnings about a notification that is sent all the same: their ids and, as data, what to do about each.
//! When one applies is decided in `check`; warnings about a click target have their words in `click`.

/// Something to know about a notification that is sent all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Warning {
    /// kebab-case and stable.
    pub(crate) id: &'static str,
    /// What was seen, in one sentence without a full stop.
    pub(crate) message: String,
    /// What to do; never empty.
    pub(crate) hint: String,
    /// The flag, key or field it is about.
    pub(crate) place: String,
}

macro_rules! warnings {
    ($($name:ident $id:literal $hint:literal)*) => {
        $(pub(super) const $name: (&str, &str) = ($id, $hint);)*
        /// Every warning of this room with its hint.
        pub(crate) const WARNINGS: &[(&str, &str)] = &[$($name,)*];
    };
}

warnings! {
    LENGTH_DISPUTED "length-disputed"
        "Sources disagree about this limit; shorten it if OPPO refuses it with code 41"
    LENGTH_UNIT_DISPUTED "length-unit-disputed"
        "Whether OPPO counts an emoji as one or two is not known; shorten it if OPPO refuses it with code 41"
    RANGE_DISPUTED "range-disputed"
        "Sources disagree about this range; stay inside it to be sure"
    CONTROL_CHARACTER "control-character"
        "OPPO's document does not say what a phone shows for it; take it out to be sure"
    CHANNEL_MISSING "channel-missing"
        "Android 8 and later show nothing without a channel: give --channel-id, or channel_id in the certificate"
    CHANNEL_LENGTH_UNKNOWN "channel-length-unknown"
        "No limit is documented; one client in the field refuses more than 64 characters"
    CATEGORY_UNUSUAL "category-unusual"
        "OPPO's categories seen so far are capital letters, such as IM, ACCOUNT, ORDER, NEWS, CONTENT, MARKETING"
    TITLE_FROM_TEMPLATE "title-from-template"
        "With a private template OPPO fills in title and content from the template; these are left out"
    TEMPLATE_PARAMETERS_EMPTY "template-parameters-empty"
        "An empty object fails for a template without placeholders; it is left out"
    TTL_WITHOUT_EFFECT "ttl-without-effect"
        "off_line is false, so OPPO keeps nothing for a phone that is offline; drop one of the two"
    CALL_BACK_PARAMETER_ALONE "call-back-parameter-alone"
        "It comes back with receipts, and without call_back_url there are none: give --callback-url"
    BADGE_INCOMPLETE "badge-incomplete"
        "badge_operation_type and badge_message_count are thought to belong together; give both"
    BADGE_OPERATION_UNKNOWN "badge-operation-unknown"
        "Known are 0 (set) and 1 (add)"
    EXTRA_NOT_TEXT "extra-not-text"
        "Extras arrive as Strings: a number or boolean becomes its text, an object its JSON text. Put it in quotes to say what you mean"
    SET_UNKNOWN "set-unknown-field"
        "It is sent as it is and nothing about it is checked"
    SET_KNOWN "set-known-field"
        "It is checked like any other; a message file or its flag says the same without --set"
}

impl Warning {
    pub(super) fn new(
        (id, hint): (&'static str, &str),
        message: impl Into<String>,
        place: impl ToString,
    ) -> Self {
        Warning { id, message: message.into(), hint: hint.to_owned(), place: place.to_string() }
    }
}
