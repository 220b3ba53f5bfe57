//! The folder of a Gradle project: its newest merged manifest, else the one that was written, and what its build file says.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::super::model::Form;
use super::unreadable::Unreadable;
use super::whole::whole;

/// Entries of folders that are looked at before the search gives up.
const ENTRIES: usize = 20_000;
/// `app/build/intermediates/merged_manifests/release/processReleaseManifest/AndroidManifest.xml`, below a folder of modules.
const DEPTH: usize = 9;
const MANIFEST: &str = "AndroidManifest.xml";

pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) form: Form,
}

/// The manifest to use of a project or of one of its modules.
pub(super) fn manifest_in(folder: &Path) -> Result<Found, Unreadable> {
    let mut search = Search { left: ENTRIES, merged: Vec::new(), source: Vec::new() };
    search.folder(folder, DEPTH)?;
    let newest = search.merged.into_iter().max_by_key(|path| modified(path));
    if let Some(path) = newest {
        return Ok(Found { path, form: Form::Merged });
    }
    // The module that makes an app, and not a library.
    search.source.sort_by_key(|path| (!build_file(path).makes_app, path.components().count(), path.clone()));
    let path = search.source.into_iter().next();
    path.map(|path| Found { path, form: Form::Source }).ok_or(Unreadable::no_app(
        "the folder holds neither a merged manifest nor src/main/AndroidManifest.xml",
    ))
}

struct Search {
    left: usize,
    merged: Vec<PathBuf>,
    source: Vec<PathBuf>,
}

impl Search {
    /// Links are not followed: what they name is not of this folder.
    fn folder(&mut self, folder: &Path, depth: usize) -> Result<(), Unreadable> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            self.left = self.left.saturating_sub(1);
            if self.left == 0 {
                return Err(Unreadable::beyond("files and folders; name the module's folder", ENTRIES));
            }
            let (path, kind) = (entry.path(), entry.file_type()?);
            if kind.is_file() && entry.file_name() == MANIFEST {
                if is_merged(&path) {
                    self.merged.push(path);
                } else if path.ends_with("src/main/AndroidManifest.xml") {
                    self.source.push(path);
                }
            } else if kind.is_dir() && depth > 0 && leads_to_a_manifest(&path) {
                self.folder(&path, depth - 1)?;
            }
        }
        Ok(())
    }
}

/// What the build makes beside manifests is large; only the way to them is walked.
fn leads_to_a_manifest(folder: &Path) -> bool {
    let name = |folder: Option<&Path>| {
        folder.and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default().to_owned()
    };
    match (name(folder.parent()).as_str(), name(Some(folder)).as_str()) {
        (_, own) if own.starts_with('.') || own == "node_modules" => false,
        ("build", own) => own == "intermediates",
        ("intermediates", own) => own == "merged_manifests",
        ("src", own) => own == "main",
        ("main", _) => false,
        _ => true,
    }
}

/// Where the build leaves the manifests that it has merged.
pub(super) fn is_merged(path: &Path) -> bool {
    path.components()
        .any(|part| part.as_os_str().to_str().is_some_and(|part| part.starts_with("merged_manifest")))
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.modified()).ok()
}

/// What a module's build file says, as far as it is written as text.
#[derive(Default)]
pub(super) struct Build {
    pub(super) namespace: Option<String>,
    pub(super) application_id: Option<String>,
    makes_app: bool,
}

/// The folder of the module: above `src/NAME/AndroidManifest.xml`, or above the `build` that made a merged one.
pub(super) fn module(manifest: &Path) -> Option<&Path> {
    let mut above = manifest.ancestors();
    let module = match is_merged(manifest) {
        true => above.find(|folder| folder.ends_with("build/intermediates"))?.parent()?.parent()?,
        false => {
            above.nth(3).filter(|_| manifest.ancestors().nth(2).is_some_and(|src| src.ends_with("src")))?
        }
    };
    Some(if module.as_os_str().is_empty() { Path::new(".") } else { module })
}

/// The build file of the module whose `src/NAME/AndroidManifest.xml` this is.
pub(super) fn build_file(manifest: &Path) -> Build {
    const LARGEST: u64 = 1024 * 1024;
    let Some(module) = module(manifest).filter(|_| !is_merged(manifest)) else { return Build::default() };
    for name in ["build.gradle.kts", "build.gradle"] {
        let Ok(bytes) = whole(&module.join(name), name, LARGEST) else { continue };
        return build_of(&String::from_utf8_lossy(&bytes));
    }
    Build::default()
}

pub(super) fn build_of(text: &str) -> Build {
    Build {
        namespace: value(text, "namespace"),
        application_id: value(text, "applicationId"),
        makes_app: text.contains("com.android.application") || value(text, "applicationId").is_some(),
    }
}

/// The text behind a word at the beginning of a line: `namespace "a.b"`, `namespace = 'a.b'`.
fn value(text: &str, word: &str) -> Option<String> {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix(word));
    let mut values = lines.filter_map(|rest| {
        let rest = rest.trim_start_matches([' ', '=', '(', '\t']);
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest.get(1..)?.split(quote).next()
    });
    values.find(|value| !value.is_empty() && !value.contains('$')).map(str::to_owned)
}
