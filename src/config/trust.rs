//! Whether the commands of a configuration file may run: a checkout from somewhere else must not run programs.

use super::files::{self, Mode};
use super::lock::{Lock, digest};
use super::{Found, How, Paths};
use crate::failure::{Kind, Problem, Remedy};
use crate::waiting::Wait;
use std::path::{Path, PathBuf};

/// Whether `{ command }` secrets of a file may run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    Granted,
    /// The file was found by searching upward and is not, or no longer, trusted.
    Withheld {
        shown: String,
    },
}

impl Trust {
    pub(super) fn check(&self) -> Result<(), Problem> {
        match self {
            Trust::Granted => Ok(()),
            Trust::Withheld { shown } => Err(Problem::new(
                Kind::UntrustedCommand,
                format!("{shown} was found by searching upward, and its commands are not trusted"),
                Remedy::run("read it, then trust it", "config trust"),
            )),
        }
    }
}

/// Whether the file with this content may run commands: named by hand, in the configuration folder, or trusted as it is.
pub(crate) fn trust_of(paths: &Paths, found: &Found, content: &[u8]) -> Trust {
    if found.how != How::Upward || is_trusted(paths, &found.path, content) {
        Trust::Granted
    } else {
        Trust::Withheld { shown: found.shown.clone() }
    }
}

/// Whether exactly this content of this file was trusted.
pub(super) fn is_trusted(paths: &Paths, file: &Path, content: &[u8]) -> bool {
    let line = line(file, &digest(content));
    std::fs::read_to_string(record(paths)).is_ok_and(|text| text.lines().any(|known| known == line))
}

/// Trusts a file with the content of this digest.
pub(super) fn remember(paths: &Paths, file: &Path, digest: &str) -> Result<(), Problem> {
    let record = record(paths);
    let _lock = Lock::acquire(paths, &record, Wait::begin())?;
    let path = name(file);
    let known = match std::fs::read_to_string(&record) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(files::disk("read", &record, &error)),
    };
    let mut text: String = known
        .lines()
        .filter(|line| line.split_once(' ').is_some_and(|(_, known)| known != path))
        .map(|line| format!("{line}\n"))
        .collect();
    text.push_str(&line(file, digest));
    text.push('\n');
    files::replace(&record, text.as_bytes(), Mode::Private)
}

fn record(paths: &Paths) -> PathBuf {
    paths.config_home.join("trusted")
}

/// The canonical path in one line, whatever bytes it has.
fn name(file: &Path) -> String {
    let path = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    path.as_os_str().as_encoded_bytes().escape_ascii().to_string()
}

fn line(file: &Path, digest: &str) -> String {
    format!("{digest} {}", name(file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::World;

    fn trust(paths: &Paths, file: &Path, content: &[u8]) -> Result<(), Problem> {
        remember(paths, file, &digest(content))
    }

    #[test]
    fn a_file_found_upward_is_trusted_only_as_it_is() {
        let world = World::new();
        let found = world.opush_toml("a");
        let other = world.file("other.toml", "a");
        assert!(matches!(trust_of(&world.paths, &found, b"a"), Trust::Withheld { .. }));
        trust(&world.paths, &found.path, b"a").unwrap();
        assert_eq!(trust_of(&world.paths, &found, b"a"), Trust::Granted);
        assert_ne!(trust_of(&world.paths, &found, b"b"), Trust::Granted);
        assert!(!is_trusted(&world.paths, &other, b"a"));
        trust(&world.paths, &other, b"a").unwrap();
        trust(&world.paths, &found.path, b"b").unwrap();
        assert!(is_trusted(&world.paths, &found.path, b"b") && is_trusted(&world.paths, &other, b"a"));
        assert!(!is_trusted(&world.paths, &found.path, b"a"));
    }

    #[test]
    fn what_was_loaded_is_trusted_not_what_took_its_place() {
        let world = World::new();
        let found = world.opush_toml("# mine\n");
        let loaded = crate::config::load(&world.paths, Some(&found)).unwrap();
        world.opush_toml("# a stranger's\n");
        loaded.file.unwrap().trust(&world.paths).unwrap();
        assert_eq!(trust_of(&world.paths, &found, b"# mine\n"), Trust::Granted);
        assert_ne!(trust_of(&world.paths, &found, b"# a stranger's\n"), Trust::Granted);
    }

    #[test]
    fn a_file_named_by_hand_is_trusted() {
        let world = World::new();
        for how in [How::Flag, How::Variable, How::Home] {
            let found = Found { how, ..world.opush_toml("a") };
            assert_eq!(trust_of(&world.paths, &found, b"a"), Trust::Granted);
        }
    }
}
