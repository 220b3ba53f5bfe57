//! What a phone's description may hold, checked before anything is stored; every flaw of it at once.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Activity, Channel};

/// One thing wrong with a phone's description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Flaw {
    /// The field as JSON names it.
    pub(crate) field: Cow<'static, str>,
    pub(crate) message: String,
}

/// Android versions that can be simulated. OPPO's SDK needs 4.4; channels came with 8.
pub(super) const ANDROID: std::ops::RangeInclusive<u8> = 5..=16;

const LONGEST_NAME: usize = 64;
/// OPPO reference, section 7.
const LONGEST_ALIAS: usize = 64;
const MOST: usize = 200;

pub(super) fn name(text: &str, flaws: &mut Vec<Flaw>) {
    let begins = text.chars().next().is_some_and(char::is_alphanumeric);
    let sound = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !begins || !sound || text.chars().count() > LONGEST_NAME {
        let message = format!(
            "{text:?} is not a phone's name: letters, digits, - _ . and at most {LONGEST_NAME} of them, the first a letter or digit"
        );
        flaws.push(Flaw { field: "name".into(), message });
    }
}

pub(super) fn android(version: u8, flaws: &mut Vec<Flaw>) {
    if !ANDROID.contains(&version) {
        let message = format!("Android {version} is not simulated: {} to {}", ANDROID.start(), ANDROID.end());
        flaws.push(Flaw { field: "android".into(), message });
    }
}

pub(super) fn alias(text: &str, flaws: &mut Vec<Flaw>) {
    if text.is_empty() || text.chars().count() > LONGEST_ALIAS || text.contains(';') {
        let message = format!("{text:?} is not an alias: 1 to {LONGEST_ALIAS} characters, no semicolon");
        flaws.push(Flaw { field: "alias".into(), message });
    }
}

pub(super) fn text(field: &'static str, text: &str, flaws: &mut Vec<Flaw>) {
    if text.trim().is_empty() || text.chars().any(char::is_control) || text.len() > 500 {
        flaws.push(Flaw {
            field: field.into(),
            message: format!("{text:?} is empty, too long or has control characters"),
        });
    }
}

pub(super) fn channels(list: &[Channel], flaws: &mut Vec<Flaw>) {
    several("channels", list.iter().map(|channel| channel.id.as_str()), flaws);
}

pub(super) fn activities(list: &[Activity], flaws: &mut Vec<Flaw>) {
    several("activities", list.iter().map(|activity| activity.name.as_str()), flaws);
}

fn several<'a>(field: &'static str, ids: impl Iterator<Item = &'a str>, flaws: &mut Vec<Flaw>) {
    let mut seen = std::collections::BTreeSet::new();
    for id in ids {
        text(field, id, flaws);
        if !seen.insert(id) {
            flaws.push(Flaw { field: field.into(), message: format!("{id:?} is there twice") });
        }
    }
    if seen.len() > MOST {
        flaws.push(Flaw {
            field: field.into(),
            message: format!("{} of them, at most {MOST} are kept", seen.len()),
        });
    }
}
