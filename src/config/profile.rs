//! A profile: one app in one environment, and which of its certificates is meant.

use super::{
    AppPath, Certificate, CertificateId, Field, ImSettings, MultiDevice, Region, SecretRef, Source, Sourced,
    Value,
};
use crate::failure::{Failure, Kind, Problem, Remedy};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// Where a whole profile comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A `[profile.NAME]` table of this file, as places name it.
    File(String),
    /// The built-in profile `env`, made of `OPUSH_*` variables.
    Environment,
    /// The built-in profile `sandbox`.
    BuiltIn,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Origin::File(file) => file,
            Origin::Environment => "OPUSH_* variables",
            Origin::BuiltIn => "built in",
        })
    }
}

/// Base URLs that replace those of the region, each without a final slash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Endpoints {
    pub(crate) push: Option<Sourced<String>>,
    pub(crate) device: Option<Sourced<String>>,
    pub(crate) media: Option<Sourced<String>>,
    pub(crate) feedback: Option<Sourced<String>>,
}

impl Endpoints {
    /// The names of the four hosts, as keys of `endpoints`.
    pub(crate) const NAMES: [&str; 4] = ["push", "device", "media", "feedback"];

    /// One endpoint in the place of all four.
    pub(crate) fn all(endpoint: Sourced<String>) -> Endpoints {
        let one = || Some(endpoint.clone());
        Endpoints { push: one(), device: one(), media: one(), feedback: one() }
    }

    /// The endpoint of all four hosts, if they have one.
    pub(crate) fn one(&self) -> Option<&Sourced<String>> {
        let first = self.push.as_ref()?;
        let same = |other: &Option<Sourced<String>>| {
            other.as_ref().is_some_and(|other| other.source == first.source)
        };
        [&self.device, &self.media, &self.feedback].into_iter().all(same).then_some(first)
    }
}

/// One app in one environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) origin: Origin,
    pub(crate) region: Sourced<Region>,
    pub(crate) package: Option<Sourced<String>>,
    pub(crate) endpoints: Endpoints,
    /// Authorities that it trusts beside the system's, for all its hosts; absolute.
    pub(crate) ca_file: Option<Sourced<PathBuf>>,
    /// The app file that click targets are judged by, unless a flag names another.
    pub(crate) app: Option<Sourced<AppPath>>,
    pub(crate) multi_device: Sourced<MultiDevice>,
    /// Every token report of the app reaches opush: none here means none at all.
    pub(crate) reports_complete: Sourced<bool>,
    /// Recipients per second that a run may push to.
    pub(crate) rate: Option<Sourced<u64>>,
    /// So long OPPO is trusted to drop a repeat of one app_message_id; zero is never.
    pub(crate) repeat_window: Sourced<Duration>,
    pub(crate) default_certificate: Option<Sourced<CertificateId>>,
    /// In the order of the file; IDs are unique.
    pub(crate) certificates: Vec<Certificate>,
    /// The IM server's side, if the profile has one.
    pub(crate) im: Option<ImSettings>,
    /// The keys of its file that decide where secrets go, or that are not known to be harmless, as `profile.NAME.KEY`.
    pub(crate) needs_trust: Vec<(String, Sourced<String>)>,
}

/// A secret that a profile names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProfileSecret<'p> {
    /// The certificate that it belongs to; `None` for the IM server's key.
    pub(crate) certificate: Option<CertificateId>,
    /// Its key in the file.
    pub(crate) key: &'static str,
    pub(crate) reference: &'p Sourced<SecretRef>,
}

/// How long a repeat is trusted where the profile does not say: our choice, for OPPO's documents name no time.
pub(crate) const REPEAT_WINDOW: Duration = Duration::from_secs(600);

/// The key of a certificate's secret that only the app itself needs.
pub(crate) const APP_SECRET: &str = "app_secret";

impl Profile {
    /// The certificate asked for, else the default one, else the only one.
    pub(crate) fn certificate(&self, asked: Option<CertificateId>) -> Result<&Certificate, Failure> {
        let wanted = asked.or(self.default_certificate.as_ref().map(|id| id.value));
        match (wanted, self.certificates.as_slice()) {
            (Some(id), _) => self.find(id).ok_or_else(|| self.unknown(id).into()),
            (None, [only]) => Ok(only),
            (None, _) => Err(self.none().into()),
        }
    }

    /// What it holds of this field.
    pub(crate) fn value(&self, field: Field) -> Option<Sourced<Value<SecretRef>>> {
        fn text<T: Clone + ToString>(value: &Sourced<T>) -> Option<Sourced<Value<SecretRef>>> {
            Some(value.clone().map(|value| Value::Text(value.to_string())))
        }
        let im = self.im.as_ref();
        match field {
            Field::Region => text(&self.region),
            Field::Package => text(self.package.as_ref()?),
            Field::MultiDevice => text(&self.multi_device),
            Field::ReportsComplete => Some(self.reports_complete.clone().map(Value::Bool)),
            Field::Endpoint => text(self.endpoints.one()?),
            Field::CaFile => text(&self.ca_file.clone()?.map(|path| path.display().to_string())),
            Field::App => text(&self.app.clone()?.map(|app| app.path().display().to_string())),
            Field::ImSdkAppId => text(&im?.sdk_app_id),
            Field::ImAdmin => text(&im?.admin),
            Field::ImSecretKey => Some(im?.secret_key.clone().map(Value::Secret)),
            Field::ImRegion => text(im?.region.as_ref()?),
            Field::ImEndpoint => text(im?.endpoint.as_ref()?),
            _ => None,
        }
    }

    /// The IM settings, for commands that can do nothing without them.
    pub(crate) fn im(&self) -> Result<&ImSettings, Failure> {
        self.im.as_ref().ok_or_else(|| {
            let table = format!("[profile.{}.im]", self.name);
            let hint = match self.origin {
                Origin::Environment => {
                    "the built-in profile env has none: make a profile in a file".to_owned()
                }
                _ => format!("add {table} with sdk_app_id, admin and secret_key; see docs/configuration.md"),
            };
            let message = format!("profile {} has no settings of an IM server", self.name);
            Problem::new(Kind::NoImSettings, message, hint).at(table).into()
        })
    }

    /// Its secrets, in the order of its certificates, the IM server's key last.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = ProfileSecret<'_>> {
        let of_certificates = self.certificates.iter().flat_map(|certificate| {
            let id = Some(certificate.id.value);
            let of = move |key, reference| ProfileSecret { certificate: id, key, reference };
            let app_secret = certificate.app_secret.as_ref().map(|secret| of(APP_SECRET, secret));
            [Some(of("master_secret", &certificate.master_secret)), app_secret].into_iter().flatten()
        });
        let key = self.im.as_ref().map(|im| &im.secret_key);
        of_certificates.chain(key.map(|reference| ProfileSecret {
            certificate: None,
            key: "secret_key",
            reference,
        }))
    }

    pub(crate) fn find(&self, id: CertificateId) -> Option<&Certificate> {
        self.certificates.iter().find(|certificate| certificate.id.value == id)
    }

    /// The certificate of this number, where the profile has it.
    pub(crate) fn find_id(&self, id: i64) -> Option<&Certificate> {
        self.find(CertificateId::new(id)?)
    }

    /// "7004 demo-oppo, 7005 chat-oppo"
    fn choices(&self) -> String {
        let choice = |certificate: &Certificate| match certificate.name.source {
            Source::Default => certificate.id.to_string(),
            _ => format!("{} {}", certificate.id, certificate.name),
        };
        self.certificates.iter().map(choice).collect::<Vec<_>>().join(", ")
    }

    fn unknown(&self, id: CertificateId) -> Problem {
        let hint = if self.certificates.is_empty() {
            Remedy::run("it has none; add one", "cert add")
        } else {
            format!("it has {}", self.choices()).into()
        };
        Problem::new(Kind::UnknownCertificate, format!("profile {} has no certificate {id}", self.name), hint)
            .at("--certificate")
    }

    fn none(&self) -> Problem {
        if self.certificates.is_empty() {
            let message = format!("profile {} has no certificate", self.name);
            return Problem::new(Kind::NoCertificate, message, Remedy::run("add one", "cert add"))
                .at(&self.name);
        }
        Problem::new(
            Kind::NoCertificate,
            format!("profile {} has {} certificates and no default", self.name, self.certificates.len()),
            Remedy::from(format!("choose with --certificate, or make one the default: {}", self.choices()))
                .command("cert use <ID>"),
        )
        .at("--certificate")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::sandbox_profile;

    #[test]
    fn named_before_default_before_only() {
        let mut profile = sandbox_profile();
        let id = |number| CertificateId::new(number).unwrap();
        assert_eq!(profile.certificate(None).unwrap().id.value, id(1));
        let mut second = profile.certificates[0].clone();
        second.id.value = id(7005);
        profile.certificates.push(second);
        let failure = profile.certificate(None).unwrap_err();
        assert_eq!(failure.problems()[0].kind, Kind::NoCertificate);
        assert!(failure.problems()[0].hint.sentence().contains("1 demo-oppo, 7005 demo-oppo"));
        profile.default_certificate = Some(Sourced::new(id(7005), Source::Default));
        assert_eq!(profile.certificate(None).unwrap().id.value, id(7005));
        assert_eq!(profile.certificate(Some(id(1))).unwrap().id.value, id(1));
        let failure = profile.certificate(Some(id(2))).unwrap_err();
        assert_eq!(failure.problems()[0].kind, Kind::UnknownCertificate);
        profile.certificates.clear();
        profile.default_certificate = None;
        assert_eq!(profile.certificate(None).unwrap_err().problems()[0].kind, Kind::NoCertificate);
    }
}
