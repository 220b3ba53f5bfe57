//! The `app_message_id` that every send carries: the vendor's de-duplication makes a repeat of it harmless.
//! How long a given one may be is a rule of `notification`.

use serde_json::{Map, Value};

use crate::clock::Timestamp;

const FIELD: &str = "app_message_id";

/// Base32 without I, L, O and U, so that one read aloud is typed back right.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The id that `notification` carries; one is made and put in where it has none.
pub(crate) fn ensure(notification: &mut Map<String, Value>, now: Timestamp) -> String {
    match notification.get(FIELD) {
        Some(Value::String(given)) if !given.is_empty() => given.clone(),
        // Sent by `--set` as something else: kept as it is, named by its JSON.
        Some(given) if !given.is_null() && !given.is_string() => given.to_string(),
        _ => {
            let made = generate(now);
            notification.insert(FIELD.into(), Value::String(made.clone()));
            made
        }
    }
}

/// `opush-` and 26 digits: 48 bits of time, so that ids sort by it, and 80 bits of chance.
pub(crate) fn generate(now: Timestamp) -> String {
    let time = u128::from(now.as_millisecond().unsigned_abs() & 0xffff_ffff_ffff);
    let chance = rand::random::<u128>() & ((1 << 80) - 1);
    let number = time << 80 | chance;
    let digits = (0..26).rev().map(|place| char::from(DIGITS[(number >> (place * 5)) as usize & 31]));
    "opush-".chars().chain(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeSet;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(ms).unwrap()
    }

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn they_are_of_one_form_differ_and_sort_by_time() {
        let made: BTreeSet<_> = (0..500).map(|_| generate(at(1_700_000_000_000))).collect();
        assert_eq!(made.len(), 500);
        assert!(made.iter().all(|id| id.len() == 32 && id.starts_with("opush-01HF7YAT00")), "{made:?}");
        assert!(made.last().unwrap() < &generate(at(1_700_000_000_001)));
    }

    #[test]
    fn one_given_is_kept_and_one_missing_is_put_in() {
        let mut given = object(json!({"title": "t", "app_message_id": "mine"}));
        assert_eq!(ensure(&mut given, at(0)), "mine");
        let mut number = object(json!({"app_message_id": 7}));
        assert_eq!(ensure(&mut number, at(0)), "7");
        assert_eq!(number["app_message_id"], json!(7));
        for lacking in [json!({}), json!({"app_message_id": null}), json!({"app_message_id": ""})] {
            let mut lacking = object(lacking);
            let made = ensure(&mut lacking, at(0));
            assert_eq!(lacking["app_message_id"], json!(made));
        }
    }
}
