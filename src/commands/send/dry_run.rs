//! `--dry-run`: what the offline-push rule says, and the exact request, secrets masked, without any network.

use std::collections::BTreeMap;

use super::super::context::Ctx;
use super::args::Args;
use super::printed::{PushJson, Pushed, RequestJson};
use super::problems::by_device;
use crate::config::{Certificate, Profile, Secret};
use crate::failure::{Failure, Problem, Warning};
use crate::notification::Checked;
use crate::oppo::{Exchange, Push, RegId, Request, Target};
use crate::push::{Judged, app_message_id};
use crate::services::endpoints_without_network;

/// What a dry run works with.
pub(super) struct DryRun<'a> {
    pub(super) args: &'a Args,
    pub(super) ctx: &'a Ctx,
    pub(super) profile: &'a Profile,
    pub(super) warnings: &'a [Warning],
}

impl DryRun<'_> {
    /// To a regId or an alias.
    pub(super) fn direct(
        &self,
        certificate: &Certificate,
        target: &Target,
        notification: &Checked,
    ) -> Result<PushJson, Failure> {
        self.say();
        self.item(certificate, target, notification)
    }

    /// To a user. It ends as the real one would if OPPO accepted everything.
    pub(super) fn to_user(
        &self,
        user: &str,
        judged: &[Judged],
        notifications: &BTreeMap<i64, Checked>,
    ) -> Result<Pushed, Failure> {
        self.say();
        let (mut items, mut problems) = (Vec::new(), Vec::new());
        for one in judged {
            let device = one.device.as_ref().map(|device| device.name.clone());
            let problem = one.decision.problem();
            let item = self.judged(one, problem.as_ref(), notifications)?;
            items.push(PushJson { user: Some(user.into()), device, ..item });
            problems.push((one.device.as_ref().map(|device| device.name.as_str()), problem));
        }
        // A "no" beside a push is the rule at work.
        let all_held_back = problems.iter().all(|(_, problem)| problem.is_some());
        let failure = problems.first().and_then(|(_, problem)| problem.clone()).filter(|_| all_held_back);
        let spoken = failure.as_ref().and_then(|_| by_device(&problems, "sent"));
        Ok(Pushed { to_user: true, items, failure: failure.map(Failure::from), spoken, ..Pushed::default() })
    }

    fn judged(
        &self,
        judged: &Judged,
        problem: Option<&Problem>,
        notifications: &BTreeMap<i64, Checked>,
    ) -> Result<PushJson, Failure> {
        let report = judged.report();
        let id = report.map(|report| report.certificate_id);
        let target = report.map(|report| RegId::parse(&report.reg_id).map(Target::RegId)).transpose()?;
        let certificate = id.and_then(|id| self.profile.find_id(id));
        let notification = id.and_then(|id| notifications.get(&id));
        let item = match (&target, certificate, notification, problem) {
            (Some(target), Some(certificate), Some(notification), None) => {
                self.item(certificate, target, notification)?
            }
            _ => PushJson { certificate_id: id, ..PushJson::frame(self.profile, target.as_ref()) },
        };
        let item = item.decided(&judged.decision);
        Ok(match problem {
            Some(no) => item.held_back(no),
            None => item,
        })
    }

    /// What is on stdout can be pasted; the profile of the request is on stderr.
    fn say(&self) {
        let (name, region) = (&self.profile.name, &self.profile.region);
        self.ctx.note(&format!("dry run with profile {name} ({region}): nothing is sent"));
    }

    /// The request is made by `oppo`, as for a real send.
    fn item(
        &self,
        certificate: &Certificate,
        target: &Target,
        notification: &Checked,
    ) -> Result<PushJson, Failure> {
        let endpoints = endpoints_without_network(self.ctx, self.profile)?;
        let mut wire = notification.wire().clone();
        let id = app_message_id::ensure(&mut wire, self.ctx.clock.now());
        let push = Push { target, notification: &wire, verify_registration_id: false };
        let planned = Exchange::planned(&Request::unicast(&endpoints, &Secret::new(""), &push));
        Ok(PushJson {
            certificate_id: Some(certificate.id.get()),
            app_message_id: Some(id),
            warnings: self.warnings.to_vec(),
            request: Some(RequestJson::of(planned, self.args.curl)),
            ..PushJson::frame(self.profile, Some(target))
        })
    }
}
