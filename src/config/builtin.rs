//! The built-in profiles: `sandbox`, which always exists, and `env`, made of `OPUSH_*` variables.

use super::environment::not_utf8;
use super::profile::REPEAT_WINDOW;
use super::rules::{self, Flaw};
use super::suggest;
use super::{
    Certificate, CertificateId, Endpoints, Environment, ImSettings, MultiDevice, Origin, Profile, Region,
    Secret, SecretRef, Source, Sourced,
};
use crate::click::Target;
use crate::failure::{Failure, Kind, Problem};

/// The variables without which there is no profile `env`.
pub(crate) const REQUIRED: [&str; 5] =
    ["OPUSH_APP_ID", "OPUSH_APP_KEY", "OPUSH_MASTER_SECRET", "OPUSH_CHANNEL_ID", "OPUSH_REGION"];

/// The only certificate of a built-in profile: a local ID, which no IM server knows.
fn first() -> CertificateId {
    CertificateId::new(1).expect("1 is positive")
}

/// The profile `sandbox`: an invented app that fits the sandbox's first phone.
pub(crate) fn sandbox_profile() -> Profile {
    fn built_in<T>(value: T) -> Sourced<T> {
        Sourced::new(value, Source::BuiltIn)
    }
    Profile {
        name: "sandbox".to_owned(),
        origin: Origin::BuiltIn,
        region: built_in(Region::Sandbox),
        package: Some(built_in("com.example.demo".to_owned())),
        endpoints: Endpoints::default(),
        ca_file: None,
        app: None,
        multi_device: Sourced::new(MultiDevice::default(), Source::Default),
        reports_complete: Sourced::new(false, Source::Default),
        rate: None,
        repeat_window: Sourced::new(REPEAT_WINDOW, Source::Default),
        default_certificate: None,
        certificates: vec![Certificate {
            id: built_in(first()),
            name: built_in("demo-oppo".to_owned()),
            app_id: built_in("30001".to_owned()),
            app_key: built_in("sandbox-demo-app-key".to_owned()),
            app_secret: Some(built_in(SecretRef::Plain(Secret::new("sandbox-demo-app-secret")))),
            master_secret: built_in(SecretRef::Plain(Secret::new("sandbox-demo-master-secret"))),
            channel_id: Some(built_in("tuikit".to_owned())),
            click: built_in(Target::Activity("com.example.demo.SplashActivity".to_owned())),
            saved_at: None,
        }],
        im: Some(ImSettings {
            sdk_app_id: built_in(1_400_000_001),
            admin: built_in("administrator".to_owned()),
            secret_key: built_in(SecretRef::Plain(Secret::new(
                "opush-sandbox-secret-key-000000000000000000000000000000000000000",
            ))),
            region: None,
            endpoint: None,
        }),
        needs_trust: Vec::new(),
    }
}

/// Whether any of the required variables is set: then the profile `env` is meant.
pub(crate) fn env_is_meant(env: &Environment) -> bool {
    REQUIRED.iter().any(|name| env.get_os(name).is_some())
}

/// The profile `env`, or everything that is missing or wrong in its variables.
pub(super) fn env_profile(env: &Environment) -> Result<Profile, Failure> {
    let mut variables = Variables { env, problems: Vec::new() };
    let profile = variables.profile();
    let problems = variables.problems;
    profile.filter(|_| problems.is_empty()).ok_or_else(|| {
        Failure::all(problems).headed("the variables of the built-in profile env are not complete and valid")
    })
}

struct Variables<'e> {
    env: &'e Environment,
    problems: Vec<Problem>,
}

impl Variables<'_> {
    fn profile(&mut self) -> Option<Profile> {
        let opaque = || rules::owned(rules::opaque);
        let app_id = self.required("OPUSH_APP_ID", opaque());
        let app_key = self.required("OPUSH_APP_KEY", opaque());
        let master_secret = self.required("OPUSH_MASTER_SECRET", |text| {
            rules::opaque(text).map(|()| SecretRef::Env("OPUSH_MASTER_SECRET".to_owned()))
        });
        let channel_id = self.required("OPUSH_CHANNEL_ID", opaque());
        let region = self.required("OPUSH_REGION", rules::region);
        let endpoint = self.optional("OPUSH_ENDPOINT", rules::endpoint);
        let package = self.optional("OPUSH_PACKAGE", rules::owned(rules::package));
        let click = self.click(package.as_ref().map(|package| package.value.as_str()));
        let certificate = Certificate {
            id: Sourced::new(first(), Source::BuiltIn),
            name: Sourced::new("env".to_owned(), Source::BuiltIn),
            app_id: app_id?,
            app_key: app_key?,
            app_secret: None,
            master_secret: master_secret?,
            channel_id: Some(channel_id?),
            click,
            saved_at: None,
        };
        Some(Profile {
            name: "env".to_owned(),
            origin: Origin::Environment,
            region: region?,
            package,
            endpoints: endpoint.map(Endpoints::all).unwrap_or_default(),
            ca_file: None,
            app: None,
            multi_device: Sourced::new(MultiDevice::default(), Source::Default),
            reports_complete: Sourced::new(false, Source::Default),
            rate: None,
            repeat_window: Sourced::new(REPEAT_WINDOW, Source::Default),
            default_certificate: None,
            certificates: vec![certificate],
            im: None,
            needs_trust: Vec::new(),
        })
    }

    fn required<T>(&mut self, name: &str, rule: impl FnOnce(&str) -> Result<T, Flaw>) -> Option<Sourced<T>> {
        if self.env.get_os(name).is_none() {
            let message = format!("{name} is not set");
            let hint = format!("the built-in profile env needs {}", suggest::list(REQUIRED));
            self.problems.push(Problem::new(Kind::IncompleteEnvironment, message, hint).at(name));
        }
        self.optional(name, rule)
    }

    fn optional<T>(&mut self, name: &str, rule: impl FnOnce(&str) -> Result<T, Flaw>) -> Option<Sourced<T>> {
        if self.env.is_not_utf8(name) {
            self.problems.push(not_utf8(name));
        }
        match rule(self.env.get(name)?) {
            Ok(value) => Some(Sourced::new(value, Source::Variable(name.to_owned()))),
            Err(flaw) => {
                self.problems.push(Problem { kind: flaw.kind_in_configuration(), ..flaw.of_flag(name) });
                None
            }
        }
    }

    fn click(&mut self, package: Option<&str>) -> Sourced<Target> {
        const NAME: &str = "OPUSH_CLICK";
        let default = Sourced::new(Target::OpenApp, Source::Default);
        let Some(text) = self.optional(NAME, rules::owned(rules::opaque)) else { return default };
        match Target::parse(&text.value, package) {
            Ok(target) => Sourced::new(target, text.source),
            Err(problems) => {
                let of_variable = |problem: Problem| Problem { kind: Kind::BadValue, ..problem }.at(NAME);
                self.problems.extend(problems.into_iter().map(of_variable));
                default
            }
        }
    }
}
