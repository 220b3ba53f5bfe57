//! The list of regIds that OPPO calls invalid: read-only, for finding out why nothing arrives (OPPO reference, section 7).
//! What an invalid regId means for a user belongs to who asks.

use super::ask::Question;
use super::{Call, CallError, Cause, Client, Credentials, Exchange, TokenCache};
use serde_json::{Map, Value};
use std::time::{Duration, Instant};

/// A regId is far shorter.
const LONGEST: usize = 256;

/// What OPPO lists. Whether it is all there is, since when, and whether reading clears it, is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRegIds {
    /// As OPPO wrote them, in its order.
    pub reg_ids: Vec<String>,
    /// How many OPPO says there are; `None` if it does not say.
    pub total: Option<u64>,
    /// Entries that can't be a regId: empty, too long, with control characters, or not text.
    pub unusable: usize,
    pub exchanges: Vec<Exchange>,
    pub(crate) elapsed: Duration,
}

impl InvalidRegIds {
    pub fn contains(&self, reg_id: &str) -> bool {
        self.reg_ids.iter().any(|listed| listed == reg_id)
    }

    /// Whether OPPO says that there are more than it listed.
    pub fn is_partial(&self) -> bool {
        let listed = self.reg_ids.len() + self.unusable;
        self.total.is_some_and(|total| total > listed as u64)
    }
}

impl Client {
    /// Reads the list. [`Cause::NoHost`] where no feedback host is known, as overseas. It is not asked again after an answer was
    /// lost: should reading clear the list, a second answer would lack what the first one had.
    pub async fn invalid_reg_ids(
        &self,
        credentials: &Credentials,
        cache: &dyn TokenCache,
    ) -> Result<InvalidRegIds, CallError> {
        let started = Instant::now();
        let mut exchanges = Vec::new();
        match self.listed(credentials, cache, &mut exchanges).await {
            Ok((reg_ids, total, unusable)) => {
                Ok(InvalidRegIds { reg_ids, total, unusable, exchanges, elapsed: started.elapsed() })
            }
            Err(cause) => Err(CallError { cause, exchanges }),
        }
    }

    async fn listed(
        &self,
        credentials: &Credentials,
        cache: &dyn TokenCache,
        log: &mut Vec<Exchange>,
    ) -> Result<List, Cause> {
        let read = |data| read(&data).ok_or("a success without a list of regIds");
        self.asked(credentials, cache, &Question::new(Call::InvalidRegIds), log, read).await
    }
}

/// RegIds, OPPO's count, and how many entries are none.
type List = (Vec<String>, Option<u64>, usize);

/// The list under whatever name, as an array or as one text; nothing at all is an empty one.
fn read(data: &Map<String, Value>) -> Option<List> {
    let total = ["totalCount", "total_count", "total"].iter().find_map(|key| data.get(*key));
    let total = total.and_then(|total| total.as_u64().or_else(|| total.as_str()?.trim().parse().ok()));
    let named = ["registration_ids", "registrationIds", "registration_id", ""];
    let entries: Vec<Option<String>> = match named.iter().find_map(|key| data.get(*key)) {
        Some(Value::Array(list)) => list.iter().map(entry).collect(),
        Some(Value::String(text)) => {
            let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
            parts.map(|part| usable(part.to_owned())).collect()
        }
        Some(Value::Null) => Vec::new(),
        None if data.is_empty() || total == Some(0) => Vec::new(),
        _ => return None,
    };
    let unusable = entries.iter().filter(|entry| entry.is_none()).count();
    Some((entries.into_iter().flatten().collect(), total, unusable))
}

fn entry(value: &Value) -> Option<String> {
    usable(value.as_str()?.trim().to_owned())
}

fn usable(text: String) -> Option<String> {
    let fine = !text.is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control);
    fine.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn read_value(data: Value) -> Option<List> {
        read(data.as_object().expect("an object"))
    }

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn the_list_is_found_in_every_shape() {
        for data in [
            json!({"registration_ids": ["a", "b"], "totalCount": 2}),
            json!({"registrationIds": [" a", "b "], "total": "2"}),
            json!({"registration_ids": "a, b", "totalCount": 2}),
            json!({"": ["a", "b"], "totalCount": 2}),
        ] {
            assert_eq!(read_value(data.clone()), Some((texts(&["a", "b"]), Some(2), 0)), "{data}");
        }
        for data in [json!({}), json!({"totalCount": 0}), json!({"registration_ids": null})] {
            assert_eq!(read_value(data.clone()).map(|list| list.0), Some(Vec::new()), "{data}");
        }
    }

    #[test]
    fn what_can_be_no_reg_id_is_counted_and_no_list_is_none() {
        let long = "x".repeat(257);
        let data = json!({"registration_ids": ["a", "", 7, null, "b\u{1b}[2J", long], "totalCount": -1});
        assert_eq!(read_value(data), Some((texts(&["a"]), None, 5)));
        assert_eq!(read_value(json!({"registration_ids": {"a": 1}})), None);
        assert_eq!(read_value(json!({"something": "else"})), None);
    }

    proptest! {
        #[test]
        fn any_list_is_read(entries in proptest::collection::vec(any::<String>(), 0..20)) {
            let (reg_ids, _, unusable) = read_value(json!({"registration_ids": entries})).expect("a list");
            prop_assert_eq!(reg_ids.len() + unusable, entries.len());
        }
    }
}
