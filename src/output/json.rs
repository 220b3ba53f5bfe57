//! The JSON form of a failure, the same for every command (docs/json.md).
//! The results of each command are its own structs.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::{Value, json};

use crate::failure::{Failure, Kind, Problem, Warning};

/// One problem as `--json` prints it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ErrorJson {
    /// One of the closed list of kinds.
    #[schemars(schema_with = "kinds")]
    pub(crate) kind: String,
    /// The vendor's or IM server's code, where one was answered.
    pub(crate) code: Option<i64>,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do next; never empty.
    #[schemars(length(min = 1))]
    pub(crate) hint: String,
    /// The flag, key, field or file position it is about; empty where there is none.
    pub(crate) place: String,
    /// All problems of the input, when there is more than this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) problems: Vec<ErrorJson>,
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    json_schema!({ "type": "string", "enum": kinds })
}

impl From<&Problem> for ErrorJson {
    fn from(problem: &Problem) -> Self {
        ErrorJson {
            kind: problem.kind.as_str().to_owned(),
            code: problem.code,
            message: problem.message.clone(),
            hint: problem.hint.clone(),
            place: problem.place.clone(),
            problems: Vec::new(),
        }
    }
}

/// One warning as `--json` prints it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct WarningJson {
    /// kebab-case and stable; null where the warning has none.
    pub(crate) id: Option<&'static str>,
    /// What was seen.
    pub(crate) message: String,
    /// What to do about it; may be empty.
    pub(crate) hint: String,
    /// The flag, key or field it is about; may be empty.
    pub(crate) place: String,
}

impl From<&Warning> for WarningJson {
    fn from(warning: &Warning) -> Self {
        let Warning { id, message, hint, place } = warning.clone();
        WarningJson { id, message, hint, place }
    }
}

/// A failure's `error`: its first problem, with all of them under `problems` if there are several.
pub(crate) fn error_json(failure: &Failure) -> ErrorJson {
    let problems: Vec<ErrorJson> = failure.problems().iter().map(ErrorJson::from).collect();
    let first = problems.first().cloned();
    let mut error = first.unwrap_or_else(|| ErrorJson {
        kind: "disk".into(),
        code: None,
        message: "something failed without saying why".into(),
        hint: "run the command again with --verbose".into(),
        place: String::new(),
        problems: Vec::new(),
    });
    if problems.len() > 1 {
        error.problems = problems;
    }
    error
}

/// What `--json` prints for a command that failed before it had a result.
pub(crate) fn failure_json(failure: &Failure) -> Value {
    json!({ "error": error_json(failure) })
}
