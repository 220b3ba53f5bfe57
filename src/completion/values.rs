//! The values that an argument may take: of this machine, and words of closed lists that clap does not know. Only looked at:
//! nothing is made, no secret is got, no command is run, and what is broken gives no values.

use std::path::PathBuf;

use clap_complete::engine::CompletionCandidate;
use strum::VariantArray;

use crate::clock::Clock;
use crate::config::{self, Configuration, Environment, Paths, Profile, ProfileChoice, Region, Source};
use crate::device::attached_now;
use crate::sandbox::faults;
use crate::sandbox::glance::{Named, glance};
use crate::sandbox::phone::Brand;
use crate::sandbox::rules::{self, Allowed};
use crate::store::{Store, deliveries, users};

/// More would not help to find one.
const MOST: usize = 100;

/// What an argument's value names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Profile,
    Certificate,
    User,
    Delivery,
    Explained,
    Region,
    ClickTarget,
    Brand,
    Rule,
    Fault,
    CallName,
    Phone,
    OfSandbox(Named),
}

/// Gives the words that `opush explain` takes, each with its meaning.
pub(crate) type Words = fn() -> Vec<(String, String)>;

/// Where values are found.
pub(crate) struct Values {
    explained: Words,
    paths: Option<Paths>,
    environment: Environment,
    clock: Clock,
    /// `--profile` and `--config` as given on the line so far.
    profile: Option<String>,
    config: Option<PathBuf>,
}

impl Values {
    pub(crate) fn new(
        words: &[String],
        environment: &Environment,
        clock: &Clock,
        explained: Words,
    ) -> Values {
        // The last word is still being typed.
        let before = words.split_last().map_or(&[][..], |(_, before)| before);
        Values {
            explained,
            paths: Paths::of_process(environment).ok(),
            environment: environment.clone(),
            clock: clock.clone(),
            profile: flag(before, "--profile"),
            config: flag(before, "--config").map(PathBuf::from),
        }
    }

    /// What the value of this argument of the command at `path` names, if it is something of this machine.
    pub(crate) fn kind_of(path: &[String], arg: &clap::Arg) -> Option<Kind> {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let shown = arg.get_value_names().and_then(|names| names.first()).map(|name| name.as_str());
        let id = arg.get_id().as_str();
        Some(match (path.as_slice(), id, shown) {
            (_, "profile", _) | (["profile", "use" | "show" | "remove" | "edit"], "name", _) => Kind::Profile,
            (_, "certificate", _) | (["cert", "show" | "verify" | "use"], "id", _) => Kind::Certificate,
            (["history", "show" | "resend"], "id", _) => Kind::Delivery,
            (["explain"], "code", _) => Kind::Explained,
            (["sandbox", "phone", below], "name", _) if *below != "add" => Kind::OfSandbox(Named::Phones),
            (["sandbox", "fault", "set"], "phone", _) => Kind::OfSandbox(Named::Phones),
            (["sandbox", "fault", "clear"], "ids", _) => Kind::OfSandbox(Named::Faults),
            (["sandbox", "fault", "set"], "fault", _) => Kind::Fault,
            (["sandbox", "fault", "set"], "call", _) => Kind::CallName,
            (["sandbox", "calls"], "after" | "id", _) => Kind::OfSandbox(Named::Calls),
            (["sandbox", "run"], "rule", _) => Kind::Rule,
            (["sandbox", ..], "brand", _) => Kind::Brand,
            (["cert" | "profile", ..], "region", _) => Kind::Region,
            (["device", ..], "serial", _) | (["diagnose"], "adb", _) => Kind::Phone,
            (_, "click", _) | (["click", ..], "targets" | "target", _) => Kind::ClickTarget,
            (_, _, Some("USER")) => Kind::User,
            _ => return None,
        })
    }

    /// The values that begin as typed.
    pub(crate) fn of(&self, kind: Kind, typed: &str) -> Vec<CompletionCandidate> {
        let found = match kind {
            Kind::Profile => self.profiles(),
            Kind::Certificate => self.certificates(),
            Kind::User => self.users(typed),
            Kind::Delivery => self.deliveries(),
            Kind::Explained => {
                (self.explained)().into_iter().map(|(word, meaning)| (word, Some(meaning))).collect()
            }
            Kind::Region => words(Region::ALL.iter().map(|region| (region.as_str(), ""))),
            Kind::ClickTarget => words(CLICK_TARGETS.iter().copied()),
            Kind::Brand => words(Brand::VARIANTS.iter().map(|brand| (brand.as_str(), ""))),
            Kind::Rule => rules(typed),
            Kind::Fault => faults::TABLE.iter().map(|row| (row.form(), Some(row.does.to_owned()))).collect(),
            Kind::CallName => words(faults::CALLS.iter().map(|(call, _)| (*call, ""))),
            Kind::Phone => self.phones(),
            Kind::OfSandbox(named) => self.of_sandbox(named),
        };
        let fitting = found.into_iter().filter(|(value, _)| value.starts_with(typed)).take(MOST);
        fitting.map(|(value, about)| CompletionCandidate::new(value).help(about.map(Into::into))).collect()
    }

    /// The configuration file in use, if there is one.
    fn file(&self) -> Option<Option<config::Found>> {
        config::find(self.paths.as_ref()?, &self.environment, self.config.as_deref()).ok()
    }

    fn configuration(&self) -> Option<Configuration> {
        let read = config::load_despite_default(self.paths.as_ref()?, self.file()?.as_ref());
        read.ok().map(|(configuration, _)| configuration)
    }

    fn current_profile(&self) -> Option<Profile> {
        let asked = match &self.profile {
            Some(name) => {
                Some(ProfileChoice { name: name.clone(), source: Source::Flag("--profile".into()) })
            }
            None => ProfileChoice::new(None, &self.environment),
        };
        self.configuration()?.current(asked.as_ref(), &self.environment).ok()
    }

    fn profiles(&self) -> Vec<Found> {
        let profiles = self.configuration().map(|configuration| configuration.profiles).unwrap_or_default();
        let of_file =
            profiles.into_iter().map(|profile| (profile.name, Some(format!("region {}", profile.region))));
        let built_in = [("sandbox", "built in: the simulator"), ("env", "built in: OPUSH_* variables")];
        let built_in = built_in.into_iter().map(|(name, about)| (name.to_owned(), Some(about.to_owned())));
        of_file.chain(built_in).collect()
    }

    fn certificates(&self) -> Vec<Found> {
        let certificates = self.current_profile().map(|profile| profile.certificates).unwrap_or_default();
        certificates
            .into_iter()
            .map(|certificate| (certificate.id.to_string(), Some(certificate.name.value)))
            .collect()
    }

    /// Those that a running adb server sees; none is started for it.
    fn phones(&self) -> Vec<Found> {
        let phones = attached_now(self.environment.get("ANDROID_ADB_SERVER_PORT"));
        phones.into_iter().map(|phone| (phone.serial, phone.model)).collect()
    }

    fn of_sandbox(&self, named: Named) -> Vec<Found> {
        let Some(paths) = &self.paths else { return Vec::new() };
        let found = glance(&paths.state_home.join("sandbox.db"), named);
        found.into_iter().map(|(name, about)| (name, Some(about))).collect()
    }

    fn store(&self) -> Option<Store> {
        let (paths, file) = (self.paths.as_ref()?, self.file()?);
        let file = file.as_ref().map(|found| (found, config::trust_now(paths, found)));
        Store::look(&config::state_file(paths, file), self.clock.clone()).ok().flatten()
    }

    fn users(&self, typed: &str) -> Vec<Found> {
        let list = || users::beginning(&self.store()?, &self.current_profile()?.name, typed, MOST).ok();
        list().unwrap_or_default().into_iter().map(|user| (user, None)).collect()
    }

    fn deliveries(&self) -> Vec<Found> {
        let filter = deliveries::Filter { limit: Some(20), ..deliveries::Filter::default() };
        let list = || deliveries::list(&self.store()?, &filter).ok();
        let about = |delivery: &deliveries::Delivery| {
            let to = delivery.user.clone().or(delivery.target.as_ref().map(|to| to.value().to_owned()));
            format!("{} to {}", delivery.status.as_str(), to.unwrap_or_default())
        };
        let found = list().unwrap_or_default();
        found.iter().map(|delivery| (delivery.id.0.to_string(), Some(about(delivery)))).collect()
    }
}

/// A value and what is said of it.
type Found = (String, Option<String>);

/// What a tap can open, and how it is written.
const CLICK_TARGETS: &[(&str, &str)] = &[
    ("open-app", "the app's first page"),
    ("url:", "a web page"),
    ("activity:", "an Activity, by its full class name"),
    ("intent:", "an Activity, by an intent action"),
    ("scheme:", "a URL of the app's own scheme"),
];

/// Words of a closed list.
fn words<'a>(list: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Found> {
    let about = |about: &str| (!about.is_empty()).then(|| about.to_owned());
    list.map(|(word, help)| (word.to_owned(), about(help))).collect()
}

/// The rules, and once one is named, the values that it takes.
fn rules(typed: &str) -> Vec<Found> {
    let Some((id, _)) = typed.split_once('=') else {
        return rules::TABLE
            .iter()
            .map(|rule| (format!("{}=", rule.id), Some(rule.question.to_owned())))
            .collect();
    };
    let Some(rule) = rules::TABLE.iter().find(|rule| rule.id == id) else { return Vec::new() };
    let more = match rule.allowed {
        Allowed::Words(words) | Allowed::Duration(words) => words,
        Allowed::NumberOrOff(_) => &["off"],
    };
    let mut values = vec![rule.default];
    values.extend(more.iter().filter(|value| **value != rule.default));
    let about = |value: &str| (value == rule.default).then(|| "as without it".to_owned());
    values.into_iter().map(|value| (format!("{id}={value}"), about(value))).collect()
}

/// The last value of a flag, as `--flag value` or `--flag=value`.
fn flag(words: &[String], name: &str) -> Option<String> {
    let words = words.iter().take_while(|word| *word != "--").collect::<Vec<_>>();
    let apart = words.windows(2).rev().find(|pair| pair[0] == name).map(|pair| pair[1].clone());
    let joined =
        words.iter().rev().find_map(|word| word.strip_prefix(name)?.strip_prefix('=').map(str::to_owned));
    apart.or(joined)
}
