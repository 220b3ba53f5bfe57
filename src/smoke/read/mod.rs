//! From the text of a scenario file to its cases, or to every problem in it at once, each with its position.
//! Whether they can hold for a profile is asked in `plan`.

mod case;
mod expect;
mod layers;
mod matrix;
mod notification;
mod reader;
mod target;

use std::collections::BTreeMap;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::config::read::{Context, Entry, Table, report_syntax};
use crate::config::{Environment, Text};
use crate::failure::{Kind, Problem};

use super::model::Case;
use super::model::Scenario;
use super::secrets;
use layers::KEYS;
use matrix::MOST_CASES;
use reader::Reader;

/// Reads a whole file. With problems, the cases are only what could be made of it.
pub(crate) fn read(text: Text, environment: &Environment) -> (Scenario, Vec<Problem>) {
    let mut context = Context::new(&text, Path::new(""), None);
    let mut cases = Vec::new();
    let (document, errors) = DeTable::parse_recoverable(text.as_str());
    let broken = report_syntax(&mut context, &errors);
    let mut texts = secrets::by_name(&mut context, document.get_ref());
    let root = Table { entries: document.get_ref(), what: "a scenario file", key: 0..0 };
    root.only(&mut context, &[&KEYS[..], &["case"]].concat());
    let mut reader = Reader { context, environment, matrix: BTreeMap::new(), expanded: Vec::new() };
    for element in elements(&mut reader, &root) {
        cases.extend(case::read(&mut reader, &root, element.as_ref()));
        if cases.len() > MOST_CASES {
            let message = format!("the file makes more than {MOST_CASES} cases");
            reader.report(Kind::BadValue, 0..0, message, "make the matrix smaller, or make two files");
            break;
        }
    }
    unique(&mut reader, &cases);
    let problems = settle(reader.context.finish(&broken));
    texts.extend(reader.expanded);
    (Scenario { text, cases, values: texts }, problems)
}

/// The `[[case]]` tables; `None` where the whole file is one case.
fn elements<'a, 'i>(reader: &mut Reader, root: &Table<'a, 'i>) -> Vec<Option<Entry<'a, 'i>>> {
    let Some(entry) = root.get("case") else { return vec![None] };
    match entry.value.get_ref() {
        DeValue::Array(array) if array.is_empty() => {
            let hint = "add a [[case]], or leave case out: then the file is one";
            reader.report(Kind::BadValue, entry.span(), "the file has no case", hint);
            Vec::new()
        }
        DeValue::Array(array) => {
            let element = |value| Some(Entry { name: entry.name, key: entry.key.clone(), value });
            array.iter().map(element).collect()
        }
        _ => {
            let hint = "write it with double brackets: [[case]]";
            reader.wrong_type(&entry, "an array of tables", hint).unwrap_or_default()
        }
    }
}

/// Reports names that an earlier case of the file has: reports and filters name cases by them.
fn unique(reader: &mut Reader, cases: &[Case]) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.complete) {
        match first.get(case.name.as_str()) {
            None => drop(first.insert(&case.name, case.line)),
            Some(line) => {
                let message = format!("the case of line {line} is called {:?} too", case.name);
                let span = case.spans.get("name").cloned().unwrap_or_default();
                reader.report(Kind::BadValue, span, message, "give each case a name of its own");
            }
        }
    }
}

/// A key that is a secret's is not reported as unknown as well, and what several cases share is said once.
fn settle(found: Vec<Problem>) -> Vec<Problem> {
    let is_secret = |problem: &&Problem| problem.kind == Kind::SecretInScenario;
    let secrets: Vec<String> = found.iter().filter(is_secret).map(|problem| problem.place.clone()).collect();
    let mut problems: Vec<Problem> = Vec::with_capacity(found.len());
    for problem in found {
        let of_secret = !is_secret(&&problem) && secrets.contains(&problem.place);
        if !of_secret && !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    problems
}
