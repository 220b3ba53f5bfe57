//! Lines NAME=VALUE: a file of properties, or of variables for a shell.

use super::pair::Pair;

pub(super) fn pairs(text: &str) -> Vec<Pair> {
    text.lines().enumerate().filter_map(|(number, line)| pair(line, number + 1)).collect()
}

fn pair(line: &str, number: usize) -> Option<Pair> {
    let line = line.trim();
    let line = line.strip_prefix("export ").unwrap_or(line);
    if line.starts_with(['#', '!']) {
        return None;
    }
    let (name, value) = line.split_at(line.find(['=', ':'])?);
    let value = value.get(1..).unwrap_or_default().trim();
    Some(Pair { name: name.trim().to_owned(), value: unquoted(value).to_owned(), line: number })
}

fn unquoted(value: &str) -> &str {
    let within = |quote: char| value.strip_prefix(quote).and_then(|value| value.strip_suffix(quote));
    within('"').or_else(|| within('\'')).unwrap_or(value)
}
