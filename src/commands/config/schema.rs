//! `opush config schema`: the JSON Schema of opush.toml, for editors and validators.
//! Its content belongs to `config`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::super::context::Ctx;
use crate::config;
use crate::failure::Failure;
use crate::output::{Page, Report};

/// Print the JSON Schema of opush.toml
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(_: Args, _: &Ctx) -> Result<ConfigSchema, Failure> {
    Ok(ConfigSchema(config::schema()))
}

/// A JSON Schema.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct ConfigSchema(Value);

impl Report for ConfigSchema {
    fn text(&self, page: &mut Page) {
        page.lines(&format!("{:#}", self.0));
    }
}
