//! The app file that a profile names, and whether a file that is not trusted may name it: inside its own folder only.

use super::secret_ref::expand;
use std::path::{Component, Path, PathBuf};

/// The path of an app file, as a profile has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AppPath {
    written: String,
    /// The folder of the configuration file.
    base: PathBuf,
    path: PathBuf,
}

impl AppPath {
    pub(super) fn new(written: &str, base: &Path, home: Option<&Path>) -> AppPath {
        AppPath { written: written.to_owned(), base: base.to_owned(), path: expand(written, base, home) }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// As it is in the file.
    pub(crate) fn written(&self) -> &str {
        &self.written
    }

    /// It stays in the folder of the configuration file: as it is written, and with every link followed.
    pub(crate) fn is_inside(&self) -> bool {
        let down = |part: Component| matches!(part, Component::Normal(_) | Component::CurDir);
        let written_inside =
            Path::new(&self.written).components().all(down) && self.path == self.base.join(&self.written);
        written_inside && self.real_path_is_inside()
    }

    fn real_path_is_inside(&self) -> bool {
        // Of what is not there yet, the folder that will hold it.
        let real = self.path.ancestors().find_map(|path| path.canonicalize().ok());
        match (real, self.base.canonicalize()) {
            (Some(real), Ok(base)) => real.starts_with(base),
            _ => false,
        }
    }
}

/// A path below the folder as it is written in a file there; any other one as it is.
pub(super) fn below<'p>(folder: Option<&Path>, path: &'p str) -> &'p str {
    let relative = folder.and_then(|folder| Path::new(path).strip_prefix(folder).ok());
    match relative.and_then(Path::to_str) {
        Some("") => ".",
        Some(relative) => relative,
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::World;

    #[test]
    fn a_path_is_inside_only_without_a_way_out_and_with_every_link_followed() {
        let world = World::new();
        world.file("project/app/AndroidManifest.xml", "<manifest/>");
        world.file("private/AndroidManifest.xml", "<manifest/>");
        let root = world.folder.path().canonicalize().unwrap();
        let base = root.join("project");
        std::os::unix::fs::symlink(root.join("private"), base.join("out")).unwrap();
        std::os::unix::fs::symlink("app", base.join("in")).unwrap();
        let home = Some(root.as_path());
        let inside = |written: &str| AppPath::new(written, &base, home).is_inside();
        for written in
            ["app", "./app/AndroidManifest.xml", ".", "in", "in/AndroidManifest.xml", "app/new.apk"]
        {
            assert!(inside(written), "{written}");
        }
        let absolute = base.join("app").display().to_string();
        for written in [
            "..",
            "../private",
            "app/../../private",
            "~/project/app",
            &absolute,
            "/etc",
            "out",
            "out/new.apk",
        ] {
            assert!(!inside(written), "{written}");
        }
    }

    #[test]
    fn a_path_below_the_folder_is_written_without_it() {
        let folder = Some(Path::new("/work/project"));
        assert_eq!(below(folder, "/work/project/app/app.apk"), "app/app.apk");
        assert_eq!(below(folder, "/work/project"), ".");
        assert_eq!(below(folder, "/work/other/app.apk"), "/work/other/app.apk");
        assert_eq!(below(None, "/a"), "/a");
    }
}
