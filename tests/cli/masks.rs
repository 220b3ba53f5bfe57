//! What differs from run to run, taken out of a transcript: regIds, message ids, ports, times.

use super::harness::{Home, Ran};

/// The transcript with `<…>` for everything that is made up or measured.
pub fn plain(home: &Home, ran: &Ran) -> String {
    text(&ran.transcript().replace(&home.path().display().to_string(), "~"))
}

/// Any text with `<…>` in place of the same.
pub fn text(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !belongs(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        out.push_str(&masked(word, after).unwrap_or_else(|| word.to_owned()));
        let next = after.find(belongs).unwrap_or(after.len());
        out.push_str(&after[..next]);
        rest = &after[next..];
    }
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn belongs(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')
}

fn masked(word: &str, after: &str) -> Option<String> {
    if let Some(bare) = word.strip_suffix(':') {
        return masked(bare, after).map(|masked| format!("{masked}:"));
    }
    let hex = |text: &str, length| text.len() == length && text.chars().all(|c| c.is_ascii_hexdigit());
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if let Some(made) = word.strip_prefix("CN_").filter(|text| hex(text, 32)) {
        // Those that tests give are no secret of the run.
        return (!made.starts_with("0123") && !made.starts_with("0000")).then(|| "CN_<32 hex>".to_owned());
    }
    if let Some((app, _)) = word.split_once("-1-1-").filter(|(_, made)| hex(made, 24)) {
        return Some(format!("{app}-1-1-<24 hex>"));
    }
    if word.starts_with("opush-01") && word.len() == 32 {
        return Some("opush-<id>".to_owned());
    }
    if word.strip_prefix("127.0.0.1:").is_some_and(digits) {
        return Some("127.0.0.1:<port>".to_owned());
    }
    if after.starts_with(" ms") && digits(word) {
        return Some("<n>".to_owned());
    }
    if after.starts_with(" s")
        && word.split_once('.').is_some_and(|(whole, part)| digits(whole) && digits(part))
    {
        return Some("<n>".to_owned());
    }
    if word.len() > 18 && word.contains('T') && word.ends_with('Z') && word.starts_with("20") {
        return Some("<time>".to_owned());
    }
    if word.split('-').map(str::len).eq([4, 2, 2]) && word.split('-').all(digits) {
        return Some("<date>".to_owned());
    }
    if word.split(':').map(str::len).eq([2, 2, 2]) && word.split(':').all(digits) {
        return Some("<time>".to_owned());
    }
    // "active in 9m 58s"
    word.strip_suffix(['s', 'm', 'h', 'd']).filter(|number| digits(number)).map(|number| {
        let unit = &word[number.len()..];
        format!("<n>{unit}")
    })
}
