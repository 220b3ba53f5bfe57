//! Scenario files as they are read and planned: what holds, and every mistake by its kind and place.
//! Running them is tested in tests/cli/smoke.

use super::model::{Expect, StatusWanted};
use super::*;
use crate::clock::Timestamp;
use crate::config::{Environment, Profile, Region, Secret, Text, sandbox_profile};
use crate::failure::{Kind, Problem};
use crate::push::DecisionKind;
use proptest::prelude::*;

const TARGET: &str = "target = { reg_id = \"CN_0123456789abcdef0123456789abcdef\" }\n";
const TEXTS: &str = "notification = { title = \"t\", content = \"c\" }\n";

fn environment() -> Environment {
    Environment::from_pairs([
        ("USER_ID", "alice"),
        ("LEVEL", "16"),
        ("EMPTY", ""),
        ("OPUSH_REG_ID", "nonsense"),
    ])
}

fn read_text(text: &str) -> (Scenario, Vec<Problem>) {
    read(Text::new("s.toml", text), &environment())
}

/// The cases of a file without mistakes.
fn cases(text: &str) -> Vec<Case> {
    let (scenario, problems) = read_text(text);
    assert!(problems.is_empty(), "{problems:#?}");
    scenario.cases
}

fn live() -> Profile {
    let mut profile = sandbox_profile();
    profile.name = "live".into();
    profile.region.value = Region::Cn;
    profile
}

/// Kind and place of everything that is wrong with a file, read and planned.
fn problems_with(text: &str, profile: &Profile) -> Vec<(Kind, String)> {
    let (scenario, mut problems) = read_text(text);
    for case in &scenario.cases {
        problems
            .extend(plan(case, &scenario.text, profile, Timestamp::UNIX_EPOCH).err().into_iter().flatten());
    }
    assert!(problems.iter().all(|problem| !problem.hint.is_empty()));
    let place = |problem: Problem| problem.place.trim_start_matches("s.toml:").to_owned();
    problems.into_iter().map(|problem| (problem.kind, place(problem))).collect()
}

fn problems(text: &str) -> Vec<(Kind, String)> {
    problems_with(text, &sandbox_profile())
}

#[track_caller]
fn assert_problem(text: &str, kind: Kind, place: &str) {
    assert_eq!(problems(text), [(kind, place.to_owned())], "{text}");
}

/// Line and column of a word in that line.
fn at(line: usize, text: &str, word: &str) -> String {
    format!("{line}:{}", text.lines().nth(line - 1).unwrap().find(word).unwrap() + 1)
}

fn planned(text: &str) -> Planned {
    let case = cases(text).remove(0);
    plan(&case, &Text::new("s.toml", text), &sandbox_profile(), Timestamp::UNIX_EPOCH).unwrap()
}

#[test]
fn a_file_without_cases_is_one_case_named_after_itself() {
    let found = cases(&format!("{TARGET}{TEXTS}"));
    assert_eq!((found[0].name.as_str(), found[0].line, found[0].retries), ("s", 1, 1));
    assert_eq!(found[0].expect, Expect { line: 1, ..Expect::default() });
    assert_eq!(cases(&format!("name = \"mine\"\n{TARGET}{TEXTS}"))[0].name, "mine");
}

#[test]
fn a_case_overrides_the_file_key_by_key_in_the_notification_only() {
    let text = "[target]\nalias = \"a\"\n[notification]\ntitle = \"t\"\ncontent = \"c\"\nextras = { a = \"1\", b = \"2\" }\n\
        [expect]\ncode = 67\n[[case]]\nname = \"one\"\nnotification = { content = \"other\", extras = { b = \"3\" } }\n\
        [[case]]\nname = \"two\"\nretries = 0\ntarget = { user = \"${USER_ID}\", device = \"pad\", force = true }\nexpect = { decision = \"online\" }\n";
    let found = cases(text);
    assert_eq!(found.iter().map(|case| case.line).collect::<Vec<_>>(), [9, 12]);
    assert_eq!(found[0].expect.words(), "refused 67");
    let Destination::Direct { notification, .. } = planned(text).destination else { panic!() };
    let wire = notification.wire();
    assert_eq!((wire["title"].as_str(), wire["content"].as_str()), (Some("t"), Some("other")));
    assert_eq!(wire["action_parameters"].as_str(), Some(r#"{"a":"1","b":"3"}"#));
    assert_eq!(found[1].target.words(), "user alice on pad");
    assert_eq!((found[1].expect.status, found[1].expect.code), (StatusWanted::NotSent, None));
    assert_eq!((found[1].expect.decision, found[1].retries), (Some(DecisionKind::Online), 0));
}

#[test]
fn a_matrix_makes_a_case_of_each_combination() {
    let text = format!(
        "{TARGET}[matrix]\nlevel = [2, 16]\nclick = [\"open-app\", \"url:https://example.com\"]\n[notification]\ntitle = \"t\"\n\
         content = \"c ${{matrix.level}}\"\ncategory = \"IM\"\nnotify_level = \"${{matrix.level}}\"\nclick = \"${{matrix.click}}\"\n\
         [[case]]\nname = \"x\"\n[[case]]\nname = \"level ${{matrix.level}}\"\nmatrix = {{ level = [1] , click = [\"open-app\"] }}\n"
    );
    let names: Vec<String> = cases(&text).into_iter().map(|case| case.name).collect();
    let both = ["(click=open-app, level=2)", "(click=url:https://example.com, level=2)"];
    assert_eq!(names[0], format!("x {}", both[0]));
    assert_eq!(names[1], format!("x {}", both[1]));
    assert_eq!((names.len(), names[4].as_str()), (5, "level 1"));
    let Destination::Direct { notification, .. } = planned(&text).destination else { panic!() };
    assert_eq!(notification.wire()["notify_level"], 2);
    assert_eq!(notification.wire()["content"], "c 2");
}

#[test]
fn variables_stand_in_texts_and_where_numbers_are() {
    let text = format!(
        "{TARGET}certificate = \"${{ONE}}\"\n[notification]\ntitle = \"to ${{USER_ID}}, $${{USER_ID}}\"\ncontent = \"c\"\n\
         category = \"IM\"\nnotify_level = \"${{LEVEL}}\"\n"
    );
    assert_problem(&text, Kind::MissingVariable, "2:15");
    let text = text.replace("certificate = \"${ONE}\"\n", "");
    let Destination::Direct { notification, .. } = planned(&text).destination else { panic!() };
    assert_eq!(notification.wire()["title"], "to alice, ${USER_ID}");
    assert_eq!(notification.wire()["notify_level"], 16);
    assert_problem(&text.replace("${LEVEL}", "${EMPTY}"), Kind::MissingVariable, "6:16");
}

#[test]
fn all_problems_of_a_file_at_once() {
    let text = "titel = 1\n[target]\nreg_id = \"${NO}\"\n[notification]\ntitle = \"\"\nstyle = 7\ncontnt = \"x\"\n\
        [[case]]\nname = \"a\"\nexpect = { status = \"refused\", click = { opened = \"x\" } }\n[[case]]\nname = \"b\"\ntarget = {}\n";
    let kinds: Vec<(Kind, String)> = problems(text);
    for expected in [
        (Kind::UnknownKey, "1:1"),
        (Kind::MissingVariable, "3:10"),
        (Kind::Empty, "5:9"),
        (Kind::OutOfRange, "6:9"),
        (Kind::UnknownKey, "7:1"),
        (Kind::Contradiction, "10:32"),
        (Kind::MissingKey, "13:1"),
    ] {
        assert!(kinds.contains(&(expected.0, expected.1.to_owned())), "{expected:?} in {kinds:#?}");
    }
}

#[test]
fn what_cannot_be_expected() {
    let with = |expect: &str| format!("{TARGET}{TEXTS}expect = {{ {expect} }}\n");
    // Each with the key that is pointed at.
    for (expect, key) in [
        ("status = \"refused\", receipt = \"push_arrive\"", "receipt"),
        ("code = 67, shown = true", "shown"),
        ("code = 67, click = { opened = \"x\" }", "click"),
        ("status = \"accepted\", code = 67", "code"),
        ("status = \"refused\", code = 0", "code"),
        ("status = \"not_sent\", code = 67", "code"),
        ("decision = \"online\"", "decision"),
        ("shown = false, click = { opened = \"x\" }", "click"),
        ("click = { opened = false, extras = { a = \"b\" } }", "false"),
    ] {
        assert_problem(&with(expect), Kind::Contradiction, &at(3, &with(expect), key));
    }
    let to_user = |expect: &str| format!("target = {{ user = \"alice\" }}\n{TEXTS}expect = {{ {expect} }}\n");
    for (expect, key) in [
        ("decision = \"push\", status = \"not_sent\"", "decision"),
        ("decision = \"online\", status = \"accepted\"", "decision"),
        ("decision = \"nothing-to-show\"", "\"nothing-to-show\""),
    ] {
        assert_problem(&to_user(expect), Kind::Contradiction, &at(3, &to_user(expect), key));
    }
    for bad in [
        "status = \"unknown\"",
        "code = 99999999999",
        "receipt = \"arrived\"",
        "receipt = { within = \"0s\" }",
        "receipt = { within = \"2h\" }",
        "receipt = { within = \"soon\" }",
        "decision = \"offline\"",
    ] {
        assert_eq!(problems(&to_user(bad))[0].0, Kind::BadValue, "{bad}");
    }
}

#[test]
fn what_only_the_sandbox_can_tell() {
    let with = |expect: &str| format!("{TARGET}{TEXTS}expect = {{ {expect} }}\n");
    for expect in ["shown = true", "click = { opened = \"x\" }", "receipt = \"push_arrive\""] {
        assert_eq!(problems(&with(expect)), []);
        assert_eq!(problems_with(&with(expect), &live())[0].0, Kind::Contradiction, "{expect}");
    }
    let called_back = with("receipt = { within = \"5s\" }")
        .replace("content = \"c\"", "content = \"c\", callback_url = \"https://example.com/r\"");
    assert_eq!(problems_with(&called_back, &live()), []);
    let phone = format!("target = {{ phone = \"demo\" }}\n{TEXTS}");
    assert_eq!(problems_with(&phone, &live()), [(Kind::Contradiction, "1:20".to_owned())]);
}

#[test]
fn secrets_are_refused_by_name_and_by_value() {
    for line in [
        "master_secret = \"x\"",
        "[notification.extras]\nauth_token = \"x\"",
        "[[case]]\nname = \"a\"\nnotification = { userSig = \"x\" }",
    ] {
        let found = problems(&format!("{TARGET}{line}\n"));
        assert!(found.iter().any(|(kind, _)| *kind == Kind::SecretInScenario), "{line}: {found:?}");
    }
    let text = format!("{TARGET}name = \"${{OPUSH_MASTER_SECRET}}\"\n{TEXTS}");
    assert!(problems(&text).contains(&(Kind::SecretInScenario, "2:8".to_owned())));
    let known = [Secret::new("hunter2hunter2"), Secret::new("alice")];
    for (text, place) in [
        (format!("{TARGET}name = \"a hunter2hunter2\"\n{TEXTS}"), "s.toml:2:8"),
        (format!("{TARGET}# hunter2hunter2\n{TEXTS}"), "s.toml:2:3"),
        (format!("{TARGET}name = \"${{USER_ID}}\"\n{TEXTS}"), "s.toml:2:8"),
        (format!("{TARGET}unknown = \"hunt\\u0065r2hunter2\"\n{TEXTS}"), "s.toml:2:11"),
    ] {
        let (scenario, _) = read_text(&text);
        let found = secrets::by_value(&scenario, &known);
        assert_eq!(found.iter().map(|problem| problem.place.as_str()).collect::<Vec<_>>(), [place]);
        assert!(found.iter().all(|problem| problem.excerpt.is_empty()));
    }
}

#[test]
fn a_problem_of_the_notification_has_the_place_of_its_value() {
    assert_problem(
        &format!("{TARGET}[notification]\ntitle = \"t\"\ncontent = \"c\"\nttl = \"11d\"\n"),
        Kind::OutOfRange,
        "5:7",
    );
    assert_problem(
        &format!("{TARGET}[[case]]\nname = \"a\"\nnotification = {{ title = \"t\" }}\n"),
        Kind::MissingField,
        "3:8",
    );
    assert_problem(&format!("{TARGET}{TEXTS}certificate = 7\n"), Kind::UnknownCertificate, "3:15");
    assert_problem(
        &format!("{TARGET}notification = {{ title = \"t\", content = \"c\", sound = \"x\" }}\n"),
        Kind::NoSound,
        "2:54",
    );
    assert_problem(
        &format!("target = {{ reg_id = \"${{OPUSH_REG_ID}}\" }}\n{TEXTS}"),
        Kind::BadRegId,
        "1:21",
    );
}

#[test]
fn the_first_file_of_a_profile_is_sound() {
    let mut profile = sandbox_profile();
    let click = profile.certificates[0].click.value.clone();
    let targets = [(Some("de\"mo"), Region::Sandbox), (None, Region::Cn)];
    let clicks = [
        click,
        crate::click::Target::OpenApp,
        crate::click::Target::Url("https://example.com/a".into()),
        crate::click::Target::Intent("com.example.VIEW".into()),
    ];
    let environment = Environment::from_pairs([("OPUSH_REG_ID", "CN_0123456789abcdef0123456789abcdef")]);
    for (phone, region) in targets {
        profile.region.value = region;
        for click in &clicks {
            profile.certificates[0].click.value = click.clone();
            let made = first(&profile, &profile.certificates[0], phone);
            let (scenario, problems) = read(Text::new("s.toml", made.clone()), &environment);
            assert!(problems.is_empty() && scenario.cases.len() == 2, "{problems:#?}\n{made}");
            for case in &scenario.cases {
                plan(case, &scenario.text, &profile, Timestamp::UNIX_EPOCH).unwrap();
            }
        }
    }
}

#[test]
fn the_scenarios_of_the_documents_are_sound() {
    let mut seen = 0;
    for page in [include_str!("../../docs/commands/smoke.md"), include_str!("../../docs/ci.md")] {
        let blocks = page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
        for text in blocks.filter(|text| !text.contains("[[profile.")) {
            let environment =
                Environment::from_pairs([("OPUSH_REG_ID", "CN_0123456789abcdef0123456789abcdef")]);
            let (scenario, problems) = read(Text::new("s.toml", text), &environment);
            assert!(problems.is_empty(), "{problems:#?}");
            for mut case in scenario.cases {
                // The documents' certificates are of the documents' profiles.
                case.certificate = None;
                plan(&case, &scenario.text, &sandbox_profile(), Timestamp::UNIX_EPOCH).unwrap();
                seen += 1;
            }
        }
    }
    assert_eq!(seen, 3 + 4 + 2 + 2);
}

/// Pieces of scenario files, whole and broken, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "[[case]]\n",
        "name = \"a\"\n",
        "[target]\n",
        "reg_id = \"${X}\"\n",
        "user = \"u\"\n",
        "[expect]\n",
        "status = \"refused\"\n",
        "code = 67\n",
        "click = { opened = false }\n",
        "[matrix]\n",
        "a = [1, \"b\", true]\n",
        "[notification]\n",
        "title = \"${matrix.a}\"\n",
        "content = \"${\"\n",
        "extras = { a = { b = [1, 2.5] } }\n",
        "style = -0x1\n",
        "ttl = \"1h\"\n",
        "retries = 1e3\n",
        "profile = 7\n",
        "case = []\n",
        "= =\n",
        "\u{feff}é\"",
        "[notification.extras]\n",
        "master_secret = \"x\"\n",
        "certificate = 99999999999999999999\n",
        "d = 1979-05-27\n",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_file_makes_the_reader_panic(text in prop_oneof![pieces(), any::<String>(), r"[\[\]={}$a-z.\n ]{0,80}"]) {
        let (scenario, problems) = read_text(&text);
        for problem in &problems {
            prop_assert!(!problem.hint.is_empty() && problem.place.starts_with("s.toml:"));
        }
        for case in &scenario.cases {
            prop_assert!(case.complete || !problems.is_empty());
            for profile in [sandbox_profile(), live()] {
                let _ = plan(case, &scenario.text, &profile, Timestamp::UNIX_EPOCH);
            }
        }
        let _ = secrets::by_value(&scenario, &[Secret::new("canary-secret")]);
    }
}

#[test]
fn flags_become_keys() {
    assert_eq!(
        verdict::in_keys("apply for it, or drop --category and --notify-level"),
        "apply for it, or drop category and notify_level"
    );
}
