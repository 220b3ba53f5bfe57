//! The sandbox that a command finds running or starts in its own process.
//! What it simulates belongs to `sandbox`.

use super::context::Ctx;
use crate::config::Profile;
use crate::failure::{Failure, Kind, Problem};

/// A sandbox found or started for one command.
pub struct Embedded {
    url: String,
}

impl Embedded {
    pub async fn find_or_start(_: &Ctx, _: &Profile) -> Result<Embedded, Failure> {
        let hint = "set endpoint in the profile to the URL of a running one";
        Err(Problem::new(Kind::Sandbox, "no sandbox is running", hint).into())
    }

    pub fn registered(_: &Ctx) -> Option<String> {
        None
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub async fn close(self) {}
}
