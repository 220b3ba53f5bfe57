//! Text of other people on a terminal: what would move the cursor, colour or turn the text is shown as its escape.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::LazyLock;

/// Begins our own colours until they are printed. It is a terminal's sequence, so that it has no width, and nobody else
/// can know its number.
static MARK: LazyLock<String> = LazyLock::new(|| format!("\u{1b}[{};", RandomState::new().hash_one(0)));

/// The words between two sequences of our own.
pub(super) fn coloured(code: &str, words: &str) -> String {
    let mark = MARK.as_str();
    format!("{mark}{code}m{words}{mark}0m")
}

/// Control characters of C0 and C1, line separators, and what changes the direction of text.
pub(super) fn is_active(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text that is one line, whatever is in it.
pub(crate) fn line(text: &str) -> String {
    escaped(text, &[])
}

/// Text of several lines.
pub(super) fn lines(text: &str) -> String {
    escaped(text, &['\n', '\t'])
}

fn escaped(text: &str, kept: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| is_active(c) && !kept.contains(&c)) {
        let (plain, active) = rest.split_at(at);
        out.push_str(plain);
        if let Some(after) = active.strip_prefix(MARK.as_str()) {
            out.push_str("\u{1b}[");
            rest = after;
            continue;
        }
        let mut characters = active.chars();
        out.extend(characters.next().into_iter().flat_map(char::escape_default));
        rest = characters.as_str();
    }
    out.push_str(rest);
    out
}

/// JSON as it may be printed: serde escapes C0 alone. Outside of strings JSON has no such character.
pub(super) fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_active(c) && c != '\n' {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_escape_is_shown_and_a_colour_of_ours_is_one() {
        assert_eq!(line("a\u{1b}[2J\nb\u{9b}\u{202e}c\t演示"), "a\\u{1b}[2J\\nb\\u{9b}\\u{202e}c\\t演示");
        assert_eq!(lines("a\n\tb\r"), "a\n\tb\\r");
        let shown = line(&coloured("32", "ok \u{1b}[31mred"));
        assert_eq!(shown, "\u{1b}[32mok \\u{1b}[31mred\u{1b}[0m");
    }

    proptest! {
        #[test]
        fn no_text_is_active_afterwards(text in r"[\x00-\u{10ffff}]{0,40}") {
            prop_assert!(!line(&text).contains(is_active));
            prop_assert!(!lines(&text).contains(|c| is_active(c) && !"\n\t".contains(c)));
        }

        #[test]
        fn json_stays_the_same_value(text in r"[\x00-\u{10ffff}]{0,40}") {
            let shown = json(&serde_json::to_string(&text).unwrap());
            prop_assert!(!shown.contains(is_active));
            prop_assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
        }
    }
}
