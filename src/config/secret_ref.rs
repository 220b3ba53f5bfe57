//! Where a secret is to be found, and how it is got when it is used.

use super::environment::not_utf8;
use super::secret::{self, LARGEST};
use super::{Environment, Secret, rules, secret_command};
use crate::failure::{Kind, Problem};
use crate::masking::MASK;
use crate::waiting::Wait;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// A secret as the configuration has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SecretRef {
    Plain(Secret),
    /// `{ env = "NAME" }`
    Env(String),
    /// `{ file = "PATH" }`
    File(SecretFile),
    /// `{ command = ["PROGRAM", "ARGUMENT", …] }`; never empty.
    Command(Vec<String>),
}

/// A file that holds one secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SecretFile {
    /// As it is, or will be, in the configuration.
    pub(crate) written: String,
    /// Where that is.
    pub(crate) path: PathBuf,
}

impl SecretFile {
    /// For a path as written in a configuration: relative to the folder `base`, `~/` to the home folder.
    pub(crate) fn written(written: &str, base: &Path, home: Option<&Path>) -> SecretFile {
        SecretFile { written: written.to_owned(), path: expand(written, base, home) }
    }

    /// For an absolute path that is to be written into a configuration in the folder `base`, so that it stays true
    /// when the configuration is used from another working directory.
    pub(crate) fn at(path: &Path, base: &Path, home: Option<&Path>) -> SecretFile {
        let below_home = home.and_then(|home| path.strip_prefix(home).ok());
        let written = match (path.strip_prefix(base).ok(), below_home) {
            (Some(below), _) if !below.starts_with("~") => below.display().to_string(),
            (_, Some(below)) => format!("~/{}", below.display()),
            _ => path.display().to_string(),
        };
        SecretFile { written, path: path.to_owned() }
    }

    /// The path for a person; masked if it is none, for then it may be the secret itself.
    pub(crate) fn shown(&self) -> &str {
        if rules::looks_like_path(&self.written) || self.path.exists() { &self.written } else { MASK }
    }
}

/// A path of the configuration: `~/` is the home folder, all else is relative to the configuration's own folder.
pub(super) fn expand(written: &str, base: &Path, home: Option<&Path>) -> PathBuf {
    match (written.strip_prefix("~/"), home) {
        (Some(below), Some(home)) => home.join(below),
        _ => base.join(written),
    }
}

/// A secret that was got, with what a person should know about the way.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) secret: Secret,
    pub(crate) warning: Option<Problem>,
}

impl SecretRef {
    /// How tables and JSON show it: "set (env OPUSH_X)".
    pub(crate) fn describe(&self) -> String {
        match self {
            SecretRef::Plain(_) => "set (plain text)".to_owned(),
            SecretRef::Env(name) => format!("set (env {name})"),
            SecretRef::File(file) => format!("set (file {})", file.shown()),
            // Arguments may hold anything; the program is enough to recognise it.
            SecretRef::Command(words) => {
                format!("set (command {})", words.first().map_or("", String::as_str))
            }
        }
    }

    /// Gets the secret; that it may be got is known. The problem has no place yet: the caller knows where the reference is.
    pub(crate) fn resolve(&self, env: &Environment) -> Result<Resolved, Problem> {
        let (text, warning) = match self {
            SecretRef::Plain(secret) => (secret.clone(), None),
            SecretRef::Env(name) => (from_variable(name, env)?, None),
            SecretRef::File(file) => from_file(file)?,
            SecretRef::Command(words) => (secret_command::run(words, Wait::begin())?, None),
        };
        rules::opaque(text.reveal()).map_err(|flaw| {
            let what = self.describe();
            let what = what.trim_start_matches("set (").trim_end_matches(')');
            Problem::new(Kind::UnusableSecret, format!("the secret ({what}) {}", flaw.message), flaw.hint)
        })?;
        Ok(Resolved { secret: text, warning })
    }
}

fn from_variable(name: &str, env: &Environment) -> Result<Secret, Problem> {
    if env.is_not_utf8(name) {
        return Err(Problem { kind: Kind::UnusableSecret, place: String::new(), ..not_utf8(name) });
    }
    env.get(name).map(Secret::new).ok_or_else(|| {
        let message = format!("environment variable {name} is not set");
        Problem::new(Kind::MissingSecret, message, format!("export {name} with the secret"))
    })
}

fn from_file(file: &SecretFile) -> Result<(Secret, Option<Problem>), Problem> {
    let shown = file.shown();
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Problem::new(
            Kind::MissingSecret,
            format!("there is no secret file {shown}"),
            "create it with mode 0600 and the secret as its only line",
        ),
        _ => Problem::new(
            Kind::UnusableSecret,
            format!("the secret file {shown} cannot be read: {error}"),
            "make it readable to you alone: chmod 600",
        ),
    };
    let metadata = std::fs::metadata(&file.path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(Problem::new(
            Kind::UnusableSecret,
            format!("the secret file {shown} is not a regular file"),
            "name a file that holds the secret as its only line",
        ));
    }
    let warning = (metadata.permissions().mode() & 0o077 != 0).then(|| {
        Problem::new(
            Kind::ExposedSecret,
            format!("other users can read the secret file {shown}"),
            format!("chmod 600 {shown}"),
        )
    });
    let mut bytes = zeroize::Zeroizing::new(Vec::new());
    File::open(&file.path)
        .and_then(|open| open.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    Ok((secret::of_output(&bytes, &format!("the secret file {shown}"))?, warning))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::World;

    fn resolve(reference: &SecretRef, env: &Environment) -> Result<Resolved, Problem> {
        reference.resolve(env)
    }

    fn file(world: &World, content: impl AsRef<[u8]>) -> SecretRef {
        let path = world.file("secret", content);
        SecretRef::File(SecretFile::at(&path, &world.paths.cwd, None))
    }

    #[test]
    fn a_variable_a_file_and_plain_text_give_the_secret() {
        let world = World::new();
        let env = Environment::from_pairs([("A", "hunter2")]);
        for reference in [
            SecretRef::Env("A".into()),
            SecretRef::Plain(Secret::new("hunter2")),
            file(&world, "hunter2"),
            file(&world, "hunter2\n"),
            file(&world, "hunter2\r\n"),
        ] {
            assert_eq!(resolve(&reference, &env).unwrap().secret.reveal(), "hunter2");
            assert!(!format!("{reference:?} {}", reference.describe()).contains("hunter2"));
        }
    }

    #[test]
    fn what_is_missing_and_what_is_unusable() {
        let world = World::new();
        let env = Environment::from_pairs([("SPACE", " hunter2"), ("CONTROL", "hun\tter2")]);
        let kind = |reference: SecretRef| {
            let problem = resolve(&reference, &env).unwrap_err();
            assert!(!format!("{problem:?}").contains("ter2"), "{problem:?}");
            problem.kind
        };
        assert_eq!(kind(SecretRef::Env("NO".into())), Kind::MissingSecret);
        assert_eq!(kind(SecretRef::Env("SPACE".into())), Kind::UnusableSecret);
        assert_eq!(kind(SecretRef::Env("CONTROL".into())), Kind::UnusableSecret);
        let missing = SecretFile::written("no", &world.paths.cwd, None);
        assert_eq!(kind(SecretRef::File(missing)), Kind::MissingSecret);
        let mistaken = SecretFile::written("hunter2", &world.paths.cwd, None);
        assert_eq!(kind(SecretRef::File(mistaken)), Kind::MissingSecret);
        let folder = SecretFile::written(".", &world.paths.cwd, None);
        assert_eq!(kind(SecretRef::File(folder)), Kind::UnusableSecret);
        for content in [&b"\n"[..], b"hunter2\n\n", b"\xff", b"a\nb", &[b'x'; 70_000]] {
            assert_eq!(kind(file(&world, content)), Kind::UnusableSecret);
        }
    }

    #[test]
    fn a_file_that_others_can_read_is_warned_about() {
        let world = World::new();
        let reference = file(&world, "hunter2");
        let SecretRef::File(at) = &reference else { unreachable!() };
        for (mode, warned) in [(0o600, false), (0o640, true), (0o604, true)] {
            std::fs::set_permissions(&at.path, std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(resolve(&reference, &world.env).unwrap().warning.is_some(), warned, "{mode:o}");
        }
    }

    #[test]
    fn paths_are_relative_to_the_configuration_or_to_home() {
        let (base, home) = (Path::new("/w"), Some(Path::new("/h")));
        assert_eq!(SecretFile::written("a/b", base, home).path, Path::new("/w/a/b"));
        assert_eq!(SecretFile::written("~/b", base, home).path, Path::new("/h/b"));
        assert_eq!(SecretFile::written("/b", base, home).path, Path::new("/b"));
        for path in ["/w/x/y", "/h/.config/opush/secrets/demo-1", "/etc/secret"] {
            let file = SecretFile::at(Path::new(path), base, home);
            assert_eq!(SecretFile::written(&file.written, base, home), file);
        }
        assert_eq!(SecretFile::at(Path::new("/h/s"), base, home).written, "~/s");
    }
}
