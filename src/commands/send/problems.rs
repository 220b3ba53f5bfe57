//! What the problems of one send come to, for a person.

use crate::failure::{Failure, Problem};

/// All the problems of a send at once, with the storyboard's headline.
pub(crate) fn refused(problems: Vec<Problem>) -> Failure {
    let headline = match problems.len() {
        1 => "1 value is not usable; nothing was sent".to_owned(),
        several => format!("{several} values are not usable; nothing was sent"),
    };
    Failure::all(problems).headed(headline)
}

/// A device, and what is wrong with the push to it.
pub(super) type DeviceEnd<'a> = (Option<&'a str>, Option<Problem>);

/// For a person with several devices: each that should have got it and did not, with its reason.
pub(super) fn by_device(devices: &[DeviceEnd], done: &str) -> Option<Failure> {
    let problems: Vec<Problem> = devices
        .iter()
        .filter_map(|(device, problem)| Some(problem.clone()?.at(device.unwrap_or_default())))
        .collect();
    if devices.len() < 2 || problems.is_empty() {
        return None;
    }
    let (failed, all) = (problems.len(), devices.len());
    let headline = match failed {
        failed if failed == all => format!("none of {all} pushes was {done}"),
        1 => format!("1 of {all} pushes was not {done}"),
        _ => format!("{failed} of {all} pushes were not {done}"),
    };
    Some(Failure::all(problems).headed(headline))
}
