//! The rules of a whole notification: every violation at once, each with its field, its limit and its place.

mod alone;
mod between;
mod broadcast;
mod click;
mod found;
mod notes;

use super::wire;
use super::{Checked, Draft, TargetKind};
use crate::clock::Timestamp;
use crate::failure::{Problem, Warning};
use serde_json::{Map, Value};

/// What the rules say of a draft.
pub(crate) struct Judged {
    pub(crate) problems: Vec<Problem>,
    pub(crate) warnings: Vec<Warning>,
    /// The wire form, if all rules hold.
    pub(crate) wire: Option<Map<String, Value>>,
}

impl Draft {
    /// The wire form if all rules hold, or every violation at once, each with its place.
    pub(crate) fn check(&self, now: Timestamp, target: TargetKind) -> Result<Checked, Vec<Problem>> {
        let Judged { problems, warnings, wire } = self.judge(now, target);
        wire.map(|wire| Checked { wire, warnings }).ok_or(problems)
    }

    /// Every violation and every warning, also of a draft that is refused.
    pub(crate) fn judge(&self, now: Timestamp, target: TargetKind) -> Judged {
        let mut found = found::Found { problems: self.problems.clone(), warnings: self.warnings.clone() };
        notes::check(self, &mut found);
        between::required(self, &mut found);
        for (field, given) in &self.values {
            alone::check(self, *field, given, &mut found);
        }
        let click = click::check(self, &mut found);
        alone::custom_content(self, click.as_ref(), &mut found);
        between::check(self, now, target, &mut found);
        found.let_set_pass(self.problems.len());
        let wire = found.problems.is_empty().then(|| wire::build(self, click.as_ref()));
        Judged { problems: found.problems, warnings: found.warnings, wire }
    }
}
