//! Tables of the documents that say what the code says: kinds, exit codes, OPPO's return codes, commands, rooms.
//! `UPDATE_DOCS=1 cargo test` writes docs/codes.md and the kinds of docs/json.md anew; the others are written by hand and only compared.

use std::collections::BTreeSet;
use std::io::Write;

use opush::failure::{Kind, Remedy};
use opush::return_codes;
use strum::VariantArray;

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
fn json_md_has_the_table_of_kinds() {
    const HEAD: &str = "| kind | exit | when |\n| --- | --- | --- |\n";
    let page = read("docs/json.md");
    let (before, rest) = page.split_once(HEAD).unwrap();
    let (_, after) = rest.split_once("\n\n").unwrap();
    let row = |kind: &Kind| {
        let (name, code) = (kind.as_str(), kind.class().exit_code());
        format!("| `{name}` | {code} | {} |\n", kind.meaning().replace('|', "\\|"))
    };
    let rows: String = Kind::VARIANTS.iter().map(row).collect();
    let current = format!("{before}{HEAD}{rows}\n{after}");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::File::create(root().join("docs/json.md")).unwrap().write_all(current.as_bytes()).unwrap();
    }
    assert_eq!(read("docs/json.md"), current, "docs/json.md is not current: UPDATE_DOCS=1 cargo test");
}

#[test]
fn exit_codes_md_has_every_exit_code() {
    let page = read("docs/exit-codes.md");
    let first = page.split("\n## ").next().unwrap();
    let written: Vec<&str> =
        rows(first).into_iter().map(|row| row[0]).filter(|code| code.parse::<u8>().is_ok()).collect();
    let classes: BTreeSet<u8> = Kind::VARIANTS.iter().map(|kind| kind.class().exit_code()).collect();
    let known: Vec<String> = std::iter::once(0).chain(classes).map(|code| code.to_string()).collect();
    assert_eq!(written, known);
}

/// The words of every command, from the man pages, which a test keeps current: `["sandbox", "phone", "add"]`.
fn commands() -> Vec<Vec<String>> {
    let files = std::fs::read_dir(root().join("docs/man")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let words = names.filter_map(|name| {
        let name = name.strip_suffix(".1")?.strip_prefix("opush-")?.to_owned();
        Some(name.split('-').map(str::to_owned).collect())
    });
    words.collect()
}

#[test]
fn every_command_has_its_row_and_its_page() {
    let index = read("docs/commands.md");
    let commands = commands();
    assert!(commands.len() > 40, "commands are no longer found");
    let mut missing = Vec::new();
    for words in &commands {
        let name = &words[0];
        let page = read(&format!("docs/commands/{name}.md"));
        let row = index.lines().find(|line| line.contains(&format!("[{name}](commands/{name}.md)")));
        let has = match (words.as_slice(), row) {
            (_, None) => false,
            ([_], Some(_)) => page.starts_with(&format!("# opush {name}\n")),
            ([_, second], Some(row)) => {
                row.split(|c: char| !c.is_alphanumeric()).any(|word| word == second)
                    && page.contains(second.as_str())
            }
            // A name of several words has hyphens, as the groups before it have not.
            (_, Some(_)) => [" ", "-"].iter().any(|between| page.contains(&words[1..].join(between))),
        };
        if !has {
            missing.push(words.join(" "));
        }
    }
    assert!(missing.is_empty(), "docs/commands.md or docs/commands/ lack {missing:?}");
    let pages = std::fs::read_dir(root().join("docs/commands")).unwrap();
    for page in pages.map(|page| page.unwrap().path()) {
        let name = page.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(commands.contains(&vec![name.clone()]), "docs/commands/{name}.md is of no command");
        assert_eq!(index.matches(&format!("(commands/{name}.md)")).count(), 1, "{name} has not one row");
    }
}

/// Below the flags that only this command has, a man page lists those of every command.
fn flags(words: &[String]) -> BTreeSet<String> {
    let manual = read(&format!("docs/man/opush-{}.1", words.join("-")));
    let own = manual.split(".SH OPTIONS").nth(1).and_then(|own| own.split(".SH ").next()).unwrap_or_default();
    let found = own
        .lines()
        .filter_map(|line| line.strip_prefix("\\fB")?.split("\\-\\-").nth(1)?.split("\\fR").next());
    found.map(|flag| format!("--{}", flag.replace('\\', ""))).filter(|flag| flag != "--help").collect()
}

#[test]
fn every_flag_of_a_command_is_on_its_page() {
    let mut missing = Vec::new();
    let mut seen = 0;
    for words in commands() {
        let page = read(&format!("docs/commands/{}.md", words[0]));
        let named: BTreeSet<&str> = page
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .filter(|word| word.starts_with("--"))
            .collect();
        let flags = flags(&words);
        seen += flags.len();
        missing.extend(
            flags
                .iter()
                .filter(|flag| !named.contains(flag.as_str()))
                .map(|flag| format!("{} {flag}", words.join(" "))),
        );
    }
    assert!(seen > 100, "flags are no longer found");
    assert!(missing.is_empty(), "docs/commands/ lack {missing:#?}");
}

#[test]
fn architecture_md_has_every_room_once() {
    let page = read("ARCHITECTURE.md");
    let list = page.split("## The rooms").nth(1).unwrap();
    let list = list.split("\n## ").next().unwrap();
    let mut written: Vec<String> = rows(list)
        .into_iter()
        .filter(|row| row[0].starts_with('`'))
        .map(|row| row[0].trim_matches('`').to_owned())
        .collect();
    written.sort();
    let names = std::fs::read_dir(root().join("src")).unwrap().map(|entry| entry.unwrap().path());
    let mut rooms: Vec<String> =
        names.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    rooms.sort();
    rooms.dedup();
    rooms.retain(|room| room != "main" && room != "lib");
    assert_eq!(written, rooms, "left: ARCHITECTURE.md, right: src/");
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
        let remedy = Remedy::from(row.remedy).to_string();
        let cells = [row.name, row.meaning, row.cause, &remedy].map(|cell| cell.replace('|', "\\|"));
        page.push_str(&format!("| {} | {} |\n", row.code, cells.join(" | ")));
    }
    let file = root().join("docs/codes.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::File::create(&file).unwrap().write_all(page.as_bytes()).unwrap();
    }
    assert_eq!(read("docs/codes.md"), page, "docs/codes.md is not current: UPDATE_DOCS=1 cargo test");
}
