//! `opush im usersig`: makes a UserSig, or takes one apart and says everything that is wrong with it.
//! How one is made and checked belongs to `im`.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::ask::checked_users;
use crate::clock::Timestamp;
use crate::config::{Profile, Secret, files};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::flags::{describe_duration, duration};
use crate::im::user_sig::{self, Expected, Flaw, FlawKind, Order};
use crate::output::{Page, Report, Tone};

/// More than this is not a UserSig; what comes after is not read.
const LARGEST: u64 = 64 * 1024;

/// Make a UserSig and print it alone, or check one
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush im usersig --user bob --expire 1h
  printf %s \"$USERSIG\" | opush im usersig --verify --user bob")]
pub(crate) struct Args {
    /// User it is for; with --verify, user it should be for
    #[arg(long, value_name = "USER", required_unless_present = "verify")]
    user: Option<String>,

    /// How long it holds; Tencent advises 24h or more
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "24h", conflicts_with = "verify")]
    expire: Duration,

    /// Take the one on stdin apart instead, and say everything that is wrong with it
    #[arg(long)]
    verify: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<UserSig, Failure> {
    let profile = ctx.profile()?;
    match args.verify {
        true => verify(args, ctx, &profile).map(UserSig::Verified),
        false => make(args, ctx, &profile).map(UserSig::Made),
    }
}

fn make(args: Args, ctx: &Ctx, profile: &Profile) -> Result<UserSigMade, Failure> {
    let im = profile.im()?;
    let user = args.user.unwrap_or_default();
    checked_users(std::slice::from_ref(&user), "--user", ctx)?;
    let seconds = args.expire.as_secs();
    if seconds == 0 || seconds > u64::from(u32::MAX) {
        let message = format!("--expire is {}", describe_duration(args.expire));
        let hint = format!("use 1s to {}s; it counts whole seconds", u32::MAX);
        return Err(Problem::new(Kind::OutOfRange, message, hint).at("--expire").into());
    }
    let now = ctx.clock.now();
    let order = Order { sdk_app_id: im.sdk_app_id.value, user: &user, issued_at: now, expire: args.expire };
    let user_sig = user_sig::make(&ctx.secret(profile, &im.secret_key)?, &order);
    Ok(UserSigMade {
        profile: profile.name.clone(),
        sdk_app_id: im.sdk_app_id.value,
        expires_at: at(now.as_second(), seconds),
        expire_seconds: seconds,
        user,
        user_sig: user_sig.reveal().to_owned(),
    })
}

fn verify(args: Args, ctx: &Ctx, profile: &Profile) -> Result<UserSigPrinted, Failure> {
    let im = profile.im()?;
    if let Some(user) = &args.user {
        checked_users(std::slice::from_ref(user), "--user", ctx)?;
    }
    let bytes = files::read_stdin(LARGEST).map_err(|error| {
        let message = format!("stdin can't be read: {error}");
        Problem::new(Kind::UnreadableFile, message, "pipe the UserSig in").at("stdin")
    })?;
    let text = Secret::new(String::from_utf8_lossy(&bytes));
    let key = ctx.secret(profile, &im.secret_key)?;
    let expected = Expected {
        sdk_app_id: im.sdk_app_id.value,
        user: args.user.as_deref(),
        key: &key,
        now: ctx.clock.now(),
    };
    let verdict = user_sig::verify(text.reveal(), &expected);
    let claims = verdict.claims.as_ref();
    let time = claims.and_then(|claims| claims.time);
    let expire = claims.and_then(|claims| claims.expire);
    Ok(UserSigPrinted {
        valid: verdict.flaws.is_empty(),
        profile: profile.name.clone(),
        sdk_app_id: claims.and_then(|claims| claims.sdk_app_id),
        user: claims.and_then(|claims| claims.identifier.as_deref()).map(crate::im::envelope::cut),
        issued_at: time.and_then(|time| at(time, 0)),
        expires_at: time.zip(expire).and_then(|(time, expire)| at(time, expire)),
        expire_seconds: expire,
        problems: verdict
            .flaws
            .iter()
            .map(|flaw| FlawJson { id: flaw.kind(), message: flaw.to_string(), hint: flaw.kind().hint() })
            .collect(),
        failure: invalid(&verdict.flaws),
    })
}

fn invalid(flaws: &[Flaw]) -> Option<Failure> {
    let problem =
        |flaw: &Flaw| Problem::new(Kind::BadUserSig, flaw.to_string(), flaw.kind().hint()).at("stdin");
    let problems: Vec<Problem> = flaws.iter().map(problem).collect();
    (!problems.is_empty()).then(|| Failure::all(problems))
}

/// A time as it is printed; `None` if it is outside of the calendar.
fn at(second: i64, later: u64) -> Option<String> {
    let second = second.checked_add(i64::try_from(later).ok()?)?;
    Timestamp::from_second(second).ok().map(|time| time.to_string())
}

/// What `im usersig --json` prints.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum UserSig {
    Made(UserSigMade),
    Verified(UserSigPrinted),
}

/// What `im usersig --json` prints: a secret on stdout, as it was asked for.
#[derive(Serialize, JsonSchema)]
pub(crate) struct UserSigMade {
    /// The UserSig. Whoever has it can log in as this user until it expires.
    user_sig: String,
    profile: String,
    sdk_app_id: u32,
    user: String,
    /// RFC 3339 UTC.
    expires_at: Option<String>,
    expire_seconds: u64,
}

/// What `im usersig --verify --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct UserSigPrinted {
    valid: bool,
    profile: String,
    /// As the UserSig says, not as the profile has it.
    sdk_app_id: Option<i64>,
    user: Option<String>,
    /// RFC 3339 UTC.
    issued_at: Option<String>,
    expires_at: Option<String>,
    expire_seconds: Option<u64>,
    /// Everything that is wrong with it.
    problems: Vec<FlawJson>,
    /// None if it is valid.
    #[serde(skip)]
    failure: Option<Failure>,
}

/// One thing that is wrong with a UserSig.
#[derive(Debug, Serialize, JsonSchema)]
struct FlawJson {
    /// Stable; docs/commands/im.md lists them.
    id: FlawKind,
    message: String,
    hint: Remedy,
}

impl UserSigPrinted {
    fn text(&self, page: &mut Page) {
        let verdict =
            if self.valid { page.tone(Tone::Ok, "valid") } else { page.tone(Tone::Broken, "not valid") };
        page.line(format!("{verdict} in profile {}", self.profile));
        let number = |number: Option<i64>| number.map(|number| number.to_string());
        let pairs: Vec<(&str, String)> = [
            ("SDKAppID", number(self.sdk_app_id)),
            ("user", self.user.clone()),
            ("made at", self.issued_at.clone()),
            ("expires at", self.expires_at.clone()),
        ]
        .into_iter()
        .filter_map(|(label, value)| Some((label, value?)))
        .collect();
        page.pairs(&pairs);
        for problem in &self.problems {
            page.line(format!("  {}", problem.message));
            page.line(format!("    {}", page.remedy(&problem.hint)));
        }
    }
}

impl Report for UserSig {
    fn text(&self, page: &mut Page) {
        match self {
            UserSig::Made(made) => page.line(&made.user_sig),
            UserSig::Verified(verified) => verified.text(page),
        }
    }

    fn failure(&self) -> Option<Failure> {
        match self {
            UserSig::Made(_) => None,
            UserSig::Verified(verified) => verified.failure.clone(),
        }
    }

    fn spoken(&self) -> Option<Failure> {
        None
    }
}
