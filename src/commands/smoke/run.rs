//! `opush smoke run FILE…`: every case is validated first, then they are pushed, and each verdict is said.
//! What a file may say and when it holds belongs to `smoke`.

use std::path::{Path, PathBuf};

use super::super::app_file::AppFlag;
use super::super::context::Ctx;
use super::in_app::in_app;
use super::printed::{ItemJson, Ran, github};
use crate::config::files;
use crate::failure::{Failure, Kind, Problem};
use crate::smoke::{self, RunOptions, Suite, SuiteContext};

/// Run scenarios, and fail unless every case ends as expected
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush smoke run smoke/*.toml
  opush smoke run smoke/order.toml --filter 'order*' --fail-fast
  opush smoke run smoke/*.toml --timeout 5m --junit push.xml

Everything is validated first; with one problem in any file nothing is sent. --timeout is for the whole run.")]
pub(crate) struct Args {
    /// Scenario files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Only cases with this in their name; with * or ?, it must match the whole name
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,

    /// Begin no further case after the first that did not pass
    #[arg(long)]
    fail_fast: bool,

    /// How many targets may be pushed to at the same time
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=64))]
    jobs: u8,

    /// Repeats that all cases together may use, after network failures, lost answers and throttling
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(0..=1000))]
    retries: u32,

    #[command(flatten)]
    app: AppFlag,

    /// Write a JUnit report here as well
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Ran, Failure> {
    let junit = args.junit.as_deref().map(|path| ctx.paths.absolute(path));
    if let Some(path) = &junit {
        writable(path)?;
    }
    let suite = Suite::load(ctx, &args.files)?.filtered(args.filter.as_deref())?;
    in_app(&args.app, ctx, &suite)?;
    let options = RunOptions {
        jobs: args.jobs.into(),
        fail_fast: args.fail_fast,
        retries: args.retries,
        limit: ctx.timeout_flag(),
    };
    let began = ctx.clock.now();
    let finished = ctx.block_on(async {
        let context = SuiteContext::open(ctx, &suite).await?;
        let finished = smoke::run(&context, &suite.cases, options).await;
        context.close().await;
        Ok(finished)
    })?;
    let items = suite.cases.iter().zip(finished).map(|(planned, one)| ItemJson::of(planned, one)).collect();
    let elapsed_ms = (ctx.clock.now().as_millisecond() - began.as_millisecond()).max(0);
    let ran = Ran::new(items, elapsed_ms, github(ctx));
    if let Some(path) = &junit {
        files::replace(path, ran.junit()?.as_bytes(), files::Mode::Shared)?;
    }
    Ok(ran)
}

/// Found out before anything is sent: a report that can't be written would be missed only afterwards.
fn writable(path: &Path) -> Result<(), Failure> {
    if !path.is_dir() {
        return Ok(());
    }
    let message = format!("{} is a folder", path.display());
    Err(Problem::new(Kind::Disk, message, "name a file in it: --junit push.xml").at("--junit").into())
}
