//! The tables of fields in docs/notification.md are made from the table in `fields`: `UPDATE_DOCS=1 cargo test --lib`
//! rewrites them. The tables of warnings and click rules are compared with it.

use super::*;
use crate::click;
use crate::notification::fields::{Applies, Choice, Length, Need, Range, Row, Type};
use crate::notification::warning::WARNINGS;
use std::fmt::Write;
use strum::{EnumMessage, VariantArray};

fn row(field: Field) -> String {
    let Row { kind, flag, required, companion, .. } = field.row();
    let (type_name, limit) = kind_and_limit(field, kind);
    let mut notes: Vec<String> = Vec::new();
    if required {
        notes.push("required, unless a private template makes it".to_owned());
    }
    if let Type::Choice(choices) = kind {
        notes.push(unicast(choices, |choice| format!("{} {}", choice.number, choice.meaning)));
        let elsewhere = choices.iter().filter(|choice| choice.applies != Applies::Unicast);
        notes.extend(elsewhere.map(|choice| {
            let whose = match choice.applies {
                Applies::PaidOnly => "the paid API",
                _ => "broadcasts",
            };
            format!("{} ({}) is for {whose}", choice.number, choice.meaning)
        }));
    }
    notes.extend(field.get_documentation().map(str::to_owned));
    if let Some((other, need)) = companion {
        let verb = if need == Need::Required { "needs" } else { "goes with" };
        notes.push(format!("{verb} `{}`", other.name()));
    }
    let given_by = flag.map_or("file".to_owned(), |flag| format!("`{flag}`"));
    let notes = notes
        .join("; ")
        .replace("show_start_time and show_end_time", "`show_start_time` and `show_end_time`");
    format!("| `{}` | {type_name} | {limit} | {given_by} | {notes} |\n", field.name()).replace("|  |", "| |")
}

fn unicast(choices: &[Choice], say: fn(&Choice) -> String) -> String {
    let unicast = choices.iter().filter(|choice| choice.applies == Applies::Unicast);
    unicast.map(say).collect::<Vec<_>>().join(", ")
}

fn kind_and_limit(field: Field, kind: Type) -> (&'static str, String) {
    match kind {
        Type::Shown(length) | Type::Identifier(length) | Type::Text(length) | Type::Url(length) => {
            ("text", characters(length))
        }
        Type::Click if field == Field::ClickActionUrl => {
            let length = Length { warn: Some(click::URL_WARN), max: Some(click::URL_LIMIT), long_text: None };
            ("text", characters(length))
        }
        Type::Click => ("text", format!("{} characters", click::NAME_LIMIT)),
        Type::CustomContent(length) => ("text holding a JSON object", characters(length) + " of JSON"),
        Type::Whole(range) | Type::Seconds(range) | Type::Milliseconds(range) => ("number", numbers(range)),
        Type::Choice(choices) => ("number", unicast(choices, |choice| choice.number.to_string())),
        Type::Boolean => ("true or false", String::new()),
        Type::Parameters => ("object of texts", "none known".to_owned()),
        Type::TextOrJson => ("text, object or array", "none known".to_owned()),
        Type::Any => ("any", "none known".to_owned()),
    }
}

fn characters(Length { warn, max, long_text }: Length) -> String {
    let limit = match (warn, max) {
        (None, None) => "none known".to_owned(),
        (None, Some(max)) => format!("{max} characters"),
        (Some(warn), None) => format!("none known, warned over {warn}"),
        (Some(warn), Some(max)) => format!("{warn} characters, disputed, refused over {max}"),
    };
    long_text.map_or(limit.clone(), |long| format!("{limit}; long text: {long}"))
}

fn numbers(Range { min, max, agreed, unit }: Range) -> String {
    let range = format!("{min} to {max} {unit}").trim_end().to_owned();
    agreed.map_or(range.clone(), |(low, high)| format!("{range}; agreed on by all sources: {low} to {high}"))
}

/// The two tables.
fn tables() -> String {
    let mut page =
        "## Fields\n\n| field | type | limit | given by | notes |\n| --- | --- | --- | --- | --- |\n"
            .to_owned();
    Field::unicast().for_each(|field| page.push_str(&row(field)));
    page.push_str("\n## Not for a push to one phone\n\n| field | why |\n| --- | --- |\n");
    for field in Field::VARIANTS {
        if let Some(why) = field.broadcast_only() {
            let _ = writeln!(page, "| `{}` | {why} |", field.name());
        }
    }
    page
}

fn page() -> (String, String) {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/notification.md");
    (file.to_owned(), std::fs::read_to_string(file).expect("docs/notification.md"))
}

#[test]
fn the_tables_of_fields_are_current() {
    let (file, found) = page();
    let start = found.find("## Fields\n").expect("a heading");
    let end = found.find("\n## Written otherwise").expect("the heading after the tables");
    let current = found[..start].to_owned() + &tables() + &found[end..];
    if std::env::var_os("UPDATE_DOCS").is_some() {
        #[expect(clippy::disallowed_methods, reason = "a page of the repository, written on demand")]
        std::fs::write(&file, &current).expect("the page can be written");
        return;
    }
    assert_eq!(found, current, "run UPDATE_DOCS=1 cargo test --lib");
}

#[test]
fn every_warning_is_listed_and_no_other() {
    let page = page().1;
    let listed = page.split("| warning | when |").nth(1).expect("the table of warnings");
    let listed: Vec<_> = listed.lines().filter(|line| line.starts_with("| `")).map(str::to_owned).collect();
    let rows = WARNINGS.iter().map(|kind| format!("| `{}` | {} |", kind.id, kind.when));
    assert_eq!(listed, rows.collect::<Vec<_>>());
}

#[test]
fn every_click_rule_is_listed() {
    let doc = include_str!("../../../docs/click-targets.md");
    for rule in crate::click::RULES {
        let row = format!("| `{}` | {} | {} |", rule.id, <&str>::from(rule.severity), rule.remedy);
        assert!(doc.lines().any(|line| line == row), "docs/click-targets.md lacks {row}");
    }
}
