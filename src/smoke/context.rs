//! What all cases of a run share, opened once before anything is sent: the ways to OPPO, credentials, phones, a listener.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::suite::Suite;
use crate::config::{CertificateId, Profile, Region, Secret};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::oppo::{Credentials, RegId};
use crate::receipts::ReceiptListener;
use crate::sandbox::phone::Phone;
use crate::services::{OppoService, Setup, credentials};
use crate::session::Session;
use crate::smoke::{Destination, Planned};
use crate::store::Store;

/// Credentials by profile and certificate.
type Keys = BTreeMap<(String, i64), Credentials>;

pub(crate) struct SuiteContext<'c> {
    pub(crate) session: &'c Session,
    pub(crate) store: Store,
    /// By profile, with the phones of its sandbox.
    services: BTreeMap<String, (OppoService, Vec<Phone>)>,
    keys: RefCell<Keys>,
    /// Takes receipts in the sandbox, where no other listener is named.
    pub(crate) listener: Option<ReceiptListener>,
}

impl<'c> SuiteContext<'c> {
    /// Gets all of it, or everything that is missing.
    pub(crate) async fn open(session: &'c Session, suite: &Suite) -> Result<SuiteContext<'c>, Failure> {
        let keys = keys(session, suite)?;
        let secrets: Vec<Secret> = keys.values().map(|keys| keys.master_secret.clone()).collect();
        suite.refuse(&secrets)?;
        let listens = suite.cases.iter().any(waits_here);
        let mut context = SuiteContext {
            session,
            store: session.store()?,
            services: BTreeMap::new(),
            keys: RefCell::new(keys),
            listener: if listens { Some(ReceiptListener::start(session.store()?)?) } else { None },
        };
        for Planned { profile, .. } in &suite.cases {
            if !context.services.contains_key(&profile.name) {
                let service = OppoService::open(session, profile, Setup::Register).await?;
                let in_sandbox = profile.region.value == Region::Sandbox;
                let phones = if in_sandbox { service.control(session).phones().await? } else { Vec::new() };
                context.services.insert(profile.name.clone(), (service, phones));
            }
        }
        context.phones_are_there(suite)?;
        Ok(context)
    }

    /// Every phone that is named exists, and is one of the app's.
    fn phones_are_there(&self, suite: &Suite) -> Result<(), Failure> {
        let mut problems = Vec::new();
        for planned in &suite.cases {
            let Destination::Phone { name, certificate, .. } = &planned.destination else { continue };
            let app = planned.profile.find(*certificate).map(|certificate| certificate.app_id.value.as_str());
            let problem = match self.phone(&planned.profile, name) {
                None => {
                    let hint = Remedy::run("see which there are, or add it", "sandbox phone list");
                    Problem::new(Kind::NotFound, format!("the sandbox has no phone {name:?}"), hint)
                }
                Some(phone) if Some(phone.app_id.as_str()) != app => {
                    let message =
                        format!("phone {name} runs the app {}, not the certificate's", phone.app_id);
                    Problem::new(
                        Kind::Contradiction,
                        message,
                        Remedy::run("add one for it", "sandbox phone add"),
                    )
                }
                Some(_) => continue,
            };
            problems.push(suite.at_target(&planned.case, problem));
        }
        if problems.is_empty() { Ok(()) } else { Err(Failure::all(problems)) }
    }

    fn phone(&self, profile: &Profile, name: &str) -> Option<&Phone> {
        self.services.get(&profile.name)?.1.iter().find(|phone| phone.name == name)
    }

    /// The regId that a phone of the sandbox has.
    pub(crate) fn reg_id(&self, profile: &Profile, name: &str) -> Result<RegId, Failure> {
        let reg_id = self.phone(profile, name).map_or("", |phone| &phone.reg_id);
        Ok(RegId::parse(reg_id)?)
    }

    pub(crate) fn vendor(&self, profile: &Profile) -> Result<&OppoService, Failure> {
        self.services.get(&profile.name).map(|(service, _)| service).ok_or_else(|| {
            let message = format!("there is no way to profile {}", profile.name);
            Problem::new(Kind::UnknownProfile, message, "run it again").into()
        })
    }

    /// The credentials of a certificate; its secret is read at most once in a run.
    pub(crate) fn credentials(&self, profile: &Profile, id: CertificateId) -> Result<Credentials, Failure> {
        let key = (profile.name.clone(), id.get());
        if let Some(known) = self.keys.borrow().get(&key) {
            return Ok(known.clone());
        }
        let got = credentials(self.session, profile.certificate(Some(id))?)?;
        self.keys.borrow_mut().insert(key, got.clone());
        Ok(got)
    }

    /// Stops what was started for the run.
    pub(crate) async fn close(self) {
        for (service, _) in self.services.into_values() {
            service.close().await;
        }
    }
}

/// Whether a receipt is expected for which the command itself must listen.
pub(super) fn waits_here(planned: &Planned) -> bool {
    planned.case.expect.receipt.is_some() && !planned.case.draft.has_call_back_url()
}

/// The credentials of the pushes that go out for sure; for users, the reports decide later.
fn keys(session: &Session, suite: &Suite) -> Result<Keys, Failure> {
    let mut keys = Keys::new();
    let mut problems: Vec<Problem> = Vec::new();
    for planned in &suite.cases {
        let (Destination::Direct { certificate, .. } | Destination::Phone { certificate, .. }) =
            &planned.destination
        else {
            continue;
        };
        let key = (planned.profile.name.clone(), certificate.get());
        if keys.contains_key(&key) {
            continue;
        }
        let found = planned.profile.certificate(Some(*certificate));
        match found.and_then(|certificate| credentials(session, certificate)) {
            Ok(credentials) => drop(keys.insert(key, credentials)),
            Err(failure) => {
                let new = failure.into_problems().into_iter().filter(|problem| !problems.contains(problem));
                problems.extend(new.collect::<Vec<_>>());
            }
        }
    }
    if problems.is_empty() { Ok(keys) } else { Err(Failure::all(problems)) }
}
