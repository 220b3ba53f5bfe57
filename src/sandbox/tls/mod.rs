//! The sandbox under the names of the real hosts: its certificates, and how one process is led to it and trusts them.

mod authority;
mod bundle;
mod files;
mod hosts;
mod java;
mod programs;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use authority::{Authority, Served};
use files::{Files, put};

use crate::listen::TlsNames;

pub(crate) use hosts::{NamedService, all as all_hosts, service};
pub(crate) use programs::Program;

/// TLS for the hosts of OPPO and the IM server.
pub(crate) struct SandboxTls {
    files: Files,
    authority: Authority,
    served: Arc<Served>,
    pass_others: bool,
}

impl SandboxTls {
    /// With the authority of this folder, and the files by which programs trust it. `now` is the machine's own time, in
    /// milliseconds; `pass_others` lets clients of this machine through to other hosts.
    pub(crate) fn open(folder: &Path, now: i64, pass_others: bool) -> io::Result<SandboxTls> {
        let authority = Authority::open(folder, now)?;
        let served = Arc::new(authority.served()?);
        let tls = SandboxTls { files: Files(folder.to_owned()), authority, served, pass_others };
        tls.write_files()?;
        Ok(tls)
    }

    /// Where the authority ends soon, another takes its place, in the files and for new connections. Programs that run
    /// trust the one that was there when they began.
    pub(crate) fn renew(&mut self, now: i64) -> io::Result<bool> {
        if !self.authority.is_over(now) {
            return Ok(false);
        }
        self.authority = Authority::open(&self.files.0, now)?;
        self.write_files()?;
        self.served.replace(&self.authority)?;
        Ok(true)
    }

    pub(crate) fn names(&self) -> io::Result<TlsNames> {
        Ok(TlsNames::new(self.served.config()?, hosts::all(), self.pass_others))
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

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000_000;
    const DAY_MS: i64 = 24 * 60 * 60 * 1000;

    #[test]
    fn it_is_renewed_a_day_before_its_end_with_every_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut tls = SandboxTls::open(folder.path(), NOW, false).unwrap();
        let files = |tls: &SandboxTls| {
            [tls.ca_file(), tls.bundle(), tls.files.java()].map(|path| std::fs::read(path).unwrap())
        };
        let (first, ends) = (files(&tls), tls.expires_at_ms());
        assert_eq!(ends, NOW + 30 * DAY_MS);
        assert!(!tls.renew(NOW + 29 * DAY_MS).unwrap());
        assert_eq!(files(&tls), first);
        let late = NOW + 29 * DAY_MS + 1;
        assert!(tls.renew(late).unwrap());
        let second = files(&tls);
        assert!(first.iter().zip(&second).all(|(old, new)| old != new));
        assert_eq!(tls.expires_at_ms(), late + 30 * DAY_MS);
        // A sandbox that starts then uses the same, and so does one that had the first.
        assert_eq!(files(&SandboxTls::open(folder.path(), late, false).unwrap()), second);
        assert!(!tls.renew(late).unwrap());
    }
}
