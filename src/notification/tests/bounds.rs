//! Every limit on both sides: what passes, what is warned about, what is refused, and where it is said to be.
//! The numbers are written out here on purpose, not taken from the table.

use super::*;

/// What shall come of a value.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    Fine,
    Warned(&'static str),
    Refused(&'static str),
}
use Outcome::{Fine, Refused, Warned};

fn outcome(draft: &Draft, about: &str) -> Outcome {
    match draft.check(now(), TargetKind::RegId) {
        Ok(checked) => match checked.warnings() {
            [] => Fine,
            [warning] => {
                assert!(warning.place.contains(about) && !warning.hint.is_empty(), "{warning:?}");
                Warned(warning.id.unwrap_or_default())
            }
            more => panic!("{more:#?}"),
        },
        Err(problems) => {
            assert_eq!(problems.len(), 1, "{problems:#?}");
            assert!(problems[0].place.contains(about) && !problems[0].hint.is_empty(), "{problems:?}");
            Refused(problems[0].kind.as_str())
        }
    }
}

/// `field` in a message file, beside `more` fields.
fn field(field: &str, value: &str, more: &str) -> Outcome {
    let comma = if more.is_empty() { "" } else { "," };
    outcome(&with(&format!("{{\"{field}\":{value}{comma}{more}}}")), field)
}

#[test]
fn lengths_of_texts() {
    let ascii = |n: usize| format!("\"{}\"", "a".repeat(n));
    let cjk = |n: usize| format!("\"{}\"", "你".repeat(n));
    let emoji = |n: usize| format!("\"{}\"", "😀".repeat(n));
    let url = |n: usize| format!("\"https://example.com/{}\"", "a".repeat(n - 20));
    let back = r#""call_back_url":"https://example.com/r""#;
    let by_url = r#""click_action_type":2"#;
    let by_class = r#""click_action_type":4"#;
    let by_action = r#""click_action_type":1"#;
    let name = |n: usize| format!("\"a.{}\"", "B".repeat(n - 2));
    let too_long = Refused("too-long");
    let unit = Warned("length-unit-disputed");
    let disputed = Warned("length-disputed");
    // A value in a file loses to the flags of `sound`, so title, content and channel_id are tried by --set below.
    let table: &[(&str, String, &str, Outcome)] = &[
        ("sub_title", ascii(10), "", Fine),
        ("sub_title", cjk(10), "", Fine),
        ("sub_title", emoji(5), "", Fine),
        ("sub_title", emoji(6), "", unit),
        ("sub_title", ascii(11), "", too_long),
        ("sub_title", "\"\"".to_owned(), "", Warned("not-set")),
        ("call_back_url", url(200), "", Fine),
        ("call_back_url", url(201), "", too_long),
        ("call_back_parameter", ascii(50), back, Fine),
        ("call_back_parameter", ascii(51), back, disputed),
        ("call_back_parameter", emoji(26), back, disputed),
        ("call_back_parameter", ascii(100), back, disputed),
        ("call_back_parameter", emoji(100), back, unit),
        ("call_back_parameter", ascii(101), back, too_long),
        ("call_back_parameter", "\"\"".to_owned(), back, Warned("not-set")),
        ("small_picture_url", ascii(300), "", Warned("paid-field")),
        ("medium_picture_url", ascii(301), "", too_long),
        ("big_picture_url", ascii(301), "", too_long),
        ("click_action_url", url(500), by_url, Fine),
        ("click_action_url", url(501), by_url, Warned("url-long")),
        ("click_action_url", url(2000), by_url, Warned("url-long")),
        ("click_action_url", url(2001), by_url, too_long),
        ("click_action_activity", name(500), by_class, Fine),
        ("click_action_activity", name(501), by_class, too_long),
        ("click_action_activity", name(500), by_action, Fine),
        ("click_action_activity", name(501), by_action, too_long),
    ];
    for (name, value, more, expected) in table {
        assert_eq!(field(name, value, more), *expected, "{name} {} {more}", value.len());
    }
}

#[test]
fn lengths_of_title_content_and_channel() {
    let table: &[(&str, &str, usize, &str, Outcome)] = &[
        ("title", "a", 50, "", Fine),
        ("title", "你", 50, "", Fine),
        ("title", "😀", 26, "", Warned("length-unit-disputed")),
        ("title", "😀", 50, "", Warned("length-unit-disputed")),
        ("title", "a", 51, "", Refused("too-long")),
        ("title", "a", 0, "", Refused("empty")),
        ("title", " ", 3, "", Refused("empty")),
        ("content", "a", 50, "", Fine),
        ("content", "a", 51, "", Warned("length-disputed")),
        ("content", "a", 200, "", Warned("length-disputed")),
        ("content", "😀", 200, "", Warned("length-unit-disputed")),
        ("content", "a", 201, "", Refused("too-long")),
        ("content", "a", 200, r#"{"style":1}"#, Warned("length-disputed")),
        ("content", "a", 128, r#"{"style":2}"#, Fine),
        ("content", "a", 129, r#"{"style":2}"#, Refused("too-long")),
        ("content", "😀", 65, r#"{"style":2}"#, Warned("length-unit-disputed")),
        ("content", "", 1, "", Refused("empty")),
        ("channel_id", "c", 64, "", Fine),
        ("channel_id", "c", 65, "", Warned("channel-length-unknown")),
    ];
    for (name, unit, count, more, expected) in table {
        let (value, mut draft) = (unit.repeat(*count), sound());
        let place = match *name {
            "title" => draft.flag(Field::Title, value),
            "content" => draft.flag(Field::Content, value),
            _ => draft.flag(Field::ChannelId, value),
        };
        if !more.is_empty() {
            place.read_json(more, "m.json");
        }
        let about = name.replace('_', "-");
        assert_eq!(outcome(&draft, &about), *expected, "{name} {unit} × {count} {more}");
    }
}

#[test]
fn length_of_custom_content_is_that_of_its_json() {
    // {"k":"…"} has 8 characters beside the value.
    for (count, unit, expected) in [
        (3992, "a", Fine),
        (3993, "a", Refused("too-long")),
        (3992, "你", Fine),
        (1997, "😀", Warned("length-unit-disputed")),
        (3992, "😀", Warned("length-unit-disputed")),
    ] {
        let mut draft = sound();
        draft.ext(&format!("k={}", unit.repeat(count)));
        assert_eq!(outcome(&draft, "--ext"), expected, "{unit} × {count}");
    }
}

#[test]
fn ranges_of_numbers() {
    let category = r#""category":"IM""#;
    let ms = "1767225600001";
    let window = r#""show_time_type":1,"show_start_time":1767225600000"#;
    let out = Refused("out-of-range");
    let disputed = Warned("range-disputed");
    let table: &[(&str, &str, &str, Outcome)] = &[
        ("style", "1", "", Fine),
        ("style", "2", "", Fine),
        ("style", "0", "", Warned("not-set")),
        ("style", "3", "", Refused("not-for-unicast")),
        ("style", "4", "", Refused("not-for-unicast")),
        ("style", "5", "", out),
        ("style", "\"1\"", "", Warned("other-type")),
        ("style", "\"+1\"", "", Refused("wrong-field-type")),
        ("style", "1.0", "", Refused("wrong-field-type")),
        ("off_line_ttl", "1", "", Fine),
        ("off_line_ttl", "864000", "", Fine),
        ("off_line_ttl", "0", "", Warned("not-set")),
        ("off_line_ttl", "\"0\"", "", Warned("not-set")),
        ("off_line_ttl", "-1", "", out),
        ("off_line_ttl", "864001", "", out),
        ("off_line_ttl", "18446744073709551615", "", Refused("wrong-field-type")),
        ("show_ttl", "0", "", Warned("not-set")),
        ("show_ttl", "1", "", disputed),
        ("show_ttl", "21599", "", disputed),
        ("show_ttl", "21600", "", Fine),
        ("show_ttl", "43200", "", Fine),
        ("show_ttl", "43201", "", disputed),
        ("show_ttl", "172800", "", disputed),
        ("show_ttl", "172801", "", out),
        ("show_time_type", "0", "", Fine),
        ("show_time_type", "2", "", out),
        ("show_end_time", ms, window, Fine),
        ("show_end_time", "1767225600000", window, Refused("bad-time")),
        ("show_end_time", "1767225600", window, Refused("bad-time")),
        ("show_end_time", "999999999999", window, Refused("bad-time")),
        ("show_end_time", "9999999999999", window, Fine),
        ("show_end_time", "10000000000000", window, Refused("bad-time")),
        ("network_type", "0", "", Fine),
        ("network_type", "1", "", Fine),
        ("network_type", "2", "", out),
        ("notify_level", "1", category, Fine),
        ("notify_level", "2", category, Fine),
        ("notify_level", "16", category, Fine),
        ("notify_level", "3", category, out),
        ("notify_level", "0", "", Warned("not-set")),
        ("notify_id", "0", "", Warned("not-set")),
        ("notify_id", "-2147483648", "", Fine),
        ("notify_id", "2147483647", "", Fine),
        ("notify_id", "-2147483649", "", out),
        ("notify_id", "2147483648", "", out),
        ("badge_message_count", "0", r#""badge_operation_type":0"#, Fine),
        ("badge_message_count", "2147483647", r#""badge_operation_type":1"#, Fine),
        ("badge_message_count", "-1", r#""badge_operation_type":1"#, out),
        ("badge_operation_type", "2", r#""badge_message_count":1"#, Warned("badge-operation-unknown")),
        ("push_time_type", "0", "", Fine),
        ("push_time_type", "1", "", Refused("not-for-unicast")),
        ("push_time_type", "2", "", out),
        ("fix_speed", "false", "", Fine),
        ("fix_speed", "true", "", Refused("not-for-unicast")),
        ("fix_speed", "0", "", Warned("other-type")),
        ("fix_speed", "\"false\"", "", Warned("other-type")),
        ("fix_speed", "1", "", Refused("not-for-unicast")),
        ("fix_speed", "2", "", Refused("wrong-field-type")),
        ("click_action_type", "0", "", Fine),
        ("click_action_type", "3", "", out),
        ("click_action_type", "6", "", out),
        ("click_action_type", "-1", "", out),
    ];
    for (name, value, more, expected) in table {
        assert_eq!(field(name, value, more), *expected, "{name} {value} {more}");
    }
}

#[test]
fn every_field_has_a_row_or_a_rule_of_its_own() {
    let here = include_str!("bounds.rs");
    let rules = include_str!("rules.rs");
    for name in Field::unicast().map(Field::name) {
        assert!(
            here.contains(&format!("(\"{name}\"")) || rules.contains(&format!("\"{name}\"")),
            "no test for {name}"
        );
    }
}

#[test]
fn messages_tell_length_limit_and_place() {
    let mut draft = sound();
    draft.flag(Field::Title, "a".repeat(60));
    let problem = &problems(&draft)[0];
    assert_eq!(problem.message, "title has 60 characters; OPPO takes at most 50");
    assert_eq!(problem.hint.sentence(), "shorten it by 10");
    assert_eq!(problem.place, "--title");
}
