//! Secrets of files that are not TOML: behind a key that is broken itself, and on the lines below a value that is.

use std::ops::Range;

use super::scan::{is_secret_key, is_word, line_end, push, skip_equals, value};

/// Bytes of the longest key that is looked for across an equals sign.
const LONGEST_KEY: usize = 512;

/// Keys with something in them that ends a word, such as `secr"et_key = …`.
pub(super) fn keys(text: &str, found: &mut Vec<Range<usize>>, ends: &mut Vec<usize>) {
    let mut start = 0;
    let mut known = 0;
    for line in text.split_inclusive('\n') {
        let mut from = 0;
        for (number, (at, _)) in line.match_indices('=').enumerate() {
            // Inside a value that was found already.
            if start + at < known {
                from = at + 1;
                continue;
            }
            let before = &line[from..at];
            // Behind a value a key begins with its comma or brace; a line's first key is all that is there.
            let key = if number == 0 { before } else { before.rsplit([',', '{']).next().unwrap_or(before) };
            let letters = |key: &str| key.chars().filter(|c| is_word(*c)).collect::<String>();
            let is_broken = |key: &str| key.trim() != letters(key) && is_secret_key(&letters(key));
            let whole = (number > 0 && at <= LONGEST_KEY)
                .then(|| &line[..at])
                .filter(|whole| !whole.contains(['{', ',']));
            if is_broken(key) || whole.is_some_and(is_broken) {
                known = value(text, skip_equals(text, start + at), found, 0);
                ends.push(known);
            }
            from = at + 1;
        }
        start += line.len();
    }
    ends.sort_unstable();
}

/// What is behind a secret on its line, unless it closes what is open, is a comment or sets the next key.
pub(super) fn rests(text: &str, ends: &[usize], found: &mut Vec<Range<usize>>) {
    // Of the line that was looked at last: where it ends, and where its comment begins.
    let (mut end, mut comment) = (0, 0);
    for at in ends.iter().copied().filter(|at| *at < text.len()) {
        if at >= end {
            let own = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            end = line_end(text, at);
            comment = text[own..end].find('#').map_or(end, |length| own + length);
        }
        let rest = text[at..end].trim_start_matches([' ', '\t', '\r', ']', '}', ',']);
        let behind_key = rest.trim_start_matches(['"', '\'']).trim_start_matches(is_word);
        let sets = behind_key.trim_start_matches(['"', '\'', ' ', '\t']).starts_with(['=', '.']);
        // A comment speaks of a secret; only a value in it is one.
        if !sets && !rest.starts_with('#') && at <= comment {
            push(text, end - rest.len()..end, found);
        }
    }
}

/// Lines below a secret that set nothing, or are still inside its braces: a value that its quotes or braces don't hold
/// together goes on there.
pub(super) fn lines_behind(text: &str, ends: &[usize], found: &mut Vec<Range<usize>>) {
    let mut seen = 0;
    let mut own_end = 0;
    for at in ends.iter().copied().filter(|at| *at < text.len()) {
        // One look at a line is enough for all its secrets.
        if at < own_end {
            continue;
        }
        let own = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        own_end = line_end(text, at);
        let mut open = opened(&text[own..own_end]);
        let mut start = own_end + 1;
        while start < text.len() && start > seen {
            let end = line_end(text, start);
            let line = &text[start..end];
            let sets = line.split_once('=').is_some_and(|(key, value)| !key.is_empty() && !value.is_empty());
            let inside = open > 0 || opened(line) < 0;
            if line.starts_with('[') || !inside && (sets || line.trim_start().starts_with(['[', '#'])) {
                break;
            }
            if line.contains(is_word) {
                push(text, start..end, found);
            }
            open += opened(line);
            seen = start;
            start = end + 1;
        }
    }
}

/// How many more braces a line opens than it closes.
fn opened(line: &str) -> i32 {
    line.chars().map(|c| i32::from(c == '{') - i32::from(c == '}')).sum()
}
