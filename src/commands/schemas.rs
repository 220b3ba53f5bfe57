//! The JSON Schema of what each command prints with `--json`, made from the structs that are printed.
//! docs/schemas/ holds them as files; a test keeps those current.

use schemars::{JsonSchema, Schema, schema_for};

use crate::output::ErrorJson;

/// What a command prints: its result, or the failure that kept it from having one.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is wanted")]
enum Printed<T> {
    Result(T),
    Failure { error: ErrorJson },
}

/// No result at all: only a failure fits.
#[derive(JsonSchema)]
enum Nothing {}

/// Command words joined by dashes, and the schema of the output.
pub fn all() -> Vec<(&'static str, Schema)> {
    macro_rules! table {
        ($($name:literal => $printed:ty,)*) => {
            vec![$(($name, schema_for!(Printed<$printed>)),)*]
        };
    }
    table! {
        "click-check" => super::click::Printed,
        "completions" => super::completions::Script,
        "config-check" => super::config::Checked,
        "config-path" => super::config::Located,
        "config-schema" => super::config::ConfigSchema,
        "config-trust" => super::config::Trusted,
        "error" => Nothing,
        "explain" => super::explain::Explained,
        "history-list" => super::history::Listed,
        "history-show" => super::history::Shown,
        "man" => super::man::Printed,
        "profile-add" => super::profile::Added,
        "profile-list" => super::profile::Listed,
        "profile-remove" => super::profile::Removed,
        "profile-show" => super::profile::Shown,
        "profile-use" => super::profile::Used,
        "token-check" => super::token::Checked,
        "token-list" => super::token::Bindings,
        "token-remove" => super::token::Bindings,
        "token-report" => super::token::Reported,
        "token-show" => super::token::Bindings,
    }
}
