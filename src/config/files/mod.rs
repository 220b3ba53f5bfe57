//! The one place that writes files: replaced whole, never rewritten in place, so that a killed process leaves the old
//! file or the new one. What is in them is not its business.

mod read;
mod temporary;

use crate::failure::{Kind, Problem};
use std::fs::{DirBuilder, File, Metadata, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

pub(crate) use read::{read, read_stdin};
use temporary::temporary_in;
pub(crate) use temporary::{abandoned, hold, is_free};

/// The permissions of the file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Those of the file replaced; 0600 for a new one.
    Keep,
    /// 0600 always.
    Private,
    /// Those of the file replaced; 0644 for a new one that is meant to be shared.
    Shared,
}

/// Replaces the file that `path` leads to, symlinks followed; makes missing folders, 0700.
pub(crate) fn replace(path: &Path, bytes: &[u8], mode: Mode) -> Result<(), Problem> {
    let mut file = Replacement::begin(path, mode)?;
    file.write(bytes)?;
    file.finish()
}

/// Writes a new 0600 file; `Ok(false)` if there is a file of that name already.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> Result<bool, Problem> {
    create_locked(path, bytes).map(|file| file.is_some())
}

/// The same; the file is locked for as long as it is open.
pub(crate) fn create_locked(path: &Path, bytes: &[u8]) -> Result<Option<File>, Problem> {
    let done = temporary(path, bytes).and_then(|file| match file.persist_noclobber(path) {
        Ok(file) => sync_folder(path).map(|()| Some(file)),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
        Err(error) => Err(error.error),
    });
    done.map_err(|error| disk("write", path, &error))
}

/// A file that is written piece by piece and takes its place when it is whole; dropped before, it leaves no trace.
pub(crate) struct Replacement {
    path: PathBuf,
    target: PathBuf,
    file: tempfile::NamedTempFile,
    mode: Mode,
}

impl Replacement {
    /// Begins the file that is to replace the one `path` leads to, symlinks followed; makes missing folders, 0700.
    pub(crate) fn begin(path: &Path, mode: Mode) -> Result<Replacement, Problem> {
        let target = follow(path).map_err(|error| disk("resolve", path, &error))?;
        let file = check_target(&target).and_then(|_| empty(&target));
        let file = file.map_err(|error| disk("write", path, &error))?;
        Ok(Replacement { path: path.to_owned(), target, file, mode })
    }

    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) -> Result<(), Problem> {
        self.file.write_all(bytes.as_ref()).map_err(|error| disk("write", &self.path, &error))
    }

    /// Puts it in its place.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        let Replacement { path, target, file, mode } = self;
        let done = file.as_file().sync_all().and_then(|()| settle(file, &target, mode));
        done.map_err(|error| disk("write", &path, &error))
    }
}

/// The problem of a file that could not be read or written.
pub(crate) fn disk(verb: &str, path: &Path, error: &io::Error) -> Problem {
    Problem::new(
        Kind::Disk,
        format!("cannot {verb} {}: {error}", path.display()),
        "see that the folder exists, is yours, and has room",
    )
    .at(path.display().to_string())
}

/// Makes a folder and those above it, readable to the user alone.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// What is to be replaced, if there is anything; only a regular file can be.
fn check_target(target: &Path) -> io::Result<Option<Metadata>> {
    match target.metadata() {
        Ok(old) if !old.is_file() => Err(io::Error::other("it is not a regular file")),
        Ok(old) => Ok(Some(old)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Gives a synced file its permissions and its place.
fn settle(file: tempfile::NamedTempFile, target: &Path, mode: Mode) -> io::Result<()> {
    let old = check_target(target)?;
    let permissions = match (&old, mode) {
        (_, Mode::Private) | (None, Mode::Keep) => 0o600,
        (None, Mode::Shared) => 0o644,
        (Some(old), _) => old.permissions().mode() & 0o7777,
    };
    keep_owner(&file, old.as_ref());
    file.as_file().set_permissions(Permissions::from_mode(permissions))?;
    file.persist(target).map_err(|error| error.error)?;
    sync_folder(target)
}

/// A file of another user stays theirs where we may give it away; where we may not, the new one is ours.
fn keep_owner(file: &tempfile::NamedTempFile, old: Option<&Metadata>) {
    if let (Some(old), Ok(new)) = (old, file.as_file().metadata())
        && (old.uid(), old.gid()) != (new.uid(), new.gid())
    {
        let _ = std::os::unix::fs::fchown(file.as_file(), Some(old.uid()), Some(old.gid()));
    }
}

/// A synced 0600 file with these bytes in the target's own folder.
fn temporary(target: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let mut file = empty(target)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// An empty 0600 file in the target's own folder.
fn empty(target: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = folder(target);
    make_folder(folder)?;
    temporary_in(folder)
}

fn sync_folder(target: &Path) -> io::Result<()> {
    File::open(folder(target))?.sync_all()
}

fn folder(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Where a path leads in the end, also when nothing is there yet.
pub(super) fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..40 {
        match path.read_link() {
            Ok(next) => path = folder(&path).join(next),
            Err(_) => {
                return match path.canonicalize() {
                    Ok(whole) => Ok(whole),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(path),
                    Err(error) => Err(error),
                };
            }
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::World;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn permissions_are_kept_and_new_files_are_private() {
        let world = World::new();
        let old = world.file("old", "a");
        std::fs::set_permissions(&old, Permissions::from_mode(0o640)).unwrap();
        replace(&old, b"b", Mode::Keep).unwrap();
        assert_eq!((mode(&old), std::fs::read(&old).unwrap()), (0o640, b"b".to_vec()));
        replace(&old, b"c", Mode::Private).unwrap();
        assert_eq!(mode(&old), 0o600);
        let new = world.folder.path().join("deep/er/new");
        replace(&new, b"a", Mode::Keep).unwrap();
        assert_eq!((mode(&new), mode(new.parent().unwrap())), (0o600, 0o700));
        let left: Vec<_> = std::fs::read_dir(new.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 1, "no temporary file stays");
    }

    #[test]
    fn symlinks_are_followed_dangling_ones_too() {
        let world = World::new();
        let real = world.file("real/file", "a");
        let link = world.folder.path().join("link");
        std::os::unix::fs::symlink("real/file", &link).unwrap();
        replace(&link, b"b", Mode::Keep).unwrap();
        assert_eq!(std::fs::read(&real).unwrap(), b"b");
        assert!(link.symlink_metadata().unwrap().is_symlink());
        std::fs::remove_file(&real).unwrap();
        replace(&link, b"c", Mode::Keep).unwrap();
        assert_eq!(std::fs::read(&real).unwrap(), b"c");
    }

    #[test]
    fn a_folder_is_refused_and_create_never_overwrites() {
        let world = World::new();
        assert_eq!(replace(&world.paths.cwd, b"", Mode::Keep).unwrap_err().kind, Kind::Disk);
        let path = world.folder.path().join("s/a");
        assert!(create(&path, b"1").unwrap());
        assert!(!create(&path, b"2").unwrap());
        assert_eq!((std::fs::read(&path).unwrap(), mode(&path)), (b"1".to_vec(), 0o600));
    }

    fn left(folder: &Path) -> usize {
        std::fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn it_takes_its_place_when_it_is_whole_and_leaves_no_trace_before() {
        let world = World::new();
        let path = world.file("a/out", "old");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let mut dropped = Replacement::begin(&path, Mode::Private).unwrap();
        dropped.write("half").unwrap();
        assert_eq!(left(path.parent().unwrap()), 2);
        drop(dropped);
        assert_eq!(
            (left(path.parent().unwrap()), std::fs::read_to_string(&path).unwrap()),
            (1, "old".into())
        );
        let mut whole = Replacement::begin(&path, Mode::Private).unwrap();
        whole.write("new ").unwrap();
        whole.write("file").unwrap();
        whole.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new file");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(Replacement::begin(path.parent().unwrap(), Mode::Private).is_err(), "a folder");
    }

    #[test]
    fn what_a_killed_process_left_is_removed_and_what_is_being_written_stays() {
        let world = World::new();
        let left_behind = world.file("a/.opush-left.tmp", "half");
        let written = Replacement::begin(&world.folder.path().join("a/out"), Mode::Private).unwrap();
        assert!(!left_behind.exists());
        replace(&world.folder.path().join("a/other"), b"x", Mode::Private).unwrap();
        assert_eq!(abandoned(&world.folder.path().join("a")), Vec::<PathBuf>::new());
        written.finish().unwrap();
        assert_eq!(left(&world.folder.path().join("a")), 2);
    }
}
