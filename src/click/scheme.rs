//! Scheme URLs as click targets: URLs of the app's own scheme, and Android's intent URLs (OPPO reference, section 5).

use super::finding::{Examined, Finding, add, quoted};
use super::percent::broken_escape;
use super::rules::{self, URL_LIMIT, URL_WARN};

pub(super) const VIEW: &str = "android.intent.action.VIEW";

/// What a scheme URL asks of the app, as far as its manifest has to answer it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Link<'a> {
    /// VIEW where the URL names none: Android adds it.
    pub(crate) action: &'a str,
    pub(crate) scheme: Option<&'a str>,
    pub(crate) host: Option<&'a str>,
    /// The full class name, where the URL names the Activity itself.
    pub(crate) class: Option<String>,
}

/// Validates a scheme URL; it is sent as it is.
pub(crate) fn examine(text: &str) -> Examined {
    let mut findings = Vec::new();
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Examined::refused(vec![Finding::new(&rules::SCHEME_EMPTY, "the scheme URL is empty")]);
    }
    if trimmed != text {
        add(
            &mut findings,
            &rules::SCHEME_SPACE_AROUND,
            format!("{} has white space around it", quoted(text)),
        );
    }
    let text = trimmed;
    if text.contains(|c: char| c.is_whitespace() || super::finding::is_invisible(c)) {
        let evidence = format!("{} contains white space or an invisible character", quoted(text));
        add(&mut findings, &rules::SCHEME_CONTROL, evidence);
    }
    beginning(text, &mut findings);
    if let Some(escape) = broken_escape(text) {
        let evidence = format!("{} has the broken escape {}", quoted(text), quoted(escape));
        add(&mut findings, &rules::SCHEME_ESCAPE, evidence);
    }
    if !fragment_is_whole(text) {
        add(&mut findings, &rules::SCHEME_INTENT, format!("{} is cut short or misspelt", quoted(text)));
    }
    let length = text.chars().count();
    if length > URL_LIMIT {
        let evidence = format!("the URL has {length} characters; OPPO takes at most {URL_LIMIT}");
        add(&mut findings, &rules::URL_TOO_LONG, evidence);
    } else if length > URL_WARN {
        add(
            &mut findings,
            &rules::URL_LONG,
            format!("the URL has {length} characters, more than {URL_WARN}"),
        );
    }
    Examined::finish(text.to_owned(), None, findings)
}

/// What is before the colon.
fn beginning(text: &str, findings: &mut Vec<Finding>) {
    let head = text.split(['/', '?', '#']).next().unwrap_or_default();
    let scheme = head.split(':').next().unwrap_or_default();
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '_');
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(sound);
    let rest = text.get(scheme.len()..).unwrap_or_default();
    if !named || rest.len() < 2 || !rest.starts_with([':', '?']) {
        return add(
            findings,
            &rules::SCHEME_MISSING,
            format!("{} does not begin with a scheme", quoted(text)),
        );
    }
    if rest.starts_with('?') {
        return add(
            findings,
            &rules::SCHEME_ALONE,
            format!("{} has no colon after its scheme", quoted(text)),
        );
    }
    if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
        return add(findings, &rules::SCHEME_WEB, format!("{} is a web page", quoted(text)));
    }
    if scheme.contains(|c: char| c.is_ascii_uppercase() || c == '_') {
        add(findings, &rules::SCHEME_UNUSUAL, format!("the scheme is {}", quoted(scheme)));
    }
}

/// Whether an intent URL's parts are written as Android reads them.
fn fragment_is_whole(text: &str) -> bool {
    match text.rsplit_once("#Intent;") {
        Some((_, parts)) => parts.strip_suffix("end").is_some_and(|parts| {
            parts.is_empty()
                || parts.ends_with(';') && parts.split(';').all(|part| part.is_empty() || part.contains('='))
        }),
        None => !text.starts_with("intent:"),
    }
}

impl<'a> Link<'a> {
    pub(crate) fn of(url: &'a str) -> Link<'a> {
        let (data, parts) = url.rsplit_once("#Intent;").unwrap_or((url, ""));
        let part = |key: &str| {
            let of_key = |part: &'a str| part.strip_prefix(key)?.strip_prefix('=');
            parts.split(';').find_map(of_key).filter(|value| !value.is_empty())
        };
        let data = data.split(['?', '#']).next().unwrap_or_default();
        let (scheme, rest) = data.split_once(':').unwrap_or(("", data));
        let scheme = if scheme == "intent" && !parts.is_empty() { part("scheme") } else { Some(scheme) };
        let host = rest.strip_prefix("//").and_then(|rest| rest.split(['/', ':']).next());
        let class = part("component").and_then(|component| component.split_once('/'));
        Link {
            action: part("action").unwrap_or(VIEW),
            scheme: scheme.filter(|scheme| !scheme.is_empty()),
            host: host.filter(|host| !host.is_empty()),
            class: class.map(|(package, class)| match class.starts_with('.') {
                true => format!("{package}{class}"),
                false => class.to_owned(),
            }),
        }
    }
}
