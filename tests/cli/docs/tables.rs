//! Tables of the documents that say what a table of the code says: kinds, exit codes, OPPO's return codes.
//! `UPDATE_DOCS=1 cargo test` writes docs/codes.md anew; the others are written by hand and only compared.

use std::collections::BTreeSet;
use std::io::Write;

use opush::failure::Kind;
use opush::return_codes;

use super::pages::root;

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_default()
}

/// The cells of the rows of every table in a text.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| line.split(" | ").map(str::trim).collect())
        .collect()
}

#[test]
fn json_md_has_every_kind_with_its_exit_code() {
    let page = read("docs/json.md");
    let list = page.split("## Kinds").nth(1).unwrap();
    let list = list.split("\n## ").next().unwrap();
    let written: Vec<(String, String)> = rows(list)
        .into_iter()
        .filter(|row| row[0].starts_with('`'))
        .map(|row| (row[0].trim_matches('`').to_owned(), row[1].to_owned()))
        .collect();
    let known: Vec<(String, String)> = Kind::ALL
        .iter()
        .map(|kind| (kind.as_str().to_owned(), kind.class().exit_code().to_string()))
        .collect();
    let missing: Vec<_> = known.iter().filter(|row| !written.contains(row)).collect();
    let stale: Vec<_> = written.iter().filter(|row| !known.contains(row)).collect();
    assert!(missing.is_empty() && stale.is_empty(), "docs/json.md lacks {missing:?}, and has {stale:?}");
    assert_eq!(written, known, "docs/json.md lists the kinds in another order than the code");
}

#[test]
fn exit_codes_md_has_every_exit_code() {
    let page = read("docs/exit-codes.md");
    let first = page.split("\n## ").next().unwrap();
    let written: Vec<&str> =
        rows(first).into_iter().map(|row| row[0]).filter(|code| code.parse::<u8>().is_ok()).collect();
    let classes: BTreeSet<u8> = Kind::ALL.iter().map(|kind| kind.class().exit_code()).collect();
    let known: Vec<String> = std::iter::once(0).chain(classes).map(|code| code.to_string()).collect();
    assert_eq!(written, known);
}

const INTRODUCTION: &str = "\
# Return codes of OPPO

What OPPO answers in `code`, for every call. `opush explain CODE` says the same in a terminal, and a push result has the
code in `vendor.code` ([json.md](json.md)). Branch on the code: the name is OPPO's message, and its wording differs
between OPPO's own documents and SDKs.

These are the server's codes. The SDK's `onRegister` on the phone has a list of its own.

| code | name | meaning | cause | remedy |
| --- | --- | --- | --- | --- |
";

#[test]
fn codes_md_is_the_table_of_return_codes() {
    let mut page = INTRODUCTION.to_owned();
    for row in return_codes::TABLE {
        let cells = [row.name, row.meaning, row.cause, row.remedy].map(|cell| cell.replace('|', "\\|"));
        page.push_str(&format!("| {} | {} |\n", row.code, cells.join(" | ")));
    }
    let file = root().join("docs/codes.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::File::create(&file).unwrap().write_all(page.as_bytes()).unwrap();
    }
    assert_eq!(read("docs/codes.md"), page, "docs/codes.md is not current: UPDATE_DOCS=1 cargo test");
}
