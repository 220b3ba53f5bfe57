//! `opush smoke`: scripted pushes with what is expected of them. run, list, new.

pub(crate) mod in_app;
mod list;
mod new;
mod printed;
mod run;

use super::noun::noun;

pub(crate) use list::Listed;
pub(crate) use new::Written;
pub(crate) use printed::Ran;

noun! {
    Run = run,
    List = list,
    New = new,
}
