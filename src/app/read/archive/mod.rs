//! An archive with an app in it: APK, app bundle, or a set of APKs. Only what is needed is read.

mod entries;
mod signers;

use std::fs::File;
use std::path::Path;

use super::super::model::{AppFile, Form};
use super::binary::{self, Table};
use super::bundle;
use super::manifest::{self, Origin};
use super::references::References;
use super::tree::Element;
use super::unreadable::Unreadable;
use super::whole::{LARGEST_MANIFEST, whole};
use entries::{Archive, Entry};

const MANIFEST: &str = "AndroidManifest.xml";
const BUNDLE_MANIFEST: &str = "base/manifest/AndroidManifest.xml";
/// Resource tables of large apps have 10 to 20 MiB.
const LARGEST_TABLE: u64 = 24 * 1024 * 1024;
/// A dex file has at most 65,536 methods, which is about 12 MiB.
const LARGEST_DEX: u64 = 24 * 1024 * 1024;
/// All dex files of a very large app together.
const LARGEST_CODE: u64 = 256 * 1024 * 1024;

/// Reads the manifest of the app in the archive.
pub(super) fn read(path: &Path) -> Result<AppFile, Unreadable> {
    let (archive, form) = app_in(path)?;
    let name = if form == Form::Bundle { BUNDLE_MANIFEST } else { MANIFEST };
    let entry = archive.find(name)?.ok_or(Unreadable::no_app(format!("the archive holds no {name}")))?;
    let bytes = archive.read(entry, LARGEST_MANIFEST)?;
    let root = match form {
        Form::Bundle => bundle::read(&bytes)?,
        _ => binary::read(&bytes)?,
    };
    let mut references = References::new(|| table(&archive, form, &root));
    let origin = Origin {
        file: path.display().to_string(),
        form,
        namespace: None,
        application_id: None,
        resolve: &mut |text| references.resolve(text),
    };
    let mut app = manifest::model(&root, origin)?;
    references.result()?;
    app.archive = Some(path.to_owned());
    Ok(app)
}

/// The values of the manifest's references.
fn table(archive: &Archive, form: Form, root: &Element) -> Result<super::references::Values, Unreadable> {
    let wanted = super::references::wanted(root);
    let name = if form == Form::Bundle { "base/resources.pb" } else { "resources.arsc" };
    let Some(entry) = archive.find(name)? else { return Ok(Default::default()) };
    let bytes = archive.read(entry, LARGEST_TABLE)?;
    match form {
        Form::Bundle => bundle::values(&bytes, wanted),
        _ => Ok(Table::read(&bytes)?.values(wanted)),
    }
}

/// The archive that holds the manifest: the file itself, or the base of a set of APKs.
fn app_in(path: &Path) -> Result<(Archive, Form), Unreadable> {
    let archive = Archive::open(File::open(path)?)?;
    if archive.find(BUNDLE_MANIFEST)?.is_some() {
        return Ok((archive, Form::Bundle));
    }
    if archive.find(MANIFEST)?.is_some() {
        return Ok((archive, Form::Apk));
    }
    let base = base_of(&archive)?;
    let base = base.ok_or(Unreadable::no_app("the archive holds neither AndroidManifest.xml nor an APK"))?;
    Ok((archive.inner(base)?, Form::Apk))
}

/// The base among split APKs: as the list in an .xapk says, by the names that tools give it, else the largest.
fn base_of(archive: &Archive) -> Result<Option<&Entry>, Unreadable> {
    const LIST: &str = "manifest.json";
    if let Some(list) = archive.find(LIST)? {
        let bytes = archive.read(list, 1024 * 1024)?;
        let list: serde_json::Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let splits = list["split_apks"].as_array();
        let base = splits.into_iter().flatten().find(|split| split["id"] == "base");
        let package = list["package_name"].as_str().map(|package| format!("{package}.apk"));
        if let Some(name) = base.and_then(|base| base["file"].as_str()).or(package.as_deref())
            && let Some(found) = archive.find(name)?
        {
            return Ok(Some(found));
        }
    }
    for name in ["splits/base-master.apk", "base-master.apk", "base.apk", "universal.apk"] {
        if let Some(found) = archive.find(name)? {
            return Ok(Some(found));
        }
    }
    let apks = archive.entries.iter().filter(|entry| entry.name.ends_with(".apk"));
    Ok(apks.max_by_key(|entry| entry.size))
}

/// The certificates that the APK is signed with; none where it is signed in the oldest way alone, or not at all.
pub(super) fn certificates(path: &Path) -> Result<Vec<Vec<u8>>, Unreadable> {
    match app_in(path)? {
        (archive, Form::Apk) => signers::certificates(&archive),
        _ => Ok(Vec::new()),
    }
}

/// A file that the app brings in `assets`, from the archive or from the sources of its module; `None` where it has none.
///
/// # Errors
/// If the archive is damaged there, or the file is larger than any configuration.
pub(crate) fn asset(app: &AppFile, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
    const LARGEST: u64 = 1024 * 1024;
    if let Some(path) = &app.archive {
        let (archive, form) = app_in(path)?;
        let folder = if form == Form::Bundle { "base/assets/" } else { "assets/" };
        let entry = archive.find(&format!("{folder}{name}"))?;
        return entry.map(|entry| archive.read(entry, LARGEST)).transpose();
    }
    let file = app.module.as_ref().map(|module| module.join("src/main/assets").join(name));
    match file.filter(|file| file.is_file()) {
        Some(file) => whole(&file, name, LARGEST).map(Some),
        None => Ok(None),
    }
}

/// Hands each dex file of the app to `look`.
pub(super) fn each_dex(path: &Path, mut look: impl FnMut(&[u8])) -> Result<(), Unreadable> {
    let (archive, form) = app_in(path)?;
    let folder = if form == Form::Bundle { "base/dex/" } else { "" };
    let is_dex = |entry: &&Entry| {
        let name = entry.name.strip_prefix(folder);
        name.is_some_and(|name| name.starts_with("classes") && name.ends_with(".dex"))
    };
    let all: Vec<&Entry> = archive.entries.iter().filter(is_dex).collect();
    if all.iter().map(|entry| entry.size).sum::<u64>() > LARGEST_CODE {
        return Err(Unreadable::TooLarge { what: "the code".into(), limit: LARGEST_CODE / 1024 / 1024 });
    }
    for entry in all {
        look(&archive.read(entry, LARGEST_DEX)?);
    }
    Ok(())
}
