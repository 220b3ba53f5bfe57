//! `opush oppo tag subscribe`: gives a regId tags beside those that it has.

use super::super::super::context::Ctx;
use super::super::changed::Changed;
use super::of_reg_id::{TagsOfRegId, change};
use crate::failure::Failure;
use crate::oppo::Question;

/// Give a regId tags beside those that it has
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    tags: TagsOfRegId,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Changed, Failure> {
    change(args.tags, ctx, Question::subscribe_tags, "subscribed")
}
