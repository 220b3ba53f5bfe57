//! What a case comes to for a profile: whom it reaches, with which checked notification; or everything that can't be.

use std::collections::BTreeMap;
use std::ops::Range;

use super::model::{Case, Target};
use super::verdict;
use crate::click;
use crate::clock::Timestamp;
use crate::config::{Certificate, CertificateId, Profile, Region, Source, Text};
use crate::failure::{Kind, Problem, Remedy};
use crate::notification::{Checked, Draft, Origin, TargetKind};
use crate::oppo::{self, Alias, RegId};
use crate::push;

/// A case that can be run.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(crate) case: Case,
    pub(crate) profile: Profile,
    pub(crate) destination: Destination,
}

impl Planned {
    /// What is pushed: one notification, or one for each certificate that a report may name.
    pub(crate) fn notifications(&self) -> impl Iterator<Item = &Checked> {
        let (direct, to_user) = match &self.destination {
            Destination::Direct { notification, .. } => (Some(notification), None),
            Destination::User { notifications, .. } => (None, Some(notifications.values())),
        };
        direct.into_iter().chain(to_user.into_iter().flatten())
    }
}

/// Whom it goes to, everything validated that can be without asking anybody.
#[derive(Clone, Debug)]
pub(crate) enum Destination {
    Direct {
        certificate: CertificateId,
        to: Addressee,
        notification: Checked,
    },
    User {
        user: String,
        device: Option<String>,
        force: bool,
        /// Only reports of this certificate.
        certificate: Option<i64>,
        /// By certificate, for each that a report may name.
        notifications: BTreeMap<i64, Checked>,
    },
}

/// Where a push goes without any user.
#[derive(Clone, Debug)]
pub(crate) enum Addressee {
    Oppo(oppo::Target),
    /// A phone of the sandbox by its name; the sandbox knows its regId.
    Phone(String),
}

/// Plans a case, or gives all that keeps it from being run; for one that could not be read whole, what else is wrong.
pub(crate) fn plan(
    case: &Case,
    text: &Text,
    profile: &Profile,
    now: Timestamp,
) -> Result<Planned, Vec<Problem>> {
    let mut planning = Planning { case, text, profile, problems: Vec::new() };
    planning.expectations();
    match planning.destination(now) {
        Some(destination) if planning.problems.is_empty() && case.complete => {
            Ok(Planned { case: case.clone(), profile: profile.clone(), destination })
        }
        _ => Err(planning.problems),
    }
}

struct Planning<'a> {
    case: &'a Case,
    text: &'a Text,
    profile: &'a Profile,
    problems: Vec<Problem>,
}

impl Planning<'_> {
    /// No target was named, or none that could be read; what else is wrong is reported all the same.
    fn has_no_target(&self) -> bool {
        matches!(&self.case.target, Target::Phone(name) if name.source == Source::Default)
    }

    /// What only the profile can tell of an expectation.
    fn expectations(&mut self) {
        let (case, region) = (self.case, self.profile.region.value);
        let phone = match &case.target {
            Target::Phone(name) if !self.has_no_target() => Some(&name.source),
            _ => None,
        };
        let sandbox_only = [
            ("shown", case.expect.shown.as_ref().map(|shown| &shown.source)),
            ("click", case.expect.click.as_ref().map(|click| &click.source)),
            ("phone", phone),
        ];
        for (name, source) in sandbox_only {
            if let Some(source) = source.filter(|_| region != Region::Sandbox) {
                let message = format!(
                    "{name} is for the sandbox: profile {} has region {region}, and opush can't see its phones",
                    self.profile.name
                );
                let hint = match name {
                    "phone" => "push to its regId: target = { reg_id = \"…\" }",
                    _ => "take it out, or expect a receipt",
                };
                self.found(Problem::new(Kind::Contradiction, message, hint), source);
            }
        }
        let Some(receipt) = &case.expect.receipt else { return };
        if matches!(case.target, Target::Alias(_)) {
            let message = "a push to an alias has no receipts";
            let problem = Problem::new(Kind::Contradiction, message, "push to the regId instead");
            self.found(problem, &receipt.source);
        } else if region != Region::Sandbox && !case.draft.has_call_back_url() {
            let message = "a receipt is expected, and the notification names no callback URL";
            let hint = "add callback_url = \"…\", the URL of a listener for receipts";
            let hint = Remedy::run(hint, "receipt listen");
            self.found(Problem::new(Kind::Contradiction, message, hint), &receipt.source);
        }
    }

    fn destination(&mut self, now: Timestamp) -> Option<Destination> {
        let certificate = self.certificate();
        let draft = self.draft();
        let case = self.case;
        if let Target::User { user, device, force } = &case.target {
            for problem in push::user_problems(user) {
                self.found(problem, &user.source);
            }
            return Some(Destination::User {
                user: user.value.clone(),
                device: device.as_ref().map(|device| device.value.clone()),
                force: *force,
                certificate: case.certificate.as_ref().map(|id| id.get()),
                notifications: self.for_user(&draft, now),
            });
        }
        let to = self.addressee(&case.target);
        let kind = match case.target {
            Target::Alias(_) => TargetKind::Alias,
            _ => TargetKind::RegId,
        };
        let (certificate, notification) = self.checked(&draft, &certificate?, kind, now)?;
        Some(Destination::Direct { certificate, to: to?, notification })
    }

    fn addressee(&mut self, target: &Target) -> Option<Addressee> {
        let (found, text) = match target {
            Target::Alias(text) => (Alias::parse(text).map(oppo::Target::Alias), text),
            Target::RegId(text) => {
                (RegId::of_region(text, self.profile.region.value).map(oppo::Target::RegId), text)
            }
            Target::Phone(name) => return Some(Addressee::Phone(name.value.clone())),
            Target::User { .. } => return None,
        };
        found.map(Addressee::Oppo).map_err(|problem| self.found(problem, &text.source)).ok()
    }

    /// The certificate asked for, or the profile's; for a user only where one is asked for.
    fn certificate(&mut self) -> Option<Certificate> {
        let asked = self.case.certificate.as_ref();
        if asked.is_none() && matches!(self.case.target, Target::User { .. }) {
            return None;
        }
        if asked.is_none() && self.has_no_target() {
            return self.profile.certificates.first().cloned();
        }
        match self.profile.certificate(asked.map(|id| id.value)) {
            Ok(certificate) => Some(certificate.clone()),
            Err(failure) => {
                for problem in failure.into_problems() {
                    match asked {
                        Some(id) => self.found(problem, &id.source),
                        None => self.at_case(problem),
                    }
                }
                None
            }
        }
    }

    /// The draft with its click target, which needs the app's package.
    fn draft(&mut self) -> Draft {
        let mut draft = self.case.draft.clone();
        let Some(click) = &self.case.click else { return draft };
        let package = self.profile.package.as_ref().map(|package| package.value.as_str());
        match click::Target::parse(click, package) {
            Ok(target) => {
                let origin = Origin::File { path: click.source.to_string(), key: "click".into() };
                draft.click(target, origin);
            }
            Err(problems) => problems.into_iter().for_each(|problem| self.found(problem, &click.source)),
        }
        draft
    }

    fn checked(
        &mut self,
        draft: &Draft,
        certificate: &Certificate,
        kind: TargetKind,
        now: Timestamp,
    ) -> Option<(CertificateId, Checked)> {
        match push::with_certificate(draft, certificate).check(now, kind) {
            Ok(checked) => Some((certificate.id.value, checked)),
            Err(problems) => {
                problems.into_iter().for_each(|problem| self.of_notification(problem));
                None
            }
        }
    }

    /// Which certificate a report names is known when the case runs, so that each must do.
    fn for_user(&mut self, draft: &Draft, now: Timestamp) -> BTreeMap<i64, Checked> {
        let asked = self.case.certificate.as_ref().map(|id| id.value);
        let certificates = self.profile.certificates.iter();
        certificates
            .filter(|certificate| asked.is_none_or(|id| certificate.id.value == id))
            .filter_map(|certificate| self.checked(draft, certificate, TargetKind::RegId, now))
            .map(|(id, checked)| (id.get(), checked))
            .collect()
    }

    /// A problem of the notification has the place of its value; what is missing, that of the case.
    fn of_notification(&mut self, problem: Problem) {
        let problem = in_keys(problem);
        match self.case.spans.get(&problem.place) {
            Some(span) => self.place(problem, span.clone()),
            None => self.at_case(problem),
        }
    }

    fn at_case(&mut self, problem: Problem) {
        let span = self.case.spans.get("name").cloned().unwrap_or_default();
        self.place(problem, span);
    }

    fn found(&mut self, problem: Problem, source: &Source) {
        match source {
            Source::File { span, .. } => self.place(problem, span.clone()),
            other => self.push(problem.at(other.to_string())),
        }
    }

    fn place(&mut self, problem: Problem, span: Range<usize>) {
        let (place, hint) = (self.text.place(span.start), problem.hint.to_string());
        self.push(problem.at(place).with_excerpt(self.text.excerpt(span, &hint)));
    }

    fn push(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// What is missing is missing in the file.
fn in_keys(mut problem: Problem) -> Problem {
    if problem.kind == Kind::MissingField && problem.place.starts_with("--") {
        let key = problem.place.trim_start_matches("--").replace('-', "_");
        problem.hint = Box::new(format!("add {key} = \"…\" to the notification").into());
        return problem;
    }
    problem.hint = Box::new(problem.hint.reworded(verdict::in_keys));
    problem
}
