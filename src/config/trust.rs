//! How far a configuration file is trusted: a checkout from somewhere else must not run programs, lead secrets elsewhere,
//! or see what the user's own pushes left. What each key may do is in `keys`.

use super::files::{self, Mode};
use super::lock::{Lock, digest};
use super::{Found, How, Paths};
use crate::failure::Problem;
use crate::waiting::Wait;
use std::path::{Path, PathBuf};

/// How far a file is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Named by hand, the home's own, or trusted with exactly this content.
    Granted,
    /// Trusted by an opush that asked for the commands alone.
    Commands,
    /// Found by searching upward, and not trusted as it is now.
    Withheld,
}

/// How far the file with this content is trusted.
pub(super) fn trust_of(paths: &Paths, found: &Found, content: &[u8]) -> Trust {
    if found.how == How::Upward { recorded(paths, &found.path, content) } else { Trust::Granted }
}

/// The state database of a run with this file. Until it is trusted it has one of its own, so that it sees and deletes
/// nothing that is the user's.
pub(crate) fn state_file(paths: &Paths, found: Option<(&Found, Trust)>) -> PathBuf {
    match found {
        Some((found, Trust::Commands | Trust::Withheld)) => state_of_untrusted(paths, found),
        _ => paths.state_home.join("state.db"),
    }
}

/// Where the state of a file lies while it is not trusted.
pub(crate) fn state_of_untrusted(paths: &Paths, found: &Found) -> PathBuf {
    let name = digest(name(&found.path).as_bytes());
    paths.state_home.join("untrusted").join(&name[..16]).join("state.db")
}

/// What the record says of exactly this content of this file.
pub(super) fn recorded(paths: &Paths, file: &Path, content: &[u8]) -> Trust {
    let text = std::fs::read_to_string(record(paths)).unwrap_or_default();
    let digest = digest(content);
    let knows = |trust| {
        let line = line(file, &digest, trust);
        text.lines().any(|known| known == line)
    };
    let trust = [Trust::Granted, Trust::Commands].into_iter().find(|trust| knows(*trust));
    trust.unwrap_or(Trust::Withheld)
}

/// Trusts a file with the content of one of these digests, in the place of earlier contents.
pub(super) fn remember(paths: &Paths, file: &Path, digests: &[&str], trust: Trust) -> Result<(), Problem> {
    let record = record(paths);
    let _lock = Lock::acquire(paths, &record, Wait::begin())?;
    let path = name(file);
    let known = match std::fs::read_to_string(&record) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(files::disk("read", &record, &error)),
    };
    let is_of_path = |line: &str| {
        let line = line.strip_prefix(WHOLE).unwrap_or(line);
        line.split_once(' ').is_some_and(|(_, known)| known == path)
    };
    let mut text: String =
        known.lines().filter(|line| !is_of_path(line)).map(|line| format!("{line}\n")).collect();
    text.extend(digests.iter().map(|digest| format!("{}\n", line(file, digest, trust))));
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

/// A line of the record begins so where it covers the whole file; the lines of older versions cover commands alone.
const WHOLE: &str = "whole ";

fn line(file: &Path, digest: &str, trust: Trust) -> String {
    let covers = if trust == Trust::Granted { WHOLE } else { "" };
    format!("{covers}{digest} {}", name(file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::World;

    fn trust(paths: &Paths, file: &Path, content: &[u8]) -> Result<(), Problem> {
        remember(paths, file, &[&digest(content)], Trust::Granted)
    }

    #[test]
    fn a_file_found_upward_is_trusted_only_as_it_is() {
        let world = World::new();
        let found = world.opush_toml("a");
        let other = world.file("other.toml", "a");
        assert_eq!(trust_of(&world.paths, &found, b"a"), Trust::Withheld);
        trust(&world.paths, &found.path, b"a").unwrap();
        assert_eq!(trust_of(&world.paths, &found, b"a"), Trust::Granted);
        assert_eq!(trust_of(&world.paths, &found, b"b"), Trust::Withheld);
        assert_eq!(recorded(&world.paths, &other, b"a"), Trust::Withheld);
        trust(&world.paths, &other, b"a").unwrap();
        trust(&world.paths, &found.path, b"b").unwrap();
        assert_eq!(recorded(&world.paths, &found.path, b"b"), Trust::Granted);
        assert_eq!(recorded(&world.paths, &other, b"a"), Trust::Granted);
        assert_eq!(recorded(&world.paths, &found.path, b"a"), Trust::Withheld);
    }

    #[test]
    fn a_record_of_an_older_version_covers_commands_alone_until_the_file_is_trusted_anew() {
        let world = World::new();
        let found = world.opush_toml("a");
        let old = format!("{} {}\n", digest(b"a"), name(&found.path));
        world.file("home/.config/opush/trusted", &old);
        assert_eq!(trust_of(&world.paths, &found, b"a"), Trust::Commands);
        assert_ne!(
            state_file(&world.paths, Some((&found, Trust::Commands))),
            state_file(&world.paths, Some((&found, Trust::Granted)))
        );
        trust(&world.paths, &found.path, b"a").unwrap();
        assert_eq!(trust_of(&world.paths, &found, b"a"), Trust::Granted);
        let text = std::fs::read_to_string(record(&world.paths)).unwrap();
        assert_eq!(text, format!("whole {old}"));
    }

    #[test]
    fn what_was_loaded_is_trusted_not_what_took_its_place() {
        let world = World::new();
        let found = world.opush_toml("# mine\n");
        let loaded = crate::config::load(&world.paths, Some(&found)).unwrap();
        world.opush_toml("# a stranger's\n");
        loaded.file.unwrap().trust(&world.paths).unwrap();
        assert_eq!(trust_of(&world.paths, &found, b"# mine\n"), Trust::Granted);
        assert_eq!(trust_of(&world.paths, &found, b"# a stranger's\n"), Trust::Withheld);
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
