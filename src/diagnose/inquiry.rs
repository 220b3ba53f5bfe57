//! One question: the profile and the state database that it is about, and the services that are asked.
//! What can't be opened is evidence too. Nothing is sent to a sandbox, and no state database is made to be read.

use super::evidence::{Evidence, LiveAnswer, Question};
use super::{gather, im_message};
use crate::app::AppFile;
use crate::config::{Origin, Profile};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::push;
use crate::session::Session;
use crate::store::Store;

/// A question with the evidence so far.
pub(crate) struct Inquiry<'s> {
    session: &'s Session,
    /// None where the configuration can't be used; then the evidence says why, and nothing else.
    pub(crate) found: Option<(Profile, Store)>,
    pub(crate) evidence: Evidence,
}

impl<'s> Inquiry<'s> {
    /// Reads what is kept. `writes`: something will be kept, so that a state database is made where there is none.
    pub(crate) fn open(session: &'s Session, question: Question, writes: bool) -> Result<Self, Failure> {
        let problems = question.user.as_deref().map(push::user_problems).unwrap_or_default();
        if !problems.is_empty() {
            return Err(Failure::all(problems));
        }
        let evidence = |problems| gather::nothing(session.clock.now(), question, String::new(), problems);
        let profile = match session.profile() {
            Ok(profile) => profile,
            // An unknown name is a mistake on the command line, not a broken link.
            Err(failure) if failure.problems().iter().any(|one| one.kind == Kind::UnknownProfile) => {
                return Err(failure);
            }
            Err(failure) => {
                return Ok(Inquiry { session, found: None, evidence: evidence(failure.into_problems()) });
            }
        };
        let store = match writes || session.state_file()?.exists() {
            true => session.store()?,
            false => Store::in_memory(session.clock.clone())?,
        };
        let found = Some((profile, store));
        let mut inquiry = Inquiry { session, found, evidence: evidence(Vec::new()) };
        inquiry.read_kept()?;
        let evidence = &inquiry.evidence;
        match &evidence.question.message_id {
            Some(id) if evidence.deliveries.is_empty() && evidence.receipts.is_empty() => {
                let message = format!("no push and no receipt has the message_id {id}");
                let hint = Remedy::run("see the pushes made from here", "history list");
                Err(Problem::new(Kind::NotFound, message, hint).at("--message-id").into())
            }
            _ => Ok(inquiry),
        }
    }

    /// Reads what is kept, once more after a push.
    pub(crate) fn read_kept(&mut self) -> Result<(), Failure> {
        let Some((profile, store)) = &self.found else { return Ok(()) };
        let configured_by = match &profile.origin {
            Origin::File(file) => file.clone(),
            Origin::Environment => "environment variables".into(),
            Origin::BuiltIn => "what is built in".into(),
        };
        let Evidence { now, question, .. } = &self.evidence;
        self.evidence = gather::kept(store, *now, question.clone(), configured_by, profile)?;
        Ok(())
    }

    /// Asks OPPO and the IM server, without a change there.
    pub(crate) async fn ask(&mut self) {
        let Some((profile, store)) = &self.found else { return };
        gather::oppo(self.session, store, profile, &mut self.evidence).await;
        gather::im_server(self.session, profile, &mut self.evidence).await;
    }

    /// Looks at a phone on a cable. That it can't be asked is evidence too.
    pub(crate) fn look_at_phone(&mut self, serial: Option<&str>, app: Option<&AppFile>) {
        let Some((profile, _)) = &self.found else { return };
        let Some(package) = &profile.package else {
            let hint = Remedy::run(
                "name the app's package in the profile",
                "profile edit <NAME> --package <PACKAGE>",
            );
            let hint = hint.with("NAME", &profile.name);
            let message = "the profile names no package, so that the app can't be looked for on the phone";
            self.evidence.device = LiveAnswer::Failed(Problem::new(Kind::MissingKey, message, hint));
            return;
        };
        let certificate = self.evidence.certificate().ok();
        let asked = gather::PhoneAsked {
            serial,
            package: package.value.clone(),
            channel: im_message::channel(&self.evidence),
            target: certificate.map(|certificate| certificate.click.value.clone()),
            app,
        };
        self.evidence.device = match gather::phone(self.session, asked) {
            Ok(phone) => LiveAnswer::Answered(phone),
            Err(failure) => failure.into(),
        };
    }
}
