//! The words, keys and values of a text that may be TOML, and where a secret among them ends.

use std::ops::Range;

use super::super::rules;

/// Deeper tables in tables are not followed, only masked.
const DEEPEST: usize = 16;

/// Whether a key is, or was meant to be, the name of a secret.
pub(in crate::config) fn is_secret_key(word: &str) -> bool {
    let word: String = word.chars().filter(|c| !matches!(c, '_' | '-')).collect::<String>().to_lowercase();
    word.contains("secret")
        || word.contains("password")
        || word.contains("authtoken")
        || word.contains("usersig")
        || (word.len() < 8 && strsim::damerau_levenshtein("secret", &word) == 1)
        || ["mastersecret", "appsecret", "secretkey"].iter().any(|key| is_misspelt(&word, key))
}

/// Whether the word is at most three slips away from the key.
fn is_misspelt(word: &str, key: &str) -> bool {
    if word.len().abs_diff(key.len()) > 3 {
        return false;
    }
    // Comparing letter by letter takes long, and few words of a file have the letters.
    let lacking = key.chars().filter(|letter| !word.contains(*letter)).count();
    lacking <= 3 && strsim::damerau_levenshtein(key, word) <= 3
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

pub(super) fn next_word(text: &str, from: usize) -> Option<(&str, Range<usize>)> {
    let start = from + text[from..].find(is_word)?;
    let end = text[start..].find(|c| !is_word(c)).map_or(text.len(), |length| start + length);
    Some((&text[start..end], start..end))
}

pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length)
}

pub(super) fn is_key(text: &str, word: &Range<usize>) -> bool {
    let rest = text[word.end..].trim_start_matches(['"', '\'', ' ', '\t']);
    rest.starts_with('=') || rest.starts_with('.')
}

/// Past a closing quote of the key, white space and one `=` or `:`.
pub(super) fn skip_equals(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches(['"', '\'']).trim_start_matches([' ', '\t']);
    let rest = rest.strip_prefix(['=', ':']).unwrap_or(rest).trim_start_matches([' ', '\t', '=']);
    text.len() - rest.len()
}

/// What follows a secret's key.
pub(super) fn value_after(
    text: &str,
    key_end: usize,
    in_comment: bool,
    found: &mut Vec<Range<usize>>,
) -> usize {
    let rest = text[key_end..].trim_start_matches(['"', '\'']).trim_start_matches([' ', '\t']);
    let next = text.len() - rest.len();
    if let Some(rest) = rest.strip_prefix('.') {
        // `master_secret.env = …`
        let from = text.len() - rest.len();
        return match next_word(text, from) {
            Some((word, span)) if span.start - from < 8 && !text[from..span.start].contains('\n') => {
                of_key(text, word, skip_equals(text, span.end), found, 0)
            }
            _ => next,
        };
    }
    let assigned = rest.starts_with(['=', ':']);
    // Prose about a secret is left alone; a secret that was commented out is not.
    if assigned
        || (!in_comment && !rest.starts_with([']', '\r', '\n', '}', ',']))
        || rest.starts_with(['"', '\''])
    {
        value(text, skip_equals(text, key_end), found, 0)
    } else {
        next
    }
}

/// The value of a key in a secret's table; only references may be shown.
pub(super) fn of_key(text: &str, key: &str, at: usize, found: &mut Vec<Range<usize>>, depth: usize) -> usize {
    match key {
        "env" => reference(text, at, found, depth, rules::is_variable_name),
        "file" => reference(text, at, found, depth, rules::looks_like_path),
        "command" if text[at..].starts_with('[') => command(text, at, found),
        _ => value(text, at, found, depth),
    }
}

/// Masks the value that begins at `at`; returns where it ends.
pub(super) fn value(text: &str, at: usize, found: &mut Vec<Range<usize>>, depth: usize) -> usize {
    let rest = &text[at..];
    if rest.starts_with('{') && depth < DEEPEST {
        return braces(text, at, found, depth);
    }
    let end = if rest.starts_with(['"', '\'']) {
        string_end(text, at)
    } else if rest.starts_with('[') {
        at + rest.find(']').unwrap_or(rest.len())
    } else {
        line_end(text, at)
    };
    push(text, at..end, found);
    if text[at..end].trim().is_empty() { next_line(text, end, found) } else { end }
}

/// A value that slipped to the line behind its key.
fn next_line(text: &str, end: usize, found: &mut Vec<Range<usize>>) -> usize {
    let start = (end + 1).min(text.len());
    let line = &text[start..line_end(text, start)];
    let begun = line.trim_start();
    if begun.starts_with(['{', '"', '\'']) || begun.starts_with("[\"") || begun.starts_with("['") {
        return value(text, start + line.len() - begun.len(), found, 1);
    }
    let assigns =
        line.split_once('=').is_some_and(|(_, value)| !value.trim().is_empty() && !value.starts_with('='));
    if assigns || line.trim_start().starts_with(['[', '#']) {
        return end;
    }
    push(text, start..start + line.len(), found);
    start + line.len()
}

/// The words of a command behind its first, and the first as well if it is more than the name of a program.
fn command(text: &str, open: usize, found: &mut Vec<Range<usize>>) -> usize {
    let mut at = open + 1;
    let mut first = true;
    loop {
        let rest = &text[at..];
        let Some(next) = rest.find(|c: char| !c.is_whitespace() && c != ',') else { return text.len() };
        at += next;
        let rest = &text[at..];
        if rest.starts_with(']') {
            return at + 1;
        }
        let end = if rest.starts_with(['"', '\'']) {
            string_end(text, at)
        } else if rest.starts_with('#') {
            line_end(text, at)
        } else {
            at + rest.find([',', ']', '\n']).unwrap_or(rest.len())
        };
        if !first || text[at..end].contains(char::is_whitespace) {
            push(text, at..end, found);
        }
        first &= rest.starts_with('#');
        at = end;
    }
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
                let end = at + offset + 1;
                let tail = text[end..].trim_start_matches([' ', '\t', '\r']);
                let clean = tail.is_empty() || tail.starts_with(['\n', '#', ',', '}', ']']);
                return if clean { end } else { line_end(text, end) };
            }
            _ => escaped = false,
        }
    }
    text.len()
}

/// Inside `{ … }` the values of env, file and command are references, all else may be the secret.
fn braces(text: &str, open: usize, found: &mut Vec<Range<usize>>, depth: usize) -> usize {
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
            let end = line_end(text, at);
            push(text, at..end, found);
            return end;
        };
        at = of_key(text, word, skip_equals(text, span.end), found, depth + 1).max(span.end);
    }
}

/// What a reference names is shown, unless it can't be such a name: then it may be the secret itself.
fn reference(
    text: &str,
    at: usize,
    found: &mut Vec<Range<usize>>,
    depth: usize,
    fits: fn(&str) -> bool,
) -> usize {
    if !text[at..].starts_with(['"', '\'']) {
        return value(text, at, found, depth);
    }
    let end = string_end(text, at);
    if !fits(text[at..end].trim_matches(['"', '\''])) {
        push(text, at..end, found);
    }
    end
}

pub(super) fn push(text: &str, mut span: Range<usize>, found: &mut Vec<Range<usize>>) {
    let part = &text[span.clone()];
    span.end = span.start + part.trim_end_matches(['\r', '\n', ' ']).len();
    if !span.is_empty() {
        found.push(span);
    }
}
