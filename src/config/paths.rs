//! Where opush keeps its files on this machine (XDG), and how a path is shown to a person.

use super::Environment;
use crate::failure::{Kind, Problem};
use std::path::{Component, Path, PathBuf};

/// The folders that everything else is found from. All are absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paths {
    /// The working directory.
    pub(crate) cwd: PathBuf,
    /// `$HOME`, if it is set to an absolute path.
    pub(crate) home: Option<PathBuf>,
    /// `$XDG_CONFIG_HOME/opush`: config.toml, secrets/, trusted.
    pub(crate) config_home: PathBuf,
    /// `$XDG_STATE_HOME/opush`: state.db, sandbox.db, locks/.
    pub(crate) state_home: PathBuf,
}

impl Paths {
    /// Relative values of the XDG variables are ignored, as their specification demands.
    pub(crate) fn new(env: &Environment, cwd: impl Into<PathBuf>) -> Result<Paths, Problem> {
        let absolute = |name: &str| env.get_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = absolute("HOME");
        let folder = |variable: &str, below_home: &str| {
            absolute(variable)
                .or_else(|| home.as_ref().map(|home| home.join(below_home)))
                .map(|at| at.join("opush"))
                .ok_or_else(|| {
                    Problem::new(
                        Kind::MissingFile,
                        format!("neither {variable} nor HOME names an absolute folder"),
                        "set HOME to your home folder",
                    )
                    .at(variable)
                })
        };
        Ok(Paths {
            cwd: cwd.into(),
            config_home: folder("XDG_CONFIG_HOME", ".config")?,
            state_home: folder("XDG_STATE_HOME", ".local/state")?,
            home,
        })
    }

    /// The paths of this process.
    pub(crate) fn of_process(env: &Environment) -> Result<Paths, Problem> {
        let cwd = std::env::current_dir().map_err(|error| {
            Problem::new(
                Kind::Disk,
                format!("the working directory is unknown: {error}"),
                "change to a folder that exists",
            )
        })?;
        Paths::new(env, cwd)
    }

    /// The configuration file that is used when no other is found.
    pub(crate) fn config_file(&self) -> PathBuf {
        self.config_home.join("config.toml")
    }

    /// The folder of secrets that were typed or piped in.
    pub(crate) fn secrets(&self) -> PathBuf {
        self.config_home.join("secrets")
    }

    /// An absolute path for one given relative to the working directory.
    pub(crate) fn absolute(&self, path: &Path) -> PathBuf {
        let mut whole = PathBuf::new();
        for part in self.cwd.join(path).components() {
            if part != Component::CurDir {
                whole.push(part);
            }
        }
        whole
    }

    /// How places name a path: relative to the working directory when inside it, else absolute.
    pub(crate) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.cwd).unwrap_or(path).display().to_string()
    }

    /// How sentences name a path: like [`Paths::shown`], with `~/` for the home folder.
    pub(crate) fn friendly(&self, path: &Path) -> String {
        if path.starts_with(&self.cwd) {
            return self.shown(path);
        }
        match self.home.as_ref().and_then(|home| path.strip_prefix(home).ok()) {
            Some(below) => format!("~/{}", below.display()),
            None => path.display().to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_xdg_values_are_ignored() {
        let env =
            Environment::from_pairs([("HOME", "/h"), ("XDG_CONFIG_HOME", "here"), ("XDG_STATE_HOME", "/s")]);
        let paths = Paths::new(&env, "/w").unwrap();
        assert_eq!(paths.config_file(), Path::new("/h/.config/opush/config.toml"));
        assert_eq!(paths.state_home, Path::new("/s/opush"));
    }

    #[test]
    fn without_a_home_the_variable_is_named() {
        let problem = Paths::new(&Environment::default(), "/w").unwrap_err();
        assert_eq!((problem.kind, problem.place.as_str()), (Kind::MissingFile, "XDG_CONFIG_HOME"));
    }

    #[test]
    fn paths_are_shown_short_where_that_is_clear() {
        let paths = Paths::new(&Environment::from_pairs([("HOME", "/h")]), "/h/w").unwrap();
        assert_eq!(paths.shown(Path::new("/h/w/opush.toml")), "opush.toml");
        assert_eq!(paths.friendly(Path::new("/h/.config/a")), "~/.config/a");
        assert_eq!(paths.absolute(Path::new("./a/./b")), Path::new("/h/w/a/b"));
    }
}
