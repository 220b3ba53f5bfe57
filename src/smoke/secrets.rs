//! Secrets have no business in a scenario: by a key's name, by a variable's, or by a value that a profile keeps secret.
//! Where a profile's secrets are got belongs to `config`.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::config::Secret;
use crate::config::read::Context;
use crate::failure::{Kind, Problem};

use super::model::{Expanded, Scenario};
use super::variables;

/// A shorter secret occurs in other words by chance; only a value that is equal to it is refused.
const SHORT: usize = 8;

/// Words in names of secrets, without dashes and underscores.
const NAMES: [&str; 8] = [
    "mastersecret",
    "appsecret",
    "secretkey",
    "authtoken",
    "usersig",
    "clientsecret",
    "password",
    "privatekey",
];

const HINT: &str = "take it out; opush gets the secrets of a profile by itself; see docs/commands/smoke.md";

/// Whether a key or variable is named like a secret.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    plain == "secret" || NAMES.iter().any(|word| plain.contains(word))
}

/// Reports every key and every variable of the document that is named like a secret; gives every text as written, for
/// the line of one that is never used may be shown as well.
pub(super) fn by_name(context: &mut Context, table: &DeTable) -> Vec<Expanded> {
    let mut texts = Vec::new();
    of_table(context, table, &mut texts);
    texts
}

fn of_table(context: &mut Context, table: &DeTable, texts: &mut Vec<Expanded>) {
    for (key, value) in table.iter() {
        if is_secret_name(key.get_ref()) {
            let message = format!("{} is the name of a secret, and a scenario holds none", key.get_ref());
            context.report(Kind::SecretInScenario, key.span(), message, HINT);
        } else {
            of_value(context, value.get_ref(), value.span(), texts);
        }
    }
}

fn of_value(context: &mut Context, value: &DeValue, span: Range<usize>, texts: &mut Vec<Expanded>) {
    match value {
        DeValue::Table(table) => of_table(context, table, texts),
        DeValue::Array(array) => {
            array.iter().for_each(|item| of_value(context, item.get_ref(), item.span(), texts));
        }
        DeValue::String(text) => {
            texts.push(Expanded { span: span.clone(), value: text.to_string() });
            for name in variables::names(text).into_iter().filter(|name| is_secret_name(name)) {
                let message =
                    format!("the variable {name} is named like a secret, and a scenario sends none");
                context.report(Kind::SecretInScenario, span.clone(), message, HINT);
            }
        }
        _ => {}
    }
}

/// One problem for each place of the file that is, or holds, a known secret. None of them shows the line.
pub(crate) fn by_value(scenario: &Scenario, known: &[Secret]) -> Vec<Problem> {
    let (text, values) = (scenario.text.as_str(), scenario.values.iter());
    let revealed = || known.iter().map(Secret::reveal);
    let used = values
        .filter(|value| revealed().any(|secret| is_in(secret, &value.value)))
        .map(|value| value.span.start);
    // In a comment too: the line of a mistake is shown with what is behind it.
    let written = revealed()
        .filter(|secret| secret.len() >= SHORT)
        .flat_map(|secret| text.match_indices(secret).map(|(at, _)| at));
    let mut lines: BTreeMap<usize, usize> = BTreeMap::new();
    for at in used.chain(written) {
        let first = lines.entry(scenario.text.position(at).0).or_insert(at);
        *first = at.min(*first);
    }
    let message = "a secret of a profile is written here";
    let problem =
        |at: &usize| Problem::new(Kind::SecretInScenario, message, HINT).at(scenario.text.place(*at));
    lines.values().map(problem).collect()
}

fn is_in(secret: &str, text: &str) -> bool {
    !secret.is_empty() && (text == secret || secret.len() >= SHORT && text.contains(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_in_any_spelling() {
        for name in
            ["master_secret", "MasterSecret", "OPUSH_MASTER_SECRET", "auth-token", "userSig", "secret"]
        {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["title", "extKey", "app_screen", "token", "secretary", "OPUSH_REG_ID"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn a_short_secret_must_be_the_whole_value() {
        assert!(is_in("abc", "abc") && !is_in("abc", "abcd") && !is_in("", ""));
        assert!(is_in("longer-secret", "see longer-secret here"));
    }
}
