//! The JSON of the push plugin: names and values flat, as the older plugin has them, or below the app's package.

use serde_json::{Map, Value};

use super::pair::Pair;

/// No file of the plugin is deeper than two.
const DEPTH: usize = 8;

pub(super) fn is_json(text: &str) -> bool {
    matches!(serde_json::from_str(text), Ok(Value::Object(_)))
}

pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let mut pairs = Vec::new();
    if let Ok(Value::Object(root)) = serde_json::from_str(text) {
        let packages: Vec<&String> = root.keys().filter(|key| is_package(key)).collect();
        if let [package] = packages.as_slice() {
            let (name, value) = ("package".to_owned(), (*package).clone());
            pairs.push(Pair { name, value, line: line_of(text, package) });
        }
        walk(text, &root, 0, &mut pairs);
    }
    pairs
}

fn walk(text: &str, object: &Map<String, Value>, depth: usize, pairs: &mut Vec<Pair>) {
    for (name, value) in object {
        let value = match value {
            Value::String(value) => value.clone(),
            Value::Number(value) => value.to_string(),
            Value::Object(below) if depth < DEPTH => {
                walk(text, below, depth + 1, pairs);
                continue;
            }
            _ => continue,
        };
        pairs.push(Pair { name: name.clone(), value, line: line_of(text, name) });
    }
}

fn is_package(key: &str) -> bool {
    let part = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic());
    key.contains('.') && key.split('.').all(part)
}

/// The line that first has the name in quotes.
fn line_of(text: &str, name: &str) -> usize {
    let at = text.find(&format!("\"{name}\""));
    at.and_then(|at| text.get(..at)).map_or(0, |before| before.matches('\n').count() + 1)
}
