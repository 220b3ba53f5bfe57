//! The table in docs/offline-push.md is made from the rule: `UPDATE_DOCS=1 cargo test --test push` rewrites it.
//! What stands around the table is written by hand.

use std::path::PathBuf;

use opush::push::{AppState, RULE};
use strum::VariantArray;

const BEGIN: &str = "<!-- made from the rule: begin -->\n";
const END: &str = "<!-- made from the rule: end -->";
const STATES_BEGIN: &str = "<!-- made from the states: begin -->\n";
const STATES_END: &str = "<!-- made from the states: end -->";

fn rule() -> String {
    let mut text = String::from(
        "| | decision | when | what to do | `--force` | seen with |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for (number, step) in RULE.iter().enumerate() {
        let force = if step.overridable { "ignores it" } else { "" };
        let (name, when, remedy) = (step.decision.name(), step.when, &step.remedy);
        let seen = step.seen_with;
        text.push_str(&format!("| {} | `{name}` | {when} | {remedy} | {force} | {seen} |\n", number + 1));
    }
    text.push_str(&format!("| {} | `push` | nothing of the above | | | |\n", RULE.len() + 1));
    text
}

fn states() -> String {
    let mut text = String::from("| state | REST | SDK | logged in |\n| --- | --- | --- | --- |\n");
    for state in AppState::VARIANTS {
        let word = |word: Option<&str>| word.map_or("not known".to_owned(), |word| format!("`{word}`"));
        let logged_in = if state.is_logged_in() { "yes" } else { "no" };
        text.push_str(&format!(
            "| `{}` | {} | {} | {logged_in} |\n",
            state.as_str(),
            word(state.rest()),
            word(state.sdk())
        ));
    }
    text
}

/// The page with the part between two marks replaced.
fn with(page: &str, begin: &str, end: &str, part: &str) -> String {
    let (before, rest) = page.split_once(begin).expect("the mark of the beginning");
    let (_, after) = rest.split_once(end).expect("the mark of the end");
    format!("{before}{begin}{part}{end}{after}")
}

#[test]
fn the_page_says_what_the_code_does() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/offline-push.md");
    let found = std::fs::read_to_string(&file).unwrap();
    let current = with(&with(&found, BEGIN, END, &rule()), STATES_BEGIN, STATES_END, &states());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        #[allow(clippy::disallowed_methods)]
        std::fs::write(&file, &current).unwrap();
        return;
    }
    assert_eq!(found, current, "run UPDATE_DOCS=1 cargo test --test push");
}
