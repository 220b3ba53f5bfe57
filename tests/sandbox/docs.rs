//! docs/open-questions.md and the table in docs/sandbox-faults.md are made from the sandbox's tables:
//! `UPDATE_DOCS=1 cargo test --test sandbox` rewrites them. What is said belongs to the tables.

use std::io::Write;
use std::path::Path;

use opush::sandbox::faults::{self, CALLS, Side, Where};
use opush::sandbox::rules::{Allowed, Rule, TABLE};

const INTRODUCTION: &str = "\
# Open questions

## OPPO

Public copies of OPPO's documents disagree or say nothing about the points below. The sandbox takes the stricter
reading, unless that would refuse a client known to work with OPPO, and each point has a switch:
`opush sandbox run --rule content-limit=50`.

Whoever has real credentials can settle a question with `opush` itself: send the request in doubt to OPPO and compare
the answer with the sandbox's. Sections are those of the OPPO reference that the sandbox was written after.

";

const OF_IM: &str = "
## The IM server

The same for the IM server in front of OPPO; sections are those of the IM reference. Some are not doubts but settings of
its console, such as `im-multi-device`.

";

const HEAD: &str = "\
| rule | question | default | other values | section |
| --- | --- | --- | --- | --- |
";

fn others(rule: &Rule) -> String {
    match rule.allowed {
        Allowed::Words(words) => {
            let others: Vec<String> =
                words.iter().filter(|word| **word != rule.default).map(|word| format!("`{word}`")).collect();
            others.join(", ")
        }
        Allowed::NumberOrOff(most) if rule.default == "off" => format!("1 to {most}"),
        Allowed::NumberOrOff(most) => format!("`off`, 1 to {most}"),
        Allowed::Duration(_) => "a duration such as `90s`, `10m`, `24h`, `10d`".into(),
    }
}

fn page() -> String {
    let (of_im, of_oppo): (Vec<&Rule>, Vec<&Rule>) =
        TABLE.iter().partition(|rule| rule.id.starts_with("im-"));
    [(INTRODUCTION, of_oppo), (OF_IM, of_im)].into_iter().fold(String::new(), |mut page, (words, rules)| {
        page.push_str(words);
        page.push_str(HEAD);
        for rule in rules {
            let Rule { id, question, default, section, .. } = rule;
            page.push_str(&format!("| `{id}` | {question} | `{default}` | {} | {section} |\n", others(rule)));
        }
        page
    })
}

const FAULTS_BEGIN: &str = "<!-- made from the table of faults -->\n";
const FAULTS_END: &str = "<!-- end of it -->\n";

/// The table of faults, and the calls that they can be put on.
fn faults() -> String {
    let mut text = "| fault | strikes | what it does | section |\n| --- | --- | --- | --- |\n".to_owned();
    for row in faults::TABLE {
        let strikes = match row.place {
            Where::Calls => "calls",
            Where::Pushes => "pushes",
            Where::Users => "users",
        };
        let word = row.kind.as_str();
        text.push_str(&format!("| `{word}{}` | {strikes} | {} | {} |\n", row.value, row.does, row.section));
    }
    let calls = |wanted| {
        let of_side = CALLS.iter().filter(|(_, side)| *side == wanted);
        of_side.map(|(call, _)| format!("`{call}`")).collect::<Vec<_>>().join(", ")
    };
    text.push_str(&format!("\nOPPO's calls (`oppo`): {}.\n", calls(Side::Oppo)));
    text.push_str(&format!("\nThe IM server's (`im`): {}.\n", calls(Side::Im)));
    text
}

#[test]
fn the_table_of_faults_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sandbox-faults.md");
    let found = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = found.split_once(FAULTS_BEGIN).unwrap();
    let (_, after) = rest.split_once(FAULTS_END).unwrap();
    let current = format!("{before}{FAULTS_BEGIN}{}{FAULTS_END}{after}", faults());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::File::create(&path).unwrap().write_all(current.as_bytes()).unwrap();
        return;
    }
    assert_eq!(found, current, "run UPDATE_DOCS=1 cargo test --test sandbox");
}

#[test]
fn open_questions_are_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/open-questions.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::File::create(&path).unwrap().write_all(page().as_bytes()).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, page(), "run UPDATE_DOCS=1 cargo test --test sandbox");
}
