//! `man` itself shows every page, without a word on stderr.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The pages in docs/man.
pub fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/man");
    let pages: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(pages.len() > 50, "the pages of all commands");
    pages
}

#[test]
fn every_page_renders_without_a_warning() {
    for page in pages() {
        let mut man = Command::new("man");
        man.args(["--warnings", "--encoding=UTF-8", "--local-file"]).arg(&page);
        man.env("LC_ALL", "C.UTF-8").env("MANWIDTH", "80").env("MAN_KEEP_FORMATTING", "");
        let output = man.output().unwrap();
        let shown = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && shown.contains("SYNOPSIS"), "{}: {output:?}", page.display());
        assert!(shown.contains("opush manual"), "the title: {}\n{shown}", page.display());
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{}", page.display());
    }
}
