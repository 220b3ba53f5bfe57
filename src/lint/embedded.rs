//! JSON in the middle of a text, such as a line of a log, found in time that grows with the text alone.

use serde_json::Value;

use crate::notification::parse_json;

/// So many bytes may be looked at more than once, for the whole text.
const BUDGET: usize = 2 * 1024 * 1024;

/// Every object and array that begins in the text and is complete, in their order, with the line where each begins.
/// What lies inside of one that was found is not looked for.
pub(super) fn values(text: &str) -> Vec<(usize, Value)> {
    let (mut found, mut at, mut spent) = (Vec::new(), 0, 0);
    let (mut line, mut counted) = (1, 0);
    while let Some(start) = text[at..].find(['{', '[']).map(|offset| at + offset) {
        let mut stream =
            serde_json::Deserializer::from_str(&text[start..]).into_iter::<serde::de::IgnoredAny>();
        let read = stream.next();
        let end = start + stream.byte_offset();
        let value = match read {
            Some(Ok(_)) => text.get(start..end).and_then(|part| parse_json(part).ok()),
            _ => None,
        };
        at = start + 1;
        if let Some(value) = value {
            line += text[counted..start].matches('\n').count();
            counted = start;
            found.push((line, value));
            at = end;
        } else {
            spent += error_offset(text, start).max(1);
            if spent > BUDGET {
                break;
            }
        }
    }
    found
}

/// How far the reader came before it gave up.
fn error_offset(text: &str, start: usize) -> usize {
    match serde_json::from_str::<serde::de::IgnoredAny>(&text[start..]) {
        Err(error) => {
            let lines = text[start..].split_inclusive('\n').take(error.line().saturating_sub(1));
            lines.map(str::len).sum::<usize>() + error.column()
        }
        Ok(_) => 0,
    }
}

/// The text with one level of escapes taken off: `{\"a\":1}` as `{"a":1}`. `None` where nothing is escaped.
pub(super) fn unescaped(text: &str) -> Option<String> {
    if !text.contains("\\\"") {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(next @ ('"' | '\\' | '/'))) => {
                out.push(*next);
                chars.next();
            }
            ('\\', Some('n' | 't' | 'r')) => {
                out.push(' ');
                chars.next();
            }
            _ => out.push(c),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_complete_value_is_found_with_its_line() {
        let text = "[main] sent {\"a\":[1]}\nand {broken {\"b\":2} [ ]";
        let found: Vec<_> = values(text).into_iter().map(|(line, value)| (line, value.to_string())).collect();
        assert_eq!(found, [(1, r#"{"a":[1]}"#.into()), (2, r#"{"b":2}"#.into()), (2, "[]".into())]);
    }

    #[test]
    fn one_level_of_escapes_is_taken_off() {
        assert_eq!(unescaped(r#"{\"a\":\"{\\\"b\\\":1}\"}"#).unwrap(), r#"{"a":"{\"b\":1}"}"#);
        assert_eq!(unescaped("{}"), None);
    }

    proptest! {
        #[test]
        fn an_object_is_found_in_any_text(before in "[^{\\[]*", after in any::<String>()) {
            let found = values(&format!("{before}{{\"title\":\"t\"}}{after}"));
            prop_assert_eq!(found[0].1.to_string(), r#"{"title":"t"}"#);
        }
    }
}
