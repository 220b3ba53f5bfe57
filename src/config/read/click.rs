//! The `click` table of a certificate: which action, and the one key that goes with it.

use super::context::{Context, Entry};
use crate::click::Target;
use crate::config::{Sourced, suggest};
use crate::failure::Kind;
use strum::VariantNames;

pub(super) fn read(context: &mut Context, entry: &Entry, package: Option<&str>) -> Option<Sourced<Target>> {
    if let toml::de::DeValue::String(_) = entry.value.get_ref() {
        return entry.wrong_type(context, "a table", "write { action = \"open-app\" }, or another action");
    }
    let table = entry.table(context, "the click target")?;
    // The key of an action's value is called like it.
    let keys: Vec<&str> =
        Target::VARIANTS.iter().copied().filter(|action| *action != Target::OpenApp.action()).collect();
    table.only(context, &[&["action"], keys.as_slice()].concat());
    let companions: Vec<Entry> = keys.iter().filter_map(|key| table.get(key)).collect();
    let example = companions.first().map_or("open-app", |companion| companion.name);
    let action_entry = table.require(context, "action", &format!("{example:?}"))?;
    let action = action_entry.text(context)?.value;
    if !Target::VARIANTS.contains(&action.as_str()) {
        let hint = suggest::hint(&action, Target::VARIANTS.iter().copied());
        return action_entry.refuse(
            context,
            Kind::BadValue,
            format!("there is no click action {action:?}"),
            hint,
        );
    }
    let needed = Some(action.as_str()).filter(|action| *action != Target::OpenApp.action());
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
        if contradictory {
            return None;
        }
        let message = format!("action = {action:?} needs {needed}");
        return action_entry.refuse(context, Kind::MissingKey, message, format!("add {needed} = \"…\""));
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
