//! Click targets: what a tap on a notification opens. Parse and validate them, say what the app must declare for them.
//! Their wire form belongs to `notification`; where certificates keep them, to `config`.

/// What a tap opens (tencent-im-push reference, section 3; OPPO reference, section 5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    OpenApp,
    /// An absolute http or https URL, in its ASCII form.
    Url(String),
    /// A full Java class name.
    Activity(String),
    /// An intent action name.
    Intent(String),
}
