//! Sets a rule from text.

use super::table::{Rules, TABLE};

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
    use super::super::rule::Allowed;
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
            for (id, value) in Rules::default().values() {
                rules.set(&format!("{id}={value}")).unwrap();
            }
            assert_eq!(rules, Rules::default(), "a value is written as it is read");
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
        rules.set("content-limit = 50").unwrap();
        assert_eq!(rules.content_limit, super::super::values::Limit(50));
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
