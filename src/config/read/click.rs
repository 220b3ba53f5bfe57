//! The `click` table of a certificate: which action, and the one key that goes with it.

use super::context::{Context, Entry};
use crate::click::Target;
use crate::config::{Sourced, suggest};
use crate::failure::Kind;

/// Actions and the key that each needs.
const ACTIONS: [(&str, Option<&str>); 4] =
    [("open-app", None), ("url", Some("url")), ("activity", Some("activity")), ("intent", Some("intent"))];

pub(super) fn read(context: &mut Context, entry: &Entry, package: Option<&str>) -> Option<Sourced<Target>> {
    if let toml::de::DeValue::String(_) = entry.value.get_ref() {
        return entry.wrong_type(context, "a table", "write { action = \"open-app\" }, or another action");
    }
    let table = entry.table(context, "the click target")?;
    table.only(context, &["action", "url", "activity", "intent"]);
    let companions: Vec<Entry> =
        ["url", "activity", "intent"].iter().filter_map(|key| table.get(key)).collect();
    let example = companions.first().map_or("open-app", |companion| companion.name);
    let action_entry = table.require(context, "action", &format!("{example:?}"))?;
    let action = action_entry.text(context)?.value;
    let Some((action, needed)) = ACTIONS.into_iter().find(|(name, _)| *name == action) else {
        let hint = suggest::hint(&action, ACTIONS.map(|(name, _)| name));
        let message = format!("there is no click action {action:?}");
        context.report(Kind::BadValue, action_entry.span(), message, hint);
        return None;
    };
    let mut contradictory = false;
    for other in companions.iter().filter(|companion| Some(companion.name) != needed) {
        contradictory = true;
        let message = format!("action = {action:?} and {} exclude each other", other.name);
        let hint = format!("write action = {:?}, or remove {}", other.name, other.name);
        context.report(Kind::Contradiction, other.key.clone(), message, hint);
    }
    let Some(needed) = needed else {
        return (!contradictory).then(|| Sourced::new(Target::OpenApp, context.source(entry.span())));
    };
    let Some(companion) = companions.iter().find(|companion| companion.name == needed) else {
        // With another action's key there, that one has been reported.
        if !contradictory {
            let message = format!("action = {action:?} needs {needed}");
            context.report(Kind::MissingKey, action_entry.span(), message, format!("add {needed} = \"…\""));
        }
        return None;
    };
    let text = companion.text(context)?.value;
    match Target::parse(&format!("{needed}:{text}"), package) {
        Ok(target) => Some(Sourced::new(target, context.source(entry.span()))),
        Err(problems) => {
            for problem in problems {
                context.report(Kind::BadValue, companion.span(), problem.message, problem.hint);
            }
            None
        }
    }
}
