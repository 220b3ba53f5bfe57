//! How the control API answers and refuses: JSON, with `{"error": {"id", "message"}}` and a proper HTTP status for a refusal.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::phone::Flaw;
use super::super::state::StateError;
use super::types::Items;
use crate::listen::{Fault, Response};

/// The body of a refusal.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(super) struct RefusalBody {
    pub(super) error: RefusalError,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub(super) struct RefusalError {
    pub(super) id: String,
    pub(super) message: String,
    /// With `bad-value`: each field with what is wrong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) fields: Vec<Flaw>,
}

/// Why a request is not answered with what it wants.
#[derive(Debug)]
pub(super) enum Refusal {
    Refused {
        status: u16,
        id: &'static str,
        message: String,
        fields: Vec<Flaw>,
    },
    /// The path takes these methods alone.
    WrongMethod {
        allow: String,
    },
    /// What the request did is rolled back.
    Database(rusqlite::Error),
}

pub(super) type Answered = Result<Response, Refusal>;

impl Refusal {
    pub(super) fn new(status: u16, id: &'static str, message: impl Into<String>) -> Refusal {
        Refusal::Refused { status, id, message: message.into(), fields: Vec::new() }
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

    pub(super) fn no_token() -> Refusal {
        let message = "the control API needs the bearer token of this sandbox";
        Refusal::new(401, "unauthorized", message)
    }

    pub(super) fn incomplete(fault: Fault) -> Refusal {
        let id = match fault {
            Fault::TooLarge { .. } => "too-large",
            Fault::TooSlow => "too-slow",
            Fault::Broken => "bad-body",
            Fault::ForeignHost { .. } | Fault::NotHere { .. } => "forbidden-host",
            Fault::NoTunnel { .. } => "no-tunnel",
        };
        Refusal::new(fault.status(), id, fault.to_string())
    }

    #[cfg(test)]
    pub(super) fn id(&self) -> &'static str {
        match self {
            Refusal::Refused { id, .. } => id,
            Refusal::WrongMethod { .. } => "method-not-allowed",
            Refusal::Database(_) => "internal",
        }
    }

    /// All flaws in one message; `Ok` when there is none.
    pub(super) fn flaws(flaws: &[Flaw]) -> Result<(), Refusal> {
        if flaws.is_empty() {
            return Ok(());
        }
        let texts: Vec<String> =
            flaws.iter().map(|flaw| format!("{}: {}", flaw.field, flaw.message)).collect();
        Err(Refusal::Refused {
            status: 400,
            id: "bad-value",
            message: texts.join("; "),
            fields: flaws.to_vec(),
        })
    }

    /// One field, and what is wrong with it.
    pub(super) fn flaw(flaw: Flaw) -> Refusal {
        let message = format!("{}: {}", flaw.field, flaw.message);
        Refusal::Refused { status: 400, id: "bad-value", message, fields: vec![flaw] }
    }

    pub(super) fn response(self) -> Response {
        match self {
            Refusal::Refused { status, id, message, fields } => {
                let error = RefusalError { id: id.to_owned(), message, fields };
                let response = json(status, &RefusalBody { error });
                if status == 401 { response.with("www-authenticate", "Bearer") } else { response }
            }
            Refusal::WrongMethod { allow } => {
                let message = format!("this path takes {allow}");
                Refusal::new(405, "method-not-allowed", message).response().with("allow", allow)
            }
            Refusal::Database(error) => Refusal::from(StateError::from(error)).response(),
        }
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Refusal {
        Refusal::Database(error)
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

pub(super) fn items<T: Serialize>(items: Vec<T>) -> Answered {
    ok(Items { items })
}

pub(super) fn created(value: impl Serialize) -> Answered {
    Ok(json(201, &value))
}

/// The answer at any path to a request that is not one to answer.
pub(crate) fn refusal(fault: Fault) -> Response {
    Refusal::incomplete(fault).response()
}

/// `{}`: done, and nothing more to say.
pub(super) fn done() -> Answered {
    ok(serde_json::json!({}))
}
