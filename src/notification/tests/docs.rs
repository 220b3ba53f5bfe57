//! docs/notification.md says of every field what `limits` says, so that neither can change alone.
//! The prose around the table is for people to judge.

use super::*;
use crate::notification::warning::WARNINGS;

const DOC: &str = include_str!("../../../docs/notification.md");

fn row(name: &str) -> &'static str {
    DOC.lines()
        .find(|line| line.starts_with(&format!("| `{name}` |")))
        .unwrap_or_else(|| panic!("docs/notification.md has no row for {name}"))
}

#[test]
fn every_field_has_its_row_with_flag_and_limits() {
    for field in limits::FIELDS {
        let row = row(field.name);
        if let Some(flag) = field.flag {
            assert!(row.contains(&format!("`{flag}")), "{}: {flag} is not in {row}", field.name);
        }
        let mut numbers = Vec::new();
        if let Some(length) = field.length {
            numbers.extend([length.warn, length.max].into_iter().flatten().map(|n| n.to_string()));
        }
        if let Some(range) = field.range {
            numbers.extend([range.min.to_string(), range.max.to_string()]);
            numbers
                .extend(range.warn.into_iter().flat_map(|(low, high)| [low.to_string(), high.to_string()]));
        }
        for number in numbers {
            assert!(row.contains(&number), "{}: {number} is not in {row}", field.name);
        }
    }
}

#[test]
fn no_row_is_about_a_field_that_is_gone() {
    for line in DOC.lines().filter(|line| line.starts_with("| `")) {
        let name = line.split('`').nth(1).unwrap_or_default();
        let known = limits::FIELDS.iter().any(|field| field.name == name)
            || limits::BROADCAST_ONLY.iter().any(|(field, _)| *field == name)
            || WARNINGS.iter().any(|kind| kind.id == name);
        assert!(known, "{line}");
    }
}

#[test]
fn what_is_not_for_one_phone_and_every_warning_is_listed() {
    for (name, _) in limits::BROADCAST_ONLY {
        row(name);
    }
    for name in limits::PAID_ONLY {
        assert!(DOC.contains(&format!("`{name}`")), "{name}");
    }
    for kind in WARNINGS {
        row(kind.id);
    }
}

#[test]
fn every_click_rule_is_listed() {
    let doc = include_str!("../../../docs/click-targets.md");
    for rule in crate::click::RULES {
        let row = format!("| `{}` | {} | {} |", rule.id, rule.severity.as_str(), rule.remedy);
        assert!(doc.lines().any(|line| line == row), "docs/click-targets.md lacks {row}");
    }
}
