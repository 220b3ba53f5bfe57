//! Reads a click target from its flag form or its two parts, and explains what a person probably meant instead.

use super::finding::{Examined, Finding, quoted};
use super::{Target, activity, intent, rules, scheme, web};
use crate::failure::{Explain, Problem};
use strum::VariantNames;

fn refused(finding: Finding) -> Examined<Target> {
    Examined::refused(vec![finding])
}

fn into_result(read: Examined<Target>) -> Result<Target, Vec<Problem>> {
    let errors = || read.findings.into_iter().filter(Finding::is_error).map(Explain::explain).collect();
    read.value.ok_or_else(errors)
}

impl Target {
    /// Reads the flag form. `package` is the app's, for expanding `.Name`. All errors at once; their place is empty.
    pub(crate) fn parse(text: &str, package: Option<&str>) -> Result<Target, Vec<Problem>> {
        into_result(from_text(text, package))
    }

    /// From the two parts of the configuration's table: `action = "url"`, `url = "https://…"`.
    pub(crate) fn from_parts(
        action: &str,
        value: Option<&str>,
        package: Option<&str>,
    ) -> Result<Target, Vec<Problem>> {
        into_result(from_parts(action, value, package))
    }
}

pub(super) fn from_text(text: &str, package: Option<&str>) -> Examined<Target> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return refused(Finding::new(&rules::TARGET_EMPTY, "the click target is empty"));
    }
    if intent::is_intent_url(trimmed) && !trimmed.starts_with("scheme:") {
        return refused(intent::misplaced(trimmed));
    }
    let mut parsed = match trimmed.split_once(':') {
        // A URL of a scheme that is itself called so.
        Some(("scheme", value)) if value.starts_with("//") => refused(Finding::suggesting(
            &rules::TARGET_PREFIX_MISSING,
            format!("{} does not say what it is", quoted(trimmed)),
            &format!("scheme:{trimmed}"),
        )),
        Some(("open-app", value)) => refused(extra(value)),
        // What follows the colon is not trimmed: white space there is the value's own fault.
        Some((action @ ("url" | "activity" | "intent" | "scheme"), _)) => {
            let value = text.trim_start().split_once(':').map(|(_, value)| value);
            from_parts(action, value, package)
        }
        _ if trimmed == "open-app" => Examined::finish(Target::OpenApp, None, Vec::new()),
        _ => refused(without_prefix(trimmed)),
    };
    let said = |finding: &Finding| {
        finding.id.ends_with("surrounding-space") || finding.id == rules::TARGET_VALUE_MISSING.id
    };
    if trimmed != text && !parsed.findings.iter().any(said) {
        let evidence = format!("{} has white space around it", quoted(text));
        parsed.findings.insert(0, Finding::new(&rules::TARGET_SPACE, evidence));
        parsed.value = None;
    }
    parsed
}

/// Reads a target that need not say what it is: `https://example.com`, `demo://page`, `com.example.Page`.
pub(super) fn from_any(text: &str, package: Option<&str>) -> Examined<Target> {
    let read = from_text(text, package);
    let unsaid = read.findings.iter().any(|finding| finding.id == rules::TARGET_PREFIX_MISSING.id);
    let guessed = guess(text.trim()).filter(|_| unsaid && text.trim() == text);
    guessed.map_or(read, |guess| from_text(&guess, package))
}

pub(super) fn from_parts(action: &str, value: Option<&str>, package: Option<&str>) -> Examined<Target> {
    if !Target::VARIANTS.contains(&action) {
        let evidence = format!("{} is not a click action", quoted(action));
        return refused(match nearest(action) {
            Some(word) => Finding::suggesting(&rules::TARGET_PREFIX_UNKNOWN, evidence, word),
            None => Finding::new(&rules::TARGET_PREFIX_UNKNOWN, evidence),
        });
    }
    let value = value.filter(|value| !value.trim().is_empty());
    let Some(value) = value else {
        return match action {
            "open-app" => Examined::finish(Target::OpenApp, None, Vec::new()),
            _ => refused(Finding::new(
                &rules::TARGET_VALUE_MISSING,
                format!("the click target {action} names nothing to open"),
            )),
        };
    };
    match action {
        "url" => web::examine(value).map(Target::Url),
        "activity" => activity::examine(value, package).map(Target::Activity),
        "intent" => intent::examine(value).map(Target::Intent),
        "scheme" => scheme::examine(value).map(Target::Scheme),
        _ => refused(extra(value)),
    }
}

fn extra(value: &str) -> Finding {
    Finding::new(
        &rules::TARGET_VALUE_EXTRA,
        format!("open-app is followed by {}", quoted(&format!(":{value}"))),
    )
}

/// A value without one of the four words before it: guess which was meant.
fn without_prefix(text: &str) -> Finding {
    if let Some(meant) = guess(text) {
        let evidence = format!("{} does not say what it is", web::shown(text));
        return Finding::suggesting(&rules::TARGET_PREFIX_MISSING, evidence, &meant);
    }
    let (word, value) = match text.split_once(':') {
        Some((word, value)) => (word, Some(value)),
        None => (text, None),
    };
    let evidence = match value {
        Some(_) => format!("{} is not a kind of click target", quoted(&format!("{word}:"))),
        None => format!("{} is not a click target", quoted(text)),
    };
    match (nearest(word), value) {
        (Some("open-app"), _) => Finding::suggesting(&rules::TARGET_PREFIX_UNKNOWN, evidence, "open-app"),
        (Some(action), Some(value)) => Finding::suggesting(
            &rules::TARGET_PREFIX_UNKNOWN,
            evidence,
            &web::masked(&format!("{action}:{value}")),
        ),
        _ => Finding::new(&rules::TARGET_PREFIX_UNKNOWN, evidence),
    }
}

fn guess(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("http:") || lower.starts_with("https:") {
        return Some(web::masked(&format!("url:{text}")));
    }
    if lower.starts_with("www.") {
        return Some(web::masked(&format!("url:https://{text}")));
    }
    if let Some((word, _)) = text.split_once("://").filter(|(word, _)| !word.contains(':')) {
        let typo = ["http", "https"].iter().any(|known| strsim::damerau_levenshtein(known, word) <= 2);
        return (!typo).then(|| web::masked(&format!("scheme:{text}")));
    }
    if text.contains(':') || !text.contains('.') {
        return None;
    }
    let last = text.rsplit(['.', '$']).next().unwrap_or_default();
    let begins_upper = last.starts_with(|c: char| c.is_uppercase());
    let all_upper = begins_upper && !last.contains(|c: char| c.is_lowercase());
    if (all_upper || text.contains(".action.")) && intent::examine(text).value.is_some() {
        return Some(format!("intent:{text}"));
    }
    if begins_upper
        && (text.contains('/') || text.starts_with('.') || activity::examine(text, None).value.is_some())
    {
        return Some(format!("activity:{text}"));
    }
    let address = format!("https://{text}");
    web::examine(&address).value.map(|_| web::masked(&format!("url:{address}")))
}

/// The action word that a misspelt one is nearest to.
fn nearest(word: &str) -> Option<&'static str> {
    let word: String = word.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    Target::VARIANTS
        .iter()
        .map(|action| (strsim::damerau_levenshtein(action, &word), *action))
        .filter(|(distance, action)| *distance <= action.len() / 3 && word.len() < 16)
        .min()
        .map(|(_, action)| action)
}
