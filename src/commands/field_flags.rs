//! The flags of a profile's or a certificate's fields, made from the table of fields, and their values once checked.
//! What a value may be belongs to `config`; which are required, to the commands.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use clap::builder::{PathBufValueParser, PossibleValuesParser};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};

use super::context::Ctx;
use super::questions;
use crate::config::{CaFile, Field, Input, NewSecret, Value, Values, credentials, files, piped, rules};
use crate::failure::{Class, Failure, Kind, Problem, Remedy};
use crate::flags::{ClickFlag, SecretSource};
use crate::output::Prompt;

/// The fields that a command has flags for, in the order of its help.
pub(crate) trait FieldSet: std::fmt::Debug {
    const FIELDS: &'static [&'static [Field]];
    /// Whether values can be taken out again.
    const UNSETS: bool = false;
}

/// All values of a profile's side of the IM server.
const IM: &str = "im";

/// What `--unset` takes: the flag of a value, or `im`. By its ID a certificate is found, so that stays.
fn unset_words(fields: &[&[Field]]) -> Vec<(&'static str, Vec<Field>)> {
    let all = fields.iter().copied().flatten().filter(|field| **field != Field::Id);
    let mut words: Vec<_> = all.map(|field| (field.row().flag, vec![*field])).collect();
    if fields.iter().any(|fields| fields.contains(&Field::ImAdmin)) {
        words.push((IM, Field::IM.to_vec()));
    }
    words
}

/// What was typed of them.
#[derive(Clone, Debug)]
pub(crate) struct FieldFlags<S> {
    typed: BTreeMap<Field, Typed>,
    unset: Vec<Field>,
    set: PhantomData<S>,
}

#[derive(Clone, Debug)]
enum Typed {
    Text(String),
    /// No flag takes a secret itself: arguments are visible to every process.
    Secret(SecretSource),
}

/// The ids of the three flags of a secret.
fn ids(field: Field) -> [String; 3] {
    ["env", "file", "stdin"].map(|from| format!("{}_{from}", field.row().key))
}

fn secret_args(command: Command, field: Field) -> Command {
    let row = field.row();
    let [env, file, stdin] = ids(field);
    let long = |from: &str| format!("{}-{from}", row.flag);
    let arg = |id: &str, from: &str| Arg::new(id.to_owned()).long(long(from)).group(row.key);
    command
        .arg(
            arg(&env, "env")
                .value_name("NAME")
                .help(format!("Environment variable that holds {} when opush runs", row.help)),
        )
        .arg(
            arg(&file, "file")
                .value_name("FILE")
                .value_parser(PathBufValueParser::new())
                .help(format!("File that holds {}", row.help)),
        )
        .arg(
            arg(&stdin, "stdin")
                .action(ArgAction::SetTrue)
                .help(format!("Read {} from stdin and keep it as a private file", row.help)),
        )
        .group(clap::ArgGroup::new(row.key).multiple(false))
}

impl<S: FieldSet> Args for FieldFlags<S> {
    fn augment_args(command: Command) -> Command {
        let command = match S::UNSETS {
            true => command.arg(
                Arg::new("unset")
                    .long("unset")
                    .value_name("VALUE")
                    .action(ArgAction::Append)
                    .value_delimiter(',')
                    .value_parser(PossibleValuesParser::new(
                        unset_words(S::FIELDS).into_iter().map(|(word, _)| word),
                    ))
                    .hide_possible_values(true)
                    .help("Take a value out, by the name of its flag, such as channel-id; may be repeated"),
            ),
            false => command,
        };
        S::FIELDS.iter().copied().flatten().fold(command, |command, field| {
            let row = field.row();
            match field {
                Field::Click => ClickFlag::augment_args(command),
                // Every command has it.
                Field::CaFile => command,
                field if field.is_secret() => secret_args(command, *field),
                _ => command.arg(
                    Arg::new(row.key)
                        .long(row.flag)
                        .value_name(row.value_name)
                        .allow_negative_numbers(*field == Field::Id)
                        .help(row.help),
                ),
            }
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<S: FieldSet> FromArgMatches for FieldFlags<S> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let secret = |field: Field| {
            let [env, file, stdin] = ids(field);
            let env = matches.get_one::<String>(&env).cloned().map(SecretSource::Env);
            let file = || matches.get_one::<PathBuf>(&file).cloned().map(SecretSource::File);
            env.or_else(file).or_else(|| matches.get_flag(&stdin).then_some(SecretSource::Stdin))
        };
        let typed = |field: &Field| {
            let typed = match field {
                field if field.is_secret() => secret(*field).map(Typed::Secret),
                Field::CaFile => ca_file(matches).map(Typed::Text),
                _ => matches.get_one::<String>(field.row().key).cloned().map(Typed::Text),
            };
            Some((*field, typed?))
        };
        let mut unset: Vec<Field> = Vec::new();
        if S::UNSETS {
            let words = unset_words(S::FIELDS);
            let asked = matches.get_many::<String>("unset").into_iter().flatten();
            let fields = asked.filter_map(|word| words.iter().find(|(known, _)| known == word));
            unset.extend(fields.flat_map(|(_, fields)| fields));
        }
        Ok(FieldFlags {
            unset,
            typed: S::FIELDS.iter().copied().flatten().filter_map(typed).collect(),
            set: PhantomData,
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl<S: FieldSet> FieldFlags<S> {
    pub(crate) fn has(&self, field: Field) -> bool {
        self.typed.contains_key(&field)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.typed.is_empty() && self.unset.is_empty()
    }

    /// The values to be taken out.
    pub(crate) fn unset(&self) -> &[Field] {
        &self.unset
    }

    /// Text as it was typed, not checked yet.
    pub(crate) fn text(&self, field: Field) -> Option<&str> {
        match self.typed.get(&field)? {
            Typed::Text(text) => Some(text),
            Typed::Secret(_) => None,
        }
    }

    /// Reads what is to be read and checks it. Problems go to `problems`; what they are about is left out. A secret from
    /// a stdin that is a terminal is asked for, masked. Fails only if that is interrupted.
    pub(crate) fn read(
        &self,
        ctx: &Ctx,
        package: Option<&str>,
        prompt: Option<&Prompt>,
        problems: &mut Vec<Problem>,
    ) -> Result<Values<NewSecret>, Failure> {
        let input = Input { package, now: ctx.clock.now(), paths: &ctx.paths };
        let mut values = Values::default();
        if self.both_stdin() {
            let message = "stdin gives one secret, and two are to be read from it";
            problems.push(
                Problem::new(Kind::ConflictingFlags, message, "give the other by -env or -file")
                    .at("--master-secret-stdin"),
            );
            return Ok(values);
        }
        for field in self.unset.iter().filter(|field| self.has(**field)) {
            let message = format!("{} is given, and is to be taken out", field.row().word);
            let problem = Problem::new(Kind::ConflictingFlags, message, "leave out one of the two flags");
            problems.push(problem.at("--unset"));
        }
        for (field, typed) in &self.typed {
            let read = match typed {
                Typed::Text(text) => field.read(text, &input).map_err(Failure::all),
                Typed::Secret(source) => secret(*field, source, ctx, prompt).map(Value::Secret),
            };
            match read {
                Ok(value) => {
                    if let (Field::CaFile, Value::Text(path)) = (field, &value) {
                        warn_of_ca_file(ctx, path);
                    }
                    values.insert(*field, value);
                }
                Err(failure) if failure.class() == Class::Interrupted => return Err(failure),
                Err(failure) => problems.extend(failure.into_problems()),
            }
        }
        Ok(values)
    }

    fn both_stdin(&self) -> bool {
        let from_stdin = |typed: &&Typed| matches!(typed, Typed::Secret(SecretSource::Stdin));
        self.typed.values().filter(from_stdin).count() > 1
    }
}

/// The flag of every command, where it was typed: the variable is for what this run connects to.
fn ca_file(matches: &ArgMatches) -> Option<String> {
    let typed = matches.value_source("ca_file") == Some(ValueSource::CommandLine);
    let path = matches.get_one::<PathBuf>("ca_file").filter(|_| typed)?;
    Some(path.to_string_lossy().into_owned())
}

fn warn_of_ca_file(ctx: &Ctx, path: &str) {
    if let Err(problem) = CaFile::read(Path::new(path)) {
        ctx.warn(&problem.at("--ca-file"));
    }
}

fn secret(
    field: Field,
    source: &SecretSource,
    ctx: &Ctx,
    prompt: Option<&Prompt>,
) -> Result<NewSecret, Failure> {
    let flag = format!("--{}", field.row().flag);
    match (source, prompt) {
        (SecretSource::Env(name), _) if rules::is_variable_name(name) => Ok(NewSecret::Env(name.clone())),
        (SecretSource::Env(_), _) => {
            // What was given may be the secret itself, so it is not repeated.
            let hint = "give the name of a variable, such as OPUSH_MASTER_SECRET; a secret itself is never an argument";
            let problem = Problem::new(Kind::BadName, "the value is not the name of a variable", hint);
            Err(problem.at(format!("{flag}-env")).into())
        }
        (SecretSource::File(path), _) => {
            let path = ctx.paths.absolute(path);
            if let Err(error) = files::read(&path, 0) {
                let hint = "put it there, with mode 0600 and the secret as its only line, before it is used";
                let message = format!("{} can't be read now: {error}", ctx.paths.friendly(&path));
                ctx.warn(&Problem::new(Kind::MissingSecret, message, hint).at(format!("{flag}-file")));
            }
            Ok(NewSecret::File(path))
        }
        (SecretSource::Stdin, Some(prompt)) => questions::secret(prompt, field),
        (SecretSource::Stdin, None) => Ok(NewSecret::Typed(piped(&format!("{flag}-stdin"))?)),
    }
}

/// What looks wrong among the values, each with the place where it was given; `known` gives what the file has.
pub(crate) fn oddities(
    values: &Values<NewSecret>,
    known: impl Fn(Field) -> Option<String>,
) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    // A secret that equals the AppKey is said once, at the secret.
    let mut fields: Vec<Field> = values.iter().map(|(field, _)| field).collect();
    fields.sort_by_key(|field| *field == Field::AppKey);
    for field in fields {
        let odd = credentials::oddity_among(field, values, &known);
        let said = field == Field::AppKey && !found.is_empty();
        found.extend(odd.filter(|_| !said).map(|oddity| (field.place(), oddity)));
    }
    found
}

/// Warns of them, where nobody is there to ask.
pub(crate) fn warn_of(ctx: &Ctx, oddities: Vec<(String, String)>, remedy: &Remedy) {
    for (place, oddity) in oddities {
        ctx.warn(&Problem::new(Kind::BadValue, oddity, remedy.clone()).at(place));
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

/// Every one of these fields that is required and not given.
pub(crate) fn missing(fields: &[Field], has: impl Fn(Field) -> bool) -> Result<(), Failure> {
    let problem = |field: Field| {
        let row = field.row();
        Problem::new(Kind::MissingFlag, format!("{} is required", row.word), row.give).at(field.place())
    };
    let missing: Vec<Problem> = fields.iter().copied().filter(|field| !has(*field)).map(problem).collect();
    match missing.len() {
        0 => Ok(()),
        1 => Err(Failure::all(missing).headed("1 flag is missing; nothing was saved")),
        count => Err(Failure::all(missing).headed(format!("{count} flags are missing; nothing was saved"))),
    }
}
