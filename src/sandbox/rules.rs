//! Open questions about OPPO and the IM server, one named switch each: where the reference doubts, this says which reading is enforced.
//! What a rule does belongs where it is enforced; the questions themselves stand in `rules/table.rs`.

mod table;
mod values;

pub use table::Rules;
pub use table::TABLE;
pub(crate) use values::{
    AccountField, Answer, CharacterCount, DefaultText, DefaultTitle, ExpiryFrom, ExtNotObject, ExtValues,
    Holds, MediaText, MultiDevice, OnlineElsewhere, OverMax, PrivateTemplate, ReceiptAnswer, ReceiptBatching,
    ReceiptMethod, ReceiptSpace, RestState, ShowTtl, Skew, StatusField, TemplateForm, UserIds, Window, YesNo,
};

/// One open question, as the documentation lists it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The name used in `--rule ID=VALUE`.
    pub id: &'static str,
    /// What nobody could confirm.
    pub question: &'static str,
    pub default: &'static str,
    pub allowed: Allowed,
    /// The section of the OPPO reference that raises the doubt; of the IM reference where the id begins with `im-`.
    pub section: &'static str,
}

/// The values a rule can take.
#[derive(Clone, Copy, Debug)]
pub enum Allowed {
    Words(&'static [&'static str]),
    /// A whole number from 1 to the limit, or `off`.
    NumberOrOff(u32),
    /// A duration such as `90s`, `10m`, `24h`, `10d`, or one of the words.
    Duration(&'static [&'static str]),
}

impl std::fmt::Display for Allowed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Allowed::Words(words) => f.write_str(&words.join(" | ")),
            Allowed::NumberOrOff(most) => write!(f, "off | a whole number from 1 to {most}"),
            Allowed::Duration(words) => {
                for word in *words {
                    write!(f, "{word} | ")?;
                }
                f.write_str("a duration such as 90s, 10m, 24h or 10d")
            }
        }
    }
}

impl Rules {
    /// Sets one rule from `ID=VALUE`. The error names the rules, or the values the rule allows.
    pub fn set(&mut self, assignment: &str) -> Result<(), String> {
        let Some((id, value)) = assignment.split_once('=') else {
            return Err(format!("`{assignment}` is not of the form RULE=VALUE, such as content-limit=200"));
        };
        let (id, value) = (id.trim(), value.trim());
        let Some(rule) = TABLE.iter().find(|rule| rule.id == id) else {
            let ids: Vec<&str> = TABLE.iter().map(|rule| rule.id).collect();
            return Err(format!("there is no rule `{id}`; the rules are: {}", ids.join(", ")));
        };
        if self.assign(id, value) {
            Ok(())
        } else {
            Err(format!("rule {id} does not take `{value}`; it takes: {}", rule.allowed))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_are_unique_kebab_case_and_every_default_can_be_set() {
        let mut seen = std::collections::BTreeSet::new();
        for rule in TABLE {
            assert!(seen.insert(rule.id), "{} twice", rule.id);
            assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
            let mut rules = Rules::default();
            rules.set(&format!("{}={}", rule.id, rule.default)).unwrap();
            assert_eq!(rules, Rules::default(), "{}", rule.id);
            assert!(rule.question.ends_with('?'), "{}", rule.id);
        }
    }

    #[test]
    fn every_allowed_word_is_taken_and_no_two_mean_the_same() {
        for rule in TABLE {
            let words = match rule.allowed {
                Allowed::Words(words) | Allowed::Duration(words) => words,
                Allowed::NumberOrOff(_) => &["off", "1"],
            };
            let mut readings: Vec<Rules> = Vec::new();
            for word in words {
                let mut rules = Rules::default();
                rules.set(&format!("{}={word}", rule.id)).unwrap();
                assert!(!readings.contains(&rules), "{}: {word}", rule.id);
                readings.push(rules);
            }
        }
    }

    #[test]
    fn a_wrong_value_names_the_allowed_ones_and_changes_nothing() {
        let mut rules = Rules::default();
        assert_eq!(
            rules.set("content-limit=77").unwrap_err(),
            "rule content-limit does not take `77`; it takes: 50 | 200"
        );
        assert!(rules.set("token-lifetime=soon").unwrap_err().contains("24h"));
        assert!(rules.set("call-rate=0").unwrap_err().contains("off | a whole number"));
        assert!(rules.set("no-such=1").unwrap_err().contains("content-limit, "));
        assert!(rules.set("content-limit").unwrap_err().contains("RULE=VALUE"));
        assert_eq!(rules, Rules::default());
        rules.set("content-limit = 200").unwrap();
        assert_eq!(rules.content_limit, super::values::Limit(200));
        assert_ne!(rules, Rules::default());
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in ".*") {
            let _ = Rules::default().set(&text);
            let _ = Rules::default().set(&format!("token-lifetime={text}"));
        }
    }
}
