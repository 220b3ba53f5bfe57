//! A small world of folders for this room's tests.
//! Nothing that is not a test.

use super::{Environment, Found, How, Paths};
use std::io::Write;
use std::path::PathBuf;

/// `home/` and `work/` (the working directory) in a temporary folder.
pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) paths: Paths,
    pub(crate) env: Environment,
}

impl World {
    pub(crate) fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let work = folder.path().join("work");
        std::fs::create_dir(&work).unwrap();
        let env = Environment::from_pairs([("HOME", folder.path().join("home"))]);
        let paths = Paths::new(&env, work).unwrap();
        World { paths, env, folder }
    }

    /// Writes a file below the temporary folder and returns its path.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::File::create(&path).unwrap().write_all(content.as_ref()).unwrap();
        path
    }

    /// `work/opush.toml` with this content, found by searching upward.
    pub(crate) fn opush_toml(&self, content: impl AsRef<[u8]>) -> Found {
        let path = self.file("work/opush.toml", content);
        Found { path, shown: "opush.toml".to_owned(), how: How::Upward }
    }
}

/// The sample of the documentation, a little longer.
pub(crate) const SAMPLE: &str = r#"default_profile = "demo"

[profile.demo]
region = "cn"                       # where pushes go
package = "com.example.demo"
default_certificate = 7005

[[profile.demo.certificate]]
id = 7005                           # from the IM console
name = "demo-oppo"
app_id = "30001"
app_key = "demo-app-key"
app_secret = { env = "OPUSH_DEMO_APP_SECRET" }
master_secret = { env = "OPUSH_DEMO_MASTER_SECRET" }
channel_id = "tuikit"
click = { action = "activity", activity = "com.example.demo.SplashActivity" }
saved_at = 2026-01-01T00:00:00Z
"#;
