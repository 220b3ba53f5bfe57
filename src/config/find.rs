//! Which configuration file is in use, and how it was found.

use super::{Environment, Paths};
use crate::failure::{Failure, Kind, Problem};
use std::path::{Path, PathBuf};

/// How the file in use was found, in the order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// `--config`
    Flag,
    /// `OPUSH_CONFIG`
    Variable,
    /// The nearest `opush.toml` upward from the working directory; its `{ command }` secrets run only once trusted.
    Upward,
    /// `$XDG_CONFIG_HOME/opush/config.toml`
    Home,
}

impl How {
    /// For a sentence: "… (found by --config)".
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            How::Flag => "--config",
            How::Variable => "OPUSH_CONFIG",
            How::Upward => "searching upward from the working directory",
            How::Home => "the configuration folder",
        }
    }
}

/// A configuration file, existing or about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Absolute.
    pub(crate) path: PathBuf,
    /// As places name it: as it was given, or relative to the working directory when inside it.
    pub(crate) shown: String,
    pub(crate) how: How,
}

/// The file in use, if there is one. `explicit` is the value of `--config`; an explicit file must exist.
pub(crate) fn find(
    paths: &Paths,
    env: &Environment,
    explicit: Option<&Path>,
) -> Result<Option<Found>, Failure> {
    if let Some(found) = named(paths, env, explicit) {
        return match found.path.symlink_metadata() {
            Ok(_) => Ok(Some(found)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(missing(&found).into()),
            // Whatever else is wrong with it is said when it is read.
            Err(_) => Ok(Some(found)),
        };
    }
    let upward = paths
        .cwd
        .ancestors()
        .map(|folder| folder.join("opush.toml"))
        .find(|path| path.symlink_metadata().is_ok())
        .map(|path| (path, How::Upward));
    let home = || Some((paths.config_file(), How::Home)).filter(|(path, _)| path.symlink_metadata().is_ok());
    Ok(upward.or_else(home).map(|(path, how)| Found { shown: paths.shown(&path), path, how }))
}

/// The file that a command which writes is to change: the one in use, else the one named, else the one in the
/// configuration folder. It need not exist.
pub(crate) fn find_for_writing(
    paths: &Paths,
    env: &Environment,
    explicit: Option<&Path>,
) -> Result<Found, Failure> {
    if let Some(found) = named(paths, env, explicit) {
        return Ok(found);
    }
    let path = paths.config_file();
    Ok(find(paths, env, None)?.unwrap_or_else(|| Found { shown: paths.shown(&path), path, how: How::Home }))
}

fn named(paths: &Paths, env: &Environment, explicit: Option<&Path>) -> Option<Found> {
    let (given, how) = match (explicit, env.get_os("OPUSH_CONFIG")) {
        (Some(path), _) => (path, How::Flag),
        (None, Some(path)) => (Path::new(path), How::Variable),
        (None, None) => return None,
    };
    Some(Found { path: paths.absolute(given), shown: given.display().to_string(), how })
}

fn missing(found: &Found) -> Problem {
    let hint = match found.how {
        How::Variable => "correct OPUSH_CONFIG, or unset it",
        _ => "correct the path, or leave --config out",
    };
    Problem::new(Kind::MissingFile, format!("there is no file {}", found.shown), hint).at(found.how.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::World;

    #[test]
    fn the_order_of_precedence() {
        let world = World::new();
        assert_eq!(find(&world.paths, &world.env, None).unwrap(), None);
        let home = world.file("home/.config/opush/config.toml", "");
        assert_eq!(find(&world.paths, &world.env, None).unwrap().unwrap().how, How::Home);
        let above = world.file("opush.toml", "");
        let found = find(&world.paths, &world.env, None).unwrap().unwrap();
        assert_eq!((found.how, &found.path), (How::Upward, &above));
        assert_eq!(found.shown, above.display().to_string());
        world.file("work/opush.toml", "");
        assert_eq!(find(&world.paths, &world.env, None).unwrap().unwrap().shown, "opush.toml");
        let env = Environment::from_pairs([("OPUSH_CONFIG", &home)]);
        assert_eq!(find(&world.paths, &env, None).unwrap().unwrap().how, How::Variable);
        let flag = find(&world.paths, &env, Some(Path::new("../opush.toml"))).unwrap().unwrap();
        assert_eq!((flag.how, flag.shown.as_str()), (How::Flag, "../opush.toml"));
    }

    #[test]
    fn an_explicit_file_must_exist() {
        let world = World::new();
        let failure = find(&world.paths, &world.env, Some(Path::new("no.toml"))).unwrap_err();
        assert_eq!(failure.class().exit_code(), 3);
        assert_eq!(failure.problems()[0].place, "--config");
        let env = Environment::from_pairs([("OPUSH_CONFIG", "no.toml")]);
        assert_eq!(find(&world.paths, &env, None).unwrap_err().problems()[0].place, "OPUSH_CONFIG");
        let new = find_for_writing(&world.paths, &env, None).unwrap();
        assert_eq!(new.path, world.paths.cwd.join("no.toml"));
    }
}
