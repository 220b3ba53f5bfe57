//! How the control API answers and refuses: JSON, with `{"error": {"id", "message"}}` and a proper HTTP status for a refusal.

use serde::{Deserialize, Serialize};

use super::super::phone::Flaw;
use super::super::state::StateError;
use crate::listen::{BodyFault, Response};

/// The body of a refusal.
#[derive(Serialize, Deserialize)]
pub(super) struct RefusalBody {
    pub(super) error: RefusalError,
}

#[derive(Serialize, Deserialize)]
pub(super) struct RefusalError {
    pub(super) id: String,
    pub(super) message: String,
    /// With `bad-value`: each field with what is wrong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) fields: Vec<RefusedField>,
}

/// One field of a description that can't be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RefusedField {
    pub(crate) field: String,
    pub(crate) message: String,
}

#[derive(Debug)]
pub(super) struct Refusal {
    status: u16,
    id: &'static str,
    message: String,
    fields: Vec<RefusedField>,
}

pub(super) type Answered = Result<Response, Refusal>;

impl Refusal {
    pub(super) fn new(status: u16, id: &'static str, message: impl Into<String>) -> Refusal {
        Refusal { status, id, message: message.into(), fields: Vec::new() }
    }

    pub(super) fn bad(id: &'static str, message: impl Into<String>) -> Refusal {
        Refusal::new(400, id, message)
    }

    pub(super) fn not_found(id: &'static str, message: impl Into<String>) -> Refusal {
        Refusal::new(404, id, message)
    }

    pub(super) fn no_phone(name: &str) -> Refusal {
        Refusal::not_found("unknown-phone", format!("there is no phone {name:?}"))
    }

    pub(super) fn no_app(app_id: &str) -> Refusal {
        Refusal::not_found("unknown-app", format!("the sandbox knows no app {app_id:?}"))
    }

    pub(super) fn no_im_app(sdk_app_id: i64) -> Refusal {
        Refusal::not_found("unknown-im-app", format!("the sandbox knows no IM app {sdk_app_id}"))
    }

    pub(super) fn wrong_method() -> Refusal {
        Refusal::new(405, "method-not-allowed", "this path does not take that method")
    }

    pub(super) fn incomplete(fault: BodyFault) -> Refusal {
        let id = match fault {
            BodyFault::TooLarge { .. } => "too-large",
            BodyFault::TooSlow => "too-slow",
            BodyFault::Broken => "bad-body",
        };
        Refusal::new(fault.status(), id, fault.to_string())
    }

    #[cfg(test)]
    pub(super) fn id(&self) -> &'static str {
        self.id
    }

    /// All flaws in one message; `Ok` when there is none.
    pub(super) fn flaws(flaws: &[Flaw]) -> Result<(), Refusal> {
        if flaws.is_empty() {
            return Ok(());
        }
        let texts: Vec<String> =
            flaws.iter().map(|flaw| format!("{}: {}", flaw.field, flaw.message)).collect();
        let field =
            |flaw: &Flaw| RefusedField { field: flaw.field.to_owned(), message: flaw.message.clone() };
        let fields = flaws.iter().map(field).collect();
        Err(Refusal { fields, ..Refusal::bad("bad-value", texts.join("; ")) })
    }

    pub(super) fn response(self) -> Response {
        let error = RefusalError { id: self.id.to_owned(), message: self.message, fields: self.fields };
        json(self.status, &RefusalBody { error })
    }
}

impl From<StateError> for Refusal {
    fn from(error: StateError) -> Refusal {
        Refusal::new(500, "internal", error.to_string())
    }
}

fn json(status: u16, value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => Response::text(status, "application/json", body),
        Err(error) => Response::text(500, "text/plain", format!("the opush sandbox failed: {error}")),
    }
}

pub(super) fn ok(value: impl Serialize) -> Answered {
    Ok(json(200, &value))
}

pub(super) fn created(value: impl Serialize) -> Answered {
    Ok(json(201, &value))
}

/// `{}`: done, and nothing more to say.
pub(super) fn done() -> Answered {
    ok(serde_json::json!({}))
}
