//! Percent escapes in URLs.

/// The first `%` that two hex digits do not follow, with what is there instead.
pub(super) fn broken_escape(text: &str) -> Option<&str> {
    text.match_indices('%').map(|(at, _)| &text[at..]).find_map(|rest| {
        let end = rest.char_indices().nth(3).map_or(rest.len(), |(end, _)| end);
        byte(rest).is_none().then_some(&rest[..end])
    })
}

/// The byte of the escape that the text begins with.
pub(super) fn byte(text: &str) -> Option<u8> {
    let digits = text.strip_prefix('%')?.get(..2)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u8::from_str_radix(digits, 16).ok())?
}
