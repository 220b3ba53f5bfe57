//! A file of rows: how they are written, and its bytes.

use schemars::JsonSchema;
use serde::Serialize;
use strum::{Display, EnumMessage, EnumString, IntoStaticStr, VariantArray};

use super::column::ColumnMap;

/// How the rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[derive(Display, EnumMessage, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub(crate) enum Format {
    /// Comma-separated, the first line names the columns.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// By the ending of a file's name.
    pub(crate) fn of_name(name: &str) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "jsonl" | "ndjson" => Some(Format::Jsonl),
            _ => None,
        }
    }
}

/// A file of rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    /// As problems name it.
    pub(crate) name: &'a str,
    pub(crate) format: Format,
    pub(crate) bytes: &'a [u8],
    pub(crate) map: &'a ColumnMap,
}
