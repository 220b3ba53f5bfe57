//! `opush oppo tag unsubscribe`: takes tags from a regId.

use super::super::super::context::Ctx;
use super::super::changed::Changed;
use super::of_reg_id::{TagsOfRegId, change};
use crate::failure::Failure;
use crate::oppo::Question;

/// Take tags from a regId
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    tags: TagsOfRegId,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Changed, Failure> {
    change(args.tags, ctx, Question::unsubscribe_tags, "unsubscribed")
}
