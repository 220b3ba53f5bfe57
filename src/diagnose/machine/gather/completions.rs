//! Whether a completion script lies where the shell looks, or is loaded by the shell's start file.
//! The scripts themselves are the command's.

use std::path::{Path, PathBuf};

use super::super::evidence::Completions;
use crate::config::{Environment, Paths};

/// For the shell that SHELL names. `script` is what it should have, if there is one for that shell.
pub(crate) fn completions(
    paths: &Paths,
    env: &Environment,
    script: impl Fn(&str) -> Option<&'static str>,
) -> Completions {
    let Some(program) = env.get_os("SHELL").map(Path::new) else {
        return Completions::NoShell("SHELL is not set".into());
    };
    let shell = program.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(script) = script(&shell) else {
        return Completions::NoShell(format!("there is no script for {shell}"));
    };
    let (folders, starts) = places(&shell, paths, env);
    let first = folders.first().map(|file| paths.friendly(file));
    for file in folders {
        if let Ok(text) = std::fs::read_to_string(&file) {
            let current = text.trim() == script.trim();
            return Completions::Installed { shell, at: paths.friendly(&file), current };
        }
    }
    // A start file that asks opush for its script has the current one.
    for file in starts {
        if std::fs::read_to_string(&file).is_ok_and(|text| text.contains("opush completions")) {
            return Completions::Installed { shell, at: paths.friendly(&file), current: true };
        }
    }
    Completions::Missing { shell, at: first }
}

/// The files that the shell would find, and those it reads when it starts, in its order.
fn places(shell: &str, paths: &Paths, env: &Environment) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let folder = |variable: &str, below_home: &str| {
        let set = env.get_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
        set.or_else(|| Some(paths.home.as_ref()?.join(below_home)))
    };
    let home = || folder("HOME", "");
    let config = || folder("XDG_CONFIG_HOME", ".config");
    let data = || folder("XDG_DATA_HOME", ".local/share");
    let system =
        |folders: &[&str], name: &str| folders.iter().map(|at| Some(Path::new(at).join(name))).collect();
    let own = |at: Option<PathBuf>, below: &str| at.map(|at| at.join(below));
    let (files, starts): (Vec<Option<PathBuf>>, Vec<Option<PathBuf>>) = match shell {
        "bash" => {
            let user =
                env.get_os("BASH_COMPLETION_USER_DIR").map(|at| Path::new(at).join("completions/opush"));
            let shared: Vec<_> = system(
                &[
                    "/usr/local/share/bash-completion/completions",
                    "/usr/share/bash-completion/completions",
                    "/etc/bash_completion.d",
                ],
                "opush",
            );
            let first = vec![user, own(data(), "bash-completion/completions/opush")];
            let starts = [".bashrc", ".bash_profile", ".profile"].map(|name| own(home(), name));
            (first.into_iter().chain(shared).collect(), starts.into())
        }
        "zsh" => {
            let shared: Vec<_> = system(
                &[
                    "/usr/local/share/zsh/site-functions",
                    "/usr/share/zsh/site-functions",
                    "/usr/share/zsh/vendor-completions",
                ],
                "_opush",
            );
            let of_fpath = env.get_os("FPATH").into_iter().flat_map(std::env::split_paths);
            let of_fpath = of_fpath.map(|at| Some(at.join("_opush")));
            let first = [own(home(), ".zfunc/_opush")].into_iter().chain(of_fpath);
            (first.chain(shared).collect(), vec![own(folder("ZDOTDIR", ""), ".zshrc")])
        }
        "fish" => {
            let shared: Vec<_> = system(
                &[
                    "/usr/share/fish/vendor_completions.d",
                    "/usr/share/fish/completions",
                    "/etc/fish/completions",
                ],
                "opush.fish",
            );
            let first = vec![own(config(), "fish/completions/opush.fish")];
            (first.into_iter().chain(shared).collect(), vec![own(config(), "fish/config.fish")])
        }
        "elvish" => (vec![own(config(), "elvish/lib/opush.elv")], vec![own(config(), "elvish/rc.elv")]),
        _ => (vec![], vec![own(config(), "powershell/Microsoft.PowerShell_profile.ps1")]),
    };
    (files.into_iter().flatten().collect(), starts.into_iter().flatten().collect())
}
