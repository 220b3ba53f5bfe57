//! All rows of a file, checked one by one before anything is sent, and packed into calls.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::rc::Rc;

use super::chunk::{Item, Packer};
use super::columns::Column;
use super::message::{Checker, Fault, Formed, Message};
use super::reader::{Reader, Row, Unusable};
use super::repeats::{Found, Repeats};
use super::skeleton::Skeleton;
use crate::clock::Timestamp;
use crate::config::{Certificate, CertificateId, Profile};
use crate::failure::{Failure, Kind, Problem, Warning};
use crate::notification::TargetKind;
use crate::oppo::{Alias, BATCH_ITEMS, RegId};
use crate::push::{self, Judged};
use crate::store::batch::NewCall;

/// So many problems are kept.
const KEPT: usize = 10_000;

/// So many digests of forms are kept.
const FORMS: usize = 512;

/// Where packed calls go.
pub(crate) trait Sink {
    fn call(&mut self, call: NewCall) -> Result<(), Failure>;
}

/// What is planned, and by which rules.
pub(crate) struct Rules<'a> {
    pub(crate) profile: &'a Profile,
    pub(crate) certificate: Option<&'a Certificate>,
    pub(crate) message: &'a Message,
    /// Bad rows are left out, and the others sent.
    pub(crate) skip_bad: bool,
    pub(crate) now: Timestamp,
    /// Holds what does not fit into memory.
    pub(crate) folder: &'a Path,
    /// The devices of a user, with what the offline-push rule says of each.
    pub(crate) devices: &'a dyn Fn(&str) -> Result<Vec<Judged>, Failure>,
}

/// What the check came to.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) rows: u64,
    pub(crate) bad_rows: u64,
    /// At most 10,000.
    pub(crate) problems: Vec<Problem>,
    pub(crate) problem_count: u64,
    pub(crate) held_back: BTreeMap<String, u64>,
    pub(crate) recipients: u64,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) repeats: Repeated,
}

/// Rows with the target of an earlier one.
#[derive(Default)]
pub(crate) struct Repeated(pub(super) Found);

/// Checks every row, and hands those that may be sent to `sink`. Once a row is bad, and bad rows are not left out, it only
/// goes on checking.
pub(crate) fn plan(
    rules: &Rules<'_>,
    mut reader: Reader,
    file: &str,
    sink: &mut dyn Sink,
) -> Result<Plan, Failure> {
    let mut planner = Planner {
        rules,
        file,
        plan: Plan::default(),
        checker: Checker::new(rules.message, rules.now),
        packers: BTreeMap::new(),
        repeats: Repeats::new(rules.folder),
        hasher: RandomState::new(),
        forms: HashMap::new(),
        sink,
    };
    while let Some(row) = reader.next()? {
        planner.plan.rows += 1;
        match row {
            Ok(row) => planner.row(&row)?,
            Err(Unusable { line, column, problem, is_last }) => {
                planner.plan.bad_rows += 1;
                planner.report(*problem, line, column);
                if is_last {
                    break;
                }
            }
        }
    }
    planner.finish()
}

struct Planner<'a> {
    rules: &'a Rules<'a>,
    file: &'a str,
    plan: Plan,
    checker: Checker<'a>,
    packers: BTreeMap<i64, Packer>,
    repeats: Repeats,
    hasher: RandomState,
    /// The digest of each form.
    forms: HashMap<*const Skeleton, (u64, Rc<Skeleton>)>,
    sink: &'a mut dyn Sink,
}

/// To whom a row goes.
struct Recipient<'r> {
    is_alias: bool,
    target: &'r str,
    user: Option<&'r str>,
    device: Option<&'r str>,
}

impl<'a> Planner<'a> {
    fn row(&mut self, row: &Row<'_>) -> Result<(), Failure> {
        let faults = match self.recipients(row)? {
            Ok(faults) | Err(faults) => faults,
        };
        if !faults.is_empty() {
            self.plan.bad_rows += 1;
        }
        for (column, problem) in faults {
            let (line, at) = row.place(column);
            self.report(problem, line, at);
        }
        Ok(())
    }

    /// The faults of the row, be it that they kept it from having a target.
    fn recipients(&mut self, row: &Row<'_>) -> Result<Result<Vec<Fault>, Vec<Fault>>, Failure> {
        let targets = [Column::RegId, Column::Alias, Column::User];
        let mut given = targets.iter().filter_map(|column| Some((*column, row.get(*column)?)));
        let Some((column, value)) = given.next() else {
            let hint = "give reg_id, alias or user in every row";
            return Ok(Err(vec![(None, Problem::new(Kind::Empty, "the row has no target", hint))]));
        };
        if let Some((second, _)) = given.next() {
            let message = format!("the row has two targets, {} and {}", column.name(), second.name());
            let problem = Problem::new(Kind::ContradictoryFields, message, "leave one of them empty");
            return Ok(Err(vec![(Some(second), problem)]));
        }
        let certificate = match self.certificate(row, column == Column::User) {
            Ok(certificate) => certificate,
            Err(problem) => return Ok(Err(vec![(Some(Column::Certificate), problem)])),
        };
        let is_alias = column == Column::Alias;
        let wrong = match column {
            Column::RegId => RegId::of_region(value, self.rules.profile.region.value).err(),
            Column::Alias => Alias::parse(value).err(),
            _ => push::user_problems(value).into_iter().next(),
        };
        let mut faults: Vec<Fault> = wrong.map(|problem| (Some(column), problem)).into_iter().collect();
        if column == Column::User {
            return if faults.is_empty() { self.user(row, value).map(Ok) } else { Ok(Err(faults)) };
        }
        let Some(certificate) = certificate else { return Ok(Err(faults)) };
        let kind = if is_alias { TargetKind::Alias } else { TargetKind::RegId };
        match self.checker.form(row, certificate, kind) {
            Ok(formed) if faults.is_empty() => {
                let recipient = Recipient { is_alias, target: value, user: None, device: None };
                self.take(row, column, certificate.id.get(), &formed, &recipient)?;
            }
            Ok(_) => {}
            Err(found) => faults.extend(found),
        }
        Ok(Ok(faults))
    }

    /// The certificate of the row; a user's are those of the token reports.
    fn certificate(&self, row: &Row<'_>, of_user: bool) -> Result<Option<&'a Certificate>, Problem> {
        match row.get(Column::Certificate) {
            Some(text) => {
                let id = text.parse().ok().and_then(CertificateId::new);
                let known = id.and_then(|id| self.rules.profile.find_id(id.get()));
                known.map(Some).ok_or_else(|| {
                    let message = format!("profile {} has no certificate {text}", self.rules.profile.name);
                    let ids: Vec<String> =
                        self.rules.profile.certificates.iter().map(|one| one.id.to_string()).collect();
                    Problem::new(
                        Kind::OutOfRange,
                        message,
                        format!("its certificates are {}", ids.join(", ")),
                    )
                })
            }
            None if of_user || self.rules.certificate.is_some() => Ok(self.rules.certificate),
            None => {
                let hint = "name one by --certificate, or in a column certificate";
                Err(Problem::new(
                    Kind::MissingField,
                    "the row names no certificate, and the profile has no default one",
                    hint,
                ))
            }
        }
    }

    /// Each device of a user that the offline-push rule lets.
    fn user(&mut self, row: &Row<'_>, user: &str) -> Result<Vec<Fault>, Failure> {
        let mut faults = Vec::new();
        for judged in (self.rules.devices)(user)? {
            let certificate =
                judged.report().and_then(|report| self.rules.profile.find_id(report.certificate_id));
            let (true, Some(report), Some(certificate)) =
                (judged.decision.is_push(), judged.report(), certificate)
            else {
                *self.plan.held_back.entry(judged.decision.name().to_owned()).or_default() += 1;
                continue;
            };
            match self.checker.form(row, certificate, TargetKind::RegId) {
                Ok(formed) => {
                    let device = judged.device.as_ref().map(|device| device.name.as_str());
                    let recipient =
                        Recipient { is_alias: false, target: &report.reg_id, user: Some(user), device };
                    self.take(row, Column::User, certificate.id.get(), &formed, &recipient)?;
                }
                Err(found) => {
                    faults = found;
                    break;
                }
            }
        }
        Ok(faults)
    }

    fn take(
        &mut self,
        row: &Row<'_>,
        column: Column,
        certificate: i64,
        formed: &Formed<'_>,
        recipient: &Recipient<'_>,
    ) -> Result<(), Failure> {
        if self.is_lost() {
            return Ok(());
        }
        self.plan.recipients += 1;
        let number = self.plan.recipients;
        let (title, content) = (formed.title.as_deref(), formed.content.as_deref());
        let form = match self.forms.get(&Rc::as_ptr(&formed.skeleton)) {
            Some((form, _)) => *form,
            None => {
                if self.forms.len() >= FORMS {
                    self.forms.clear();
                }
                let form = self.hasher.hash_one(&formed.skeleton.0);
                self.forms.insert(Rc::as_ptr(&formed.skeleton), (form, formed.skeleton.clone()));
                form
            }
        };
        let target = self.hasher.hash_one((recipient.is_alias, recipient.target));
        let content_digest = self.hasher.hash_one((form, title, content));
        self.repeats.add(target, content_digest, number).map_err(|error| no_room(&error))?;
        let (line, at) = row.place(Some(column));
        let packer = self.packers.entry(certificate).or_default();
        let item = Item {
            number,
            line,
            column: at,
            is_alias: recipient.is_alias,
            target: recipient.target,
            user: recipient.user,
            device: recipient.device,
            skeleton: 0,
            title,
            content,
        };
        packer.push(&item, &formed.skeleton);
        if packer.items == BATCH_ITEMS {
            let call =
                NewCall { certificate_id: certificate, recipients: BATCH_ITEMS as u64, rows: packer.take() };
            self.sink.call(call)?;
        }
        Ok(())
    }

    /// Nothing will be sent, whatever the rows that follow say.
    fn is_lost(&self) -> bool {
        self.plan.bad_rows > 0 && !self.rules.skip_bad
    }

    fn report(&mut self, problem: Problem, line: u64, column: u64) {
        self.plan.problem_count += 1;
        if self.plan.problems.len() < KEPT {
            self.plan.problems.push(problem.at(format!("{}:{line}:{column}", self.file)));
        }
    }

    fn finish(mut self) -> Result<Plan, Failure> {
        if !self.is_lost() {
            for (certificate_id, mut packer) in std::mem::take(&mut self.packers) {
                if packer.items > 0 {
                    let recipients = packer.items as u64;
                    self.sink.call(NewCall { certificate_id, recipients, rows: packer.take() })?;
                }
            }
        }
        self.plan.repeats = Repeated(self.repeats.find().map_err(|error| no_room(&error))?);
        self.plan.warnings = self
            .checker
            .warnings
            .into_values()
            .map(|(warning, count)| {
                let message = if count > 1 {
                    format!("{} (and {} more rows)", warning.message, count - 1)
                } else {
                    warning.message
                };
                Warning { message, ..warning }
            })
            .collect();
        Ok(self.plan)
    }
}

fn no_room(error: &std::io::Error) -> Failure {
    let message = format!("a file for the search for repeats can't be written: {error}");
    Problem::new(Kind::Disk, message, "make room in the state folder").into()
}
