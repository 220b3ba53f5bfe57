//! Holds the rooms: the arrows between them, and who may use which crate, are compared with exact tables.
//! A new arrow fails until the table says so; a row that no code needs any more fails too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[path = "architecture/scanner.rs"]
mod scanner;

use scanner::Uses;

/// Which room uses which. `clock` and `failure` are leaves; the sandbox uses nothing but the return codes.
const ARROWS: &[(&str, &[&str])] = &[
    ("main", &["clock", "commands"]),
    (
        "commands",
        &[
            "click",
            "clock",
            "config",
            "diagnose",
            "failure",
            "flags",
            "im",
            "listen",
            "notification",
            "oppo",
            "output",
            "push",
            "receipts",
            "return_codes",
            "sandbox",
            "smoke",
            "snippet",
            "store",
        ],
    ),
    ("smoke", &["click", "clock", "config", "failure", "notification", "oppo", "push", "return_codes"]),
    ("receipts", &["clock", "config", "failure", "listen", "store"]),
    (
        "diagnose",
        &["click", "clock", "config", "failure", "im", "oppo", "push", "return_codes", "store", "transport"],
    ),
    ("push", &["clock", "config", "failure", "im", "notification", "oppo", "store"]),
    ("flags", &["clock"]),
    ("oppo", &["clock", "config", "failure", "return_codes", "transport"]),
    ("im", &["clock", "config", "failure", "transport"]),
    ("store", &["clock", "config", "failure"]),
    ("listen", &["failure"]),
    ("notification", &["click", "clock", "failure"]),
    ("config", &["click", "clock", "failure"]),
    ("click", &["failure"]),
    ("snippet", &["click"]),
    ("output", &["failure"]),
    ("transport", &["failure"]),
    ("sandbox", &["return_codes"]),
];

/// Crates that only some rooms may touch, so that terminals, HTTP and SQL each stay in one place.
const CRATES: &[(&str, &[&str])] = &[
    ("anyhow", &["main"]),
    ("axum", &["sandbox"]),
    ("base64", &["im", "sandbox"]),
    ("clap", &["commands", "flags"]),
    ("comfy_table", &["output"]),
    ("console", &["output"]),
    ("csv", &["push"]),
    ("dialoguer", &["output"]),
    ("flate2", &["im", "sandbox"]),
    ("hmac", &["im", "sandbox"]),
    ("hyper", &["listen", "sandbox", "transport"]),
    ("quick_junit", &["output"]),
    ("hyper_util", &["listen", "sandbox", "transport"]),
    ("reqwest", &["sandbox", "transport"]),
    ("rusqlite", &["sandbox", "store"]),
    ("rustix", &["output"]),
    ("rustls", &["sandbox", "transport"]),
    ("schemars", &["commands", "output"]),
    ("sha2", &["config", "im", "oppo", "sandbox"]),
    ("signal_hook", &["output"]),
    ("similar", &["config"]),
    ("tempfile", &["config", "sandbox"]),
    ("tokio", &["commands", "im", "listen", "oppo", "receipts", "sandbox", "transport"]),
    ("toml_edit", &["config"]),
    ("tower", &["sandbox"]),
    ("zip", &["commands"]),
    ("zeroize", &["commands", "config", "im", "oppo", "output"]),
];

#[test]
fn the_arrows_between_rooms_are_exactly_these() {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (room, uses) in rooms() {
        let others = uses.rooms.into_iter().filter(|other| *other != room);
        found.entry(room.clone()).or_default().extend(others);
    }
    found.retain(|_, others| !others.is_empty());
    assert_eq!(found, table(ARROWS), "left: what the sources do, right: what the table allows");
}

#[test]
fn crates_are_used_only_where_they_belong() {
    let allowed = table(CRATES);
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (room, uses) in rooms() {
        for name in uses.crates {
            if allowed.contains_key(&name) {
                found.entry(name).or_default().insert(room.clone());
            }
        }
    }
    assert_eq!(found, allowed, "left: what the sources do, right: what the table allows");
}

#[test]
fn there_is_no_circle() {
    let arrows = table(ARROWS);
    for room in arrows.keys() {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&String> = arrows[room].iter().collect();
        while let Some(next) = open.pop() {
            assert_ne!(next, room, "{room} reaches itself");
            if seen.insert(next) {
                open.extend(arrows.get(next).into_iter().flatten());
            }
        }
    }
}

#[test]
fn no_room_gathers_strangers_and_no_file_is_too_long() {
    for (file, _) in sources() {
        let name = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        assert!(!["utils", "util", "common", "helpers", "misc"].contains(&name), "{}", file.display());
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.lines().count() <= 400, "{} has more than 400 lines", file.display());
        assert!(text.starts_with("//! "), "{} does not begin by saying what it is for", file.display());
    }
    let main = std::fs::read_to_string(root().join("src/main.rs")).unwrap();
    assert!(main.lines().count() <= 60, "main.rs tells the story in 60 lines");
}

fn table(rows: &[(&str, &[&str])]) -> BTreeMap<String, BTreeSet<String>> {
    let table: BTreeMap<String, BTreeSet<String>> = rows
        .iter()
        .map(|(key, values)| (key.to_string(), values.iter().map(ToString::to_string).collect()))
        .collect();
    assert_eq!(table.len(), rows.len(), "a row stands twice, and only one of them would count");
    table
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file with its module path below the crate.
fn sources() -> Vec<(PathBuf, Vec<String>)> {
    let source = root().join("src");
    walkdir::WalkDir::new(&source)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"))
        .map(|entry| (entry.path().to_owned(), module_path(entry.path().strip_prefix(&source).unwrap())))
        .collect()
}

fn module_path(file: &Path) -> Vec<String> {
    let mut parts: Vec<String> = file
        .with_extension("")
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

/// What each room uses; `lib` and `main` are the face, not rooms of their own, but main's arrows count.
fn rooms() -> Vec<(String, Uses)> {
    let names: BTreeSet<String> = sources().iter().map(|(_, path)| path[0].clone()).collect();
    sources()
        .into_iter()
        .filter(|(file, path)| path[0] != "lib" && !file.ends_with("tests.rs"))
        .map(|(file, path)| {
            let text = std::fs::read_to_string(&file).unwrap();
            let uses = scanner::scan(&text, &path, &names)
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            (path[0].clone(), uses)
        })
        .collect()
}
