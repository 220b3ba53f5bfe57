//! Text as a string literal of Java or Kotlin or an attribute of XML, and names as identifiers.

use super::Language;

/// A string literal with its quotes. What can't be seen is written as an escape, so that a reader sees what is there.
pub(super) fn string(text: &str, language: Language) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            '$' if language == Language::Kotlin => literal.push_str("\\$"),
            c if is_unseen(c) => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    literal.push_str(&format!("\\u{unit:04x}"));
                }
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// Controls, spaces other than the plain one, and characters that turn or hide the text around them.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// The text of an XML attribute between double quotes.
pub(super) fn attribute(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Kotlin's hard keywords, which a package or class can only have in backticks (Kotlin language, keywords).
const KOTLIN_KEYWORDS: &str = "as break class continue do else false for fun if in interface is null object package return super \
    this throw true try typealias typeof val var when while yield _";

/// One name in Kotlin, in backticks where it needs them.
pub(super) fn kotlin_name(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let underscores = name.chars().all(|c| c == '_');
    if plain && !underscores && !KOTLIN_KEYWORDS.split(' ').any(|word| word == name) {
        name.to_owned()
    } else {
        format!("`{name}`")
    }
}
