//! What a sandbox refused or failed at, for a person.

use crate::failure::{Failure, Kind, Problem};
use crate::sandbox::control::{ControlError, RefusedField};
use crate::sandbox::state::StateError;

impl From<ControlError> for Failure {
    fn from(error: ControlError) -> Failure {
        explain(error)
    }
}

/// A refusal or failure of the control API, for a person.
fn explain(error: ControlError) -> Failure {
    let message = error.to_string();
    let problem = match error {
        ControlError::Unreachable { url, .. } => Problem::new(
            Kind::Unreachable,
            message,
            "start one there: opush sandbox run --listen ADDRESS; or correct the profile's endpoint",
        )
        .at(url),
        ControlError::NotASandbox { url, .. } => {
            Problem::new(Kind::BadAnswer, message, "the profile's endpoint must be an opush sandbox").at(url)
        }
        ControlError::Refused { fields, .. } if !fields.is_empty() => {
            return Failure::all(fields.iter().map(flaw).collect());
        }
        ControlError::Refused { id, message, .. } => match id.as_str() {
            "unknown-phone" => {
                Problem::new(Kind::NotFound, message, "opush sandbox phone list shows those there are")
                    .at("NAME")
            }
            "unknown-app" => Problem::new(
                Kind::Sandbox,
                message,
                "start that sandbox with this configuration, so that it knows the profile's certificates",
            ),
            "name-taken" => Problem::new(
                Kind::DuplicateId,
                message,
                "choose another name, or remove that one: opush sandbox phone remove NAME",
            )
            .at("--name"),
            "unknown-im-app" => Problem::new(
                Kind::Sandbox,
                message,
                "log in on a phone whose app belongs to a certificate of an IM app, such as the built-in demo",
            ),
            "not-logged-in" => Problem::new(
                Kind::Sandbox,
                message,
                "log in first: opush sandbox phone login NAME --user USER",
            )
            .at("NAME"),
            "app-not-running" => {
                Problem::new(Kind::Sandbox, message, "open it: opush sandbox phone open NAME").at("NAME")
            }
            "phone-offline" => {
                Problem::new(Kind::Sandbox, message, "give it a network: opush sandbox phone online NAME")
                    .at("NAME")
            }
            "kicked-while-away" => {
                Problem::new(Kind::Sandbox, message, "run the same command once more").at("NAME")
            }
            "bad-value" => Problem::new(Kind::OutOfRange, message, "correct the value"),
            _ => Problem::new(Kind::Sandbox, message, "see docs/sandbox-control-api.md"),
        },
    };
    problem.into()
}

const KNOWN: &str = "opush sandbox fault list --known shows the faults, and what each strikes";

/// A field of a phone's description or of a fault, as the flag that gave it.
fn flaw(told: &RefusedField) -> Problem {
    let (kind, flag, hint) = match told.field.as_str() {
        "name" => (Kind::BadName, "--name", "give another name"),
        "alias" => (Kind::BadAlias, "--alias", "give the alias that the app's server sets"),
        "android" => (Kind::OutOfRange, "--android", "give another Android version"),
        "channels" => (Kind::BadName, "--channel", "give each channel once, by its id"),
        "activities" => (Kind::BadActivity, "--activity", "give each Activity once, by its full class name"),
        "fault" => (Kind::MalformedFlag, "FAULT", KNOWN),
        "call" => (Kind::MalformedFlag, "--call", KNOWN),
        "app" => (Kind::MalformedFlag, "--app", KNOWN),
        "reg_id" => (Kind::MalformedFlag, "--reg-id", KNOWN),
        "user" => (Kind::MalformedFlag, "--user", KNOWN),
        "share" => (Kind::OutOfRange, "--share", "give 1 to 100"),
        "count" => (Kind::OutOfRange, "--count", "give 1 or more, or leave it out"),
        "package" => (Kind::BadName, "--package", "give the app's applicationId"),
        "model" => (Kind::BadName, "--model", "give another model name"),
        other => (Kind::Sandbox, other, "see docs/sandbox-control-api.md"),
    };
    Problem::new(kind, &told.message, hint).at(flag)
}

/// A state that can't be used.
pub(super) fn broken_state(error: &StateError) -> Failure {
    let hint = match error {
        StateError::Version { .. } => "opush sandbox reset starts anew; what was in it is lost",
        _ => "see that the state folder is yours; opush sandbox reset starts anew",
    };
    Problem::new(Kind::Sandbox, error.to_string(), hint).into()
}
