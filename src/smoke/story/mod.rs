//! Stories for the sandbox: phones, users, pushes, faults and the clock, step by step, with what is to be seen.

mod message;
mod play;
mod read;
mod seen;
mod step;

pub(crate) use play::{Played, StepVerdict, broken, play};
pub(crate) use read::read_story;
