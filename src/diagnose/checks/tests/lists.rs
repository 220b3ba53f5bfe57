//! The same checks everywhere: files, chain, pages and the index of pages. `UPDATE_DOCS=1 cargo test --lib` rewrites the index.
//! What a check finds is tested beside.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::super::CHAIN;
use crate::diagnose::{Link, machine};

/// Files that hold a table of checks that differ only in a row of data; every other file holds the check of its name.
const TABLES: [&str; 3] = ["refused", "presence", "endpoints"];

const PARTS: [&str; 4] =
    ["## What it looks at", "## What a failure means", "## How to fix it", "## What it can't tell"];

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The names of a folder's files with this ending.
fn names(path: &str, ending: &str) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder(path)).expect("a folder").map(|entry| entry.expect("a file").path());
    files
        .filter(|file| file.extension().is_some_and(|found| found == ending))
        .filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned()))
        .collect()
}

/// The checks of a folder: one for each file by its name, and the rows of each table.
fn defined(path: &str) -> BTreeSet<String> {
    let no_check = ["mod", "evidence", "testing", "tests"];
    let mut all = BTreeSet::new();
    for name in names(path, "rs").into_iter().filter(|name| !no_check.contains(&name.as_str())) {
        if !TABLES.contains(&name.as_str()) {
            all.insert(name.replace('_', "-"));
            continue;
        }
        let source = std::fs::read_to_string(folder(path).join(format!("{name}.rs"))).expect("a source");
        let rows = source.split("check!(").skip(1).filter_map(|row| row.split('"').nth(1));
        all.extend(rows.map(str::to_owned));
    }
    all
}

fn ids() -> BTreeSet<String> {
    CHAIN.iter().map(|check| check.id.to_owned()).collect()
}

/// Doctor's checks.
fn of_machine() -> BTreeSet<String> {
    machine::CHAIN.iter().map(|check| check.id.to_owned()).collect()
}

#[test]
fn files_chain_and_pages_have_the_same_checks() {
    assert_eq!(ids().len(), CHAIN.len(), "an id is twice in the chain");
    assert_eq!(defined("src/diagnose/checks"), ids(), "left: files, right: the chain");
    let mut pages = names("docs/checks", "md");
    pages.remove("README");
    let both: BTreeSet<String> = ids().union(&of_machine()).cloned().collect();
    assert_eq!(pages, both, "left: pages, right: both chains");
    assert!(ids().is_disjoint(&of_machine()), "an id is in both chains");
    assert_eq!(defined("src/diagnose/machine"), of_machine(), "left: files, right: the chain of the machine");
}

#[test]
fn ids_are_kebab_case_and_every_word_is_there() {
    for check in CHAIN {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let id = check.id;
        assert!(id.chars().all(plain) && !id.starts_with('-') && !id.ends_with('-'), "{id}");
        for words in [check.title, check.remedy.sentence()] {
            assert!(!words.is_empty() && !words.ends_with('.'), "{id}: {words}");
        }
    }
}

#[test]
fn every_page_has_its_parts() {
    let pages = CHAIN.iter().map(|check| (check.id, check.title, check.page));
    let machine = machine::CHAIN.iter().map(|check| (check.id, check.title, check.page));
    for (id, title, page) in pages.chain(machine) {
        assert!(page.starts_with(&format!("# {id}\n\nHolds when {title}.\n")), "{id}: {page}");
        let parts: Vec<Option<usize>> =
            PARTS.iter().map(|part| page.find(&format!("\n{part}\n\n"))).collect();
        assert!(parts.iter().all(Option::is_some) && parts.is_sorted(), "{id} lacks a part of {PARTS:?}");
        let rest = PARTS.iter().fold(page.to_owned(), |page, part| page.replace(part, "\u{0}"));
        assert!(rest.split('\u{0}').all(|part| part.trim().len() > 20), "{id} has an empty part");
        let last = page.lines().last().unwrap_or_default();
        assert!(last.starts_with("Source: ") && last.ends_with('.'), "{id} does not end with its source");
    }
}

/// The parts of the chain are together: a report has one row for each.
#[test]
fn links_are_not_torn_apart() {
    let mut links: Vec<Link> = CHAIN.iter().map(|check| check.link).collect();
    links.dedup();
    assert_eq!(links.iter().collect::<BTreeSet<_>>().len(), links.len(), "{links:?}");
}

#[test]
fn the_index_of_pages_is_current() {
    let mut index = String::from(
        "# The checks of opush diagnose and doctor\n\n\
         In the order of the chain: the first that fails is the broken link. `opush explain ID` shows a page without any network.\n\n\
         | link | check | holds when |\n| --- | --- | --- |\n",
    );
    for check in CHAIN {
        let (link, id, title) = (check.link, check.id, check.title);
        index += &format!("| {link} | [{id}]({id}.md) | {title} |\n");
    }
    index += "\n# The checks of opush doctor\n\nOf this machine and this configuration, in their order.\n\n\
              | part | check | holds when |\n| --- | --- | --- |\n";
    for check in machine::CHAIN {
        let (link, id, title) = (check.link, check.id, check.title);
        index += &format!("| {link} | [{id}]({id}.md) | {title} |\n");
    }
    let file = folder("docs/checks/README.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        #[allow(clippy::disallowed_methods)]
        std::fs::write(&file, &index).expect("written");
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(found, index, "docs/checks/README.md is not current: UPDATE_DOCS=1 cargo test --lib");
}
