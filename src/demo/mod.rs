//! The demo: a message to a user with the app away, step by step against a sandbox, with one link broken on request.

mod arrival;
mod chat;
mod link;
mod setup;
mod step;
mod story;

pub(crate) use link::DemoLink;
pub(crate) use setup::DemoSetup;
pub(crate) use step::{Part, Step, StepStatus, Story, custom_content};
pub(crate) use story::run;
