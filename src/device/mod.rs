//! A phone on a cable: adb, what it is asked, and what its dumps say.
//! What that means for a push belongs to `diagnose`; who is pushed to, to other rooms.

mod adb;
mod app_on_phone;
mod attached;
mod dump;
mod error;
mod intent;
mod log;
mod logcat;
mod look;
mod notifications;
mod opened;
mod package;
mod phone;
mod process;
mod quote;
mod resolved;
mod server;
mod shell;
mod signer;
mod state;
mod system;
#[cfg(test)]
mod tests;

pub(crate) use adb::Adb;
pub(crate) use app_on_phone::{end, shown_by, wait_for_new};
pub(crate) use intent::{StartCommand, extras};
pub(crate) use log::{is_of_push, reg_id_words};
pub(crate) use logcat::Logcat;
pub(crate) use look::{Wanted, look};
pub(crate) use notifications::{Channel, Importance, Shown};
pub(crate) use opened::{Start, StartOutcome, start};
pub(crate) use package::Installed;
pub(crate) use phone::Phone;
pub(crate) use resolved::Resolved;
pub(crate) use server::attached_now;
pub(crate) use shell::Shell;
pub(crate) use signer::fingerprint;
pub(crate) use system::DoNotDisturb;
#[cfg(test)]
pub(crate) use {notifications::OfApp, phone::SystemPackage};
