//! The sandbox that a profile means, and what it learns of the configuration.

mod apps;
mod browser;
mod im_apps;
mod refusal;
mod running;
mod server;
mod state;
mod target;

pub(crate) use apps::{
    app_of, of_configuration as apps_of_configuration, package, phone_for, sandbox_profiles,
};
pub(crate) use browser::{OpenedPage, open_page};
pub(crate) use im_apps::{add_to_state as add_im_to_state, certificate_removed, update as update_im_apps};
pub(crate) use refusal::broken_state;
pub(crate) use running::{TOKEN_VARIABLE, control, running};
pub(crate) use server::{DOCUMENTED_URL, SandboxServer, Setup};
pub(crate) use state::{BUILT_IN_PHONE, Start, file, open, remove_file};
pub(crate) use target::SandboxTarget;
