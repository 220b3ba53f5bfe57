//! `opush snippet`: app-side code for the current profile, to stdout or into files.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use schemars::JsonSchema;
use serde::Serialize;
use strum::VariantArray;

use super::app_file::AppFlag;
use super::context::Ctx;
use super::outcome::{Outcome, boxed};
use super::profile_values::values;
use super::snippet_check;
use crate::config::files::{self, Mode};
use crate::config::{Certificate, CertificateId};
use crate::failure::{Failure, Kind, Problem, Remedy, Warning};
use crate::flags::words;
use crate::output::{Page, Report};
use crate::snippet::{self, Language, Made, Sdk, Snippet, Values};

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush snippet channel
  opush snippet token --lang kotlin
  opush snippet all --sdk legacy --out app/src/main/java/com/example/demo/push
  opush snippet manifest --profile sandbox
  opush snippet check --app app-release.apk

No secret is in what is written: AppSecret comes out of the app's build, MasterSecret stays on servers.")]
pub(crate) struct Args {
    /// Which piece of the app's code; check says which of them an app lacks
    #[arg(value_name = "PIECE", value_parser = Pieces::parser())]
    piece: Pieces,

    /// Language of the code; the manifest is XML
    #[arg(long, value_name = "LANGUAGE", default_value = "java", value_parser = words::<Language>(&["java", "kotlin"]))]
    lang: Language,

    /// Generation of the IM SDK: v2tim from 5 on, legacy up to 4
    #[arg(long, value_name = "SDK", default_value = "v2tim", value_parser = words::<Sdk>(&["v2tim", "legacy"]))]
    sdk: Sdk,

    /// Write files into this folder instead of printing
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Overwrite files that are there with other content
    #[arg(long, requires = "out")]
    force: bool,

    /// Certificate of the profile [default: its default, or its only one]
    #[arg(long, value_name = "ID")]
    certificate: Option<String>,

    #[command(flatten)]
    app: AppFlag,
}

/// One piece, all of them, or none: what the app has of them is checked.
#[derive(Clone, Copy, Debug)]
struct Pieces(&'static [Snippet]);

impl Pieces {
    fn parser() -> impl TypedValueParser<Value = Pieces> {
        let words = Snippet::VARIANTS.iter().map(|piece| piece.as_str()).chain(["all", "check"]);
        PossibleValuesParser::new(words).map(|word| {
            if word == "check" {
                return Pieces(&[]);
            }
            let one = Snippet::VARIANTS.iter().find(|piece| piece.as_str() == word);
            Pieces(one.map_or(Snippet::VARIANTS, std::slice::from_ref))
        })
    }

    fn is_check(self) -> bool {
        self.0.is_empty()
    }

    fn are_all(self) -> bool {
        self.0.len() > 1
    }
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    let asked = args.certificate.as_deref().map(certificate_id).transpose()?;
    if args.piece.is_check() {
        if args.out.is_some() {
            return Err(only("--out", "a piece").into());
        }
        return boxed(snippet_check::run(&args.app, asked, (args.lang, args.sdk), ctx));
    }
    if args.app.is_given() {
        return Err(only("--app", "check").into());
    }
    boxed(written(args, asked, ctx))
}

fn only(flag: &str, with: &str) -> Problem {
    let message = format!("{flag} is for {with}");
    Problem::new(Kind::ConflictingFlags, message, "leave the flag out, or see opush snippet --help").at(flag)
}

fn written(args: Args, asked: Option<CertificateId>, ctx: &Ctx) -> Result<Written, Failure> {
    let profile = ctx.profile()?;
    let certificate = profile.certificate(asked)?;
    let values = values(&profile, certificate);
    let (made, missing) = make(&args, &values);
    let mut warnings = Vec::new();
    if missing {
        let problem = without_channel(certificate);
        if !args.piece.are_all() {
            return Err(problem.into());
        }
        warnings.push(Warning::from(&problem));
    }
    warnings.extend(doubts(&args, &values).iter().map(Warning::from));
    let mut items: Vec<Item> = made.into_iter().map(Item::from).collect();
    if let Some(folder) = &args.out {
        write(folder, &mut items, args.force)?;
    }
    let title = args.piece.are_all();
    let certificate_id = values.certificate_id;
    Ok(Written {
        profile: profile.name.clone(),
        certificate_id,
        certificate: certificate_id,
        items,
        title,
        warnings,
    })
}

fn certificate_id(digits: &str) -> Result<CertificateId, Problem> {
    CertificateId::parse(digits).ok_or_else(|| {
        let message = format!("{digits:?} is not a certificate ID");
        let hint = Remedy::run("give a positive integer; see which there are", "cert list");
        Problem::new(Kind::MalformedFlag, message, hint).at("--certificate")
    })
}

/// The pieces asked for, and whether the channel had to be left out.
fn make(args: &Args, values: &Values) -> (Vec<Made>, bool) {
    let made: Vec<Made> =
        args.piece.0.iter().filter_map(|piece| snippet::make(*piece, args.lang, args.sdk, values)).collect();
    let missing = made.len() < args.piece.0.len();
    (made, missing)
}

fn without_channel(certificate: &Certificate) -> Problem {
    let message =
        format!("certificate {} has no ChannelID, so there is no channel to create", certificate.id);
    let hint =
        Remedy::run("give it the ChannelID of the IM console", "cert edit <ID> --channel-id <CHANNEL-ID>")
            .with("ID", &certificate.id);
    Problem::new(Kind::MissingKey, message, hint).at("channel_id")
}

/// What the code can't fix by itself.
fn doubts(args: &Args, values: &Values) -> Vec<Problem> {
    let wants = |piece: Snippet| args.piece.0.contains(&piece);
    let mut doubts = Vec::new();
    if values.certificate_is_local && wants(Snippet::Constants) {
        let id = values.certificate_id;
        let message = format!("certificate ID {id} is opush's own; the IM server does not know it");
        let hint = Remedy::run(
            "give it the IM console's ID before the app goes to users",
            "cert edit <ID> --id <NEW-ID>",
        )
        .with("ID", id);
        doubts.push(Problem::new(Kind::UnknownCertificate, message, hint).at("OPPO_PUSH_BUZID"));
    }
    if values.click.action() == "url" && wants(Snippet::Receiver) {
        let message = "the certificate's click event is a URL, so no extras reach the app";
        let hint = "for the receiver to be opened, make it open-app, activity:CLASS or intent:ACTION";
        doubts.push(Problem::new(Kind::ContradictoryFields, message, hint).at("click"));
    }
    if values.package.is_none() {
        let message = "the profile has no package, so the code says none";
        let hint = "write package = \"com.example.app\" into the profile, or add the line to each file";
        doubts.push(Problem::new(Kind::MissingKey, message, hint).at("package"));
    }
    doubts
}

/// What `snippet --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Written {
    profile: String,
    certificate_id: i64,
    /// The same under its older name, which goes with the next version.
    certificate: i64,
    items: Vec<Item>,
    #[serde(skip)]
    title: bool,
    #[serde(skip)]
    warnings: Vec<Warning>,
}

/// One piece of code.
#[derive(Debug, Serialize, JsonSchema)]
struct Item {
    /// channel, manifest, constants, token, receiver or sender.
    name: Snippet,
    /// The file's name, without a folder.
    file: String,
    /// java, kotlin or xml.
    language: Language,
    /// v2tim or legacy; null where both need the same.
    sdk: Option<Sdk>,
    text: String,
    /// With --out: where it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// With --out: the file was there with this content, and was left alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    unchanged: Option<bool>,
}

impl From<Made> for Item {
    fn from(made: Made) -> Self {
        let Made { snippet: name, file, language, sdk, text } = made;
        Item { name, file, language, sdk, text, path: None, unchanged: None }
    }
}

impl Report for Written {
    fn text(&self, page: &mut Page) {
        for (number, item) in self.items.iter().enumerate() {
            if let Some(path) = &item.path {
                let done = if item.unchanged == Some(true) { "unchanged" } else { "written  " };
                page.line(format!("{done}  {path}"));
                continue;
            }
            if self.title {
                if number > 0 {
                    page.blank();
                }
                page.line(format!("==> {} <==", item.file));
            }
            page.lines(&item.text);
        }
    }

    fn warnings(&self) -> Vec<Warning> {
        self.warnings.clone()
    }
}

/// Writes all files, or none where one of them would overwrite another's work.
fn write(folder: &Path, items: &mut [Item], force: bool) -> Result<(), Failure> {
    let mut problems = Vec::new();
    for item in &mut *items {
        let path = folder.join(&item.file);
        let shown = path.display().to_string();
        let found = files::read(&path, u64::MAX);
        match &found {
            Ok(found) if found != item.text.as_bytes() && !force => {
                let hint = "choose another folder, or overwrite it with --force";
                problems
                    .push(Problem::new(Kind::Disk, format!("{shown} exists and differs"), hint).at(&shown));
            }
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                problems.push(files::disk("read", &path, error));
            }
            _ => {}
        }
        item.unchanged = Some(found.is_ok_and(|found| found == item.text.as_bytes()));
        item.path = Some(shown);
    }
    if !problems.is_empty() {
        return Err(Failure::all(problems).headed("nothing was written"));
    }
    for item in items.iter().filter(|item| item.unchanged == Some(false)) {
        files::replace(&folder.join(&item.file), item.text.as_bytes(), Mode::Shared)?;
    }
    Ok(())
}
