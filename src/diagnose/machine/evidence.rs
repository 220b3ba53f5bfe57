//! What is looked at on this machine: configuration, secrets, files, the state database, endpoints, completions, the program.
//! How it is got belongs to `gather`; what it means, to each check. The helpers here only find things in it.

use crate::app::AppFile;
use crate::click::Target;
use crate::diagnose::finding::{Finding, Skipped};
use crate::failure::Problem;
use crate::oppo::ClockDifference;
use crate::store::StoreError;
use crate::store::health::Health;
use crate::transport::{Probed, Step};

/// Everything that the checks look at.
#[derive(Debug)]
pub struct Machine {
    pub(crate) configuration: Configured,
    /// The app file of a flag or of the current profile, if one is named.
    pub(crate) app: Option<NamedApp>,
    /// Those of the current profile.
    pub(crate) secrets: Vec<SecretSeen>,
    pub(crate) files: Vec<FileSeen>,
    /// Files that nothing refers to, as sentences name them.
    pub(crate) leftovers: Vec<String>,
    /// None: there is no state database yet.
    pub(crate) state: Result<Option<Health>, StoreError>,
    pub(crate) proxies: Vec<ProxyVariable>,
    /// Or why there is none to reach.
    pub(crate) endpoints: Result<Vec<Endpoint>, String>,
    pub(crate) completions: Completions,
    pub(crate) program: Program,
}

/// The state of the configuration.
#[derive(Clone, Debug)]
pub(crate) enum Configured {
    /// There is no file, and no variables in its place.
    Nothing,
    /// With the file that is to blame, if there is one.
    Unusable {
        file: Option<String>,
        problems: Vec<Problem>,
    },
    Sound {
        by: String,
        profile: String,
        region: String,
        because: String,
    },
}

/// An app file, and what of the profile it is to fit.
#[derive(Clone, Debug)]
pub(crate) struct NamedApp {
    pub(crate) file: Result<AppFile, Problem>,
    pub(crate) package: Option<String>,
    /// What each certificate opens.
    pub(crate) targets: Vec<(i64, Target)>,
}

/// A secret that was to be got.
#[derive(Clone, Debug)]
pub(crate) struct SecretSeen {
    /// "the MasterSecret of certificate 7005"
    pub(crate) what: String,
    /// Whether opush itself needs it; an AppSecret only the app does.
    pub(crate) needed: bool,
    /// How it is kept, or why it can't be got.
    pub(crate) got: Result<String, Problem>,
}

/// A file or folder with its permissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileSeen {
    pub(crate) role: Role,
    /// As sentences name it.
    pub(crate) shown: String,
    /// The nine bits of the permissions.
    pub(crate) mode: u32,
}

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A configuration with secrets in plain text.
    ConfigurationWithSecrets,
    Secret,
    SecretsFolder,
    State,
    StateFolder,
}

impl FileSeen {
    pub(crate) fn others_can_read(&self) -> bool {
        self.mode & 0o044 != 0
    }

    pub(crate) fn others_can_write(&self) -> bool {
        self.mode & 0o022 != 0
    }
}

/// A variable that names a proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProxyVariable {
    pub(crate) name: String,
    /// Host and port, or the text of NO_PROXY. None: it is not the address of a proxy.
    pub(crate) means: Option<String>,
}

/// One endpoint, and how far it was reached.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    /// "push, feedback"
    pub(crate) names: String,
    pub(crate) probed: Probed,
    pub(crate) clock: Option<ClockDifference>,
}

/// Whether the shell completes opush.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Completions {
    /// SHELL is not set, or names one for which there is no script.
    NoShell(String),
    /// With the file where the shell looks first, if it looks for files.
    Missing { shell: String, at: Option<String> },
    /// `current`: it is the script of this opush.
    Installed { shell: String, at: String, current: bool },
}

/// This program, and the one that a shell would start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Program {
    /// Versions and platform, for a report.
    pub(crate) versions: String,
    pub(crate) path: String,
    /// The opush that is found first on PATH, if one is; `same` if it is this one.
    pub(crate) on_path: Option<(String, bool)>,
}

impl Machine {
    pub(crate) fn configured(&self) -> Result<(), Skipped> {
        match self.configuration {
            Configured::Sound { .. } => Ok(()),
            Configured::Nothing => Err(Skipped::because("there is no configuration")),
            Configured::Unusable { .. } => Err(Skipped::because("the configuration can't be used")),
        }
    }

    pub(crate) fn endpoints(&self) -> Result<&[Endpoint], Skipped> {
        self.endpoints.as_deref().map_err(|why| Skipped(why.clone()))
    }

    /// For the checks of one step of the way: fails where an endpoint failed there ("HOST (NAMES) has no address: …"), and
    /// skips where none came so far.
    pub(crate) fn reached(
        &self,
        step: impl Fn(&Probed) -> &Step,
        failure: &str,
        cause: &str,
    ) -> Result<Finding, Skipped> {
        let endpoints = self.endpoints()?;
        let failed = |one: &Endpoint| {
            let why = step(&one.probed).failed()?;
            Some(format!("{} ({}) {failure}: {why}", one.probed.host, one.names))
        };
        let failures: Vec<String> = endpoints.iter().filter_map(failed).collect();
        if !failures.is_empty() {
            return Ok(Finding::fail(failures.join("; "), cause));
        }
        let seen: Vec<String> = endpoints
            .iter()
            .filter_map(|one| match step(&one.probed) {
                Step::Done(what) => Some(format!("{}: {what}", one.probed.host)),
                _ => None,
            })
            .collect();
        if !seen.is_empty() {
            return Ok(Finding::pass(seen.join("; ")));
        }
        match endpoints.iter().any(|one| *step(&one.probed) == Step::NotReached) {
            true => Err(Skipped::because("no endpoint was reached so far")),
            false => Err(Skipped::because("no endpoint of the profile needs it")),
        }
    }
}
