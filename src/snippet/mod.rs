//! App-side code for a profile, as text: what an app must hold so that pushes reach it, made from a few plain values;
//! and whether an app file holds it.

mod code;
pub(crate) mod constants;
mod fill;
mod in_app;
mod kinds;
mod literal;
mod manifest;
mod values;

pub(crate) use in_app::{
    Need, NeedKind, NeedStatus, PushInApp, RULES, Unreadable, channel_in, examine, examine_channel, needs,
};
pub(crate) use kinds::{Language, Sdk, Snippet};
pub(crate) use values::Values;

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
