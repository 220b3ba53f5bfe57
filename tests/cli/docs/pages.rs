//! The pages that are looked at, their fenced blocks and their prose.

use std::path::PathBuf;

/// One Markdown file.
pub struct Page {
    /// Relative to the project: docs/commands/send.md
    pub name: String,
    pub text: String,
}

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
pub struct Block {
    /// What stands behind the opening fence: `console`, `console check`, `text` …
    pub kind: String,
    /// The number of its first line.
    pub line: usize,
    pub lines: Vec<String>,
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// README.md and everything below docs/.
pub fn documents() -> Vec<Page> {
    let root = root();
    let mut files = vec![root.join("README.md")];
    let below = walkdir::WalkDir::new(root.join("docs")).sort_by_file_name().into_iter().map(Result::unwrap);
    files.extend(
        below.map(|entry| entry.into_path()).filter(|path| path.extension().is_some_and(|end| end == "md")),
    );
    files.into_iter().map(page).collect()
}

/// The documents, and the Markdown files beside the README.
pub fn all() -> Vec<Page> {
    let others = std::fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let others =
        others.filter(|path| path.extension().is_some_and(|end| end == "md") && !path.ends_with("README.md"));
    documents().into_iter().chain(others.map(page)).collect()
}

fn page(path: PathBuf) -> Page {
    let name = path.strip_prefix(root()).unwrap().display().to_string();
    Page { text: std::fs::read_to_string(path).unwrap(), name }
}

/// The fenced blocks of a text; one that is not closed is a mistake.
pub fn blocks(text: &str) -> Result<Vec<Block>, String> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in text.lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), &mut open) {
            (Some(""), Some(_)) => blocks.extend(open.take()),
            (Some(_), Some(block)) => {
                return Err(format!("the block of line {} is not closed", block.line - 1));
            }
            (Some(kind), None) => {
                open = Some(Block { kind: kind.trim().into(), line: number + 2, lines: Vec::new() });
            }
            (None, Some(block)) => block.lines.push(line.to_owned()),
            (None, None) => {}
        }
    }
    match open {
        Some(block) => Err(format!("the block of line {} is not closed", block.line - 1)),
        None => Ok(blocks),
    }
}

/// The lines outside of fenced blocks, with their numbers.
pub fn prose(text: &str) -> Vec<(usize, &str)> {
    let mut inside = false;
    text.lines()
        .enumerate()
        .filter_map(|(number, line)| {
            let fence = line.trim_start().starts_with("```");
            inside ^= fence;
            (!inside && !fence).then_some((number + 1, line))
        })
        .collect()
}

#[test]
fn blocks_are_found_with_their_kind_and_line() {
    let found = blocks("a\n```console check\n$ opush\n\n```\nb\n  ```sh\n  x\n  ```\n").unwrap();
    let first = Block { kind: "console check".into(), line: 3, lines: vec!["$ opush".into(), String::new()] };
    assert_eq!(found[0], first);
    assert_eq!((found[1].kind.as_str(), found[1].line), ("sh", 8));
    assert!(blocks("```text\nx\n").is_err());
    assert!(blocks("```text\n```sh\n```\n").is_err());
    assert_eq!(prose("a\n```\nb\n```\nc"), [(1, "a"), (5, "c")]);
}
