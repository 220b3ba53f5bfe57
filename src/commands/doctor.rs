//! `opush doctor`: is this machine set up soundly, and this configuration with it.
//! Evidence and checks belong to `diagnose`; here the configuration and its endpoints are found, and the report is made.

use std::time::Duration;

use super::app_file::AppFlag;
use super::context::Ctx;
use super::diagnose::{About, DiagnosisView};
use crate::completion::Shell;
use crate::config::{self, Because, CaFile, Configuration, Origin, Profile, Region};
use crate::diagnose::machine::evidence::{Configured, Machine, NamedApp};
use crate::diagnose::machine::gather::{self, Place};
use crate::diagnose::{self, machine};
use crate::failure::{Failure, Kind};
use crate::services::sandbox::running;
use crate::services::{ImService, endpoints_without_network};
use crate::store::health;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush doctor
  opush doctor --profile chat-prod --timeout 3s
  opush doctor --json

It changes nothing, here or elsewhere. Exit code 0 means that everything is sound; 8, that something is broken or not known.")]
pub(crate) struct Args {
    #[command(flatten)]
    app: AppFlag,

    /// Print the report as Markdown, for a ticket
    #[arg(long)]
    markdown: bool,
}

/// No step of the way to an endpoint takes longer, whatever `--timeout` says.
const STEP: Duration = Duration::from_secs(5);

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<DiagnosisView, Failure> {
    let found = look(ctx)?;
    let configuration = found.configuration.as_ref();
    let in_force = found.in_force.as_ref();
    // A file that is named and missing is a finding, not a reason to stop.
    let state = ctx.state_file().unwrap_or_else(|_| ctx.paths.state_home.join("state.db"));
    let app = match configuration.zip(in_force).filter(|_| found.failure.is_none()) {
        Some((configuration, (profile, _))) => named_app(&args.app, ctx, configuration, profile)?,
        None => None,
    };
    let machine = Machine {
        app,
        secrets: configuration
            .zip(in_force)
            .map(|(configuration, (profile, _))| gather::secrets(configuration, profile, &ctx.environment))
            .unwrap_or_default(),
        files: gather::files(&ctx.paths, configuration, &state),
        leftovers: gather::leftovers(&ctx.paths, configuration),
        state: health::examine(&state),
        proxies: gather::proxies(&ctx.environment),
        endpoints: match in_force {
            None => Err("no profile says where to go".into()),
            Some((profile, _)) => match configuration.map(|known| known.may_lead(profile)) {
                Some(Err(problem)) => Err(problem.message),
                _ if found.failure.is_some() => Err("the configuration can't be used".into()),
                _ => reach(ctx, profile, found.ca_file.as_ref())?,
            },
        },
        completions: gather::completions(&ctx.paths, &ctx.environment, |program| {
            Shell::of_program(program).map(Shell::script)
        }),
        program: gather::program(&ctx.paths, &ctx.environment),
        configuration: found.configured(ctx),
    };
    let diagnosis = diagnose::examine(machine::CHAIN, &machine);
    let about = About {
        profile: in_force.map(|(profile, _)| profile.name.clone()),
        region: in_force.map(|(profile, _)| profile.region.to_string()),
        at: format!("{:.3}", ctx.clock.now()),
        ..About::default()
    };
    Ok(DiagnosisView::new(about, diagnosis, ctx.printer.verbose, args.markdown))
}

/// The app file, and what of the profile it is to fit.
fn named_app(
    flag: &AppFlag,
    ctx: &Ctx,
    configuration: &Configuration,
    profile: &Profile,
) -> Result<Option<NamedApp>, Failure> {
    let targets = profile.certificates.iter();
    let targets = targets.map(|one| (one.id.value.get(), one.click.value.clone())).collect();
    let package = profile.package.as_ref().map(|package| package.value.clone());
    Ok(flag.evidence(ctx, configuration, profile)?.map(|file| NamedApp { file, package, targets }))
}

/// What there is of a configuration, and what is wrong with it.
#[derive(Default)]
struct Looked {
    file: Option<String>,
    configuration: Option<Configuration>,
    in_force: Option<(Profile, Because)>,
    ca_file: Option<CaFile>,
    failure: Option<Failure>,
}

/// Reads the configuration without a word: what is wrong with it is a finding here.
fn look(ctx: &Ctx) -> Result<Looked, Failure> {
    let mut looked = Looked::default();
    let mut read = || {
        let bad = ctx.environment.problems();
        if !bad.is_empty() {
            return Err(Failure::all(bad));
        }
        let found = ctx.found()?;
        looked.file = found.as_ref().map(|found| ctx.paths.friendly(&found.path));
        let configuration = looked.configuration.insert(config::load(&ctx.paths, found.as_ref())?);
        let (profile, _) = looked
            .in_force
            .insert(configuration.current_because(ctx.profile_choice().as_ref(), &ctx.environment)?);
        looked.ca_file = ctx.ca_file(configuration, profile)?;
        Ok(())
    };
    let outcome = read();
    // An unknown name is a mistake on the command line, not one of the machine.
    match outcome {
        Err(failure) if ctx.profile_choice().is_some() && is(&failure, Kind::UnknownProfile) => Err(failure),
        Err(failure) => {
            looked.failure = Some(failure);
            Ok(looked)
        }
        Ok(()) => Ok(looked),
    }
}

fn is(failure: &Failure, kind: Kind) -> bool {
    failure.problems().iter().any(|problem| problem.kind == kind)
}

impl Looked {
    fn configured(&self, ctx: &Ctx) -> Configured {
        match (&self.failure, &self.in_force) {
            (None, Some((profile, because))) => Configured::Sound {
                by: match &profile.origin {
                    Origin::File(file) => file.clone(),
                    Origin::Environment => "OPUSH_* variables".into(),
                    Origin::BuiltIn => "what is built in".into(),
                },
                profile: profile.name.clone(),
                region: profile.region.to_string(),
                because: because.to_string(),
            },
            (Some(failure), _) if self.file.is_none() && is(failure, Kind::NoProfile) => Configured::Nothing,
            (failure, _) => Configured::Unusable {
                file: self.file.clone().or_else(|| Some(ctx.paths.friendly(ctx.config_flag()?))),
                problems: failure.as_ref().map(|failure| failure.problems().to_vec()).unwrap_or_default(),
            },
        }
    }
}

/// Goes to every endpoint of the profile; a reason instead where there is none to go to.
fn reach(
    ctx: &Ctx,
    profile: &Profile,
    ca_file: Option<&CaFile>,
) -> Result<Result<Vec<machine::evidence::Endpoint>, String>, Failure> {
    let places = match places(ctx, profile) {
        Ok(places) => places,
        Err(why) => return Ok(Err(why)),
    };
    let limit = ctx.timeout().min(STEP);
    ctx.block_on(async { Ok(gather::reach(&places, ca_file, &ctx.clock, limit).await) }).map(Ok)
}

fn places(ctx: &Ctx, profile: &Profile) -> Result<Vec<Place>, String> {
    let in_sandbox = profile.region.value == Region::Sandbox && profile.endpoints.push.is_none();
    if in_sandbox && running(ctx).is_none() {
        return Err("no sandbox runs; each command starts one of its own and needs no network".into());
    }
    let first = |failure: Failure| {
        failure.problems().first().map(|problem| problem.message.clone()).unwrap_or_default()
    };
    let endpoints = endpoints_without_network(ctx, profile).map_err(first)?;
    let mut places = vec![Place { name: "push", url: endpoints.push }];
    places.extend(endpoints.feedback.map(|url| Place { name: "feedback", url }));
    if profile.im.is_some() {
        let url = ImService::url(ctx, profile).map_err(first)?;
        places.push(Place { name: "IM server", url });
    }
    Ok(places)
}
