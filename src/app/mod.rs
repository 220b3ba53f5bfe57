//! What an app file declares: readers for its forms, one model, and how Android resolves an intent with it.
//! What OPPO needs of an app, and whether a click target fits it, is judged in other rooms.

mod intent;
mod model;
mod pattern;
mod read;
mod resolve;

pub(crate) use intent::{Intent, VIEW};
pub(crate) use model::{
    Activity, ActivityKind, AppFile, DataElement, Filter, Flag, Form, LaunchMode, Service,
};
#[cfg(fuzzing)]
pub(crate) use read::fuzz;
pub(crate) use read::{Unreadable, asset, certificates_of, number_in, prefixes_in, read, texts_in};
pub(crate) use resolve::{BROWSABLE, Candidate, DEFAULT, MAIN, Obstacle, candidates, launchers};

#[cfg(test)]
mod tests;
