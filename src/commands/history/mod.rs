//! `opush history`: every push that opush sent or tried to send, newest first, and how long that is kept.
//! How deliveries are kept belongs to `store`.

mod export;
mod filters;
mod follow;
mod item;
mod list;
mod prune;
mod resend;
mod show;

use super::noun::noun;

pub(crate) use export::Exported;
pub(crate) use follow::{Event, What};
pub(crate) use list::ListJson;
pub(crate) use prune::Pruned;
pub(crate) use show::Shown;

noun! {
    #[command(
    after_help = "Examples:\n  opush history list --limit 5\n  opush history show 12\n  opush history resend 12\n  opush history list --user alice --follow\n  opush history export --since 7d --out history.csv"
)]
    List = list,
    Show = show,
    Resend = resend,
    Export = export,
    Prune = prune,
}
