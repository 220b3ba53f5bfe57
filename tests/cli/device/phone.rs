//! A phone on a cable for tests without a real adb: the program is a script, and the phone's answers are files.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::harness::Home;

/// The answers of a phone with this Android.
pub fn answers(version: u32) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/device");
    folder.join(format!("android-{version}"))
}

/// Puts the script on the home's PATH, before everything else.
pub fn connect(home: &mut Home, version: u32) {
    let script = std::fs::read(answers(version).with_file_name("adb")).unwrap();
    home.write_untrusted("bin/adb", script);
    std::fs::set_permissions(home.file("bin/adb"), std::fs::Permissions::from_mode(0o755)).unwrap();
    for entry in std::fs::read_dir(answers(version)).unwrap() {
        let entry = entry.unwrap();
        let name = format!("bin/phone/{}", entry.file_name().to_str().unwrap());
        home.write_untrusted(&name, std::fs::read(entry.path()).unwrap());
    }
    let before = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{before}", home.file("bin").display());
    home.set("PATH", &path);
}

/// Replaces a text in an answer; an empty text stands for all of it.
pub fn edit(home: &Home, file: &str, from: &str, to: &str) -> Result<(), String> {
    let name = format!("bin/phone/{file}");
    if from.is_empty() {
        home.write_untrusted(&name, to);
        return Ok(());
    }
    let text = home.read(&name);
    if !text.contains(from) {
        return Err(format!("{file} lacks {from:?}:\n{text}"));
    }
    home.write_untrusted(&name, text.replace(from, to));
    Ok(())
}

/// The command lines that the phone's shell was given so far.
pub fn asked(home: &Home) -> Vec<String> {
    let text = std::fs::read_to_string(home.file("bin/phone/asked")).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}
