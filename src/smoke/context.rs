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
    vendors: BTreeMap<String, OppoService>,
    keys: RefCell<Keys>,
    phones: BTreeMap<String, Vec<Phone>>,
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
            vendors: BTreeMap::new(),
            keys: RefCell::new(keys),
            phones: BTreeMap::new(),
            listener: if listens { Some(ReceiptListener::start(session.store()?)?) } else { None },
        };
        for planned in &suite.cases {
            context.open_profile(&planned.profile).await?;
        }
        context.phones_are_there(suite)?;
        Ok(context)
    }

    async fn open_profile(&mut self, profile: &Profile) -> Result<(), Failure> {
        if self.vendors.contains_key(&profile.name) {
            return Ok(());
        }
        let vendor = OppoService::open(self.session, profile, Setup::Register).await?;
        if profile.region.value == Region::Sandbox {
            let phones = vendor.control().phones().await?;
            self.phones.insert(profile.name.clone(), phones);
        }
        self.vendors.insert(profile.name.clone(), vendor);
        Ok(())
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
        self.phones.get(&profile.name)?.iter().find(|phone| phone.name == name)
    }

    /// The regId that a phone of the sandbox has.
    pub(crate) fn reg_id(&self, profile: &Profile, name: &str) -> Result<RegId, Failure> {
        let reg_id = self.phone(profile, name).map_or("", |phone| &phone.reg_id);
        Ok(RegId::parse(reg_id)?)
    }

    pub(crate) fn vendor(&self, profile: &Profile) -> Result<&OppoService, Failure> {
        self.vendors.get(&profile.name).ok_or_else(|| {
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
        for (_, vendor) in self.vendors {
            vendor.close().await;
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
                let new: Vec<Problem> = failure
                    .into_problems()
                    .into_iter()
                    .filter(|problem| !problems.contains(problem))
                    .collect();
                problems.extend(new);
            }
        }
    }
    if problems.is_empty() { Ok(keys) } else { Err(Failure::all(problems)) }
}
