//! A request of the control API: the names in its path, its query and its JSON body, each with a refusal in JSON.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::super::http::form;
use super::super::state::State;
use super::refusal::Refusal;

pub(super) struct Ask<'a> {
    pub(super) state: &'a State,
    pub(super) names: Vec<String>,
    pub(super) query: BTreeMap<String, String>,
    pub(super) body: &'a [u8],
    /// Where it was sent to, if over HTTP.
    pub(super) host: Option<String>,
}

/// How many items a list has where the query does not say, and at most.
const LISTED: usize = 100;
const LISTED_MOST: usize = 1000;

impl Ask<'_> {
    /// The first name in the path, a phone's or a fault's.
    pub(super) fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// What was found for the phone in the path.
    pub(super) fn found<T>(&self, found: Option<T>) -> Result<T, Refusal> {
        found.ok_or_else(|| Refusal::no_phone(self.name()))
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.query.get(key).map(String::as_str)
    }

    /// A parameter that `read` understands.
    pub(super) fn read<T>(&self, key: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
        let Some(text) = self.text(key) else { return Ok(None) };
        let wrong = || Refusal::bad("bad-query", format!("{text:?} is not a value of {key:?}"));
        read(text).ok_or_else(wrong).map(Some)
    }

    /// Which part of a list is wanted: after which item, and how many.
    pub(super) fn part(&self) -> Result<(Option<i64>, usize), Refusal> {
        let after = self.read("after", |text| text.parse().ok())?;
        Ok((after, self.count("limit")?.unwrap_or(LISTED)))
    }

    /// How many items are wanted.
    pub(super) fn count(&self, key: &str) -> Result<Option<usize>, Refusal> {
        self.read(key, |text| text.parse().ok().filter(|count| (1..=LISTED_MOST).contains(count)))
    }

    /// JSON whatever its Content-Type; an empty body is `{}`.
    pub(super) fn body<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        let json = if self.body.is_empty() { b"{}" } else { self.body };
        serde_json::from_slice(json).map_err(|error| Refusal::bad("bad-body", error.to_string()))
    }

    /// A body in which no field may be.
    pub(super) fn no_body(&self) -> Result<(), Refusal> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Nothing {}
        self.body().map(|Nothing {}| ())
    }
}

/// The texts in place of the parts in braces.
pub(super) fn path_names(pattern: &str, path: &str) -> Result<Vec<String>, Refusal> {
    let parts = pattern.split('/').zip(path.split('/')).filter(|(part, _)| part.starts_with('{'));
    let decode = |given: &str| form::decode(given.replace('+', "%2B").as_bytes());
    parts.map(|(_, given)| decode(given).map_err(|error| Refusal::bad("bad-path", error))).collect()
}

/// The query's parameters, each of `known` and at most once.
pub(super) fn query(text: &str, known: &[&str]) -> Result<BTreeMap<String, String>, Refusal> {
    let mut given = BTreeMap::new();
    for (key, value) in url::form_urlencoded::parse(text.as_bytes()) {
        if !known.contains(&&*key) {
            return Err(Refusal::bad("bad-query", format!("there is no parameter {key:?} here")));
        }
        if given.insert(key.to_string(), value.into_owned()).is_some() {
            return Err(Refusal::bad("bad-query", format!("{key:?} is there twice")));
        }
    }
    Ok(given)
}
