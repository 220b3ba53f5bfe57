//! The conditions on deliveries, the same for `history list` and `history export`; every one given must hold.
//! Which index answers them belongs to `store`.

use super::super::context::Ctx;
use crate::clock::Timestamp;
use crate::failure::{Failure, Kind, Problem};
use crate::flags::{Moment, moment, one_of};
use crate::store::deliveries::{Filter, Status};

#[derive(clap::Args, Clone, Debug)]
#[command(next_help_heading = "Conditions (all that are given must hold)")]
pub(crate) struct Filters {
    /// Pushes to this user
    #[arg(long, value_name = "USER")]
    user: Option<String>,

    /// Pushes to this regId
    #[arg(long, value_name = "REGID", conflicts_with = "alias")]
    reg_id: Option<String>,

    /// Pushes to this alias
    #[arg(long, value_name = "ALIAS")]
    alias: Option<String>,

    /// Pushes under this certificate ID
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,

    /// Pushes with this status
    #[arg(long, value_name = "STATUS", value_parser = one_of::<Status>())]
    status: Option<Status>,

    /// Pushes that OPPO refused with this code
    #[arg(long, value_name = "CODE", allow_negative_numbers = true)]
    code: Option<i64>,

    /// Pushes begun at this time or later: a duration ago (24h), a date or a time, in UTC
    #[arg(long, value_name = "TIME", value_parser = moment)]
    since: Option<Moment>,

    /// Pushes begun before this time, in the same form
    #[arg(long, value_name = "TIME", value_parser = moment)]
    until: Option<Moment>,
}

impl Filters {
    /// Whether a first time is given.
    pub(crate) fn has_since(&self) -> bool {
        self.since.is_some()
    }

    /// As the store takes them.
    ///
    /// # Errors
    /// If no time lies between the two.
    pub(crate) fn filter<'a>(&'a self, ctx: &'a Ctx) -> Result<Filter<'a>, Failure> {
        let now = ctx.clock.now();
        let (since, until) = (self.since.map(|time| time.at(now)), self.until.map(|time| time.at(now)));
        ordered(since, until)?;
        Ok(Filter {
            limit: None,
            status: self.status,
            // Only a profile that was asked for narrows; the current profile by default does not hide the others' pushes.
            profile: ctx.profile_name(),
            user: self.user.as_deref(),
            target: self.reg_id.as_deref().or(self.alias.as_deref()),
            certificate_id: self.certificate,
            code: self.code,
            since,
            until,
        })
    }
}

fn ordered(since: Option<Timestamp>, until: Option<Timestamp>) -> Result<(), Problem> {
    match (since, until) {
        (Some(since), Some(until)) if since >= until => {
            let message = format!("--until {until} is not after --since {since}");
            Err(Problem::new(Kind::OutOfRange, message, "give a later --until, or an earlier --since")
                .at("--until"))
        }
        _ => Ok(()),
    }
}
