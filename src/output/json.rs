//! The JSON form of a failure, the same for every command (docs/json.md).
//! The results of each command are its own structs.

use std::borrow::Cow;
use std::cell::RefCell;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::typed_flags::TypedFlags;
use crate::failure::{Failure, Kind, Problem, Remedy};

thread_local! {
    /// serde hands no context to a `Serialize`: the printer puts what was typed here while it makes JSON, and only then.
    static TYPED: RefCell<TypedFlags> = RefCell::default();
}

/// JSON in which every command carries the flags that were typed.
pub(super) fn with_typed(typed: &TypedFlags, json: impl FnOnce() -> Value) -> Value {
    let before = TYPED.replace(typed.clone());
    let value = json();
    TYPED.set(before);
    value
}

/// One string, as a person reads it.
impl Serialize for Remedy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&TYPED.with_borrow(|typed| typed.text(self)))
    }
}

impl JsonSchema for Remedy {
    fn schema_name() -> Cow<'static, str> {
        "Remedy".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// One problem as `--json` prints it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ErrorJson {
    /// One of the closed list of kinds.
    pub(crate) kind: Kind,
    /// The vendor's or IM server's code, where one was answered.
    pub(crate) code: Option<i64>,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do next; never empty.
    #[schemars(length(min = 1))]
    pub(crate) hint: Remedy,
    /// The flag, key, field or file position it is about; empty where there is none.
    pub(crate) place: String,
    /// All problems of the input, when there is more than this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) problems: Vec<ErrorJson>,
}

impl From<&Problem> for ErrorJson {
    fn from(problem: &Problem) -> Self {
        ErrorJson {
            kind: problem.kind,
            code: problem.code,
            message: problem.message.clone(),
            hint: Remedy::clone(&problem.hint),
            place: problem.place.clone(),
            problems: Vec::new(),
        }
    }
}

/// Its first problem, with all of them under `problems` if there are several.
impl From<&Failure> for ErrorJson {
    fn from(failure: &Failure) -> Self {
        let problems: Vec<ErrorJson> = failure.problems().iter().map(ErrorJson::from).collect();
        let first = problems.first().cloned();
        let mut error = first.unwrap_or_else(|| ErrorJson {
            kind: Kind::Disk,
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
}

/// A result holds its problem or failure as it is; its JSON is an `ErrorJson`.
macro_rules! printed_as_error {
    ($($type:ty)*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                ErrorJson::from(self).serialize(serializer)
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                ErrorJson::schema_name()
            }

            fn schema_id() -> Cow<'static, str> {
                ErrorJson::schema_id()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                ErrorJson::json_schema(generator)
            }
        }
    )*};
}
printed_as_error! { Problem Failure }

/// A result with its `error`, last: `null` only where nothing went wrong. One that is a push has it already.
pub(super) fn with_error(mut result: Value, failure: Option<&Failure>) -> Value {
    if let Some(object) = result.as_object_mut()
        && !object.contains_key("error")
    {
        object.insert("error".to_owned(), json!(failure));
    }
    result
}

/// What `--json` prints for a command that failed before it had a result.
pub(crate) fn failure_json(failure: &Failure) -> Value {
    json!({ "error": failure })
}
