//! Groups of flags that several commands share, and the parsers of their values. All but a leaf: it knows durations.

mod click;
mod globals;
mod listen;
mod moment;
mod secrets;
mod target;
mod user;
mod words;

pub(crate) use crate::clock::{describe_duration, duration};
pub(crate) use click::ClickFlag;
pub(crate) use globals::{Color, Globals};
pub(crate) use listen::ListenFlags;
pub(crate) use moment::{Moment, moment, time};
pub(crate) use secrets::{PathSecretFlags, SecretSource};
pub(crate) use target::TargetFlags;
pub(crate) use user::{UserArg, user_named};
pub(crate) use words::{one_of, words};
