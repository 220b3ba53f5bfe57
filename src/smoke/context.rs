//! What all cases of a run share, opened once before anything is sent: the ways to OPPO, credentials, phones, a listener.

use std::collections::BTreeMap;

use super::suite::Suite;
use crate::config::{Profile, Region, Secret};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::oppo::RegId;
use crate::receipts::ReceiptListener;
use crate::sandbox::phone::Phone;
use crate::services::{OppoService, Setup, credentials};
use crate::session::Session;
use crate::smoke::{Addressee, Destination, Planned};
use crate::store::Store;

pub(crate) struct SuiteContext<'c> {
    pub(crate) session: &'c Session,
    pub(crate) store: Store,
    /// By profile, with the phones of its sandbox.
    services: BTreeMap<String, (OppoService, Vec<Phone>)>,
    /// Takes receipts in the sandbox, where no other listener is named.
    pub(crate) listener: Option<ReceiptListener>,
}

impl<'c> SuiteContext<'c> {
    /// Gets all of it, or everything that is missing.
    pub(crate) async fn open(session: &'c Session, suite: &Suite) -> Result<SuiteContext<'c>, Failure> {
        suite.refuse(&secrets(session, suite)?)?;
        let listens = suite.cases.iter().any(waits_here);
        let mut context = SuiteContext {
            session,
            store: session.store()?,
            services: BTreeMap::new(),
            listener: if listens { Some(ReceiptListener::start(session.store()?)?) } else { None },
        };
        for Planned { profile, .. } in &suite.cases {
            if !context.services.contains_key(&profile.name) {
                let service = OppoService::open(session, profile, Setup::Register).await?;
                let in_sandbox = profile.region.value == Region::Sandbox;
                let phones =
                    if in_sandbox { service.control(session, profile)?.phones().await? } else { Vec::new() };
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
            let Destination::Direct { to: Addressee::Phone(name), certificate, .. } = &planned.destination
            else {
                continue;
            };
            let app = planned.profile.find(*certificate).map(|certificate| certificate.app_id.value.as_str());
            let (kind, message, hint) = match self.phone(&planned.profile, name) {
                None => {
                    let hint = Remedy::run("see which there are, or add it", "sandbox phone list");
                    (Kind::NotFound, format!("the sandbox has no phone {name:?}"), hint)
                }
                Some(phone) if Some(phone.app_id.as_str()) != app => {
                    let hint = Remedy::run("add one for it", "sandbox phone add");
                    let app_id = &phone.app_id;
                    (
                        Kind::Contradiction,
                        format!("phone {name} runs the app {app_id}, not the certificate's"),
                        hint,
                    )
                }
                Some(_) => continue,
            };
            let problem = Problem::new(kind, message, hint);
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

/// The secrets of the pushes that go out for sure; for users, the reports decide later.
fn secrets(session: &Session, suite: &Suite) -> Result<Vec<Secret>, Failure> {
    let (mut secrets, mut problems) = (Vec::new(), Vec::<Problem>::new());
    for planned in &suite.cases {
        let Destination::Direct { certificate, .. } = &planned.destination else { continue };
        let found = planned.profile.certificate(Some(*certificate));
        match found.and_then(|certificate| credentials(session, &planned.profile, certificate)) {
            Ok(credentials) => secrets.push(credentials.master_secret),
            Err(failure) => {
                let mut found = failure.into_problems();
                found.retain(|problem| !problems.contains(problem));
                problems.extend(found);
            }
        }
    }
    if problems.is_empty() { Ok(secrets) } else { Err(Failure::all(problems)) }
}
