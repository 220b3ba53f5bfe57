//! A snapshot of the environment variables, so that what depends on them can be tested with any set of them.

use crate::failure::{Kind, Problem};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;

/// The variables as they were at start. `Debug` shows names only: values may be secrets.
#[derive(Clone, Default)]
pub(crate) struct Environment(BTreeMap<OsString, OsString>);

impl Environment {
    /// The variables of this process.
    pub(crate) fn of_process() -> Self {
        Environment(std::env::vars_os().collect())
    }

    #[cfg(test)]
    pub(crate) fn from_pairs<K: Into<OsString>, V: Into<OsString>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        Environment(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// The value of a variable that is set, not empty, and UTF-8. A variable set to nothing counts as not set,
    /// because CI systems hand on missing secrets that way.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.get_os(name)?.to_str()
    }

    /// The same for values that are paths and need not be UTF-8.
    pub(crate) fn get_os(&self, name: &str) -> Option<&OsStr> {
        self.0.get(OsStr::new(name)).map(OsString::as_os_str).filter(|value| !value.is_empty())
    }

    /// Whether the variable is set, but to nothing.
    pub(crate) fn is_set_to_nothing(&self, name: &str) -> bool {
        self.0.get(OsStr::new(name)).is_some_and(|value| value.is_empty())
    }

    /// Whether the variable is set to something that is not UTF-8.
    pub(crate) fn is_not_utf8(&self, name: &str) -> bool {
        self.get_os(name).is_some_and(|value| value.to_str().is_none())
    }

    /// One problem for each `OPUSH_*` variable with a value that is not UTF-8; `OPUSH_CONFIG` and `OPUSH_CA_FILE` are paths and may be anything.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        self.0
            .iter()
            .filter_map(|(name, value)| value.to_str().is_none().then_some(name.to_str()?))
            .filter(|name| name.starts_with("OPUSH_") && !["OPUSH_CONFIG", "OPUSH_CA_FILE"].contains(name))
            .map(not_utf8)
            .collect()
    }
}

/// The problem of a variable with a value that is not UTF-8.
pub(crate) fn not_utf8(name: &str) -> Problem {
    Problem::new(
        Kind::NotUtf8,
        format!("the value of {name} is not UTF-8"),
        format!("set {name} again, with UTF-8 text"),
    )
    .at(name)
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStringExt;

    #[test]
    fn a_value_that_is_not_utf8_is_reported_not_lost() {
        let bad = OsString::from_vec(vec![b'a', 0xff]);
        let env = Environment::from_pairs([("OPUSH_APP_ID", bad.clone()), ("OTHER", bad)]);
        assert_eq!(env.get("OPUSH_APP_ID"), None);
        let places: Vec<_> = env.problems().into_iter().map(|problem| problem.place).collect();
        assert_eq!(places, ["OPUSH_APP_ID"]);
    }

    #[test]
    fn debug_shows_no_value() {
        let env = Environment::from_pairs([("OPUSH_MASTER_SECRET", "hunter2")]);
        assert_eq!(format!("{env:?}"), r#"{"OPUSH_MASTER_SECRET"}"#);
    }

    #[test]
    fn set_to_nothing_is_not_set() {
        let env = Environment::from_pairs([("A", ""), ("B", "b")]);
        assert_eq!(env.get("A"), None);
        assert!(env.is_set_to_nothing("A") && !env.is_set_to_nothing("B") && !env.is_set_to_nothing("C"));
    }
}
