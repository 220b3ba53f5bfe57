//! Compares the house with exact tables: the arrows between rooms, who may use which crate, circles, sizes, layout.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

#[path = "architecture/attributes.rs"]
mod attributes;
#[path = "architecture/files.rs"]
mod files;
#[path = "architecture/functions.rs"]
mod functions;
#[path = "architecture/scanner.rs"]
mod scanner;
#[path = "architecture/words.rs"]
mod words;

use scanner::Uses;

/// Which room uses which. `clock` and `failure` are leaves; the sandbox uses nothing but the return codes, `listen` and `sqlite`.
const ARROWS: &[(&str, &[&str])] = &[
    ("main", &["clock", "commands"]),
    (
        "commands",
        &[
            "app",
            "batch",
            "click",
            "clock",
            "completion",
            "config",
            "demo",
            "device",
            "diagnose",
            "failure",
            "flags",
            "im",
            "lint",
            "listen",
            "masking",
            "notification",
            "oppo",
            "output",
            "push",
            "receipts",
            "return_codes",
            "sandbox",
            "services",
            "session",
            "smoke",
            "snippet",
            "store",
            "waiting",
        ],
    ),
    (
        "lint",
        &["click", "clock", "failure", "im", "masking", "notification", "oppo", "receipts", "return_codes"],
    ),
    (
        "batch",
        &[
            "click",
            "clock",
            "config",
            "failure",
            "notification",
            "oppo",
            "push",
            "return_codes",
            "store",
            "waiting",
        ],
    ),
    (
        "smoke",
        &[
            "click",
            "clock",
            "config",
            "failure",
            "im",
            "notification",
            "oppo",
            "push",
            "receipts",
            "return_codes",
            "sandbox",
            "services",
            "session",
            "store",
        ],
    ),
    ("receipts", &["clock", "config", "failure", "listen", "oppo", "push", "store"]),
    (
        "demo",
        &[
            "click",
            "config",
            "failure",
            "im",
            "notification",
            "oppo",
            "push",
            "sandbox",
            "services",
            "session",
            "store",
        ],
    ),
    (
        "diagnose",
        &[
            "app",
            "click",
            "clock",
            "config",
            "device",
            "failure",
            "im",
            "notification",
            "oppo",
            "push",
            "return_codes",
            "services",
            "session",
            "snippet",
            "store",
            "transport",
        ],
    ),
    ("services", &["click", "config", "failure", "im", "oppo", "push", "sandbox", "session", "store"]),
    ("session", &["clock", "config", "failure", "masking", "store"]),
    ("push", &["clock", "config", "failure", "im", "listen", "masking", "notification", "oppo", "store"]),
    ("completion", &["clock", "config", "device", "sandbox", "store"]),
    ("flags", &["clock"]),
    ("oppo", &["clock", "config", "failure", "masking", "return_codes", "transport"]),
    ("im", &["clock", "config", "failure", "listen", "masking", "notification", "transport"]),
    ("store", &["clock", "config", "failure", "sqlite", "waiting"]),
    ("notification", &["click", "clock", "failure"]),
    ("config", &["click", "clock", "failure", "masking", "waiting"]),
    ("click", &["app", "failure"]),
    ("device", &["app", "click", "failure", "waiting"]),
    ("app", &["failure"]),
    ("snippet", &["app", "click"]),
    ("output", &["failure"]),
    ("transport", &["failure"]),
    ("sqlite", &["waiting"]),
    ("sandbox", &["listen", "return_codes", "sqlite"]),
];

/// Crates that only some rooms may use, so that terminals, HTTP and SQL each stay in one place.
const CRATES: &[(&str, &[&str])] = &[
    ("anyhow", &["main"]),
    ("base64", &["im", "sandbox"]),
    ("clap", &["commands", "completion", "flags"]),
    ("console", &["output"]),
    ("csv", &["push"]),
    ("comfy_table", &["output"]),
    ("encoding_rs", &["batch"]),
    ("dialoguer", &["output"]),
    ("flate2", &["app", "batch", "im", "sandbox"]),
    ("hmac", &["im", "sandbox"]),
    ("http_body_util", &["listen"]),
    ("hyper", &["listen", "sandbox", "transport"]),
    ("quick_junit", &["output"]),
    ("quick_xml", &["app"]),
    ("hyper_util", &["listen", "transport"]),
    ("rcgen", &["sandbox"]),
    ("reqwest", &["sandbox", "transport"]),
    ("rusqlite", &["sandbox", "sqlite", "store"]),
    ("rustix", &["config", "output", "sqlite"]),
    ("rustls", &["config", "sandbox", "transport"]),
    ("rustls_native_certs", &["sandbox"]),
    ("sha2", &["config", "im", "oppo", "sandbox"]),
    ("signal_hook", &["commands", "output"]),
    ("similar", &["config"]),
    ("tempfile", &["app", "batch", "config", "diagnose", "sandbox", "services"]),
    ("tokio", &["batch", "commands", "im", "listen", "oppo", "receipts", "sandbox", "smoke", "transport"]),
    ("tokio_rustls", &["listen"]),
    ("toml_edit", &["config"]),
    ("zip", &["diagnose"]),
    ("zeroize", &["config", "im", "oppo", "output"]),
];

#[test]
fn the_arrows_between_rooms_are_exactly_these() {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (room, uses) in rooms() {
        let others = uses.rooms.into_iter().filter(|other| *other != room);
        found.entry(room.clone()).or_default().extend(others);
    }
    found.retain(|_, others| !others.is_empty());
    assert_same(&found, &table(ARROWS));
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
    assert_same(&found, &allowed);
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
fn no_file_is_too_long_and_none_is_called_utils() {
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

#[test]
fn no_files_of_a_room_use_each_other_in_a_circle() {
    let graph = files::graph(&production_files());
    let circles = files::circles(&graph);
    let texts = circles.iter().map(|circle| {
        let arrows = circle.iter().map(|file| {
            let inside: Vec<&str> =
                graph[file].iter().filter(|to| circle.contains(*to)).map(String::as_str).collect();
            format!("  {file} -> {}", inside.join(", "))
        });
        format!("{} files\n{}", circle.len(), arrows.collect::<Vec<_>>().join("\n"))
    });
    assert_none(texts);
}

#[test]
fn no_function_has_more_than_60_lines() {
    let long = production_files().into_iter().flat_map(|file| {
        let found = functions::longer_than(60, &file.text);
        found.into_iter().map(move |(name, lines)| format!("{}: {name} has {lines} lines", file.name))
    });
    assert_none(long);
}

#[test]
fn the_file_of_a_folder_is_its_mod_rs_unless_the_folder_holds_only_tests() {
    let source = root().join("src");
    let all = production_files();
    let beside = all.iter().filter(|file| {
        let folder = file.name.trim_end_matches(".rs").to_owned() + "/";
        all.iter().any(|other| other.name.starts_with(&folder)) && source.join(&file.name).exists()
    });
    assert_none(beside.map(|file| file.name.clone()));
}

/// ARCHITECTURE.md and CONTRIBUTING.md name files and folders relative to the root, to `src`, or to a room.
#[test]
fn every_path_in_the_contributors_pages_exists() {
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(root().join(page)).unwrap();
        for quoted in text.split('`').skip(1).step_by(2) {
            let is_path = quoted.contains('/')
                && quoted.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c))
                && quoted.chars().all(|c| !c.is_ascii_uppercase())
                && (quoted.ends_with(".rs") || quoted.ends_with(".toml") || quoted.ends_with('/'))
                && !quoted.starts_with('/');
            let exists = ["", "src", "tests", "src/diagnose"]
                .iter()
                .any(|from| root().join(from).join(quoted).exists());
            assert!(!is_path || exists, "{page} names {quoted}, which does not exist");
        }
    }
}

/// `UPDATE_DOCS=1 cargo test --test architecture` writes it again.
#[test]
fn the_list_of_arrows_in_architecture_md_is_current() {
    let leaves = ["clock", "failure"];
    let line = |(room, others): &(&str, &[&str])| {
        let others: Vec<&str> = others.iter().copied().filter(|other| !leaves.contains(other)).collect();
        (!others.is_empty()).then(|| format!("{room} → {}\n", others.join(", ")))
    };
    let current: String = ARROWS.iter().filter_map(line).collect();
    let file = root().join("ARCHITECTURE.md");
    let page = std::fs::read_to_string(&file).unwrap();
    let (before, rest) = page.split_once("```text\n").unwrap();
    let (written, after) = rest.split_once("```").unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let page = format!("{before}```text\n{current}```{after}");
        std::fs::File::create(file).unwrap().write_all(page.as_bytes()).unwrap();
    } else {
        assert_eq!(written, current, "left: ARCHITECTURE.md, right: the table");
    }
}

/// Fails with each finding, if there is one.
fn assert_none(findings: impl Iterator<Item = String>) {
    let findings: Vec<String> = findings.collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// Every source file but those of tests and the crate's face.
fn production_files() -> Vec<files::File> {
    let source = root().join("src");
    let of_tests =
        |name: &str| name.ends_with("tests.rs") || name.ends_with("testing.rs") || name.contains("/tests/");
    sources()
        .into_iter()
        .map(|(file, module)| {
            (file.strip_prefix(&source).unwrap().to_string_lossy().into_owned(), file, module)
        })
        .filter(|(name, _, module)| !of_tests(name) && module[0] != "lib" && module[0] != "main")
        .map(|(name, file, module)| files::File {
            name,
            module,
            text: std::fs::read_to_string(file).unwrap(),
        })
        .collect()
}

/// Fails with the rows that differ.
#[track_caller]
fn assert_same(found: &BTreeMap<String, BTreeSet<String>>, allowed: &BTreeMap<String, BTreeSet<String>>) {
    let rows: BTreeSet<&String> =
        found.keys().chain(allowed.keys()).filter(|key| found.get(*key) != allowed.get(*key)).collect();
    let texts: Vec<String> = rows
        .into_iter()
        .map(|key| format!("{key}: the sources {:?}\n  the table {:?}", found.get(key), allowed.get(key)))
        .collect();
    assert!(texts.is_empty(), "{}", texts.join("\n"));
}

fn table(rows: &[(&str, &[&str])]) -> BTreeMap<String, BTreeSet<String>> {
    let table: BTreeMap<String, BTreeSet<String>> = rows
        .iter()
        .map(|(key, values)| (key.to_string(), values.iter().map(ToString::to_string).collect()))
        .collect();
    assert_eq!(table.len(), rows.len(), "a row is there twice, and only one of them would be used");
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
