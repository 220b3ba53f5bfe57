//! `opush cert import FILE`: the values of a certificate from the app's side, the rest asked for, saved as by `cert add`.
//! Which names mean what belongs to `snippet`.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::app_file::AppFlag;
use super::super::context::Ctx;
use super::super::field_flags::{FieldFlags, sound};
use super::super::flag_file;
use super::add::{self, Added, ForAdding};
use crate::config::{Field, Input, NewSecret, Values};
use crate::failure::{Failure, Kind, Problem};
use crate::output::{Page, Report};
use crate::snippet::constants::{Constants, Meaning, Pair};

/// Add a certificate from the app's side: timpush-configs.json, a class of constants, properties, variables
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Such a file never holds MasterSecret, and AppSecret is not one: on a terminal it is asked for. Without one:
  opush cert import timpush-configs.json --profile chat --region cn --app-id 30123456 \\
    --channel-id chat --master-secret-env OPUSH_CHAT_MASTER_SECRET
A flag goes before the file."
)]
pub(crate) struct Args {
    /// The file, or - for stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    fields: FieldFlags<ForAdding>,

    #[command(flatten)]
    app: AppFlag,
}

const FIELDS: [(Meaning, Field); 7] = [
    (Meaning::CertificateId, Field::Id),
    (Meaning::AppId, Field::AppId),
    (Meaning::AppKey, Field::AppKey),
    (Meaning::ChannelId, Field::ChannelId),
    (Meaning::Package, Field::Package),
    (Meaning::Region, Field::Region),
    (Meaning::Click, Field::Click),
];

const NOT_TAKEN: &str =
    "not taken: opush needs MasterSecret, the third value of OPPO's console, and no app may hold that";

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Imported, Failure> {
    let text = flag_file::read(&args.file, ctx, "FILE", "a file of constants is far smaller")?;
    let file = if args.file.as_os_str() == "-" { "stdin".into() } else { args.file.display().to_string() };
    let constants = Constants::read(&text, &file);
    if constants.found.iter().all(|one| one.meaning == Meaning::Package) {
        return Err(nothing(&file).into());
    }
    let values = values(&constants, &file, &args.fields, ctx)?;
    let found = Found::all(&constants, &file);
    found.iter().for_each(|one| ctx.note(&one.line()));
    let added = add::save_all(&args.fields, &args.app, values, ctx)?;
    Ok(Imported { added, found })
}

fn nothing(file: &str) -> Problem {
    let message = format!("{file} names no value of an OPPO certificate");
    let hint = "names such as oppoPushBussinessId, OPPO_PUSH_BUZID or OPPO_PUSH_APPKEY are known; \
                give the values by the flags of cert add";
    Problem::new(Kind::NotFound, message, hint).at(file)
}

fn place(file: &str, pair: &Pair) -> String {
    if pair.line == 0 { file.to_owned() } else { format!("{file}:{}", pair.line) }
}

/// The values that no flag gives, checked by the rules of their fields.
fn values(
    constants: &Constants,
    file: &str,
    flags: &FieldFlags<ForAdding>,
    ctx: &Ctx,
) -> Result<Values<NewSecret>, Failure> {
    let mut values = Values::default();
    let mut problems = Vec::new();
    let package = flags.text(Field::Package).or(constants.value(Meaning::Package).map(|pair| &*pair.value));
    for (meaning, field) in FIELDS.into_iter().filter(|(_, field)| !flags.has(*field)) {
        let Some(pair) = constants.value(meaning) else { continue };
        if let Some(other) = constants.other(meaning) {
            let message = format!("{} and {} give {} two values", pair.name, other.name, field.row().word);
            let hint = format!("say which it is, by {}", field.place());
            problems.push(Problem::new(Kind::ContradictoryFields, message, hint).at(place(file, other)));
            continue;
        }
        match field.read(&pair.value, &Input { package, now: ctx.clock.now(), paths: &ctx.paths }) {
            Ok(value) => values.insert(field, value),
            Err(found) => problems.extend(found.into_iter().map(|problem| problem.at(place(file, pair)))),
        }
    }
    problems.extend(other_app(constants, file, ctx)?);
    sound(problems).map(|()| values)
}

/// The file is of another app than the profile that it goes into.
fn other_app(constants: &Constants, file: &str, ctx: &Ctx) -> Result<Option<Problem>, Failure> {
    let known = ctx.destination()?.known;
    let package = known.as_ref().and_then(|profile| profile.package.as_ref());
    let (Some(profile), Some(package), Some(pair)) = (&known, package, constants.value(Meaning::Package))
    else {
        return Ok(None);
    };
    let message = format!("it is of the app {}, and profile {} is of {package}", pair.value, profile.name);
    let hint = "name a new profile by --profile, with its --region";
    let problem = Problem::new(Kind::ContradictoryFields, message, hint).at(place(file, pair));
    Ok((pair.value != package.value).then_some(problem))
}

/// What `cert import --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Imported {
    #[serde(flatten)]
    added: Added,
    /// What the file holds of an OPPO certificate.
    found: Vec<Found>,
}

/// A name that is known, with its value.
#[derive(Debug, Serialize, JsonSchema)]
struct Found {
    name: String,
    /// null for a secret, which is never taken.
    value: Option<String>,
    /// FILE:LINE
    place: String,
    /// Why it is not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_taken: Option<&'static str>,
}

impl Found {
    fn all(constants: &Constants, file: &str) -> Vec<Found> {
        let found = constants.found.iter().map(|one| Found {
            name: one.pair.name.clone(),
            value: Some(one.pair.value.clone()),
            place: place(file, &one.pair),
            not_taken: None,
        });
        let secrets = constants.secrets.iter().map(|pair| Found {
            name: pair.name.clone(),
            value: None,
            place: place(file, pair),
            not_taken: Some(NOT_TAKEN),
        });
        found.chain(secrets).collect()
    }

    fn line(&self) -> String {
        let said = self.value.as_deref().or(self.not_taken).unwrap_or_default();
        format!("{}  {}: {said}", self.place, self.name)
    }
}

impl Report for Imported {
    fn text(&self, page: &mut Page) {
        self.added.text(page);
    }
}
