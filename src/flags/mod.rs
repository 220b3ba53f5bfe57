//! Groups of flags that several commands share, and the parsers of their values. All but a leaf: it knows durations.
//! What a flag's value means for a command belongs to that command.

mod click;
mod globals;
mod moment;
mod secrets;
mod target;

pub use crate::clock::{describe_duration, duration};
pub use click::ClickFlag;
pub use globals::{Color, Globals};
pub use moment::{Moment, moment};
pub use secrets::{AppSecretFlags, MasterSecretFlags, PathSecretFlags, SecretSource};
pub use target::TargetFlags;
