//! App-side code for a profile, as text: what an app must hold so that pushes reach it, made from a few plain values.
//! Where the values come from, and files, belong to the commands; what a click target may be, to `click`.

mod code;
mod fill;
mod literal;
mod manifest;
mod values;

pub(crate) use values::Values;

/// One piece of the app's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Snippet {
    /// Creates the NotificationChannel.
    Channel,
    /// What the app's manifest must hold.
    Manifest,
    /// Certificate ID and AppKey, and where AppSecret comes from.
    Constants,
    /// Registration with OPPO, and the token report after login.
    Token,
    /// The Activity that a tap opens, reading the extras.
    Receiver,
    /// Custom content on a message that is sent.
    Sender,
}

impl Snippet {
    /// In the order in which an app needs them.
    pub(crate) const ALL: [Snippet; 6] = [
        Snippet::Channel,
        Snippet::Manifest,
        Snippet::Constants,
        Snippet::Token,
        Snippet::Receiver,
        Snippet::Sender,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Snippet::Channel => "channel",
            Snippet::Manifest => "manifest",
            Snippet::Constants => "constants",
            Snippet::Token => "token",
            Snippet::Receiver => "receiver",
            Snippet::Sender => "sender",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Java,
    Kotlin,
    Xml,
}

impl Language {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Language::Java => "java",
            Language::Kotlin => "kotlin",
            Language::Xml => "xml",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Language::Java => "java",
            Language::Kotlin => "kt",
            Language::Xml => "xml",
        }
    }
}

/// Generation of the IM SDK (tencent-im-push reference, section 15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sdk {
    /// SDK 5 and later.
    V2tim,
    /// SDK 4 and before.
    Legacy,
}

impl Sdk {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Sdk::V2tim => "v2tim",
            Sdk::Legacy => "legacy",
        }
    }
}

/// A snippet made for a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    pub(crate) snippet: Snippet,
    /// The file's name, without a folder.
    pub(crate) file: String,
    pub(crate) language: Language,
    /// None where both generations of the IM SDK need the same.
    pub(crate) sdk: Option<Sdk>,
    pub(crate) text: String,
}

/// Makes a snippet. `language` is Java or Kotlin; the manifest is XML in any case. None only for [`Snippet::Channel`] of
/// a certificate without a ChannelID.
pub(crate) fn make(snippet: Snippet, language: Language, sdk: Sdk, values: &Values) -> Option<Made> {
    if snippet == Snippet::Manifest || language == Language::Xml {
        let text = manifest::text(values);
        let file = "AndroidManifest.snippet.xml".to_owned();
        return Some(Made { snippet: Snippet::Manifest, file, language: Language::Xml, sdk: None, text });
    }
    let text = code::text(snippet, language, sdk, values)?;
    let file = format!("{}.{}", code::class(snippet, values), language.ending());
    let sdk = matches!(snippet, Snippet::Token | Snippet::Sender).then_some(sdk);
    Some(Made { snippet, file, language, sdk, text })
}

#[cfg(test)]
mod tests;
