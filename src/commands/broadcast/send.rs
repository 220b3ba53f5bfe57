//! `opush broadcast send`: a saved message to a list, to those with tags, or to everyone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::super::context::Ctx;
use super::super::send::RequestJson;
use super::printed::{Broadcasts, CallJson};
use crate::config::{Certificate, CertificateId, Profile, files};
use crate::failure::{Failure, Kind, Problem, Remedy, Warning};
use crate::oppo::{Question, TagExpression};
use crate::push::{self, Broadcast, CallResult, SavedMessage, TargetLine, Targets};
use crate::services::{OppoService, Setup, credentials, endpoints_without_network, remark_exchanges};

/// Send a saved message to many
#[derive(clap::Args, Debug)]
#[command(
    group(clap::ArgGroup::new("audience").required(true).args(["reg_ids", "aliases", "tags", "all"])),
    after_help = "Examples:
  opush broadcast send 1 --reg-ids phones.txt
  opush broadcast send 1 --tags '{\"and\": [\"sport\"]}' --dry-run
  opush broadcast send 1 --all --confirm com.example.demo

The same command given again repeats no call that OPPO accepted, and none whose outcome is unknown."
)]
pub(crate) struct Args {
    /// The saved message: its number or its message_id
    #[arg(value_name = "MESSAGE")]
    message: String,

    /// A file with a regId on each line
    #[arg(long, value_name = "FILE")]
    reg_ids: Option<PathBuf>,

    /// A file with an alias on each line
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,

    /// A tag, or an expression such as {"and": ["sport", "news"]}
    #[arg(long, value_name = "EXPRESSION", allow_hyphen_values = true)]
    tags: Option<String>,

    /// Every user of the app; wants its package typed
    #[arg(long)]
    all: bool,

    /// With --all, for a script: the package of the app
    #[arg(long, value_name = "PACKAGE", requires = "all")]
    confirm: Option<String>,

    /// Also to targets of an earlier call with this message that OPPO accepted
    #[arg(long)]
    again: bool,

    /// Also to targets of an earlier call with this message whose outcome is unknown
    #[arg(long)]
    retry_unknown: bool,

    /// Certificate of the app [default: that of the saved message, else the profile's]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,

    /// Check everything and print the requests, secrets masked, without any network
    #[arg(long)]
    dry_run: bool,

    /// With --dry-run: print curl commands that could be run
    #[arg(long, requires = "dry_run")]
    curl: bool,
}

/// So many requests of a dry run are shown.
const SHOWN: usize = 3;

/// Ten million regIds have 360 MB.
const LARGEST: u64 = 512 << 20;

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Broadcasts, Failure> {
    let profile = ctx.profile()?;
    let store = ctx.store()?;
    let saved = push::find_saved(&store, &profile.name, &args.message)?;
    let id = args.certificate.or(saved.as_ref().map(|saved| saved.certificate_id));
    let certificate = profile.certificate(id.and_then(CertificateId::new))?;
    let (targets, warnings) = check(&args, ctx, &profile, certificate, saved.as_ref())?;
    let message_id = saved.as_ref().map_or(args.message.as_str(), |saved| saved.message_id.as_str());
    let mut view = view(&profile, certificate, message_id, &targets, saved.as_ref());
    view.warnings = warnings;
    if args.dry_run {
        let endpoints = endpoints_without_network(ctx, &profile)?;
        ctx.note(&format!("dry run with profile {} ({}): nothing is sent", profile.name, profile.region));
        view.items = targets
            .calls()
            .into_iter()
            .enumerate()
            .map(|(number, audience)| {
                let request = (number < SHOWN).then(|| {
                    RequestJson::of(Question::broadcast(message_id, audience).planned(&endpoints), args.curl)
                });
                CallJson::planned(audience.count(), request)
            })
            .collect();
        return Ok(view);
    }
    if args.all {
        confirm(&args, ctx, &profile, certificate, saved.as_ref())?;
    }
    let credentials = credentials(ctx, &profile, certificate)?;
    let region = profile.region.to_string();
    let wish = Broadcast {
        profile: &profile.name,
        region: &region,
        certificate_id: certificate.id.get(),
        app_id: &certificate.app_id.value,
        message_id,
        targets: &targets,
        again: args.again,
        retry_unknown: args.retry_unknown,
        answer_within: ctx.timeout(),
    };
    let results = ctx.block_on(async {
        let oppo = OppoService::open(ctx, &profile, Setup::Register).await?;
        let tokens = oppo.tokens(ctx, &store, &credentials);
        let results = push::broadcast(&store, &oppo.client, (&credentials, &tokens), wish).await;
        oppo.close().await;
        results
    })?;
    results.iter().for_each(|result| remark_exchanges(ctx, &result.exchanges));
    fill(&mut view, &results);
    Ok(view)
}

/// The targets, checked whole, and whether the message may go to them.
fn check(
    args: &Args,
    ctx: &Ctx,
    profile: &Profile,
    certificate: &Certificate,
    saved: Option<&SavedMessage>,
) -> Result<(Targets, Vec<Warning>), Failure> {
    let mut problems = Vec::new();
    let mut warnings = Vec::new();
    if saved.is_none() {
        problems.extend(unknown_message(&args.message));
    }
    if let Some(saved) = saved.filter(|saved| saved.app_id != certificate.app_id.value) {
        let message = format!(
            "the message was saved for AppID {}, and certificate {} is of another app",
            saved.app_id, certificate.id
        );
        let hint = "leave --certificate out";
        problems.push(Problem::new(Kind::ContradictoryFields, message, hint).at("--certificate"));
    }
    let line = TargetLine::RegId(profile.region.value);
    let targets = match (&args.reg_ids, &args.aliases, &args.tags) {
        (Some(file), _, _) => read(file, "--reg-ids", line, ctx),
        (_, Some(file), _) => read(file, "--aliases", TargetLine::Alias, ctx),
        (_, _, Some(tags)) => TagExpression::parse(tags)
            .map(|expression| {
                warnings.extend(expression.warnings.iter().cloned().map(|one| one.at("--tags")));
                Targets::Tags(expression.json)
            })
            .map_err(|problem| vec![problem.at("--tags")]),
        _ => Ok(Targets::All),
    };
    match targets {
        Ok(targets) => {
            problems.extend(saved.into_iter().flat_map(|saved| saved.problems(&targets)));
            if problems.is_empty() { Ok((targets, warnings)) } else { Err(refused(problems)) }
        }
        Err(found) => Err(refused(problems.into_iter().chain(found).collect())),
    }
}

/// A message that was not saved here may have been saved elsewhere, if it can be an id at all.
fn unknown_message(message: &str) -> Option<Problem> {
    let number = message.bytes().all(|byte| byte.is_ascii_digit());
    let unusable = message.len() > 256 || message.chars().any(|c| c.is_control() || c.is_whitespace());
    (number || unusable).then(|| {
        let hint = "give the number or the message_id that broadcast save printed";
        Problem::new(Kind::NotFound, "no saved message has this number or message_id", hint).at("MESSAGE")
    })
}

fn read(path: &Path, flag: &'static str, line: TargetLine, ctx: &Ctx) -> Result<Targets, Vec<Problem>> {
    let shown = path.display().to_string();
    let problem =
        |kind, message: String, hint: &'static str| vec![Problem::new(kind, message, hint).at(flag)];
    let bytes = if path == Path::new("-") {
        files::read_stdin(LARGEST)
    } else {
        files::read(&ctx.paths.absolute(path), LARGEST)
    };
    let bytes = bytes.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            problem(Kind::MissingFile, format!("there is no file {shown}"), "correct the path")
        }
        _ => problem(Kind::UnreadableFile, format!("{shown} can't be read: {error}"), "name a readable file"),
    })?;
    if bytes.len() as u64 > LARGEST {
        let hint = "split it into several files";
        return Err(problem(Kind::TooLong, format!("{shown} is larger than 512 MiB"), hint));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        problem(Kind::NotUtf8, format!("{shown} is not UTF-8 at byte {at}"), "save it as UTF-8 text")
    })?;
    Targets::read(&text, &shown, line)
}

fn refused(problems: Vec<Problem>) -> Failure {
    let headline = format!(
        "{} found; nothing was sent",
        match problems.len() {
            1 => "1 problem was".to_owned(),
            several => format!("{several} problems were"),
        }
    );
    Failure::all(problems).headed(headline)
}

/// Nothing goes to everyone unless the app's package was typed.
fn confirm(
    args: &Args,
    ctx: &Ctx,
    profile: &Profile,
    certificate: &Certificate,
    saved: Option<&SavedMessage>,
) -> Result<(), Failure> {
    let app = format!("AppID {}, profile {} ({})", certificate.app_id.value, profile.name, profile.region);
    let Some(package) = profile.package.as_ref().map(|package| package.value.as_str()) else {
        let message = format!("the profile has no package, which confirms a broadcast to all users ({app})");
        let hint =
            Remedy::run("give it one", "profile edit <NAME> --package <PACKAGE>").with("NAME", &profile.name);
        return Err(Problem::new(Kind::MissingKey, message, hint).at("package").into());
    };
    let wrong = |typed: &str| -> Failure {
        let message = format!("{typed:?} is not the package of this app ({app}); nothing was sent");
        let hint = "give the package of the app whose users are all to get the message";
        Problem::new(Kind::BadName, message, hint).at("--confirm").into()
    };
    if let Some(typed) = &args.confirm {
        return if typed == package { Ok(()) } else { Err(wrong(typed)) };
    }
    let title = saved.map(|saved| format!(" {:?}", saved.title())).unwrap_or_default();
    let Some(prompt) = ctx.prompt() else {
        let message = format!("--confirm with the app's package is required to send to all users ({app})");
        let hint = "it goes to every user of the app, and nothing can be recalled; add --confirm PACKAGE";
        return Err(Problem::new(Kind::MissingFlag, message, hint).at("--confirm").into());
    };
    prompt.paragraph(&format!(
        "The message{title} goes to every user of {package} ({app}). Nothing can be recalled."
    ));
    let typed = prompt.text("Type the package of the app to send it", None, &|_| Ok(()))?;
    if typed == package {
        return Ok(());
    }
    Err(Problem::new(
        Kind::Declined,
        "this is not the app's package; nothing was sent",
        "run the command again when you are sure",
    )
    .into())
}

fn view(
    profile: &Profile,
    certificate: &Certificate,
    message_id: &str,
    targets: &Targets,
    saved: Option<&SavedMessage>,
) -> Broadcasts {
    Broadcasts {
        profile: profile.name.clone(),
        region: profile.region.value,
        certificate_id: certificate.id.get(),
        message_id: message_id.to_owned(),
        audience: targets.calls().first().map_or("all", |audience| audience.word()).to_owned(),
        targets: targets.count(),
        refused_targets: BTreeMap::new(),
        scheduled_at: saved.and_then(SavedMessage::scheduled_at).map(|at| at.to_string()),
        items: Vec::new(),
        warnings: Vec::new(),
        failure: None,
    }
}

fn fill(view: &mut Broadcasts, results: &[CallResult]) {
    view.items = results.iter().map(CallJson::from).collect();
    for result in results {
        view.warnings.extend(result.warnings.iter().cloned());
        for (code, targets) in &result.failed {
            *view.refused_targets.entry(code.to_string()).or_default() += targets.len();
        }
    }
    view.failure = push::overall_of(results).map(Failure::from);
}
