//! The typed values of rules and how each is read from text.

/// How a rule's value is read from text, and written as text again.
pub(super) trait Setting: Sized {
    /// `None` when the text is none of its values.
    fn read(text: &str) -> Option<Self>;
    fn write(&self) -> String;
}

/// Enums that are read and written as words.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display)]
        pub(crate) enum $name { $(#[strum(serialize = $word)] $variant),* }

        impl Setting for $name {
            fn read(text: &str) -> Option<Self> {
                text.parse().ok()
            }

            fn write(&self) -> String {
                self.to_string()
            }
        }
    )*};
}

words! {
    /// Whether a form of request is taken.
    Admit { Accept = "accept", Refuse = "refuse" }
    YesNo { Yes = "yes", No = "no" }
    /// Which side of the server's clock an auth timestamp may lie on.
    Skew { Both = "both", PastOnly = "past-only" }
    /// What counts as one character.
    CharacterCount { CodePoints = "code-points", Utf16 = "utf16" }
    /// What is made of a value over its maximum.
    OverMax { Clamp = "clamp", Refuse = "refuse" }
    ShowTtl { Newer = "newer", Older = "older", Either = "either" }
    TemplateForm { Text = "string", Object = "object", Either = "either" }
    /// When `private_msg_template_id` must be there.
    PrivateTemplate { Never = "never", WithParameters = "with-parameters", WithCategory = "with-category" }
    /// What becomes of a message without a channel.
    WithoutChannel { Lost = "lost", Content = "content" }
    /// What a repeated `app_message_id` gets.
    RepeatAnswer { Success = "success", Duplicate = "duplicate" }
    /// What a batch is when one of its messages is not in order: refused for that item alone, or as a whole.
    BatchInvalidItem { Item = "item", Whole = "whole" }
    /// How the answer to a batch names the target of an alias.
    BatchAlias { RegId = "reg-id", Alias = "alias" }
    /// What a plain list of tags means.
    TagList { Any = "any", All = "all" }
    /// The operators that a tag expression may have.
    TagOperators { AndOrNot = "and-or-not", And = "and" }
    /// How the tags of a device call are written.
    TagsForm { Either = "either", Text = "string", Array = "array" }
    /// What a regId's tags are answered in.
    AllTagsAnswer { Object = "object", List = "list" }
    PermitNames { Snake = "snake-case", Camel = "camel-case" }
    BigPictureSize { Either = "either", Older = "876x324", Newer = "984x369", Any = "any" }
    SmallPictureSize { Exact = "144x144", Any = "any" }
    /// What a picture id that the app does not have gets.
    UnknownPicture { NotExist = "31", Invalid = "41", Picture = "51", Accept = "accept" }
    ReceiptMethod { Post = "POST", Put = "PUT" }
    /// Whether receipts for the same URL share a request.
    ReceiptBatching { Several = "several", One = "one" }
    /// Whether a space follows the commas between the regIds of a receipt.
    ReceiptSpace { Space = "space", NoSpace = "no-space" }
    /// The answer with which a receipt counts as taken.
    ReceiptAnswer { Status200 = "200", Success = "2xx", Any = "any" }
    /// What the list of invalid regIds holds.
    InvalidListHolds { All = "all", Pushed = "pushed" }
    /// Under which name an account call gives the user.
    AccountField { Either = "either", UserId = "UserID", Identifier = "Identifier" }
    /// Under which name a user's presence is answered.
    StatusField { Status = "Status", State = "State" }
    /// What a UserID may be made of.
    UserIds { Ascii = "ascii", AnyText = "any-text" }
    /// What the REST API's kick tells the webhook.
    KickCallback { Logout = "logout", None = "none" }
    MultiDevice { LastWins = "last-wins", Several = "several" }
    /// From when the seven days of a phone that is away count.
    ExpiryFrom { Disconnect = "disconnect", PushOnline = "push-online", LastLogin = "last-login" }
    /// The presence that decides a push: the phone's, or the user's on any phone.
    OnlineElsewhere { PerDevice = "per-device", PerUser = "per-user" }
    /// A user's presence in the REST API's words.
    RestState { Offline = "Offline", PushOnline = "PushOnline" }
    DefaultTitle { Sender = "sender", App = "app" }
    DefaultText { Chinese = "chinese", English = "english" }
    /// What the text of a picture, sound, file or video is.
    MediaText { Named = "named", Nothing = "nothing" }
    /// What becomes of a push with Ext that is JSON but not an object.
    ExtNotObject { Drop = "drop", NoExtras = "no-extras" }
    /// How the members of Ext that are not strings go to OPPO.
    ExtValues { Unchanged = "unchanged", Strings = "strings" }
}

impl Admit {
    pub(crate) fn accepts(self) -> bool {
        self == Admit::Accept
    }
}

/// A number out of a short list: a length, a return code, an HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit(pub(crate) u32);

impl Setting for Limit {
    fn read(text: &str) -> Option<Self> {
        text.parse().ok().map(Limit)
    }

    fn write(&self) -> String {
        self.0.to_string()
    }
}

/// `off`, or a number of at least 1.
impl Setting for Option<u32> {
    fn read(text: &str) -> Option<Self> {
        if text == "off" {
            return Some(None);
        }
        text.parse().ok().filter(|number| *number > 0).map(Some)
    }

    fn write(&self) -> String {
        self.map_or_else(|| "off".to_owned(), |number| number.to_string())
    }
}

/// A length of time, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Millis(pub(crate) i64);

impl Setting for Millis {
    fn read(text: &str) -> Option<Self> {
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let unit = match &text[digits..] {
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return None,
        };
        // A year is more than any rule needs, and keeps sums far from overflow.
        let millis = text[..digits].parse::<i64>().ok()?.checked_mul(unit)?;
        (1..=366 * 86_400_000).contains(&millis).then_some(Millis(millis))
    }

    /// In the largest unit that fits.
    fn write(&self) -> String {
        let units = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000)];
        let (unit, length) =
            units.into_iter().find(|(_, length)| self.0 % length == 0).unwrap_or(("s", 1000));
        format!("{}{unit}", self.0 / length)
    }
}

/// How long something is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Window {
    UntilReset,
    For(Millis),
}

impl Window {
    /// What is of this time or before is over.
    pub(crate) fn since(self, now: i64) -> i64 {
        match self {
            Window::UntilReset => i64::MIN,
            Window::For(window) => now - window.0,
        }
    }
}

impl Setting for Window {
    fn read(text: &str) -> Option<Self> {
        match text {
            "until-reset" => Some(Window::UntilReset),
            _ => Millis::read(text).map(Window::For),
        }
    }

    fn write(&self) -> String {
        match self {
            Window::UntilReset => "until-reset".to_owned(),
            Window::For(time) => time.write(),
        }
    }
}
