//! How the control API says no: a proper HTTP status and `{"error": {"id", "message"}}`.
//! The vendor's refusals have another form and belong to `vendor`.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::sandbox::phone::Flaw;
use crate::sandbox::state::StateError;

/// The body of a refusal.
#[derive(Serialize, Deserialize)]
pub(super) struct Body {
    pub(crate) error: Told,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Told {
    pub(crate) id: String,
    pub(crate) message: String,
    /// With `bad-value`: each field with what is wrong with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) fields: Vec<FieldTold>,
}

/// One field of a description that can't be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FieldTold {
    pub(crate) field: String,
    pub(crate) message: String,
}

#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    id: &'static str,
    message: String,
    fields: Vec<FieldTold>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, id: &'static str, message: impl Into<String>) -> Refusal {
        Refusal { status, id, message: message.into(), fields: Vec::new() }
    }

    pub(crate) fn bad(id: &'static str, message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, id, message)
    }

    pub(crate) fn not_found(id: &'static str, message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, id, message)
    }

    pub(crate) fn no_phone(name: &str) -> Refusal {
        Refusal::not_found("unknown-phone", format!("there is no phone {name:?}"))
    }

    pub(crate) fn no_app(app_id: &str) -> Refusal {
        Refusal::not_found("unknown-app", format!("the sandbox knows no app {app_id:?}"))
    }

    pub(crate) fn no_im_app(sdk_app_id: i64) -> Refusal {
        Refusal::not_found("unknown-im-app", format!("the sandbox knows no IM app {sdk_app_id}"))
    }

    pub(crate) fn wrong_method() -> Refusal {
        Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method-not-allowed",
            "this path does not take that method",
        )
    }

    #[cfg(test)]
    pub(crate) fn id(&self) -> &'static str {
        self.id
    }

    /// All flaws in one message; `Ok` when there is none.
    pub(crate) fn flaws(flaws: &[Flaw]) -> Result<(), Refusal> {
        if flaws.is_empty() {
            return Ok(());
        }
        let told: Vec<String> =
            flaws.iter().map(|flaw| format!("{}: {}", flaw.field, flaw.message)).collect();
        let fields = flaws
            .iter()
            .map(|flaw| FieldTold { field: flaw.field.to_owned(), message: flaw.message.clone() })
            .collect();
        Err(Refusal { fields, ..Refusal::bad("bad-value", told.join("; ")) })
    }
}

impl From<StateError> for Refusal {
    fn from(error: StateError) -> Refusal {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", error.to_string())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let error = Told { id: self.id.to_owned(), message: self.message, fields: self.fields };
        Json(self.status, Body { error }).into_response()
    }
}

/// An answer in JSON.
pub(super) struct Json<T>(pub(crate) StatusCode, pub(crate) T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.1) {
            Ok(body) => {
                let json = HeaderValue::from_static("application/json");
                (self.0, [(header::CONTENT_TYPE, json)], body).into_response()
            }
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

pub(super) fn ok<T: Serialize>(value: T) -> Json<T> {
    Json(StatusCode::OK, value)
}

/// `{}`: done, and nothing to tell.
pub(super) fn done() -> Json<serde_json::Map<String, serde_json::Value>> {
    ok(serde_json::Map::new())
}
