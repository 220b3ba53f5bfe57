//! The mask, and hiding secrets that are known.

/// Shown in the place of a secret, whatever its length.
pub(crate) const MASK: &str = "********";

/// The text with every one of these secrets masked. One shorter than `shortest` stays: it is part of ordinary words, and
/// masking it would spoil the text without hiding anything.
pub(crate) fn known<'a>(text: &str, secrets: impl IntoIterator<Item = &'a str>, shortest: usize) -> String {
    let secrets = secrets.into_iter().filter(|secret| secret.len() >= shortest.max(1));
    secrets.fold(text.to_owned(), |text, secret| text.replace(secret, MASK))
}
