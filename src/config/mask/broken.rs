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
    for (line, ends) in by_line(text, ends) {
        let comment = text[line.clone()].find('#').map_or(line.end, |at| line.start + at);
        // A comment speaks of a secret; only a value in it is one.
        for at in ends.iter().copied().filter(|at| *at <= comment) {
            let rest = text[at..line.end].trim_start_matches([' ', '\t', '\r', ']', '}', ',']);
            let behind_key = rest.trim_start_matches(['"', '\'']).trim_start_matches(is_word);
            let sets = behind_key.trim_start_matches(['"', '\'', ' ', '\t']).starts_with(['=', '.']);
            if !sets && !rest.starts_with('#') {
                push(text, line.end - rest.len()..line.end, found);
                // Nothing of this line is left to be masked.
                break;
            }
        }
    }
}

/// Lines below a secret that set nothing, or are still inside its braces: a value that its quotes or braces don't hold
/// together goes on there.
pub(super) fn lines_behind(text: &str, ends: &[usize], found: &mut Vec<Range<usize>>) {
    let mut seen = 0;
    for (own, _) in by_line(text, ends) {
        let mut open = opened(&text[own.clone()]);
        let mut start = own.end + 1;
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

/// Each line on which a secret ends, with those ends, which ascend: a line is measured once, however long it is.
fn by_line<'e>(text: &str, ends: &'e [usize]) -> Vec<(Range<usize>, &'e [usize])> {
    let mut lines = Vec::new();
    let mut rest = ends;
    while let Some(at) = rest.first().copied().filter(|at| *at < text.len()) {
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = line_end(text, at);
        let (own, others) = rest.split_at(rest.partition_point(|at| *at <= end));
        lines.push((start..end, own));
        rest = others;
    }
    lines
}

/// How many more braces a line opens than it closes.
fn opened(line: &str) -> i32 {
    line.chars().map(|c| i32::from(c == '{') - i32::from(c == '}')).sum()
}
