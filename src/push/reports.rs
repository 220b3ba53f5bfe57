//! Token reports: what is checked when one comes in, and what taking it did to the reports before.
//! How bindings are kept belongs to `store`; the rules of a single value to `token`, `names` and `brand`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{brand, names, token};
use crate::config::Region;
use crate::failure::{Failure, Kind, Problem, Remedy, Warning};
use crate::store::Store;
use crate::store::reports::{self as table, NewReport, Report};
use crate::store::source::FactSource;

/// The device of a report that names none.
pub(crate) const DEFAULT_DEVICE: &str = "default";

/// A report as a person or an app gives it.
#[derive(Clone, Copy, Debug)]
pub struct ReportRequest<'a> {
    /// The current profile, its region, and the IDs of its certificates.
    pub profile: &'a str,
    pub region: Region,
    pub certificates: &'a [i64],
    pub user: &'a str,
    /// [`DEFAULT_DEVICE`] if none is given.
    pub device: Option<&'a str>,
    pub certificate_id: i64,
    pub reg_id: &'a str,
    pub brand: Option<&'a str>,
    /// Who says so.
    pub source: FactSource,
}

/// A report that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    pub(crate) report: Report,
    pub(crate) outcome: Outcome,
    pub(crate) warnings: Vec<Warning>,
}

/// What taking a report changed.
#[derive(Clone, Debug, PartialEq, Eq, strum::EnumDiscriminants)]
#[strum_discriminants(
    name(OutcomeKind),
    derive(Serialize, JsonSchema, strum::Display),
    serde(rename_all = "kebab-case"),
    strum(serialize_all = "kebab-case")
)]
pub(crate) enum Outcome {
    /// The device had reported nothing before.
    New,
    /// It was reported before, to the letter.
    Unchanged,
    /// The same user and device had another regId, or the same one under another certificate.
    Superseded { old_reg_id: String, old_certificate_id: i64 },
    /// The regId was another user's (or another device's) and is theirs no longer. `old_reg_id` is what the new owner
    /// had on this device before, if anything.
    Moved { from_user: String, from_device: String, old_reg_id: Option<String> },
}

/// Checks a report whole, and takes it if nothing is wrong.
pub fn report(store: &Store, request: &ReportRequest<'_>) -> Result<Reported, Failure> {
    let new = validate(request)?;
    let recorded = table::record(store, &new)?;
    let outcome = match (recorded.repeated, recorded.unbound, recorded.superseded) {
        (true, _, _) => Outcome::Unchanged,
        (_, Some(owner), old) => Outcome::Moved {
            from_user: owner.user,
            from_device: owner.device,
            old_reg_id: old.map(|old| old.reg_id),
        },
        (_, None, Some(old)) => {
            Outcome::Superseded { old_reg_id: old.reg_id, old_certificate_id: old.certificate_id }
        }
        (_, None, None) => Outcome::New,
    };
    let warnings = names::user_warning(request.user).into_iter().collect();
    Ok(Reported { report: recorded.report, outcome, warnings })
}

/// Removes the reports of `user`, or of one device of theirs.
pub fn remove(
    store: &Store,
    profile: &str,
    user: &str,
    device: Option<&str>,
) -> Result<Vec<Report>, Failure> {
    let removed = table::remove(store, profile, user, device)?;
    if removed.is_empty() {
        let of = device.map_or(String::new(), |device| format!(" for device {device}"));
        return Err(Problem::new(
            Kind::NotFound,
            format!("user {user} has no token report{of} in profile {profile}"),
            Remedy::run("see which reports there are", "token list"),
        )
        .at("--user")
        .into());
    }
    Ok(removed)
}

/// The report as it is kept, or everything that is wrong with it.
pub(super) fn validate(request: &ReportRequest<'_>) -> Result<NewReport, Failure> {
    let device = request.device.unwrap_or(DEFAULT_DEVICE);
    let mut problems = names::user_problems(request.user);
    problems.extend(names::device_problems(device));
    problems.extend(certificate_problem(request));
    let reg_id = token::usable(request.reg_id, request.profile, request.region);
    let brand = request.brand.map(brand::accept).transpose();
    match (reg_id, brand) {
        (Ok(reg_id), Ok(brand)) if problems.is_empty() => Ok(NewReport {
            profile: request.profile.into(),
            region: request.region.as_str().into(),
            user: request.user.into(),
            device: device.into(),
            certificate_id: request.certificate_id,
            reg_id: reg_id.as_str().into(),
            brand,
            source: request.source,
        }),
        (reg_id, brand) => {
            problems.extend(reg_id.err());
            problems.extend(brand.err());
            let headline = match problems.len() {
                1 => "1 value is not usable; nothing was recorded".to_owned(),
                several => format!("{several} values are not usable; nothing was recorded"),
            };
            Err(Failure::all(problems).headed(headline))
        }
    }
}

fn certificate_problem(request: &ReportRequest<'_>) -> Option<Problem> {
    if request.certificates.contains(&request.certificate_id) {
        return None;
    }
    let known: Vec<String> = request.certificates.iter().map(i64::to_string).collect();
    let hint = if known.is_empty() {
        Remedy::run("add it first", "cert add")
    } else {
        Remedy::from(format!("the profile has {}; see them", known.join(", "))).command("cert list")
    };
    Some(
        Problem::new(
            Kind::UnknownCertificate,
            format!("profile {} has no certificate {}", request.profile, request.certificate_id),
            hint,
        )
        .at("--certificate"),
    )
}

#[cfg(test)]
mod tests;
