//! The bearer token of the control API, which whoever can reach it from another machine needs.

use std::fmt;

use serde::{Deserialize, Serialize};

/// `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ControlToken(String);

impl ControlToken {
    pub(crate) fn new(text: impl Into<String>) -> ControlToken {
        ControlToken(text.into())
    }

    /// From the system's random numbers, whatever else in the sandbox is made from a seed.
    pub(crate) fn random() -> ControlToken {
        ControlToken(format!("{:032x}", rand::random::<u128>()))
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ControlToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}
