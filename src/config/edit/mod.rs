//! Changes a configuration file in place: comments, order and spacing stay to the letter, and what comes out is valid.

mod certificates;
mod draft;
mod merge;
mod place;
mod profiles;
mod remove;
mod values;

pub(crate) use draft::Draft;

use super::files::{self, Mode};
use super::load::{self, Raw};
use super::lock::{Lock, digest};
use super::pending_secrets::{self, Pending};
use super::trust::{self, Trust};
use super::{Configuration, Found, Paths, orphans};
use crate::failure::{Failure, Kind, Problem};
use crate::waiting::Wait;
use std::fmt;
use std::path::PathBuf;
use zeroize::Zeroizing;

const BOM: &str = "\u{feff}";

/// A file before and after a change. The texts may hold plain secrets: not shown by `Debug`, wiped on drop.
#[derive(Clone)]
pub(crate) struct Edited {
    pub(crate) found: Found,
    before: Zeroizing<String>,
    after: Zeroizing<String>,
    /// The configuration as it is after the change.
    pub(crate) configuration: Configuration,
    /// Files of secrets that opush kept and nothing refers to since the change.
    pub(crate) removed_secrets: Vec<PathBuf>,
}

impl Edited {
    pub(crate) fn is_changed(&self) -> bool {
        self.before != self.after
    }

    /// The removed files as a person reads them.
    pub(crate) fn removed_files(&self, paths: &Paths) -> Vec<String> {
        self.removed_secrets.iter().map(|file| paths.friendly(file)).collect()
    }

    /// The unified diff, secrets masked.
    pub(crate) fn diff(&self) -> String {
        super::diff(&self.found.shown, &self.before, &self.after)
    }
}

impl fmt::Debug for Edited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edited").field("found", &self.found).field("changed", &self.is_changed()).finish()
    }
}

/// Changes the file under its lock. A missing file counts as empty. Nothing is written if the file has problems, if
/// `change` fails, or if what comes out would have problems.
pub(crate) fn edit<T>(
    paths: &Paths,
    found: &Found,
    change: impl FnOnce(&mut Draft) -> Result<T, Failure>,
) -> Result<(T, Edited), Failure> {
    let _lock = Lock::acquire(paths, &found.path, Wait::begin())?;
    pending_secrets::settle_abandoned(paths);
    let (made, mut edited, trust) = prepare(paths, found, change)?;
    if edited.is_changed() {
        let (before, after) = (digest(edited.before.as_bytes()), digest(edited.after.as_bytes()));
        let trusted = trust != Trust::Withheld;
        // First the record, so that no other opush sees a content that is not in it.
        if trusted {
            trust::remember(paths, &found.path, &[&before, &after], trust)?;
        }
        let mark = |secret: &PathBuf| Pending::mark(secret, &found.path).transpose();
        let unused = edited.removed_secrets.iter().filter_map(mark).collect::<Result<Vec<_>, _>>()?;
        files::replace(&found.path, edited.after.as_bytes(), Mode::Keep)?;
        if trusted {
            trust::remember(paths, &found.path, &[&after], trust)?;
        }
        for secret in unused {
            secret.settle();
        }
        edited.removed_secrets.retain(|secret| !secret.exists());
    }
    Ok((made, edited))
}

/// What [`edit`] would do, without the lock and without writing.
pub(crate) fn preview<T>(
    paths: &Paths,
    found: &Found,
    change: impl FnOnce(&mut Draft) -> Result<T, Failure>,
) -> Result<(T, Edited), Failure> {
    prepare(paths, found, change).map(|(made, edited, _)| (made, edited))
}

fn prepare<T>(
    paths: &Paths,
    found: &Found,
    change: impl FnOnce(&mut Draft) -> Result<T, Failure>,
) -> Result<(T, Edited, Trust), Failure> {
    let (raw, is_new) = match load::read_file(paths, found) {
        Ok(raw) => (raw, false),
        Err(failure) if failure.problems().iter().all(|problem| problem.kind == Kind::MissingFile) => {
            (Raw { bytes: Zeroizing::new(Vec::new()), exposed: false, trust: Trust::Granted }, true)
        }
        Err(failure) => return Err(failure),
    };
    // A `default_profile` that names no profile is the one mistake that a change can fix.
    let (configuration, unknown_default) = load::interpret_despite_default(paths, found, &raw)?;
    // What opush makes is trusted from the start, and its own change keeps the trust that the file has.
    let trust = match is_new {
        true => Trust::Granted,
        false => trust::recorded(paths, &found.path, &raw.bytes),
    };
    // `interpret` has seen that it is UTF-8.
    let before = Zeroizing::new(String::from_utf8_lossy(&raw.bytes).into_owned());
    let (bom, text) = match before.strip_prefix(BOM) {
        Some(text) => (BOM, text),
        None => ("", before.as_str()),
    };

    let unix = Zeroizing::new(text.replace("\r\n", "\n"));
    let document = unix.parse().map_err(|_| not_editable(found))?;
    let old = configuration.clone();
    let mut draft = Draft::new(document, configuration, found);
    let baseline = Zeroizing::new(draft.text());
    let made = change(&mut draft)?;
    let changed = Zeroizing::new(draft.text());
    let merged = merge::merge(text, &baseline, &changed).ok_or_else(|| not_editable(found))?;
    let after = Zeroizing::new(format!("{bom}{merged}"));
    load::fits(found, after.len())?;

    let raw = Raw { bytes: Zeroizing::new(after.as_bytes().to_vec()), ..raw };
    let configuration = load::interpret(paths, found, &raw).map_err(|failure| {
        let problems = unknown_default.map_or_else(|| failure.into_problems(), |problem| vec![problem]);
        Failure::all(problems)
            .headed(format!("the change would leave {} invalid; nothing was written", found.shown))
    })?;
    let removed_secrets = orphans(paths, &old, &configuration).into_iter().map(|file| file.path).collect();
    Ok((made, Edited { found: found.clone(), before, after, configuration, removed_secrets }, trust))
}

fn not_editable(found: &Found) -> Failure {
    Problem::new(
        Kind::UnreadableFile,
        format!("{} is written in a way that opush cannot change without touching the rest", found.shown),
        "make the change by hand",
    )
    .at(&found.shown)
    .into()
}

#[cfg(test)]
mod tests;
