//! The flags that describe a certificate, shared by `add` and `edit`, and their values once checked: all problems at once.
//! The form of each value belongs to `config` and `click`; which of them are required, to the commands.

use std::io::Read;

use zeroize::Zeroizing;

use super::super::context::Ctx;
use crate::click::Target;
use crate::clock::Timestamp;
use crate::config::files;
use crate::config::{CertificateId, NewSecret, Secret, Which, rules};
use crate::failure::{Class, Failure, Kind, Problem};
use crate::flags::{AppSecretFlags, ClickFlag, MasterSecretFlags, SecretSource};
use crate::output::Prompt;

/// More than this on stdin is not a secret.
const LARGEST: u64 = 64 * 1024;

#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Fields {
    /// A name for people
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,

    /// AppId, as OPPO's console shows it
    #[arg(long, value_name = "ID")]
    pub(crate) app_id: Option<String>,

    /// AppKey
    #[arg(long, value_name = "KEY")]
    pub(crate) app_key: Option<String>,

    /// ChannelID: the app's NotificationChannel
    #[arg(long, value_name = "ID")]
    pub(crate) channel_id: Option<String>,

    #[command(flatten)]
    pub(crate) click: ClickFlag,

    /// When the IM console saved it: now, or a time such as 2026-01-31T08:00:00Z
    #[arg(long, value_name = "TIME")]
    pub(crate) saved_at: Option<String>,

    #[command(flatten)]
    pub(crate) master_secret: MasterSecretFlags,

    #[command(flatten)]
    pub(crate) app_secret: AppSecretFlags,
}

/// The values that were given, checked one by one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Checked {
    pub(crate) id: Option<CertificateId>,
    pub(crate) name: Option<String>,
    pub(crate) app_id: Option<String>,
    pub(crate) app_key: Option<String>,
    pub(crate) channel_id: Option<String>,
    pub(crate) click: Option<Target>,
    pub(crate) saved_at: Option<Timestamp>,
    pub(crate) master_secret: Option<NewSecret>,
    pub(crate) app_secret: Option<NewSecret>,
}

impl Fields {
    /// Reads what is to be read and checks it. Problems go to `problems`; what they are about is left out. A secret from
    /// a stdin that is a terminal is asked for, masked. Fails only if that is interrupted.
    pub(crate) fn check(
        self,
        id: Option<&str>,
        package: Option<&str>,
        ctx: &Ctx,
        prompt: Option<&Prompt>,
        problems: &mut Vec<Problem>,
    ) -> Result<Checked, Failure> {
        let mut opaque = |text: Option<String>, word: &str, flag: &str| {
            let flaw = rules::opaque(text.as_ref()?).err();
            problems.extend(flaw.map(|flaw| flaw.named(word, flag)));
            text
        };
        let name = opaque(self.name, "the name", "--name");
        let app_id = opaque(self.app_id, "AppId", "--app-id");
        let app_key = opaque(self.app_key, "AppKey", "--app-key");
        let channel_id = opaque(self.channel_id, "ChannelID", "--channel-id");
        let id = id.map(rules::certificate_id).transpose();
        let click = self.click.click.map(|text| click(&text, package)).transpose();
        let saved_at = self.saved_at.map(|text| rules::saved_at(&text, ctx.clock.now())).transpose();
        let master_secret =
            self.master_secret.source().map(|source| enter(source, Which::Master, ctx, prompt));
        let app_secret = self.app_secret.source().map(|source| enter(source, Which::App, ctx, prompt));
        let mut take = Taking(problems);
        Ok(Checked {
            id: take.valid(id.map_err(|flaw| flaw.at("--id").into()))?,
            name,
            app_id,
            app_key,
            channel_id,
            click: take.valid(click.map_err(Failure::all))?,
            saved_at: take.valid(saved_at.map_err(|flaw| flaw.at("--saved-at").into()))?,
            master_secret: take.valid(master_secret.transpose())?,
            app_secret: take.valid(app_secret.transpose())?,
        })
    }
}

struct Taking<'p>(&'p mut Vec<Problem>);

impl Taking<'_> {
    fn valid<T>(&mut self, result: Result<Option<T>, Failure>) -> Result<Option<T>, Failure> {
        match result {
            Err(failure) if failure.class() == Class::Interrupted => Err(failure),
            Err(failure) => {
                self.0.extend(failure.into_problems());
                Ok(None)
            }
            Ok(value) => Ok(value),
        }
    }
}

/// Fails with every problem there is, under one headline.
pub(crate) fn sound(problems: Vec<Problem>) -> Result<(), Failure> {
    match problems.len() {
        0 => Ok(()),
        1 => Err(Failure::all(problems)),
        count => {
            Err(Failure::all(problems).headed(format!("{count} values are not usable; nothing was saved")))
        }
    }
}

fn click(text: &str, package: Option<&str>) -> Result<Target, Vec<Problem>> {
    let placed = |problems: Vec<Problem>| problems.into_iter().map(|problem| problem.at("--click")).collect();
    Target::parse(text, package).map_err(placed)
}

fn enter(
    source: SecretSource,
    which: Which,
    ctx: &Ctx,
    prompt: Option<&Prompt>,
) -> Result<NewSecret, Failure> {
    let (flag, word) = match which {
        Which::Master => ("--master-secret", "MasterSecret"),
        Which::App => ("--app-secret", "AppSecret"),
    };
    match (source, prompt) {
        (SecretSource::Env(name), _) if rules::is_variable_name(&name) => Ok(NewSecret::Env(name)),
        (SecretSource::Env(_), _) => {
            // What was given may be the secret itself, so it is not repeated.
            let hint = "give the name of a variable, such as OPUSH_MASTER_SECRET; a secret itself is never an argument";
            let problem = Problem::new(Kind::BadName, "the value is not the name of a variable", hint);
            Err(problem.at(format!("{flag}-env")).into())
        }
        (SecretSource::File(path), _) => {
            let path = ctx.paths.absolute(&path);
            if let Err(error) = files::read(&path, 0) {
                let hint = "put it there, with mode 0600 and the secret as its only line, before it is used";
                let message = format!("{} can't be read now: {error}", ctx.paths.friendly(&path));
                ctx.warn(&Problem::new(Kind::MissingSecret, message, hint).at(format!("{flag}-file")));
            }
            Ok(NewSecret::File(path))
        }
        (SecretSource::Stdin, Some(prompt)) => secret(prompt, word),
        (SecretSource::Stdin, None) => {
            piped(&format!("{flag}-stdin")).map(NewSecret::Typed).map_err(Failure::from)
        }
    }
}

/// Asks for a secret, masked.
pub(crate) fn secret(prompt: &Prompt, word: &str) -> Result<NewSecret, Failure> {
    let answer = prompt.secret(&format!("{word} (not shown)"), &|text| opaque(word, text))?;
    Ok(NewSecret::Typed(Secret::new(answer)))
}

/// Whether an answer is usable text, with the reason for a person if it is not.
pub(crate) fn opaque(word: &str, text: &str) -> Result<(), String> {
    rules::opaque(text).map_err(|flaw| format!("{word} {}", flaw.reply()))
}

/// The secret on stdin, and nothing else.
pub(crate) fn piped(flag: &str) -> Result<Secret, Problem> {
    let mut bytes = Zeroizing::new(Vec::new());
    std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| {
        Problem::new(Kind::Disk, format!("stdin can't be read: {error}"), "pipe the secret in").at(flag)
    })?;
    if bytes.len() as u64 > LARGEST {
        let message = format!("stdin gives more than {} KiB", LARGEST / 1024);
        return Err(Problem::new(Kind::TooLong, message, "pipe in the secret alone").at(flag));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| {
        Problem::new(Kind::NotUtf8, "stdin is not UTF-8", "pipe in the secret as UTF-8 text").at(flag)
    })?;
    let text = text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
    rules::opaque(text).map_err(|flaw| flaw.named("the secret", flag))?;
    Ok(Secret::new(text))
}
