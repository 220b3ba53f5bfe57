//! The certificate that an argument names.

use crate::config::{Certificate, CertificateId, Profile};
use crate::failure::{Failure, Problem};

/// The certificate named on the command line, else the profile's default or only one.
pub(crate) fn certificate(profile: &Profile, id: Option<i64>) -> Result<&Certificate, Failure> {
    profile.certificate(id.and_then(CertificateId::new)).map_err(|failure| {
        // These commands name it by an argument, not by the flag of the others.
        let named = |problem: Problem| Problem {
            place: problem.place.replace("--certificate", "ID"),
            hint: Box::new(
                problem.hint.reworded(|hint| hint.replace("choose with --certificate", "name one by its ID")),
            ),
            ..problem
        };
        Failure::all(failure.into_problems().into_iter().map(named).collect())
    })
}
