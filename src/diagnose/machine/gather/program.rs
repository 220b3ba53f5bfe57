//! This program's versions, and which opush a shell would start.
//! What follows belongs to the check.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::super::evidence::Program;
use crate::config::{Environment, Paths};
use crate::store::health::sqlite_version;

pub(crate) fn program(paths: &Paths, env: &Environment) -> Program {
    let own = std::env::current_exe().ok();
    let whole = |path: &Path| std::fs::canonicalize(path).ok();
    let found = env.get_os("PATH").into_iter().flat_map(std::env::split_paths).find_map(|folder| {
        let path = paths.absolute(&folder.join("opush"));
        let runs = std::fs::metadata(&path)
            .is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0);
        runs.then_some(path)
    });
    let same = |other: &Path| own.as_deref().and_then(whole).is_some_and(|own| whole(other) == Some(own));
    let version = env!("CARGO_PKG_VERSION");
    let (system, processor) = (std::env::consts::OS, std::env::consts::ARCH);
    Program {
        versions: format!("opush {version}, SQLite {}, {system} {processor}", sqlite_version()),
        path: own.as_deref().map_or_else(|| "opush".to_owned(), |own| paths.friendly(own)),
        on_path: found.map(|other| (paths.friendly(&other), same(&other))),
    }
}
