//! Reads an app file, whatever its form: XML text, binary XML, an archive with a manifest in it, a project's folder.

mod archive;
mod binary;
mod bundle;
mod dex;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod gradle;
mod manifest;
mod references;
mod source;
mod strings;
mod texts;
mod tree;
mod unreadable;
mod whole;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::model::{AppFile, Form};
use manifest::Origin;
use whole::{LARGEST_MANIFEST, whole};

pub(crate) use archive::asset;
pub(crate) use dex::prefixes_in;
pub(crate) use texts::{number_in, texts_in};
pub(crate) use unreadable::Unreadable;

/// Reads what the path names.
///
/// # Errors
/// If it is missing, is no app file, is damaged, or is larger than any real one.
pub(crate) fn read(path: &Path) -> Result<AppFile, Unreadable> {
    let kind = path.metadata().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Unreadable::Missing,
        _ => Unreadable::Io(error),
    })?;
    if kind.is_dir() {
        let found = gradle::manifest_in(path)?;
        return alone(&found.path, found.form);
    }
    if !kind.is_file() {
        return Err(Unreadable::no_app("it is neither a file nor a folder"));
    }
    let mut magic = [0; 4];
    let begins = File::open(path)?.read(&mut magic)?;
    if magic.get(..begins).is_some_and(|magic| magic.starts_with(b"PK")) {
        return archive::read(path);
    }
    let form = match () {
        () if magic == binary::MAGIC => Form::Apk,
        () if gradle::is_merged(path) => Form::Merged,
        () => Form::Source,
    };
    alone(path, form)
}

/// The certificates (DER) that signed the app's archive. With a rotated key these are the old and the new one; none where
/// the file is no archive, or is signed in a way that only its entries tell.
pub(crate) fn certificates_of(app: &AppFile) -> Result<Vec<Vec<u8>>, Unreadable> {
    app.archive.as_deref().map_or(Ok(Vec::new()), archive::certificates)
}

/// A manifest that is a file of its own.
fn alone(path: &Path, form: Form) -> Result<AppFile, Unreadable> {
    let bytes = whole(path, "the manifest", LARGEST_MANIFEST)?;
    let root = if form == Form::Apk { binary::read(&bytes)? } else { source::read(&bytes)? };
    let build = gradle::build_file(path);
    let module = gradle::module(path);
    let mut strings = strings::Strings::of(module);
    let origin = Origin {
        file: path.display().to_string(),
        form,
        namespace: build.namespace.filter(|_| form == Form::Source),
        application_id: build.application_id.filter(|_| form == Form::Source),
        resolve: &mut |reference| strings.resolve(reference),
    };
    let mut app = manifest::model(&root, origin)?;
    app.module = module.map(Path::to_owned);
    Ok(app)
}
