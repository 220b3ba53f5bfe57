//! Finds plain secrets in the text of a configuration file, also where it is not valid TOML or the key is misspelled,
//! so that no excerpt and no diff shows one. It would rather mask too much. Reading the file properly belongs to `read`.

use std::ops::Range;

use crate::masking::MASK;

/// The keys of a secret's table that are not secrets themselves.
const REFERENCES: [&str; 3] = ["env", "file", "command"];

/// The parts of `text` that hold secrets: ascending, not overlapping, line ends included.
pub(super) fn secrets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut section = false;
    while let Some((word, span)) = next_word(text, at) {
        at = span.end;
        let header = on_header_line(text, span.start);
        if header {
            // Below `[profile.x.certificate.master_secret]` every value is treated like one inside its braces.
            section = is_secret_key(word)
                && text[span.end..].trim_start_matches(['"', '\'', ' ', '\t']).starts_with(']');
            continue;
        }
        let in_section = section && is_key(text, &span) && !REFERENCES.contains(&word);
        if is_secret_key(word) {
            at = value_after(text, span.end, span.start, &mut found);
        } else if in_section {
            at = value(text, skip_equals(text, span.end), &mut found);
        } else if section && word == "env" && is_key(text, &span) {
            at = reference_name(text, skip_equals(text, span.end), &mut found);
        }
        at = at.max(span.end);
    }
    url_credentials(text, &mut found);
    merged(found)
}

/// `https://user:password@host`
fn url_credentials(text: &str, found: &mut Vec<Range<usize>>) {
    for (at, mark) in text.match_indices("://") {
        let start = at + mark.len();
        let end = text[start..].find(['/', '"', '\'', '\n']).map_or(text.len(), |length| start + length);
        if let Some(length) = text[start..end].rfind('@') {
            push(text, start..start + length, found);
        }
    }
}

fn merged(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| span.start);
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// The text with every secret replaced by [`MASK`]; lines stay lines.
pub(super) fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for secret in secrets(text) {
        out.push_str(&text[at..secret.start]);
        out.push_str(MASK);
        out.extend(text[secret.clone()].chars().filter(|c| *c == '\n'));
        at = secret.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Masks the secrets among a file's values. Of a reference its name stays; of a command only the program.
pub(super) fn values(table: &mut toml::Table) {
    for (key, value) in table.iter_mut() {
        if is_secret_key(key) {
            secret(value);
        } else {
            each_table(value, &mut values);
        }
    }
}

fn secret(value: &mut toml::Value) {
    match value {
        toml::Value::Table(reference) => {
            for (key, value) in reference.iter_mut() {
                match (key.as_str(), &mut *value) {
                    ("env" | "file", toml::Value::String(_)) => {}
                    ("command", toml::Value::Array(words)) => {
                        words.iter_mut().skip(1).for_each(|word| *word = MASK.into());
                    }
                    _ => *value = MASK.into(),
                }
            }
        }
        other => *other = MASK.into(),
    }
}

fn each_table(value: &mut toml::Value, change: &mut dyn FnMut(&mut toml::Table)) {
    match value {
        toml::Value::Table(table) => change(table),
        toml::Value::Array(items) => items.iter_mut().for_each(|item| each_table(item, change)),
        _ => {}
    }
}

/// Whether a key is, or was meant to be, the name of a secret.
pub(super) fn is_secret_key(word: &str) -> bool {
    let word: String = word.chars().filter(|c| !matches!(c, '_' | '-')).collect::<String>().to_lowercase();
    word.contains("secret")
        || word.contains("password")
        || word.contains("authtoken")
        || word.contains("usersig")
        || ["mastersecret", "appsecret", "secretkey"]
            .iter()
            .any(|key| strsim::damerau_levenshtein(key, &word) <= 3)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

fn next_word(text: &str, from: usize) -> Option<(&str, Range<usize>)> {
    let start = from + text[from..].find(is_word)?;
    let end = text[start..].find(|c| !is_word(c)).map_or(text.len(), |length| start + length);
    Some((&text[start..end], start..end))
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn on_header_line(text: &str, at: usize) -> bool {
    let before = &text[line_start(text, at)..at];
    before.trim_start().starts_with('[') && !before.contains(']') && !before.contains('=')
}

fn is_key(text: &str, word: &Range<usize>) -> bool {
    let rest = text[word.end..].trim_start_matches(['"', '\'', ' ', '\t']);
    rest.starts_with('=') || rest.starts_with('.')
}

/// Past a closing quote of the key, white space and one `=` or `:`.
fn skip_equals(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches(['"', '\'']).trim_start_matches([' ', '\t']);
    let rest = rest.strip_prefix(['=', ':']).unwrap_or(rest).trim_start_matches([' ', '\t', '=']);
    text.len() - rest.len()
}

/// What follows a secret's key.
fn value_after(text: &str, key_end: usize, key_start: usize, found: &mut Vec<Range<usize>>) -> usize {
    let rest = text[key_end..].trim_start_matches(['"', '\'']).trim_start_matches([' ', '\t']);
    let next = text.len() - rest.len();
    if let Some(rest) = rest.strip_prefix('.') {
        // `master_secret.env = …`
        return match next_word(text, text.len() - rest.len()) {
            Some((word, span)) if !rest[..span.start - (text.len() - rest.len())].contains('\n') => {
                let at = skip_equals(text, span.end);
                match word {
                    "env" => reference_name(text, at, found),
                    "file" | "command" => at,
                    _ => value(text, at, found),
                }
            }
            _ => next,
        };
    }
    let in_comment = text[line_start(text, key_start)..key_start].contains('#');
    let assigned = rest.starts_with(['=', ':']);
    // Prose about a secret is left alone; a secret that was commented out is not.
    if assigned
        || (!in_comment && !rest.starts_with([']', '\r', '\n', '}', ',']))
        || rest.starts_with(['"', '\''])
    {
        value(text, skip_equals(text, key_end), found)
    } else {
        next
    }
}

/// Masks the value that begins at `at`; returns where it ends.
fn value(text: &str, at: usize, found: &mut Vec<Range<usize>>) -> usize {
    let rest = &text[at..];
    if rest.starts_with('{') {
        return braces(text, at, found);
    }
    let end = if rest.starts_with(['"', '\'']) {
        string_end(text, at)
    } else if rest.starts_with('[') {
        at + rest.find(']').unwrap_or(rest.len())
    } else {
        at + rest.find('\n').unwrap_or(rest.len())
    };
    push(text, at..end, found);
    end
}

/// The end of the string that begins at `at`: behind its closing quote; an unclosed one ends with its line, or with
/// the text if it is a multi-line one.
fn string_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let quote = &rest[..1];
    let triple = quote.repeat(3);
    if let Some(inner) = rest.strip_prefix(&triple) {
        return inner.find(&triple).map_or(text.len(), |length| {
            let end = at + 3 + length + 3;
            // Up to two more quotes may belong to the string.
            end + text[end..].chars().take_while(|c| quote.starts_with(*c)).count()
        });
    }
    let mut escaped = false;
    for (offset, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return at + offset,
            '\\' if quote == "\"" => escaped = !escaped,
            _ if quote.starts_with(c) && !escaped => {
                // Something glued to the closing quote may be more of the secret: an unescaped quote inside it.
                let tail = &text[at + offset + 1..];
                let line = &tail[..tail.find('\n').unwrap_or(tail.len())];
                let clean =
                    line.trim_start().is_empty() || line.trim_start().starts_with(['#', ',', '}', ']']);
                return at + offset + 1 + if clean { 0 } else { line.len() };
            }
            _ => escaped = false,
        }
    }
    text.len()
}

/// Inside `{ … }` the values of env, file and command are references, all else may be the secret.
fn braces(text: &str, open: usize, found: &mut Vec<Range<usize>>) -> usize {
    let mut at = open + 1;
    loop {
        let rest = &text[at..];
        let Some(next) = rest.find(|c: char| !c.is_whitespace() && c != ',') else { return text.len() };
        at += next;
        let rest = &text[at..];
        if rest.starts_with('}') {
            return at + 1;
        }
        let is_bare = |span: &Range<usize>| text[at..span.start].chars().all(|c| matches!(c, '"' | '\''));
        let key = next_word(text, at).filter(|(_, span)| is_key(text, span) && is_bare(span));
        let Some((word, span)) = key else {
            // Not a key: whatever it is, up to the end of the line.
            let end = at + rest.find('\n').unwrap_or(rest.len());
            push(text, at..end, found);
            return end;
        };
        let start = skip_equals(text, span.end);
        at = match word {
            "env" => reference_name(text, start, found),
            "file" | "command" if text[start..].starts_with(['"', '\'']) => string_end(text, start),
            "file" | "command" if text[start..].starts_with('[') => {
                start + text[start..].find(']').map_or(text.len() - start, |length| length + 1)
            }
            _ => value(text, start, found),
        }
        .max(span.end);
    }
}

/// The name of a variable is shown unless it cannot be one: then it may be the secret itself.
fn reference_name(text: &str, at: usize, found: &mut Vec<Range<usize>>) -> usize {
    if !text[at..].starts_with(['"', '\'']) {
        return value(text, at, found);
    }
    let end = string_end(text, at);
    let name = text[at..end].trim_matches(['"', '\'']);
    if !super::rules::is_variable_name(name) {
        push(text, at..end, found);
    }
    end
}

fn push(text: &str, mut span: Range<usize>, found: &mut Vec<Range<usize>>) {
    let part = &text[span.clone()];
    span.end = span.start + part.trim_end_matches(['\r', '\n', ' ']).len();
    if !span.is_empty() {
        found.push(span);
    }
}

#[cfg(test)]
mod tests;
