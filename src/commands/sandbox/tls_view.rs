//! How a program is led to a sandbox with TLS and trusts it: for a person, and in the ready file.

use serde::Serialize;
use serde_json::Value;

use super::super::context::Ctx;
use super::times::rfc3339;
use crate::failure::shell_word;
use crate::sandbox::tls::{Program, SandboxTls, all_hosts};

/// What the ready file holds.
#[derive(Serialize)]
pub(super) struct Ready<'a> {
    pub(super) url: &'a str,
    pub(super) pid: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tls: Option<&'a TlsView>,
}

/// The CA, and the environment of a process for each language.
#[derive(Serialize)]
pub(super) struct TlsView {
    ca_file: String,
    bundle: String,
    expires_at: String,
    hosts: Vec<String>,
    programs: Vec<Program>,
}

/// That the CA was replaced while the sandbox runs.
pub(super) fn say_renewed(tls: &SandboxTls, ctx: &Ctx) {
    ctx.note(&format!(
        "The CA was renewed (until {}). Start programs again that are to trust it: they have read the one before.",
        rfc3339(tls.expires_at_ms())
    ));
}

impl TlsView {
    /// `url` is the sandbox's address on this machine.
    pub(super) fn new(tls: &SandboxTls, url: &str) -> TlsView {
        TlsView {
            ca_file: tls.ca_file().display().to_string(),
            bundle: tls.bundle().display().to_string(),
            expires_at: rfc3339(tls.expires_at_ms()),
            hosts: all_hosts(),
            programs: tls.programs(url),
        }
    }

    pub(super) fn say(&self, ctx: &Ctx) {
        ctx.note(&format!(
            "TLS for {} hosts of OPPO and the IM server, by the CA {} (until {})",
            self.hosts.len(),
            self.ca_file,
            self.expires_at
        ));
        ctx.note("One process is led here and trusts it by these variables (docs/sandbox-tls.md):");
        for program in &self.programs {
            let word = |value: &Value| shell_word(value.as_str().unwrap_or_default()).to_string();
            let variables = program.variables.iter();
            let line: Vec<String> =
                variables.map(|(name, value)| format!("{name}={}", word(value))).collect();
            ctx.note(&format!("  {:<7} {}", program.name, line.join(" ")));
        }
    }
}
