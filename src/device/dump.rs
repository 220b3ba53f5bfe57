//! What Android's dumps have in common: lines with indentation, and `name=value` words in them.

/// How far a line is indented.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The value of `name=value` in a line of such words.
pub(super) fn value<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    line.split_whitespace().find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
}

/// The same as a boolean.
pub(super) fn flag(line: &str, name: &str) -> Option<bool> {
    value(line, name).and_then(|value| value.trim_end_matches(',').parse().ok())
}

/// The lines below a heading, up to the next line that is indented no further than it.
pub(super) fn below(text: &str, is_heading: impl Fn(&str) -> bool) -> Vec<&str> {
    let mut lines = text.lines().skip_while(|line| !is_heading(line));
    let Some(heading) = lines.next() else { return Vec::new() };
    let depth = indent(heading);
    lines.take_while(|line| line.trim().is_empty() || indent(line) > depth).collect()
}
