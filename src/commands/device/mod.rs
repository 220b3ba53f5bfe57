//! `opush device`: a phone on a cable, by adb.
//! What adb is asked belongs to `device`, what it means to `diagnose`.

pub(crate) mod check;
pub(crate) mod kill;
pub(crate) mod log;
mod phone;
pub(crate) mod tap;

use super::noun::noun;

noun! {
    Check = check,
    Tap = tap,
    Log = log,
    Kill = kill,
}
