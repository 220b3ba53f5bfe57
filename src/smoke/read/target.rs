//! The `target` table: exactly one of regId, alias, user and phone.
//! What makes each valid belongs to `oppo` and `push`, and is asked in `plan`.

use super::values::Values;
use crate::config::read::{Context, Entry};
use crate::failure::Kind;
use crate::smoke::model::Target;

const KINDS: [&str; 4] = ["reg_id", "alias", "user", "phone"];

pub(super) fn read(context: &mut Context, values: &mut Values, entry: &Entry) -> Option<Target> {
    let table = entry.table(context, "a target")?;
    table.only(context, &["reg_id", "alias", "user", "phone", "device", "force"]);
    let given: Vec<Entry> = KINDS.iter().filter_map(|kind| table.get(kind)).collect();
    let one = match given.as_slice() {
        [one] => one,
        [] => {
            let unknown = table.entries().any(|entry| !["device", "force"].contains(&entry.name));
            if !unknown {
                let message = "a target needs one of reg_id, alias, user and phone";
                context.report(Kind::MissingKey, entry.key.clone(), message, "add reg_id = \"…\"");
            }
            return None;
        }
        [first, others @ ..] => {
            for other in others {
                let message = format!("{} and {} exclude each other", first.name, other.name);
                let hint = "keep one; for several targets make several cases";
                context.report(Kind::Contradiction, other.key.clone(), message, hint);
            }
            return None;
        }
    };
    let mut fits = true;
    for only in ["device", "force"].iter().filter_map(|key| table.get(key)) {
        if one.name != "user" {
            let message = format!("{} is for a user, and this target is one by {}", only.name, one.name);
            context.report(Kind::Contradiction, only.key.clone(), message, "take it out, or push to a user");
            fits = false;
        }
    }
    let device = table.get("device").map(|entry| values.text(context, &entry));
    let force = table.get("force").map(|entry| values.boolean(context, &entry));
    let value = values.text(context, one)?;
    let target = match one.name {
        "reg_id" => Target::RegId(value),
        "alias" => Target::Alias(value),
        "phone" => Target::Phone(value),
        _ => Target::User {
            user: value,
            device: match device {
                None => None,
                Some(device) => Some(device?),
            },
            force: match force {
                None => false,
                Some(force) => force?,
            },
        },
    };
    fits.then_some(target)
}
