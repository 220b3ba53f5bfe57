//! What a sandbox refused or failed at, for a person.

use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::sandbox::control::ControlError;
use crate::sandbox::phone::Flaw;
use crate::sandbox::state::StateError;

/// A refusal or failure of the control API, for a person.
impl From<ControlError> for Failure {
    fn from(error: ControlError) -> Failure {
        let message = error.to_string();
        let problem = match error {
            ControlError::Unreachable { url, .. } => Problem::new(
                Kind::Unreachable,
                message,
                Remedy::run(
                    "start one there, or correct the profile's endpoint",
                    "sandbox run --listen <ADDRESS>",
                ),
            )
            .at(url),
            ControlError::NotASandbox { url, .. } => {
                Problem::new(Kind::BadAnswer, message, "correct the profile's endpoint").at(url)
            }
            ControlError::Refused { fields, .. } if !fields.is_empty() => {
                return Failure::all(fields.iter().map(flaw).collect());
            }
            ControlError::Refused { id, message, .. } => refused(&id, message),
        };
        problem.into()
    }
}

/// A refusal of the control API by its id.
fn refused(id: &str, message: String) -> Problem {
    let (kind, at, hint): (Kind, &str, Remedy) = match id {
        "unknown-phone" => (Kind::NotFound, "NAME", Remedy::run("see which there are", "sandbox phone list")),
        "unknown-call" => (Kind::NotFound, "ID", Remedy::run("see which there are", "sandbox calls")),
        "unknown-app" => {
            let hint =
                "start that sandbox with this configuration, so that it knows the profile's certificates";
            (Kind::Sandbox, "", hint.into())
        }
        "name-taken" => {
            let hint = Remedy::run("choose another name, or remove that one", "sandbox phone remove <NAME>");
            (Kind::DuplicateId, "--name", hint)
        }
        "unknown-im-app" => {
            let hint = "log in on a phone with an app that belongs to a certificate of an IM app, such as the built-in demo";
            (Kind::Sandbox, "", hint.into())
        }
        "unauthorized" => {
            let hint = "set OPUSH_SANDBOX_TOKEN to the token that it printed when it started";
            (Kind::MissingSecret, "OPUSH_SANDBOX_TOKEN", hint.into())
        }
        "forbidden-host" => (
            Kind::Sandbox,
            "",
            Remedy::run("start it so that it takes that name", "sandbox run --allow-host <NAME>"),
        ),
        "not-logged-in" => {
            (Kind::Sandbox, "NAME", Remedy::run("log in first", "sandbox phone login <NAME> --user <USER>"))
        }
        "app-not-running" => (Kind::Sandbox, "NAME", Remedy::run("open it", "sandbox phone open <NAME>")),
        "phone-offline" => {
            (Kind::Sandbox, "NAME", Remedy::run("give it a network", "sandbox phone online <NAME>"))
        }
        "kicked-while-away" => (Kind::Sandbox, "NAME", "run the same command once more".into()),
        "bad-value" => (Kind::OutOfRange, "", "correct the value".into()),
        _ => (Kind::Sandbox, "", "see docs/sandbox-control-api.md".into()),
    };
    let problem = Problem::new(kind, message, hint);
    if at.is_empty() { problem } else { problem.at(at) }
}

const KNOWN: Remedy = Remedy::run("see the faults, and what each strikes", "sandbox fault list --known");

/// A field of a phone's description, of a fault or of the clock, as the flag that gave it.
fn flaw(found: &Flaw) -> Problem {
    let known = |flag| (Kind::MalformedFlag, flag, KNOWN);
    let (kind, flag, hint) = match found.field.as_ref() {
        "name" => (Kind::BadName, "--name", "give another name".into()),
        "alias" => (Kind::BadAlias, "--alias", "give the alias that the app's server sets".into()),
        "android" => (Kind::OutOfRange, "--android", "give another Android version".into()),
        "channels" => (Kind::BadName, "--channel", "give each channel once, by its id".into()),
        "activities" => {
            (Kind::BadActivity, "--activity", "give each Activity once, by its full class name".into())
        }
        "fault" => known("FAULT"),
        "call" => known("--call"),
        "app" => known("--app"),
        "reg_id" => known("--reg-id"),
        "user" => known("--user"),
        "share" => (Kind::OutOfRange, "--share", "give 1 to 100".into()),
        "count" => (Kind::OutOfRange, "--count", "give 1 or more, or leave it out".into()),
        "package" => (Kind::BadName, "--package", "give the app's applicationId".into()),
        "model" => (Kind::BadName, "--model", "give another model name".into()),
        "now" => (Kind::OutOfRange, "TIME", "give a time from 1970 to 9999".into()),
        "by_ms" => (Kind::OutOfRange, "DURATION", "give more than 0, such as 10m or 8d".into()),
        other => (Kind::Sandbox, other, "see docs/sandbox-control-api.md".into()),
    };
    Problem::new(kind, &found.message, hint).at(flag)
}

/// A state that can't be used.
pub(crate) fn broken_state(error: &StateError) -> Failure {
    let hint = if error.is_newer() {
        Remedy::run("start anew; what was in it is lost", "sandbox reset")
    } else {
        Remedy::run("see that the state folder is yours, or start anew", "sandbox reset")
    };
    Problem::new(Kind::Sandbox, error.to_string(), hint).into()
}
