//! The rules of a whole notification: every violation at once, each with its field, its limit and its place.

mod alone;
mod between;
mod click;
mod found;
mod notes;

use super::wire;
use super::{Checked, Draft, TargetKind};
use crate::clock::Timestamp;
use crate::failure::Problem;

impl Draft {
    /// The wire form if all rules hold, or every violation at once, each with its place.
    pub(crate) fn check(&self, now: Timestamp, target: TargetKind) -> Result<Checked, Vec<Problem>> {
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
        if !found.problems.is_empty() {
            return Err(found.problems);
        }
        Ok(Checked { wire: wire::build(self, click.as_ref()), warnings: found.warnings })
    }
}
