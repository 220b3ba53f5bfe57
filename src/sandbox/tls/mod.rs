//! The sandbox under the names of the real hosts: its certificates, and how one process is led to it and trusts them.

mod authority;
mod bundle;
mod files;
mod hosts;
mod java;
mod programs;

use std::io;
use std::path::{Path, PathBuf};

use authority::Authority;
use files::{Files, put};

use crate::listen::TlsNames;

pub(crate) use hosts::{NamedService, all as all_hosts, service};
pub(crate) use programs::Program;

/// TLS for the hosts of OPPO and the IM server.
pub(crate) struct SandboxTls {
    files: Files,
    authority: Authority,
    pass_others: bool,
}

impl SandboxTls {
    /// With the authority of this folder, and the files by which programs trust it. `now` is the machine's own time, in
    /// milliseconds; `pass_others` lets clients of this machine through to other hosts.
    pub(crate) fn open(folder: &Path, now: i64, pass_others: bool) -> io::Result<SandboxTls> {
        let authority = Authority::open(folder, now)?;
        let tls = SandboxTls { files: Files(folder.to_owned()), authority, pass_others };
        tls.write_files()?;
        Ok(tls)
    }

    pub(crate) fn names(&self) -> io::Result<TlsNames> {
        Ok(TlsNames::new(self.authority.server_config()?, hosts::all(), self.pass_others))
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) fn expires_at_ms(&self) -> i64 {
        self.authority.expires_at_ms
    }

    pub(crate) fn ca_file(&self) -> PathBuf {
        self.files.ca()
    }

    pub(crate) fn bundle(&self) -> PathBuf {
        self.files.bundle()
    }

    /// The environment of each program, for a sandbox at this address, `http://ADDRESS:PORT`.
    pub(crate) fn programs(&self, url: &str) -> Vec<Program> {
        programs::programs(&self.files, url)
    }

    fn write_files(&self) -> io::Result<()> {
        let own = &self.authority.certificate;
        let all = bundle::with_system_roots(own)?;
        put(&self.files.ca(), own.as_bytes(), 0o644)?;
        put(&self.files.bundle(), bundle::pem(&all).as_bytes(), 0o644)?;
        put(&self.files.java(), &java::trust_store(&all), 0o644)?;
        put(&self.files.node(), programs::node_file().as_bytes(), 0o644)?;
        std::fs::create_dir_all(self.files.php())?;
        let php = self.files.php().join("opush-sandbox.ini");
        put(&php, programs::php_ini(&self.files.bundle()).as_bytes(), 0o644)
    }
}
