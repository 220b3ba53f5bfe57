//! The rules of a whole message: every violation at once, each with its field and place.
//! Types of single fields are in `shape`, the rules of OfflinePushInfo in `push_rules`.

use serde_json::Value;

use super::shape::check_fields;
use super::values::{array, text};
use super::warning;
use super::{Checked, Draft, MESSAGE, lenient, push_rules, switched_off};
use crate::failure::{Kind, Problem, Warning};

/// The looser reading of the disputed limit of a message; longer is refused.
const LONGEST: usize = 12 * 1024;

/// The stricter one; longer is warned about.
const LONG: usize = 8 * 1024;

/// The elements that a message may have (IM reference, sections 7 and 8).
const ELEMENTS: [&str; 8] = [
    "TIMTextElem",
    "TIMLocationElem",
    "TIMFaceElem",
    "TIMCustomElem",
    "TIMSoundElem",
    "TIMImageElem",
    "TIMFileElem",
    "TIMVideoFileElem",
];

impl Draft {
    /// Every problem at once, or the message with its warnings.
    pub(crate) fn check(&self) -> Result<Checked, Vec<Problem>> {
        let mut whole = self.with_pairs();
        lenient::bring_into_form(&mut whole);
        check(&whole)
    }
}

fn check(draft: &Draft) -> Result<Checked, Vec<Problem>> {
    if let Some(problem) = draft.other_call() {
        return Err(vec![problem]);
    }
    let mut problems = draft.problems.clone();
    let mut warnings = draft.warnings.clone();
    let body = &draft.body;
    // A file that could not be read lacks everything; to say so of each field would be noise.
    if problems.is_empty() {
        needed(draft, &mut problems);
    }
    check_fields(draft, body, MESSAGE, "", &mut problems);
    users(draft, &mut warnings);
    online_only(draft, &mut warnings);
    for (at, element) in array(body, "MsgBody").iter().enumerate() {
        let kind = element.get("MsgType").and_then(Value::as_str).unwrap_or_default();
        if !kind.is_empty() && !ELEMENTS.contains(&kind) {
            let message = format!("MsgBody[{at}] is a {kind:?}, which the documents do not have");
            warnings.push(warning::ELEMENT_UNKNOWN.warning(message, draft.place("MsgBody")));
        }
    }
    push_rules::check(draft, &mut problems, &mut warnings);
    let length = Value::Object(body.clone()).to_string().len();
    if length > LONGEST {
        let message =
            format!("the message has {length} bytes of JSON; the IM server takes at most {LONGEST}");
        problems.push(Problem::new(Kind::TooLong, message, "shorten it").at(draft.place("MsgBody")));
    } else if length > LONG {
        let message = format!("the message has {length} bytes of JSON");
        warnings.push(warning::MESSAGE_LENGTH.warning(message, draft.place("MsgBody")));
    }
    if problems.is_empty() { Ok(Checked { body: body.clone(), warnings }) } else { Err(problems) }
}

fn needed(draft: &Draft, problems: &mut Vec<Problem>) {
    for (name, flag, hint) in [
        ("To_Account", "--to", "give the receiver: --to U"),
        ("MsgBody", "--text", "give a text: --text T, or elements in a message file"),
    ] {
        if !draft.body.contains_key(name) {
            problems
                .push(Problem::new(Kind::MissingField, format!("the message has no {name}"), hint).at(flag));
        }
    }
}

fn users(draft: &Draft, warnings: &mut Vec<Warning>) {
    for name in ["From_Account", "To_Account"] {
        if let Some(user) = text(&draft.body, name)
            && let Some(odd) = user.chars().find(|c| !c.is_ascii_graphic() && !c.is_control())
        {
            let message = format!("the UserID holds {odd:?}");
            warnings.push(warning::USER_ODD.warning(message, draft.place(name)));
        }
    }
}

fn online_only(draft: &Draft, warnings: &mut Vec<Warning>) {
    for switch in switched_off(&draft.body).filter(|switch| !switch.in_push_info) {
        let message = format!("{switch} means: only to those who are online");
        warnings.push(warning::NOT_PUSHED.warning(message, draft.place(switch.name)));
    }
}
