//! A change that OPPO made for a regId, as it is printed.

use schemars::JsonSchema;
use serde::Serialize;

use super::ask::App;
use crate::output::{Page, Report};

/// What a change of an alias or of tags prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Changed {
    #[serde(flatten)]
    pub(super) app: App,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reg_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) alias: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tags: Option<Vec<String>>,
    /// OPPO answered success.
    pub(super) done: bool,
    pub(super) elapsed_ms: u64,
    /// The sentence for a person.
    #[serde(skip)]
    pub(super) words: String,
}

impl Report for Changed {
    fn text(&self, page: &mut Page) {
        page.line(format!("{}   {}, {} ms", self.words, self.app.words(), self.elapsed_ms));
    }
}
