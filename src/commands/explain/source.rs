//! The two sides that answer with codes.

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Serialize;

/// The origin of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Source {
    /// A return code of OPPO.
    Oppo,
    /// An ErrorCode of the IM server.
    Im,
}
