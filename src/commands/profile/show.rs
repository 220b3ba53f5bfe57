//! `opush profile show`: every value of one profile and where it came from. Secrets only as where they are kept.
//! A certificate in full is `cert show`'s.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::config::{
    Certificate, Configuration, Endpoints, Field, ImSettings, Profile, Region, Source, Sourced, suggest,
};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::im::client::hosts;
use crate::oppo::{self, Overrides};
use crate::output::{Page, Report};

/// Show a profile, and where each of its values came from
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  opush profile show\n  opush profile show sandbox --json")]
pub(crate) struct Args {
    /// A profile of the file, or a built-in one: sandbox, env [default: the current one]
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Shown, Failure> {
    let configuration = ctx.configuration()?;
    let in_force = configuration.current_because(ctx.profile_choice().as_ref(), &ctx.environment);
    let profile = match &args.name {
        Some(name) => configuration
            .named(name, &ctx.environment)
            .unwrap_or_else(|| Err(unknown(name, configuration)))?,
        None => in_force.clone()?.0,
    };
    let because = in_force.ok().filter(|(chosen, _)| chosen.name == profile.name).map(|(_, because)| because);
    let mut shown = Shown::of(&profile, because.map(|because| because.to_string()));
    if let Some(file) = &configuration.file {
        shown.short = Some((file.found.shown.clone(), ctx.paths.friendly(&file.found.path)));
    }
    Ok(shown)
}

fn unknown(name: &str, configuration: &Configuration) -> Failure {
    let hint = suggest::hint(name, configuration.names().chain(["sandbox", "env"]));
    Problem::new(Kind::UnknownProfile, format!("there is no profile {name:?}"), hint).at("NAME").into()
}

/// What `profile show --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shown {
    name: String,
    region: Region,
    /// The file, "built in", or "OPUSH_* variables".
    origin: String,
    in_force: bool,
    /// Why it is the current profile, if it is.
    because: Option<String>,
    /// Every value of the profile and of its certificates.
    values: Vec<Value>,
    #[serde(skip)]
    certificates: Vec<Vec<String>>,
    /// The file as places name it, and shorter, for a person.
    #[serde(skip)]
    short: Option<(String, String)>,
}

/// One value and where it came from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct Value {
    /// As in the configuration file: region, endpoints.push, certificate.7005.app_id ...
    key: String,
    /// null where none is set; a secret as where it is kept.
    value: Option<String>,
    /// FILE:LINE:COLUMN, a variable, "built in", or "default".
    source: String,
}

impl Value {
    fn new<T: ToString>(key: impl Into<String>, value: &Sourced<T>) -> Value {
        Value { key: key.into(), value: Some(value.value.to_string()), source: value.source.to_string() }
    }

    fn default(key: impl Into<String>, value: Option<String>) -> Value {
        Value { key: key.into(), value, source: Source::Default.to_string() }
    }

    fn of(profile: &Profile, field: Field) -> Value {
        let key = field.row().key;
        match profile.value(field) {
            Some(value) => Value::new(key, &value.map(|value| value.shown())),
            None => Value::default(key, None),
        }
    }
}

impl Shown {
    fn of(profile: &Profile, because: Option<String>) -> Shown {
        let of = |field| Value::of(profile, field);
        let mut values = [Field::Region, Field::Package, Field::MultiDevice].map(of).to_vec();
        values.push(Value::new("reports_complete", &profile.reports_complete));
        values.extend(endpoints(profile));
        values.extend(profile.ca_file.is_some().then(|| of(Field::CaFile)));
        values.extend(profile.app.is_some().then(|| of(Field::App)));
        values.push(match (&profile.default_certificate, profile.certificates.as_slice()) {
            (None, [only]) => Value::default("default_certificate", Some(only.id.to_string())),
            (None, _) => Value::default("default_certificate", None),
            (Some(id), _) => Value::new("default_certificate", id),
        });
        values.extend(profile.im.iter().flat_map(|im| im_settings(profile, im)));
        values.extend(profile.certificates.iter().flat_map(certificate));
        Shown {
            name: profile.name.clone(),
            region: profile.region.value,
            origin: profile.origin.to_string(),
            in_force: because.is_some(),
            because,
            values,
            certificates: profile.certificates.iter().map(row).collect(),
            short: None,
        }
    }

    /// A place or origin with the file's shorter name.
    fn shorter(&self, place: &str) -> String {
        match &self.short {
            Some((long, short)) => place.replacen(long, short, 1),
            None => place.to_owned(),
        }
    }
}

/// The profile's own endpoints, else the hosts of its region.
fn endpoints(profile: &Profile) -> Vec<Value> {
    if profile.endpoints.one().is_some() {
        return vec![Value::of(profile, Field::Endpoint)];
    }
    let (region, given) = (profile.region.value, &profile.endpoints);
    let own = [&given.push, &given.device, &given.media, &given.feedback];
    // Region sandbox has no hosts: its requests go to the simulator, wherever that runs.
    let known = oppo::Endpoints::resolve(region, &Overrides::default()).ok();
    let hosts = known.map_or([None, None, None, None], |hosts| {
        [Some(hosts.push), hosts.device, hosts.media, hosts.feedback]
    });
    Endpoints::NAMES
        .into_iter()
        .zip(own.into_iter().zip(hosts))
        .filter_map(|(name, (own, host))| {
            let key = format!("endpoints.{name}");
            match (own, host) {
                (Some(own), _) => Some(Value::new(key, own)),
                (None, Some(host)) => {
                    Some(Value::default(key, Some(host.as_str().trim_end_matches('/').to_owned())))
                }
                (None, None) => None,
            }
        })
        .collect()
}

/// The IM server's side; where it is, by region or endpoint.
fn im_settings(profile: &Profile, im: &ImSettings) -> Vec<Value> {
    let of = |field| Value::of(profile, field);
    let mut values = [Field::ImSdkAppId, Field::ImAdmin, Field::ImSecretKey].map(of).to_vec();
    match (&im.endpoint, &im.region) {
        (Some(_), region) => {
            values.extend(region.as_ref().map(|_| of(Field::ImRegion)));
            values.push(of(Field::ImEndpoint));
        }
        (None, Some(region)) => {
            values.push(of(Field::ImRegion));
            values.push(Value::default("im.endpoint", Some(hosts(region.value).0.to_owned())));
        }
        // Its requests go to the simulator, wherever that runs.
        (None, None) if profile.region.value == Region::Sandbox => {}
        (None, None) => values.push(of(Field::ImRegion)),
    }
    values
}

fn certificate(certificate: &Certificate) -> impl Iterator<Item = Value> {
    let value = |(key, value): (_, Option<Sourced<String>>)| {
        let key = format!("certificate.{}.{key}", certificate.id);
        value.map_or_else(|| Value::default(key.clone(), None), |value| Value::new(key.clone(), &value))
    };
    certificate.values().map(value)
}

fn row(certificate: &Certificate) -> Vec<String> {
    vec![
        certificate.id.to_string(),
        certificate.name.to_string(),
        certificate.app_id.to_string(),
        certificate.channel_id.as_ref().map(ToString::to_string).unwrap_or_default(),
        certificate.click.to_string(),
        certificate.master_secret.describe(),
        certificate.id.source.to_string(),
    ]
}

impl Report for Shown {
    fn text(&self, page: &mut Page) {
        page.line(format!("profile {} ({}), {}", self.name, self.region, self.shorter(&self.origin)));
        if let Some(because) = &self.because {
            page.line(format!("current: {because}"));
        }
        page.blank();
        let own = self.values.iter().filter(|value| !value.key.starts_with("certificate."));
        let rows: Vec<Vec<String>> = own
            .map(|value| match &value.value {
                Some(text) => vec![value.key.clone(), text.clone(), self.shorter(&value.source)],
                None => vec![value.key.clone(), "not set".into(), String::new()],
            })
            .collect();
        page.table(&["key", "value", "from"], &rows, &[]);
        page.blank();
        if self.certificates.is_empty() {
            let add = Remedy::run("No certificate yet", "cert add --profile <PROFILE>");
            page.line(page.remedy(&add.with("PROFILE", &self.name)));
            return;
        }
        let header = ["certificate", "name", "AppID", "channel", "click", "MasterSecret", "from"];
        let mut rows = self.certificates.clone();
        for place in rows.iter_mut().filter_map(|row| row.last_mut()) {
            *place = self.shorter(place);
        }
        page.table(&header, &rows, &[]);
    }
}
