//! `opush config trust`: shows what a file that was found by searching upward could do, and trusts it as it is now.
//! What trust means belongs to `config`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::clock::describe_duration;
use crate::config::{self, Configuration, HistorySettings, Profile, ProfileSecret, SecretRef, Source, Trust};
use crate::failure::{Failure, Kind, Problem, Remedy, shell_word};
use crate::output::{Page, Report};

/// Trust the configuration file as it is now: show where it leads, which secrets it names, what it runs
#[derive(clap::Args, Debug)]
#[command(
    after_help = "A file that changes must be trusted again, unless opush itself changes it. Files named by --config or \
OPUSH_CONFIG, the one in the configuration folder, and those that opush makes are trusted without this."
)]
pub(crate) struct Args {
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Trusted, Failure> {
    let configuration = ctx.configuration()?;
    let Some(file) = &configuration.file else {
        let hint = "change to the folder of the file, or name it with --config";
        return Err(Problem::new(Kind::MissingFile, "there is no configuration file to trust", hint).into());
    };
    let found = Found::of(configuration)?;
    let shown = ctx.paths.friendly(&file.found.path);
    if file.trust != Trust::Granted && !args.yes {
        confirm(&found, &shown, ctx)?;
    }
    file.trust(&ctx.paths)?;
    let own_state = config::state_of_untrusted(&ctx.paths, &file.found);
    Ok(Trusted {
        path: file.found.path.display().to_string(),
        sha256: file.sha256.clone(),
        own_state: own_state.exists().then(|| own_state.display().to_string()),
        found,
        shown,
    })
}

fn confirm(found: &Found, shown: &str, ctx: &Ctx) -> Result<(), Failure> {
    let Some(prompt) = ctx.prompt() else {
        found.lines().iter().for_each(|line| ctx.note(line));
        let hint = Remedy::run("confirm it", "config trust --yes");
        let message = format!("--yes is required to trust {shown} without being asked");
        return Err(Problem::new(Kind::MissingFlag, message, hint).at("--yes").into());
    };
    found.lines().iter().for_each(|line| prompt.say(line));
    if prompt.confirm(&format!("Trust {shown} as it is now?"), Some(false))? {
        return Ok(());
    }
    let message = format!("{shown} is not trusted");
    Err(Problem::new(Kind::Declined, message, "answer y, or give --yes").into())
}

/// What `config trust --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Trusted {
    /// The file that is now trusted, absolute.
    path: String,
    /// SHA-256 of the content that is trusted, hex.
    sha256: String,
    #[serde(flatten)]
    found: Found,
    /// The state database that the file had while it was not trusted, if it made one; it is not used any more.
    own_state: Option<String>,
    #[serde(skip)]
    shown: String,
}

/// What a file could do.
#[derive(Debug, Default, Serialize, JsonSchema)]
struct Found {
    /// The commands that may run when their secret is used, quoted for a shell.
    commands: Vec<String>,
    /// The keys that decide where secrets go.
    endpoints: Vec<Entry>,
    /// App files outside of the file's folder, which commands would read.
    files: Vec<Entry>,
    /// Where the secrets come from; those that are plain text in the file are left out.
    secrets: Vec<Entry>,
    /// How much of the history is kept, where the file says so: what is beyond it is removed.
    history: Vec<Entry>,
}

/// A key of the file that needs trust.
#[derive(Debug, Serialize, JsonSchema)]
struct Entry {
    /// profile.NAME.KEY
    key: String,
    value: String,
    /// FILE:LINE:COLUMN
    place: String,
}

impl Found {
    /// Refuses what could not be shown as it is.
    fn of(configuration: &Configuration) -> Result<Found, Failure> {
        let mut found = Found { history: limits(&configuration.history), ..Found::default() };
        for profile in &configuration.profiles {
            found.endpoints.extend(profile.needs_trust.iter().map(|(key, value)| Entry {
                key: key.clone(),
                value: value.value.clone(),
                place: value.source.to_string(),
            }));
            let outside = profile.app.iter().filter(|app| !app.value.is_inside());
            found.files.extend(outside.map(|app| Entry {
                key: format!("profile.{}.app", profile.name),
                value: app.value.written().to_owned(),
                place: app.source.to_string(),
            }));
            for secret in profile.secrets() {
                found.secrets.extend(entry(profile, &secret));
                found.commands.extend(match &secret.reference.value {
                    SecretRef::Command(words) => Some(shell_line(words)),
                    _ => None,
                });
            }
        }
        let all = found.endpoints.iter().chain(&found.files).chain(&found.secrets);
        let hidden: Vec<Problem> =
            all.filter(|entry| entry.value.contains(is_invisible)).map(Entry::hidden).collect();
        if hidden.is_empty() { Ok(found) } else { Err(Failure::all(hidden)) }
    }

    fn lines(&self) -> Vec<String> {
        let part = |title: &str, entries: &[Entry]| {
            let lines =
                entries.iter().map(|entry| format!("  {} = {} ({})", entry.key, entry.value, entry.place));
            let title = (!entries.is_empty()).then(|| title.to_owned());
            title.into_iter().chain(lines).collect::<Vec<_>>()
        };
        let mut lines = part("It decides where pushes and their secrets go:", &self.endpoints);
        lines.extend(part("It names app files outside of its folder, which opush would read:", &self.files));
        let secrets = match self.commands.is_empty() {
            true => "It names these secrets:",
            false => "It names these secrets, and runs a program for each that is printed by one:",
        };
        lines.extend(part(secrets, &self.secrets));
        lines.extend(part("It removes from your own history what is beyond these limits:", &self.history));
        if lines.is_empty() {
            lines.push("It names no endpoint, no command and no secret that is kept elsewhere.".to_owned());
        }
        lines
    }
}

/// The words of a command as a shell would need them, though none is used.
fn shell_line(words: &[String]) -> String {
    words.iter().map(|word| shell_word(word)).collect::<Vec<_>>().join(" ")
}

/// The keys of `[history]` that the file has.
fn limits(history: &HistorySettings) -> Vec<Entry> {
    let entry = |key: &str, value: String, source: &Source| {
        let in_file = matches!(source, Source::File { .. });
        in_file.then(|| Entry { key: format!("history.{key}"), value, place: source.to_string() })
    };
    let HistorySettings { keep_for, keep } = history;
    let age = describe_duration(keep_for.value);
    let limits =
        [entry("keep_for", age, &keep_for.source), entry("keep", keep.value.to_string(), &keep.source)];
    limits.into_iter().flatten().collect()
}

/// A secret that is kept outside the file.
fn entry(profile: &Profile, secret: &ProfileSecret) -> Option<Entry> {
    let value = match &secret.reference.value {
        SecretRef::Plain(_) => return None,
        SecretRef::Env(name) => format!("environment variable {name}"),
        SecretRef::File(file) => format!("file {}", file.path.display()),
        SecretRef::Command(words) => format!("printed by {}", shell_line(words)),
    };
    let of = match secret.certificate {
        Some(id) => format!("certificate.{id}"),
        None => "im".to_owned(),
    };
    Some(Entry {
        key: format!("profile.{}.{of}.{}", profile.name, secret.key),
        value,
        place: secret.reference.source.to_string(),
    })
}

impl Entry {
    fn hidden(&self) -> Problem {
        let message = format!("{} has a control character, so it can't be shown as it is", self.key);
        Problem::new(Kind::BadValue, message, "write it without; a program can read such text from a file")
            .at(&self.place)
    }
}

/// Control characters, and those that change the direction of the text around them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

impl Report for Trusted {
    fn text(&self, page: &mut Page) {
        page.line(format!("{} is trusted as it is now.", self.shown));
        self.found.lines().iter().for_each(|line| page.line(line));
        if let Some(state) = &self.own_state {
            page.line(format!(
                "From now on it uses your own state. What it recorded before stays in {state}"
            ));
        }
    }
}
