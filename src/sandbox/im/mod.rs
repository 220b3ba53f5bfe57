//! The IM server as its REST API and its push side show it: accounts, sessions, messages, the offline-push rule.

mod about;
mod accounts;
mod app;
mod certificate;
mod codes;
mod decide;
mod elements;
mod envelope;
mod fields;
mod gate;
mod login;
mod message;
mod moves;
mod notification;
mod online;
mod oppo_client;
mod push_info;
mod push_service;
mod pushes;
mod refused;
mod report;
mod send;
mod service;
mod session;
mod shown;
mod user;
mod user_sig;
pub(crate) mod webhook;

#[cfg(test)]
mod tests;

pub use app::ImApp;
pub(crate) use app::{apps, register};
pub use certificate::{Certificate, Click, set_up};
pub(crate) use certificate::{certificates, delete_certificate, save_certificate};
pub use codes::TABLE as CODES;
pub(crate) use login::{Login, login, logout};
pub(crate) use message::set_mute;
pub(crate) use moves::{background, elapse, kill, network, open};
pub(crate) use pushes::{Attempt, pushes};
pub(crate) use refused::{SessionChange, SessionError};
pub(crate) use report::report;
pub(super) use service::{ImServer, PREFIX};
pub(crate) use shown::show;
pub(crate) use user_sig::user_sig;
