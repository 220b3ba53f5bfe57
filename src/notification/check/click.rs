//! What a tap opens: the target of a flag or certificate, or the vendor's number with its companion field.
//! Whether a URL, class or action name is good is the `click` room's business.

use super::Found;
use crate::click::{self, Examined, Severity, Target};
use crate::failure::{Explain, Kind, Warning, WarningKind};
use crate::notification::{Draft, Given, Origin};

/// The click action as the vendor numbers it (OPPO reference, section 5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::notification) enum Click {
    OpenApp,
    Intent(String),
    Url(String),
    Activity(String),
    /// An intent scheme URL; only from a message file or `--set`.
    IntentUrl(String),
}

impl Click {
    pub(in crate::notification) fn number(&self) -> i64 {
        match self {
            Click::OpenApp => 0,
            Click::Intent(_) => 1,
            Click::Url(_) => 2,
            Click::Activity(_) => 4,
            Click::IntentUrl(_) => 5,
        }
    }
}

const CHOICES: &str = "0 (open app), 1 (intent action), 2 (web page), 4 (Activity), 5 (intent scheme URL)";

pub(super) fn check(draft: &Draft, found: &mut Found) -> Option<Click> {
    let parts = [
        draft.click_action_type.as_ref().map(|given| &given.origin),
        draft.click_action_activity.as_ref().map(|given| &given.origin),
        draft.click_action_url.as_ref().map(|given| &given.origin),
    ];
    let unreadable = ["click_action_type", "click_action_activity", "click_action_url"]
        .iter()
        .any(|name| draft.unreadable.contains(name));
    let has_parts = parts.iter().any(Option::is_some);
    match &draft.click {
        Some(given) if given.origin.layer() == 2 => {
            if let Some(set) = parts.into_iter().flatten().find(|origin| origin.is_set()) {
                let message = format!("the click target is given by {} and by {set}", given.origin);
                found.problem(Kind::ContradictoryFields, message, "Keep one of the two", set);
            }
            of_target(given, found)
        }
        _ if unreadable => None,
        _ if has_parts => of_parts(draft, found),
        Some(given) => of_target(given, found),
        None => None,
    }
}

fn of_target(given: &Given<Target>, found: &mut Found) -> Option<Click> {
    let origin = &given.origin;
    match &given.value {
        Target::OpenApp => Some(Click::OpenApp),
        Target::Url(url) => found.take(click::examine_url(url), origin).map(Click::Url),
        Target::Activity(class) => {
            found.take(click::examine_activity(class, None), origin).map(Click::Activity)
        }
        Target::Intent(action) => found.take(click::examine_intent(action), origin).map(Click::Intent),
    }
}

/// The number and its companion; each number wants exactly one of them, or none.
fn of_parts(draft: &Draft, found: &mut Found) -> Option<Click> {
    let activity = draft.click_action_activity.as_ref();
    let url = draft.click_action_url.as_ref();
    let Some(action) = &draft.click_action_type else {
        let (name, numbers, given) = match (activity, url) {
            (Some(given), _) => ("click_action_activity", "4 (Activity) or 1 (intent action)", given),
            (None, Some(given)) => ("click_action_url", "2 (web page)", given),
            (None, None) => return None,
        };
        let message = format!("{name} is given without click_action_type");
        found.missing(&message, format!("Add click_action_type {numbers}"), &given.origin);
        return None;
    };
    let number = action.value;
    let (companion, other) = match number {
        0 => (None, [("click_action_activity", activity), ("click_action_url", url)]),
        1 | 4 => (Some(("click_action_activity", activity)), [("click_action_url", url), ("", None)]),
        2 | 5 => (Some(("click_action_url", url)), [("click_action_activity", activity), ("", None)]),
        _ => {
            let message = format!("click_action_type is {number}; OPPO knows {CHOICES}");
            found.problem(Kind::OutOfRange, message, format!("Give one of {CHOICES}"), &action.origin);
            return None;
        }
    };
    for (name, given) in other {
        if let Some(given) = given {
            let message = format!("click_action_type {number} has no use for {name}");
            let hint = format!("Leave {name} out, or change click_action_type");
            found.problem(Kind::ContradictoryFields, message, hint, &given.origin);
        }
    }
    let Some((name, companion)) = companion else { return Some(Click::OpenApp) };
    let Some(companion) = companion else {
        let message = format!("click_action_type {number} needs {name}");
        found.missing(&message, format!("Add {name}"), &action.origin);
        return None;
    };
    let (value, origin) = (&companion.value, &companion.origin);
    match number {
        1 => found.take(click::examine_intent(value), origin).map(Click::Intent),
        2 => found.take(click::examine_url(value), origin).map(Click::Url),
        4 => found.take(click::examine_activity(value, None), origin).map(Click::Activity),
        _ => intent_url(value, origin, found).then(|| Click::IntentUrl(value.clone())),
    }
}

/// What Android reads as an intent: `intent:…#Intent;…;end`.
fn intent_url(text: &str, origin: &Origin, found: &mut Found) -> bool {
    let form =
        "Write intent://HOST/PATH#Intent;scheme=…;component=PACKAGE/CLASS;end, as Intent.toUri gives it";
    let before = found.problems.len();
    let shown = click::quoted(text);
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        let message = format!("click_action_url {shown} contains white space or a control character");
        found.problem(Kind::ControlCharacter, message, "Take it out, or write %20 for a space", origin);
    }
    let fragment = text.strip_prefix("intent:").and_then(|rest| rest.split_once("#Intent;"));
    if !fragment.is_some_and(|(_, parts)| parts == "end" || parts.ends_with(";end")) {
        let message = format!("click_action_url {shown} is not an intent scheme URL");
        found.problem(Kind::BadIntent, message, form, origin);
    }
    let limit =
        crate::notification::limits::Length { warn: Some(click::URL_WARN), max: Some(click::URL_LIMIT) };
    found.length("click_action_url", text, limit, origin);
    found.problems.len() == before
}

impl Found {
    /// The value of an examined click target; its errors become problems, its warnings warnings.
    pub(super) fn take(&mut self, examined: Examined, origin: &Origin) -> Option<String> {
        for finding in examined.findings {
            match finding.severity {
                Severity::Error => self.problems.push(finding.explain().at(origin.to_string())),
                Severity::Warning => {
                    let warning = Warning::new(finding.evidence, finding.remedy).with_id(finding.id);
                    self.warnings.push(warning.at(origin));
                }
                Severity::Note => {}
            }
        }
        examined.value
    }

    /// The `click` room's warning, in its words.
    pub(super) fn custom_content_with_url(&mut self, place: &str) {
        let rule = click::RULES.iter().find(|rule| rule.id == "custom-content-with-url");
        let Some(rule) = rule else { return };
        let kind = WarningKind { id: rule.id, hint: rule.remedy.into() };
        self.warn(kind, "the tap opens a URL, and the push has custom content", place);
    }
}
