//! Finds plain secrets in the text of a configuration file, also where it is not valid TOML or the key is misspelled,
//! so that no excerpt and no diff shows one. It would rather mask too much. Reading the file properly belongs to `read`.

mod broken;
mod scan;

use std::ops::Range;

use scan::{is_key, line_end, next_word, of_key, push, skip_equals, value_after};

pub(super) use scan::is_secret_key;

use super::rules;
use crate::masking::MASK;

/// A line of the text: where it ends, where its table header does, and where its comment begins.
#[derive(Default)]
struct Line {
    end: usize,
    header: usize,
    comment: usize,
}

impl Line {
    fn with(text: &str, at: usize) -> Line {
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = line_end(text, at);
        let line = &text[start..end];
        let is_header = line.trim_start().starts_with('[');
        let header = if is_header { start + line.find([']', '=']).unwrap_or(line.len()) } else { start };
        Line { end, header, comment: start + line.find('#').unwrap_or(line.len()) }
    }
}

/// The parts of `text` that hold secrets: ascending, not overlapping, line ends included.
pub(super) fn secrets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Where the values of secrets end: what is behind them on their line may speak of them.
    let mut ends = Vec::new();
    let mut at = 0;
    let mut section = false;
    let mut line = Line::with(text, 0);
    while let Some((word, span)) = next_word(text, at) {
        at = span.end;
        if span.start > line.end {
            line = Line::with(text, span.start);
        }
        if span.start < line.header {
            // Below `[profile.x.certificate.master_secret]` every value is treated like one inside its braces.
            section = is_secret_key(word)
                && text[span.end..].trim_start_matches(['"', '\'', ' ', '\t']).starts_with(']');
            continue;
        }
        if is_secret_key(word) {
            at = value_after(text, span.end, line.comment < span.start, &mut found).max(span.end);
            ends.push(at);
        } else if section && is_key(text, &span) {
            at = of_key(text, word, skip_equals(text, span.end), &mut found, 0).max(span.end);
            ends.push(at);
        }
    }
    broken::keys(text, &mut found, &mut ends);
    broken::rests(text, &ends, &mut found);
    broken::lines_behind(text, &ends, &mut found);
    comments(text, &ends, &mut found);
    url_credentials(text, &mut found);
    merged(found)
}

/// What a comment says behind a secret may be the secret.
fn comments(text: &str, ends: &[usize], found: &mut Vec<Range<usize>>) {
    let mut seen = 0;
    for at in ends.iter().copied().filter(|at| *at < text.len()) {
        if at < seen {
            continue;
        }
        let end = line_end(text, at);
        if let Some(length) = text[at..end].find('#') {
            push(text, at + length..end, found);
        }
        seen = end;
    }
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
                    ("env", toml::Value::String(name)) if rules::is_variable_name(name) => {}
                    ("file", toml::Value::String(path)) if rules::looks_like_path(path) => {}
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

#[cfg(test)]
mod tests;
