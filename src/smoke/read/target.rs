//! The `target` table: exactly one of regId, alias, user and phone.
//! What makes each valid belongs to `oppo` and `push`, and is asked in `plan`.

use super::reader::Reader;
use crate::config::read::Entry;
use crate::failure::Kind;
use crate::smoke::model::Target;

/// One of these, and the keys that go with a user.
const KINDS: [&str; 4] = ["reg_id", "alias", "user", "phone"];
const OF_USER: [&str; 2] = ["device", "force"];

pub(super) fn read(reader: &mut Reader, entry: &Entry) -> Option<Target> {
    let table = reader.table(entry, "a target", &[&KINDS[..], &OF_USER].concat())?;
    let given: Vec<Entry> = KINDS.iter().filter_map(|kind| table.get(kind)).collect();
    let one = match given.as_slice() {
        [one] => one,
        [] => {
            let unknown = table.entries().any(|entry| !OF_USER.contains(&entry.name));
            if !unknown {
                let message = "a target needs one of reg_id, alias, user and phone";
                reader.report(Kind::MissingKey, entry.key.clone(), message, "add reg_id = \"…\"");
            }
            return None;
        }
        [first, others @ ..] => {
            for other in others {
                let message = format!("{} and {} exclude each other", first.name, other.name);
                let hint = "keep one; for several targets make several cases";
                reader.report(Kind::Contradiction, other.key.clone(), message, hint);
            }
            return None;
        }
    };
    let mut fits = true;
    for only in OF_USER.iter().filter_map(|key| table.get(key)).filter(|_| one.name != "user") {
        let message = format!("{} is for a user, and this target is one by {}", only.name, one.name);
        reader.report(Kind::Contradiction, only.key, message, "take it out, or push to a user");
        fits = false;
    }
    let device = reader.optional(&table, "device", Reader::text);
    let force = reader.optional(&table, "force", Reader::boolean);
    let value = reader.text(one)?;
    let target = match one.name {
        "reg_id" => Target::RegId(value),
        "alias" => Target::Alias(value),
        "phone" => Target::Phone(value),
        _ => Target::User { user: value, device: device?, force: force?.unwrap_or_default() },
    };
    fits.then_some(target)
}
