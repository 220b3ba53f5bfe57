//! Whether OPPO's push host answers from this machine: name, connection, TLS, time, and the vendor's own envelope.
//! What it answers belongs to the checks after this one.

use crate::diagnose::evidence::LiveAnswer;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::{Class, Kind, Problem, Remedy};

pub(super) const TITLE: &str = "OPPO can be reached from here";
pub(super) const REMEDY: Remedy =
    Remedy::run("see which step fails: name, connection, TLS or answer", "doctor");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let id = evidence.certificate_at_hand()?.id.get();
    let problem = match &evidence.credentials {
        LiveAnswer::NotAsked(why) => return Err(Skipped(why.clone())),
        LiveAnswer::Answered(accepted) => {
            let clock = accepted.clock.map(|clock| format!(" (clock {clock})")).unwrap_or_default();
            let ms = accepted.took.as_millis();
            return Ok(Finding::pass(format!(
                "OPPO accepted AppKey and MasterSecret of {id} just now, in {ms} ms{clock}"
            )));
        }
        LiveAnswer::Failed(problem) => problem,
    };
    Ok(match (problem.code, cause(problem)) {
        (Some(code), _) => Finding::pass(format!("OPPO answered the auth call just now, with code {code}")),
        (None, Some(cause)) => Finding::fail(&problem.message, cause).remedy(&problem.hint),
        (None, None) => {
            Finding::unknown(format!("OPPO could not be asked: {}", problem.message), &problem.hint)
        }
    })
}

/// None where it is not the network that failed.
fn cause(problem: &Problem) -> Option<&'static str> {
    Some(match problem.kind {
        Kind::Timeout => "the network is slow, or a firewall drops what is sent",
        Kind::Tls => {
            "something on the way re-encrypts the traffic, or this machine's clock or root certificates are wrong"
        }
        Kind::Redirect | Kind::BadAnswer => {
            "something other than OPPO answers at that address: a proxy, a login page of the network, a wrong endpoint"
        }
        Kind::InsecureEndpoint => "the profile's endpoint is plain http to another machine",
        Kind::Sandbox => "the sandbox does not run, or could not be started",
        kind if kind.class() == Class::Network => {
            "no way to the host: name resolution, a firewall, a proxy, or the wrong endpoint"
        }
        _ => return None,
    })
}
