//! Warnings about a message that is sent all the same: their ids and, as data, what to do about each.
//! When one applies is decided in `check` and `push_rules`.

/// Something to know about a message that is sent all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Warning {
    /// kebab-case and stable.
    pub(crate) id: &'static str,
    /// What was seen, in one sentence without a full stop.
    pub(crate) message: String,
    /// What to do; never empty.
    pub(crate) hint: String,
    /// The flag or field it is about.
    pub(crate) place: String,
}

macro_rules! warnings {
    ($($name:ident $id:literal $hint:literal)*) => {
        $(pub(super) const $name: (&str, &str) = ($id, $hint);)*
        /// Every warning with its hint.
        pub(crate) const WARNINGS: &[(&str, &str)] = &[$($name,)*];
    };
}

warnings! {
    USER_ODD "user-odd"
        "The client SDK's own check takes printable ASCII only and fails with 7003"
    MESSAGE_LENGTH "message-length-disputed"
        "Older documents allow 8 KB, newer ones 12 KB; shorten it if the server refuses it with 80002 or 93000"
    NOT_PUSHED "push-disabled-by-sender"
        "No offline push is made for such a message; drop it if one is wanted"
    NOTHING_TO_SHOW "nothing-to-show"
        "A message of a single custom element is pushed only with a text of its own: give --desc"
    ELEMENT_UNKNOWN "element-unknown"
        "It is sent as it is and nothing in it is checked"
    EXT_LENGTH "ext-length"
        "Tencent advises at most 1 KB; longer ones may be dropped on the way"
    PUSH_LENGTH "push-length"
        "Tencent advises at most 3 KB for Desc and Ext together"
    EXT_NOT_TEXT "ext-not-text"
        "On OPPO each top-level key becomes an extra, read with getString, which may give null for anything but text; put it in quotes"
    EXT_NESTED "ext-nested"
        "On OPPO a nested value arrives as its JSON text, which the app has to parse; Tencent's own apps use the key entity for that"
    CATEGORY_UNUSUAL "category-unusual"
        "OPPO's categories seen so far are capital letters, such as IM, ACCOUNT, ORDER, NEWS, CONTENT, MARKETING"
    TEMPLATE_VOID "template-void"
        "OPPO's private templates do not hold for content and marketing; use a category such as IM"
    OPPO_LENGTH "oppo-length"
        "OPPO itself takes a title of 50 characters and a text of 50 to 200; shorten it if OPPO drops the push with code 41"
    NO_SOUND "no-sound-on-oppo"
        "OPPO has no custom sounds; the other vendors use it"
}

impl Warning {
    pub(super) fn new(
        (id, hint): (&'static str, &str),
        message: impl Into<String>,
        place: impl Into<String>,
    ) -> Self {
        Warning { id, message: message.into(), hint: hint.to_owned(), place: place.into() }
    }
}
