//! Intent actions as click targets: dotted names as Android has them, and the mistakes people make with them.

use super::activity;
use super::finding::{Examined, Finding, add, quoted};
use super::rules::{self, NAME_LIMIT};
use super::scheme::{self, Link};

/// Actions that are often meant when a name is nearly theirs.
const WELL_KNOWN: [&str; 4] = [
    "android.intent.action.VIEW",
    "android.intent.action.MAIN",
    "android.intent.action.SEND",
    "android.intent.action.EDIT",
];

/// An intent URL where another kind of target belongs: `intent://…#Intent;…;end`, or any URL with such a fragment.
pub(super) fn is_intent_url(text: &str) -> bool {
    let lower = text.trim().to_ascii_lowercase();
    let value = without_kind(&lower);
    lower.contains("#intent;") || value.starts_with("intent://")
}

/// The URL behind the word that says another kind.
fn without_kind(text: &str) -> &str {
    let value = ["url:", "activity:"].into_iter().find_map(|kind| text.strip_prefix(kind)).unwrap_or(text);
    let doubled = value.strip_prefix("intent:").filter(|rest| rest.starts_with("intent:"));
    doubled.unwrap_or(value)
}

/// What would work in place of an intent URL: the Activity or action that it names, else the URL itself.
pub(super) fn misplaced(text: &str) -> Finding {
    let evidence = format!("{} is an intent URL", quoted(text));
    let url = without_kind(text.trim());
    if scheme::examine(url).value.is_none() {
        return Finding::new(&rules::FOREIGN_INTENT_URL, evidence);
    }
    let Link { action, class, scheme, .. } = Link::of(url);
    let meant = match class.filter(|class| activity::examine(class, None).value.is_some()) {
        Some(class) => format!("activity:{class}"),
        None if action != scheme::VIEW && scheme.is_none() && examine(action).value.is_some() => {
            format!("intent:{action}")
        }
        None => format!("scheme:{url}"),
    };
    Finding::suggesting(&rules::FOREIGN_INTENT_URL, evidence, &meant)
}

/// Validates an intent action's name.
pub(crate) fn examine(text: &str) -> Examined {
    let mut findings = Vec::new();
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Examined::refused(vec![Finding::new(&rules::INTENT_EMPTY, "the intent action is empty")]);
    }
    if is_intent_url(trimmed) {
        return Examined::refused(vec![misplaced(trimmed)]);
    }
    if trimmed != text {
        add(&mut findings, &rules::INTENT_SPACE, format!("{} has white space around it", quoted(text)));
    }
    let name = trimmed;
    let length = name.chars().count();
    if length > NAME_LIMIT {
        let evidence = format!("the action name has {length} characters; OPPO takes at most {NAME_LIMIT}");
        findings.push(Finding::new(&rules::INTENT_TOO_LONG, evidence));
    }
    let unusual = |c: char| c == '-' || (!c.is_ascii() && c.is_alphanumeric());
    let usual = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.');
    if let Some(c) = name.chars().find(|c| !usual(*c) && !unusual(*c)) {
        let evidence = format!("{} contains {}", quoted(name), quoted(&c.to_string()));
        findings.push(Finding::new(&rules::INTENT_CHARACTER, evidence));
    }
    if name.split('.').any(str::is_empty) {
        add(&mut findings, &rules::INTENT_EMPTY_PART, format!("{} has an empty part", quoted(name)));
    }
    if !findings.iter().any(Finding::is_error) {
        remark(name, unusual, &mut findings);
    }
    Examined::finish(name.to_owned(), None, findings)
}

fn remark(name: &str, unusual: impl Fn(char) -> bool, findings: &mut Vec<Finding>) {
    if name.contains(unusual) || name.split('.').any(|part| part.starts_with(|c: char| c.is_ascii_digit())) {
        add(findings, &rules::INTENT_UNUSUAL, format!("{} is not made of plain identifiers", quoted(name)));
    }
    if let Some(word) = name.strip_prefix("Intent.").unwrap_or(name).strip_prefix("ACTION_") {
        let evidence = format!("{} is a constant's name", quoted(name));
        let meant = format!("intent:android.intent.action.{word}");
        findings.push(Finding::suggesting(&rules::INTENT_CONSTANT, evidence, &meant));
    } else if let Some(known) =
        WELL_KNOWN.into_iter().find(|known| known.eq_ignore_ascii_case(name) && *known != name)
    {
        let evidence = format!("{} differs from {known} in letter case", quoted(name));
        findings.push(Finding::suggesting(&rules::INTENT_CASE, evidence, &format!("intent:{known}")));
    } else if !name.contains('.') {
        add(findings, &rules::INTENT_SINGLE_WORD, format!("{} is a single word", quoted(name)));
    }
}
