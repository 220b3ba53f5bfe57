//! A file that is written piece by piece and takes its place when it is whole; dropped before, it leaves no trace.
//! Files that fit into memory are written by `files::replace`.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Mode, check_target, disk, empty, follow, settle};
use crate::failure::Problem;

/// A file on its way.
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

    pub(crate) fn write(&mut self, text: &str) -> Result<(), Problem> {
        self.file.write_all(text.as_bytes()).map_err(|error| disk("write", &self.path, &error))
    }

    /// Puts it in its place.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        let Replacement { path, target, file, mode } = self;
        let done = file.as_file().sync_all().and_then(|()| settle(file, &target, mode));
        done.map_err(|error| disk("write", &path, &error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::World;
    use std::os::unix::fs::PermissionsExt;

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
}
