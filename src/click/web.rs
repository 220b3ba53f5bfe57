//! URLs as click targets: http or https, a host, no credentials, within the vendor's length, shown in both forms.
//! Call-back URLs are checked here too.

use super::finding::{Examined, Finding, add, is_invisible, quoted};
use super::rules::{self, Rule, URL_LIMIT, URL_WARN};
use super::{intent, percent, scheme};

/// Validates a URL. The value is its ASCII form, `unicode` the one for reading.
pub(crate) fn examine(text: &str) -> Examined {
    let mut findings = Vec::new();
    let trimmed = text.trim();
    if trimmed != text && !trimmed.is_empty() {
        add(&mut findings, &rules::URL_SPACE_AROUND, format!("{} has white space around it", shown(text)));
    }
    let text = trimmed;
    let (url, authority, bare_host) = match parse(text) {
        Ok(parts) => parts,
        Err(refused) => {
            findings.extend(refused);
            return Examined::refused(findings);
        }
    };
    if authority.contains('@') {
        let host = url.host_str().unwrap_or_default();
        let evidence = format!("the URL has a user name or password before its host {}", quoted(host));
        findings.push(Finding::new(&rules::URL_CREDENTIALS, evidence));
    }
    let ascii = without_added_slash(url.as_str(), bare_host).to_owned();
    let unicode = readable(&url, bare_host);
    remark(text, &url, &ascii, &mut findings);
    Examined::finish(ascii, Some(unicode), findings)
}

/// The URL, its authority as it is written, and whether nothing follows that; or all reasons why OPPO can't open it.
fn parse(text: &str) -> Result<(url::Url, &str, bool), Vec<Finding>> {
    let rest = after_the_scheme(text).map_err(|finding| vec![finding])?;
    let escape = percent::broken_escape(text).map(|escape| {
        let evidence = format!("{} has the broken escape {}", shown(text), quoted(escape));
        Finding::new(&rules::URL_ESCAPE, evidence)
    });
    match (escape, with_a_host(text, rest)) {
        (None, read) => read.map_err(|finding| vec![finding]),
        // What is wrong in the text as a whole may be the escape itself.
        (Some(escape), Err(finding)) if finding.id != rules::URL_UNREADABLE.id => Err(vec![escape, finding]),
        (Some(escape), _) => Err(vec![escape]),
    }
}

/// What follows http:// or https:// in a text that can be a URL.
fn after_the_scheme(text: &str) -> Result<&str, Finding> {
    if text.is_empty() {
        return Err(Finding::new(&rules::URL_EMPTY, "the URL is empty"));
    }
    if let Some(c) = text.chars().find(|c| is_invisible(*c)) {
        let evidence = format!("{} contains the invisible character U+{:04X}", shown(text), c as u32);
        return Err(Finding::new(&rules::URL_CONTROL, evidence));
    }
    if intent::is_intent_url(text) {
        return Err(intent::misplaced(text));
    }
    let rest = after_scheme(text).ok_or_else(|| explain_scheme(text))?;
    let before_query = rest.split(['?', '#']).next().unwrap_or_default();
    if before_query.contains('\\') {
        let evidence = format!("{} contains a backslash", shown(text));
        let meant = masked(text).replacen(before_query, &before_query.replace('\\', "/"), 1);
        return Err(Finding::suggesting(&rules::URL_BACKSLASH, evidence, &meant));
    }
    Ok(rest)
}

fn with_a_host<'a>(text: &str, rest: &'a str) -> Result<(url::Url, &'a str, bool), Finding> {
    let before_query = rest.split(['?', '#']).next().unwrap_or_default();
    let host_missing = || Finding::new(&rules::URL_HOST_MISSING, format!("{} has no host", shown(text)));
    if before_query.starts_with('/') || before_query.is_empty() {
        return Err(host_missing());
    }
    let url = url::Url::parse(text).map_err(|error| match error {
        url::ParseError::EmptyHost => host_missing(),
        error => Finding::new(&rules::URL_UNREADABLE, format!("{} is not a URL: {error}", shown(text))),
    })?;
    let host = url.host_str().unwrap_or_default();
    if host.strip_suffix('.').unwrap_or(host).split('.').any(str::is_empty) {
        let evidence = format!("the host of {} has an empty part between two dots", shown(text));
        return Err(Finding::new(&rules::URL_EMPTY_LABEL, evidence));
    }
    let authority = before_query.split('/').next().unwrap_or_default();
    Ok((url, authority, authority.len() == rest.len()))
}

/// What does not depend on how the URL was written: its length, and things to know about it.
fn remark(text: &str, url: &url::Url, ascii: &str, findings: &mut Vec<Finding>) {
    let mut add = |rule: &Rule, evidence: String| findings.push(Finding::new(rule, evidence));
    let length = ascii.chars().count();
    if length > URL_LIMIT {
        add(&rules::URL_TOO_LONG, format!("the URL has {length} characters; OPPO takes at most {URL_LIMIT}"));
    } else if length > URL_WARN {
        add(&rules::URL_LONG, format!("the URL has {length} characters, more than {URL_WARN}"));
    }
    if text.contains(char::is_whitespace) {
        add(&rules::URL_SPACE, format!("{} contains a space; it is sent as {}", shown(text), shown(ascii)));
    }
    if is_local(url) {
        add(&rules::URL_LOCAL, format!("the host {} is local", quoted(url.host_str().unwrap_or_default())));
    }
    if url.scheme() == "http" {
        add(
            &rules::URL_PLAIN_HTTP,
            "the URL is plain http, which anyone between server and phone can read".to_owned(),
        );
    }
    if !text.is_ascii() {
        add(&rules::URL_NON_ASCII, format!("{} is sent as {}", shown(text), shown(ascii)));
    }
}

/// What follows `http://` or `https://`, letter case ignored.
fn after_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")).then_some(rest)
}

/// Why a text without http:// or https:// at its beginning is not a URL to open, and what was probably meant.
fn explain_scheme(text: &str) -> Finding {
    const OTHERS: &str =
        "ftp ftps file market tel sms mailto ws wss content javascript data geo about sftp ssh";
    let wrong = format!("{} must begin with http:// or https://", shown(text));
    let rest_of = |rest: &str| rest.trim_start_matches([':', '/', '\\']).to_owned();
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let lower = word.to_ascii_lowercase();
    // "http:/x", "https:x", "http//x": the right word with the wrong marks after it.
    if ["http", "https"].contains(&lower.as_str()) && rest.starts_with([':', '/', '\\']) {
        let meant = format!("{lower}://{}", rest_of(rest));
        return Finding::suggesting(&rules::URL_SCHEME_TYPO, wrong, &masked(&meant));
    }
    let port_follows = rest.strip_prefix(':').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    let has_scheme = text.split(['/', '?', '#']).next().is_some_and(|head| {
        head.split_once(':').is_some_and(|(name, tail)| {
            !name.is_empty() && !name.contains('.') && !tail.starts_with(|c: char| c.is_ascii_digit())
        })
    });
    if OTHERS.split(' ').any(|other| other == lower)
        && rest.starts_with(':')
        && (has_scheme || !port_follows || lower == "tel")
    {
        let evidence = format!("{wrong}; this one is of the scheme {lower}");
        return Finding::new(&rules::URL_SCHEME_OTHER, evidence);
    }
    if has_scheme && rest.starts_with("://") {
        let near = ["https", "http"]
            .into_iter()
            .map(|known| (strsim::damerau_levenshtein(known, &lower), known))
            .min()
            .filter(|(distance, _)| *distance <= 2);
        if let Some((_, known)) = near {
            let meant = format!("{known}://{}", rest_of(rest));
            return Finding::suggesting(&rules::URL_SCHEME_TYPO, wrong, &masked(&meant));
        }
    }
    if has_scheme {
        return match scheme::examine(text).value {
            Some(_) => {
                Finding::suggesting(&rules::URL_SCHEME_OTHER, wrong, &masked(&format!("scheme:{text}")))
            }
            None => Finding::new(&rules::URL_SCHEME_OTHER, wrong),
        };
    }
    let meant = masked(&format!("https://{}", rest_of(text)));
    Finding::suggesting(&rules::URL_SCHEME_MISSING, wrong, &meant)
}

fn is_local(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(url::Host::Ipv4(address)) => address.is_loopback() || address.is_unspecified(),
        Some(url::Host::Ipv6(address)) => address.is_loopback() || address.is_unspecified(),
        None => false,
    }
}

/// The url crate writes `https://host` as `https://host/`; what the person wrote is kept.
fn without_added_slash(serialized: &str, bare_host: bool) -> &str {
    if bare_host { serialized.strip_suffix('/').unwrap_or(serialized) } else { serialized }
}

/// The URL for reading: host and path in Unicode. Only letters and digits are decoded, so nothing can hide in it.
fn readable(url: &url::Url, bare_host: bool) -> String {
    let host = url.host_str().unwrap_or_default();
    let (unicode_host, outcome) = idna::domain_to_unicode(host);
    let unicode_host = if outcome.is_ok() { unicode_host } else { host.to_owned() };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let tail = decoded(without_added_slash(&url[url::Position::BeforePath..], bare_host));
    format!("{}://{unicode_host}{port}{tail}", url.scheme())
}

fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let mut bytes = Vec::new();
        while let Some(byte) = rest.get(bytes.len() * 3..).and_then(percent::byte) {
            bytes.push(byte);
        }
        let escaped = &rest[..bytes.len() * 3];
        match std::str::from_utf8(&bytes) {
            Ok(plain) if !plain.is_empty() => {
                let mut from = 0;
                for c in plain.chars() {
                    let width = c.len_utf8() * 3;
                    if !c.is_ascii() && c.is_alphanumeric() {
                        out.push(c);
                    } else {
                        out.push_str(&escaped[from..from + width]);
                    }
                    from += width;
                }
            }
            _ => out.push_str(escaped),
        }
        rest = &rest[escaped.len()..];
        if bytes.is_empty() {
            out.push('%');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// A URL in quotes for messages, credentials in it replaced.
pub(super) fn shown(text: &str) -> String {
    quoted(&masked(text))
}

/// A text with whatever is before an `@` of a URL's authority replaced, so that messages repeat no password.
pub(super) fn masked(text: &str) -> String {
    let start = text.find("//").map_or(0, |at| at + 2);
    let end = text[start..].find(['/', '?', '#', '\\']).map_or(text.len(), |at| start + at);
    // What looks like a port and is none may be a password with one of those marks in it.
    let port = text[start..end].rsplit_once(':').map_or("", |(_, port)| port);
    let cut_short = start > 0 && !port.bytes().all(|b| b.is_ascii_digit());
    let at = text[start..end].rfind('@').or_else(|| text[start..].rfind('@').filter(|_| cut_short));
    match at {
        Some(at) => format!("{}…{}", &text[..start], &text[start + at..]),
        None => text.to_owned(),
    }
}
