//! Words that the sources and the pages no longer use, and names of rooms and files that are gone.

use std::path::{Path, PathBuf};

/// Phrases in small letters; between words there is one space.
const OLD_PHRASES: &[&str] = &[
    " in force",
    " mend ",
    " mends ",
    " mended",
    "counts first",
    "for who ",
    "goes around the",
    "is no address",
    "is no argument",
    "is no json",
    "is no number",
    "is no object",
    "is no receipt",
    "is no url",
    "leads off",
    "nobody knows",
    "nobody said",
    "nobody tells",
    "passed over",
    "stands for",
    "stands here",
    "stands in",
    "stands there",
    "told by",
];

/// Parts of paths that were there once; files of these names elsewhere are not meant.
const OLD_PLACES: &[&str] = &[
    "asked.rs",
    "commands/context.rs",
    "commands/vendor.rs",
    "im/service.rs",
    "lanes.rs",
    "footing.rs",
    "pasted.rs",
    "sandbox/embedded",
    "sandbox/place",
    "sandbox/vendor",
    "vendor/mod.rs",
];

#[test]
fn sources_and_pages_use_plain_words() {
    let found: Vec<String> =
        sources().into_iter().chain(pages()).flat_map(|file| old_phrases(&file)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_page_names_a_room_or_file_that_is_gone() {
    let names: Vec<String> =
        files("src", &["rs"]).into_iter().chain(files("tests", &["rs"])).map(shown).collect();
    let mut found = Vec::new();
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        found.extend(
            OLD_PLACES
                .iter()
                .filter(|old| text.contains(**old))
                .map(|old| format!("{}: {old}", shown(&page))),
        );
        for quoted in text.split('`').skip(1).step_by(2) {
            let plain =
                quoted.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "/._-".contains(c));
            let source = plain && quoted.ends_with(".rs") && !quoted.starts_with('.');
            let there = names.iter().any(|name| name == quoted || name.ends_with(&format!("/{quoted}")));
            let folder = plain && quoted.starts_with("src/");
            if (source && !there) || (folder && !super::root().join(quoted).exists()) {
                found.push(format!("{}: {quoted} does not exist", shown(&page)));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The phrases in a file, one space for any run of spaces, ends of lines and marks of comments.
fn old_phrases(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap().to_lowercase();
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| !["//", "///", "//!", ">"].contains(word)).collect();
    let text = words.join(" ");
    OLD_PHRASES
        .iter()
        .filter(|phrase| text.contains(**phrase))
        .map(|phrase| format!("{}: {phrase:?}", shown(file)))
        .collect()
}

fn sources() -> Vec<PathBuf> {
    files("src", &["rs", "java", "kt"])
}

/// Every page that a person wrote or reads: the schemas and manual pages are made from the sources.
fn pages() -> Vec<PathBuf> {
    let mut pages = files("docs", &["md"]);
    let top = ["README.md", "CHANGELOG.md", "ARCHITECTURE.md", "CONTRIBUTING.md"];
    pages.extend(top.map(|name| super::root().join(name)));
    pages
}

fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    walkdir::WalkDir::new(super::root().join(folder))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|ending| endings.iter().any(|one| ending == *one)))
        .collect()
}

fn shown(file: impl AsRef<Path>) -> String {
    file.as_ref().strip_prefix(super::root()).unwrap().to_string_lossy().into_owned()
}
