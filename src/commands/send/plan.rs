//! `--dry-run` for a user: what the offline-push rule would say to each device, and the requests that would go out.
//! The rule belongs to `push`, a single request to `dry_run`.

use std::collections::BTreeMap;

use super::super::context::Ctx;
use super::args::Args;
use super::dry_run;
use super::printed::{PushJson, Pushed};
use super::user::{find, spoken};
use crate::config::Profile;
use crate::failure::{Failure, Problem, Warning};
use crate::notification::Checked;
use crate::oppo::{RegId, Target};
use crate::push::Judged;

/// What a dry run looks at.
pub(super) struct Plan<'a> {
    pub(crate) args: &'a Args,
    pub(crate) ctx: &'a Ctx,
    pub(crate) profile: &'a Profile,
    pub(crate) user: &'a str,
    pub(crate) judged: &'a [Judged],
}

impl Plan<'_> {
    /// A dry run ends as the real one would if OPPO accepted everything.
    pub(crate) fn make(
        &self,
        notifications: &BTreeMap<i64, Checked>,
        printed: &[Warning],
        warnings: Vec<Warning>,
    ) -> Result<Pushed, Failure> {
        dry_run::say(self.ctx, self.profile);
        let mut items = Vec::new();
        let mut problems = Vec::new();
        for judged in self.judged {
            let certificate = judged.report().map(|report| report.certificate_id);
            let sound = certificate.and_then(|id| notifications.get(&id)).map(|checked| (checked, printed));
            let (item, problem) = self.item(judged, sound)?;
            items.push(item);
            problems.push((judged.device.as_ref().map(|device| device.name.as_str()), problem));
        }
        // A "no" beside a push is the rule at work.
        let failure = match problems.iter().all(|(_, problem)| problem.is_some()) {
            true => problems.first().and_then(|(_, problem)| problem.clone()),
            false => None,
        };
        let spoken = failure.as_ref().and_then(|_| spoken(&problems, "sent"));
        Ok(Pushed { to_user: true, items, failure: failure.map(Failure::from), spoken, im: None, warnings })
    }

    fn item(
        &self,
        judged: &Judged,
        sound: Option<(&Checked, &[Warning])>,
    ) -> Result<(PushJson, Option<Problem>), Failure> {
        let (report, decision) = (judged.report(), &judged.decision);
        let target = report.map(|report| RegId::parse(&report.reg_id).map(Target::RegId)).transpose()?;
        let certificate = report.and_then(|report| find(self.profile, report.certificate_id));
        let problem = decision.problem();
        let item = match (&target, certificate, sound, &problem) {
            (Some(target), Some(certificate), Some((notification, warnings)), None) => {
                dry_run::item(self.args, self.ctx, self.profile, certificate, target, notification, warnings)?
            }
            _ => PushJson {
                certificate_id: report.map(|report| report.certificate_id),
                ..PushJson::frame(self.profile, target.as_ref())
            },
        };
        let item = PushJson {
            decision: decision.name().into(),
            ground: Some(decision.ground().to_owned()),
            presence_unknown: decision.presence_unknown,
            user: Some(self.user.into()),
            device: judged.device.as_ref().map(|device| device.name.clone()),
            ..item
        };
        Ok(match &problem {
            Some(no) => (item.held_back(no), problem),
            None => (item, None),
        })
    }
}
