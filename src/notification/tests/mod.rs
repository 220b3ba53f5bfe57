//! The notification's rules, its layers, its wire form and its documentation.
//! How flags reach the draft is tested with the commands, in tests/cli.

mod any;
mod bounds;
mod docs;
mod layers;
mod rules;
mod wire;

use super::*;
use crate::clock::Timestamp;
use crate::failure::Problem;

/// A fixed time: 2026-01-01T00:00:00Z.
fn now() -> Timestamp {
    Timestamp::from_second(1_767_225_600).expect("a valid time")
}

fn flag(name: &'static str) -> Origin {
    Origin::Flag(name)
}

/// The smallest notification without a remark.
fn sound() -> Draft {
    let mut draft = Draft::new();
    draft.flag(Field::Title, "Hello").flag(Field::Content, "first push").flag(Field::ChannelId, "tuikit");
    draft
}

/// The smallest notification with more fields from a JSON file.
fn with(fields: &str) -> Draft {
    let mut draft = sound();
    draft.read_json(fields, "m.json");
    draft
}

fn passed(draft: &Draft) -> Checked {
    draft.check(now(), TargetKind::RegId).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn problems(draft: &Draft) -> Vec<Problem> {
    draft.check(now(), TargetKind::RegId).expect_err("this notification breaks a rule")
}

fn kinds(draft: &Draft) -> Vec<&'static str> {
    problems(draft).iter().map(|problem| problem.kind.as_str()).collect()
}

fn warned(draft: &Draft) -> Vec<&'static str> {
    passed(draft).warnings().iter().filter_map(|warning| warning.id).collect()
}
