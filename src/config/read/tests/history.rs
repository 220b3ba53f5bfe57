//! The `[history]` table: its defaults, and where each mistake is reported.
//! Profiles and certificates are tested in the file above.

use std::time::Duration;

use super::*;
use crate::config::HistorySettings;

fn settings(text: &str) -> HistorySettings {
    let (configuration, problems) = read(&Text::new("f", text), Path::new("/w"), None);
    assert_eq!(problems, []);
    configuration.history
}

#[test]
fn ninety_days_and_a_million_unless_the_file_says_otherwise() {
    let day = Duration::from_secs(86_400);
    let default = settings("");
    assert_eq!((default.keep_for.value, default.keep.value), (90 * day, 1_000_000));
    assert_eq!(settings("[history]\n"), default);
    let written = settings("[history]\nkeep_for = \"7d\"\nkeep = 10_000\n");
    assert_eq!((written.keep_for.value, written.keep.value), (7 * day, 10_000));
    assert_eq!(
        (written.keep_for.source.to_string(), written.keep.source.to_string()),
        ("f:2:12".into(), "f:3:8".into())
    );
    assert_eq!(settings("history = { keep = 0x10 }").keep.value, 16);
    assert_eq!(settings("history.keep_for = \"1h\"").keep_for.value, HistorySettings::SHORTEST);
}

#[test]
fn mistakes() {
    let table: Vec<String> = [
        "history = 5",
        "[history]\nkeepfor = \"90d\"",
        "[history]\nkeep_for = 90",
        "[history]\nkeep_for = \"90\"",
        "[history]\nkeep_for = \"59m\"",
        "[history]\nkeep_for = true",
        "[history]\nkeep = 0",
        "[history]\nkeep = -1",
        "[history]\nkeep = 99999999999999999999",
        "[history]\nkeep = \"1000\"",
        "[history]\nkeep = 1.5",
        "[history]\nkeep = 0\nkeep_for = \"\"",
    ]
    .into_iter()
    .flat_map(problems)
    .map(|problem| {
        format!("{} {} | {} | {}", problem.kind.as_str(), problem.place, problem.message, problem.hint)
    })
    .collect();
    insta::assert_snapshot!(table.join("\n"), @r#"
    wrong-type opush.toml:1:11 | history must be a table, not an integer | write it as [history] or { … }
    unknown-key opush.toml:2:1 | the history has no key "keepfor" | did you mean "keep_for"?
    wrong-type opush.toml:2:12 | keep_for must be a string, not an integer | give it a unit, in quotes, such as "90d"
    bad-value opush.toml:2:12 | keep_for: "90" is not a duration | write it with units, such as 90s, 12m or 24h
    bad-value opush.toml:2:12 | keep_for is "59m"; it must be at least "1h" | write a duration such as "90d" or "24h"
    wrong-type opush.toml:2:12 | keep_for must be a string, not a boolean | put it in quotes
    bad-value opush.toml:2:8 | keep must be from 1 to 9223372036854775807 | write a number such as 1000000
    bad-value opush.toml:2:8 | keep must be from 1 to 9223372036854775807 | write a number such as 1000000
    bad-value opush.toml:2:8 | keep must be from 1 to 9223372036854775807 | write a number such as 1000000
    wrong-type opush.toml:2:8 | keep must be an integer, not a string | drop the quotes
    wrong-type opush.toml:2:8 | keep must be an integer, not a float | write a number such as 1000000
    bad-value opush.toml:2:8 | keep must be from 1 to 9223372036854775807 | write a number such as 1000000
    bad-value opush.toml:3:12 | keep_for: "" is not a duration | write it with units, such as 90s, 12m or 24h
    "#);
}
