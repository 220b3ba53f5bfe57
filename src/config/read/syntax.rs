//! Errors of TOML itself: every one of a file, but not its echoes on the same line.

use super::context::{Broken, Context};
use crate::failure::Kind;
use toml::de::Error;

/// Reports what is not TOML, and gives the lines that are broken.
pub(crate) fn report(context: &mut Context, errors: &[Error]) -> Broken {
    let mut broken = Broken::default();
    for error in errors {
        let span = error.span().unwrap_or_default();
        let (line, _) = context.text.position(span.start);
        if error.message() == "duplicate key" {
            let named = context.text.as_str().get(span.clone()).unwrap_or_default().trim();
            let message = format!("{named} is given twice");
            context.report(Kind::DuplicateKey, span, message, "remove one of the two");
        } else if broken.0.insert(line) {
            let said = error.message().trim().replace('\n', ", ");
            // TOML calls a value that is not there a string without quotes.
            let missing = said.starts_with("string values must be quoted") && span.is_empty();
            let (said, hint) =
                if missing { ("the value is missing", hint("key")) } else { (said.as_str(), hint(&said)) };
            context.report(Kind::TomlSyntax, span, format!("not TOML: {said}"), hint);
        }
    }
    broken
}

fn hint(message: &str) -> &'static str {
    let about = |word: &str| message.contains(word);
    if about("quote") || about("string") {
        "put text in quotes, with \\\\ for a backslash"
    } else if about("key") || about("newline") {
        "write one KEY = VALUE a line"
    } else if about("array") || about("table") {
        "close every bracket that is opened"
    } else {
        "correct it; https://toml.io shows the syntax"
    }
}
