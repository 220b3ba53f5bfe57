//! `opush snippet`: app-side code for the profile in force, to stdout or into files.
//! What the code says belongs to the room `snippet`.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Serialize;

use super::context::Ctx;
use crate::config::files::{self, Mode};
use crate::config::{Certificate, CertificateId, Profile};
use crate::failure::{Failure, Kind, Problem};
use crate::output::{Page, Report};
use crate::snippet::{self, Language, Made, Sdk, Snippet, Values};

/// Write app-side code for this profile: channel, manifest, constants, token report, receiver, sender
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush snippet channel
  opush snippet token --lang kotlin
  opush snippet all --sdk legacy --out app/src/main/java/com/example/demo/push
  opush snippet manifest --profile sandbox

No secret is in what is written: AppSecret comes out of the app's build, MasterSecret stays on servers.")]
pub struct Args {
    /// Which piece of the app's code
    #[arg(value_name = "PIECE")]
    piece: Piece,

    /// Language of the code; the manifest is XML
    #[arg(long, value_name = "LANGUAGE", default_value = "java")]
    lang: Lang,

    /// Generation of the IM SDK: v2tim from 5 on, legacy up to 4
    #[arg(long, value_name = "SDK", default_value = "v2tim")]
    sdk: SdkFlag,

    /// Write files into this folder instead of printing
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Overwrite files that are there with other content
    #[arg(long, requires = "out")]
    force: bool,

    /// Certificate of the profile [default: its default, or its only one]
    #[arg(long, value_name = "ID")]
    certificate: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Piece {
    Channel,
    Manifest,
    Constants,
    Token,
    Receiver,
    Sender,
    All,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    Java,
    Kotlin,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SdkFlag {
    V2tim,
    Legacy,
}

pub fn run(args: Args, ctx: &Ctx) -> Result<Written, Failure> {
    let asked = args.certificate.as_deref().map(certificate_id).transpose()?;
    let profile = ctx.profile()?;
    let certificate = profile.certificate(asked)?;
    let values = values(&profile, certificate);
    let (made, missing) = make(&args, &values);
    let mut warnings = Vec::new();
    if missing {
        let problem = without_channel(certificate);
        if args.piece == Piece::Channel {
            return Err(problem.into());
        }
        warnings.push(problem);
    }
    warnings.extend(doubts(&args, &values));
    let places = match &args.out {
        Some(folder) => write(folder, &made, args.force)?,
        None => Vec::new(),
    };
    let mut places = places.into_iter();
    let items: Vec<Item> = made.into_iter().map(|made| Item::from(made, places.next())).collect();
    let title = args.piece == Piece::All;
    Ok(Written { profile: profile.name.clone(), certificate: values.certificate_id, items, title, warnings })
}

fn certificate_id(digits: &str) -> Result<CertificateId, Problem> {
    CertificateId::parse(digits).ok_or_else(|| {
        let message = format!("{digits:?} is not a certificate ID");
        Problem::new(Kind::MalformedFlag, message, "give a positive integer: opush cert list")
            .at("--certificate")
    })
}

fn values(profile: &Profile, certificate: &Certificate) -> Values {
    Values {
        profile: profile.name.clone(),
        package: profile.package.as_ref().map(|package| package.value.clone()),
        certificate_id: certificate.id.value.get(),
        certificate_is_local: certificate.id.value.is_local(),
        app_key: certificate.app_key.value.clone(),
        channel_id: certificate.channel_id.as_ref().map(|id| id.value.clone()),
        click: certificate.click.value.clone(),
    }
}

/// The pieces asked for, and whether the channel had to be left out.
fn make(args: &Args, values: &Values) -> (Vec<Made>, bool) {
    let language = match args.lang {
        Lang::Java => Language::Java,
        Lang::Kotlin => Language::Kotlin,
    };
    let sdk = match args.sdk {
        SdkFlag::V2tim => Sdk::V2tim,
        SdkFlag::Legacy => Sdk::Legacy,
    };
    let wanted: &[Snippet] = match args.piece {
        Piece::Channel => &[Snippet::Channel],
        Piece::Manifest => &[Snippet::Manifest],
        Piece::Constants => &[Snippet::Constants],
        Piece::Token => &[Snippet::Token],
        Piece::Receiver => &[Snippet::Receiver],
        Piece::Sender => &[Snippet::Sender],
        Piece::All => &Snippet::ALL,
    };
    let made: Vec<Made> =
        wanted.iter().filter_map(|piece| snippet::make(*piece, language, sdk, values)).collect();
    let missing = made.len() < wanted.len();
    (made, missing)
}

fn without_channel(certificate: &Certificate) -> Problem {
    let message =
        format!("certificate {} has no ChannelID, so there is no channel to create", certificate.id);
    let hint = format!(
        "give it the ChannelID of the IM console: opush cert edit {} --channel-id ID",
        certificate.id
    );
    Problem::new(Kind::MissingKey, message, hint).at("channel_id")
}

/// What the code can't mend by itself.
fn doubts(args: &Args, values: &Values) -> Vec<Problem> {
    let wants = |piece: Piece| args.piece == piece || args.piece == Piece::All;
    let mut doubts = Vec::new();
    if values.certificate_is_local && wants(Piece::Constants) {
        let id = values.certificate_id;
        let message = format!("certificate ID {id} is opush's own; the IM server does not know it");
        let hint = format!("before the app goes to users: opush cert edit {id} --id ID-OF-THE-IM-CONSOLE");
        doubts.push(Problem::new(Kind::UnknownCertificate, message, hint).at("OPPO_PUSH_BUZID"));
    }
    if values.click.action() == "url" && wants(Piece::Receiver) {
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

/// Where a file went, and whether it was there already.
struct Place {
    path: PathBuf,
    unchanged: bool,
}

/// Writes all files, or none where one of them would overwrite another's work.
fn write(folder: &Path, made: &[Made], force: bool) -> Result<Vec<Place>, Failure> {
    let mut places = Vec::new();
    let mut problems = Vec::new();
    for made in made {
        let path = folder.join(&made.file);
        let unchanged = match std::fs::read(&path) {
            Ok(found) if found == made.text.as_bytes() => true,
            Ok(_) if !force => {
                let message = format!("{} exists and differs", path.display());
                let hint = "choose another folder, or overwrite it with --force";
                problems.push(Problem::new(Kind::Disk, message, hint).at(path.display().to_string()));
                false
            }
            Ok(_) => false,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
            Err(error) => {
                problems.push(files::disk("read", &path, &error));
                false
            }
        };
        places.push(Place { path, unchanged });
    }
    if !problems.is_empty() {
        return Err(Failure::all(problems).headed("nothing was written"));
    }
    for (made, place) in made.iter().zip(&places) {
        if !place.unchanged {
            files::replace(&place.path, made.text.as_bytes(), Mode::Shared)?;
        }
    }
    Ok(places)
}

/// What `snippet --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Written {
    profile: String,
    /// The certificate's ID.
    certificate: i64,
    items: Vec<Item>,
    #[serde(skip)]
    title: bool,
    #[serde(skip)]
    warnings: Vec<Problem>,
}

/// One piece of code.
#[derive(Debug, Serialize, JsonSchema)]
struct Item {
    /// channel, manifest, constants, token, receiver or sender.
    name: String,
    /// The file's name, without a folder.
    file: String,
    /// java, kotlin or xml.
    language: String,
    /// v2tim or legacy; null where both need the same.
    sdk: Option<String>,
    text: String,
    /// With --out: where it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// With --out: the file was there with this content, and was left alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    unchanged: Option<bool>,
}

impl Item {
    fn from(made: Made, place: Option<Place>) -> Self {
        Item {
            name: made.snippet.as_str().into(),
            file: made.file,
            language: made.language.as_str().into(),
            sdk: made.sdk.map(|sdk| sdk.as_str().into()),
            text: made.text,
            unchanged: place.as_ref().map(|place| place.unchanged),
            path: place.map(|place| place.path.display().to_string()),
        }
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
            page.line(item.text.trim_end());
        }
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!(self)
    }

    fn warnings(&self) -> Vec<Problem> {
        self.warnings.clone()
    }
}
