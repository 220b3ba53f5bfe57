//! The binary: takes the arguments and the system's clock, runs one command, exits with its code.
//! Everything else belongs to the library.

use std::process::ExitCode;

use anyhow::Context;
use opush::clock::{Clock, Timestamp};

fn main() -> anyhow::Result<ExitCode> {
    let args: Vec<_> = std::env::args_os().collect();
    // The one place where the system's clock is read; everyone else is handed this value.
    #[allow(clippy::disallowed_methods)]
    let clock = Clock::new(Timestamp::now);
    let code = opush::commands::main(&args, clock).context("the result could not be written")?;
    Ok(ExitCode::from(code))
}
