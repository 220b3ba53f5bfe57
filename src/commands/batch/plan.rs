//! From a file to a run in the journal: every row checked, nothing sent.

use std::fs::File;
use std::io::Read;

use serde_json::json;

use super::super::context::Ctx;
use super::args::Args;
use crate::batch::{self, ColumnMap, Encoding, Message, Plan, Reader, Rules, Sink, Source};
use crate::config::{CertificateId, Profile};
use crate::failure::{Failure, Kind, Problem, Warning};
use crate::push::bulk::{Format, OnError};
use crate::push::{self, ToUser, app_message_id};
use crate::services::ask_im_presence;
use crate::store::Store;
use crate::store::batch::{self as journal, NewCall, NewRun, Planned};

/// A run that is planned. Dropped before it is kept, it goes.
pub(super) struct PlannedRun<'a> {
    store: &'a Store,
    pub(super) id: i64,
    kept: bool,
}

impl Drop for PlannedRun<'_> {
    fn drop(&mut self) {
        if !self.kept {
            // What can't be removed now is removed by the next run.
            let _ = journal::drop_run(self.store, self.id);
        }
    }
}

impl PlannedRun<'_> {
    /// From here on it may send.
    pub(super) fn keep(mut self) -> i64 {
        self.kept = true;
        self.id
    }
}

struct Journal<'a> {
    store: &'a Store,
    run: i64,
}

impl Sink for Journal<'_> {
    fn call(&mut self, call: NewCall) -> Result<(), Failure> {
        Ok(journal::add(self.store, self.run, &call)?)
    }
}

/// Checks the whole file. With a problem, and bad rows not left out, nothing is planned.
pub(super) fn plan<'a>(
    args: &Args,
    ctx: &Ctx,
    profile: &Profile,
    store: &'a Store,
) -> Result<(PlannedRun<'a>, Plan, Planned), Failure> {
    let certificate = match args.certificate {
        Some(id) => Some(profile.certificate(CertificateId::new(id))?),
        None => profile.certificate(None).ok(),
    };
    let message = args.message(ctx, profile)?;
    let name = if args.file == "-" { "stdin".to_owned() } else { args.file.clone() };
    let reader = reader(args, ctx, &name, &message)?;
    journal::abandoned(store)?;
    journal::prune(store)?;
    let new = NewRun {
        profile: profile.name.clone(),
        region: profile.region.value.as_str().to_owned(),
        source: name.clone(),
        id_prefix: app_message_id::generate(store.now()),
        repeat_window_ms: i64::try_from(profile.repeat_window.value.as_millis()).unwrap_or(i64::MAX),
    };
    let run = PlannedRun { store, id: journal::begin_run(store, &new)?, kept: false };
    let certificates = push::known_certificates(profile);
    let devices = |user: &str| {
        if profile.im.is_some() && !args.dry_run {
            ctx.block_on(ask_im_presence(ctx, profile, store, user))?;
        }
        let request = ToUser {
            certificate: args.certificate,
            force: args.force,
            ..ToUser::new(profile, &certificates, user)
        };
        Ok(push::judge(store, &request)?)
    };
    let rules = Rules {
        profile,
        certificate,
        message: &message,
        skip_bad: args.on_error == OnError::Skip,
        now: ctx.clock.now(),
        folder: &ctx.paths.state_home,
        devices: &devices,
    };
    let mut plan = batch::plan(&rules, reader, &name, &mut Journal { store, run: run.id })?;
    refuse_wrong(args, store, run.id, &name, &mut plan)?;
    let planned = planned(profile, &plan);
    Ok((run, plan, planned))
}

/// The rows of the file; columns that nothing uses are named.
fn reader(args: &Args, ctx: &Ctx, name: &str, message: &Message) -> Result<Reader, Failure> {
    let map = ColumnMap::parse(&args.map).map_err(Failure::all)?;
    let format = match args.format {
        Some(format) => format,
        None => Format::of_file(&args.file)?,
    };
    let names = message.names();
    let source =
        Source { name: name.to_owned(), format, encoding: args.encoding, bytes: open(&args.file, ctx)? };
    let reader = Reader::open(source, &map, &names)?;
    if reader.encoding == Encoding::Gbk {
        ctx.add_note(format!("{name} is read as GBK"));
    }
    for unused in reader.unused(&names, &map) {
        let message = format!("nothing uses the column {unused:?}");
        let hint = format!("if it holds a value of the notification, map it: --map '{unused}=title'");
        ctx.add_warning(Warning::new(message, hint).at(name).with_id("column-not-used"));
    }
    Ok(reader)
}

/// Leaves out equal rows; fails with all problems, unless bad rows are to be left out.
fn refuse_wrong(args: &Args, store: &Store, run: i64, name: &str, plan: &mut Plan) -> Result<(), Failure> {
    let skip_bad = args.on_error == OnError::Skip;
    let mut wrong = if skip_bad { 0 } else { plan.problem_count };
    // Where bad rows stop the run, only a part of the others is in the journal.
    if plan.bad_rows == 0 || skip_bad {
        let repeated = batch::leave_out(store, run, &plan.repeats, args.allow_repeats, name)?;
        if !args.allow_repeats {
            plan.problem_count += plan.repeats.others();
            wrong += plan.repeats.others();
            plan.problems.extend(repeated);
        }
    }
    if wrong == 0 { Ok(()) } else { Err(refused(std::mem::take(plan))) }
}

fn planned(profile: &Profile, plan: &Plan) -> Planned {
    let certificates = profile.certificates.iter();
    let certificates = certificates.map(|one| {
        json!({"certificate_id": one.id.get(), "app_id": one.app_id.value, "app_key": one.app_key.value})
    });
    Planned {
        file_rows: plan.rows,
        bad_rows: plan.bad_rows,
        repeats: plan.repeats.same(),
        held_back: json!(plan.held_back).to_string(),
        recipients: plan.recipients - plan.repeats.same(),
        certificates: json!(certificates.collect::<Vec<_>>()).to_string(),
    }
}

fn refused(plan: Plan) -> Failure {
    let count = plan.problem_count;
    let things = if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") };
    let hint = "correct the rows, or send the others with --on-error skip";
    let sum = Problem::new(Kind::BadRow, format!("{things} in {} rows; nothing was sent", plan.rows), hint);
    Failure::all([vec![sum], plan.problems].concat())
}

fn open(file: &str, ctx: &Ctx) -> Result<Box<dyn Read>, Failure> {
    if file == "-" {
        return Ok(Box::new(std::io::stdin()));
    }
    let path = ctx.paths.absolute(std::path::Path::new(file));
    let opened = File::open(&path).and_then(|opened| match opened.metadata()?.is_dir() {
        true => Err(std::io::ErrorKind::IsADirectory.into()),
        false => Ok(opened),
    });
    match opened {
        Ok(opened) => Ok(Box::new(opened)),
        Err(error) => {
            let (kind, message, hint) = match error.kind() {
                std::io::ErrorKind::NotFound => {
                    (Kind::MissingFile, format!("there is no file {file}"), "correct the path")
                }
                _ => (Kind::UnreadableFile, format!("{file} can't be read: {error}"), "name a readable file"),
            };
            Err(Problem::new(kind, message, hint).at(file).into())
        }
    }
}
