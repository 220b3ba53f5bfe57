//! The snippets as texts: what they say for a profile, how values are escaped, the manifest as XML.
//! Compilers look at them in tests/cli/external_snippet.rs.

use proptest::prelude::*;

use super::*;
use crate::click::Target;

const ANDROID: &str = "http://schemas.android.com/apk/res/android";

fn values() -> Values {
    Values {
        profile: "demo".into(),
        package: Some("com.example.demo".into()),
        certificate_id: 7005,
        certificate_is_local: false,
        app_key: "8c1d0000000000000000000000000000".into(),
        channel_id: Some("tuikit".into()),
        click: Target::Intent("com.example.demo.OPEN".into()),
    }
}

fn all(values: &Values) -> Vec<Made> {
    let mut all = Vec::new();
    for language in [Language::Java, Language::Kotlin] {
        for sdk in [Sdk::V2tim, Sdk::Legacy] {
            all.extend(
                <Snippet as strum::VariantArray>::VARIANTS
                    .iter()
                    .filter_map(|snippet| make(*snippet, language, sdk, values)),
            );
        }
    }
    all
}

fn text(snippet: Snippet, language: Language, values: &Values) -> String {
    make(snippet, language, Sdk::V2tim, values).unwrap().text
}

#[test]
fn each_snippet_for_one_profile() {
    for made in all(&values()) {
        let sdk = made.sdk.map_or(String::new(), |sdk| format!(".{}", <&str>::from(sdk)));
        let name = format!("{}{sdk}.{}", made.snippet.as_str(), <&str>::from(made.language));
        insta::assert_snapshot!(name, made.text);
    }
}

#[test]
fn no_placeholder_stays() {
    let mut bare = values();
    (bare.package, bare.channel_id, bare.certificate_is_local) = (None, None, true);
    for click in [
        Target::OpenApp,
        Target::Url("https://example.com/a?b=1&c=2".into()),
        Target::Activity("com.example.demo.Start$Page".into()),
        Target::Intent("com.example.OPEN".into()),
    ] {
        for values in [Values { click: click.clone(), ..values() }, Values { click, ..bare.clone() }] {
            for made in all(&values) {
                assert!(!made.text.contains("{{") && !made.text.contains("}}\""), "{}", made.text);
                assert!(made.text.lines().all(|line| line.len() <= 120), "a long line in {}", made.text);
                assert!(made.text.lines().all(|line| line == line.trim_end()), "{}", made.text);
                assert!(!made.text.contains("\n\n\n"), "{}", made.text);
            }
        }
    }
}

#[test]
fn without_a_channel_id_only_the_channel_is_missing() {
    let bare = Values { channel_id: None, ..values() };
    assert_eq!(make(Snippet::Channel, Language::Java, Sdk::V2tim, &bare), None);
    for made in all(&bare) {
        assert!(!made.text.contains("CHANNEL_ID"), "{}", made.text);
    }
    assert_eq!(all(&values()).len() - all(&bare).len(), 4);
}

#[test]
fn the_receiver_is_the_activity_that_the_click_target_names() {
    let values = Values { click: Target::Activity("com.other.in.Start$Page".into()), ..values() };
    let java = make(Snippet::Receiver, Language::Java, Sdk::V2tim, &values).unwrap();
    assert_eq!(java.file, "Start$Page.java");
    assert!(java.text.contains("\npackage com.other.in;\n"));
    assert!(java.text.contains("\npublic class Start$Page extends Activity {"));
    let kotlin = make(Snippet::Receiver, Language::Kotlin, Sdk::V2tim, &values).unwrap();
    assert!(kotlin.text.contains("\npackage com.other.`in`\n"));
    assert!(kotlin.text.contains("\nclass `Start$Page` : Activity() {"));
}

#[test]
fn a_package_that_java_reserves_is_not_written() {
    let values = Values { package: Some("com.example.new".into()), ..values() };
    assert!(!text(Snippet::Token, Language::Java, &values).contains("\npackage"));
    assert!(text(Snippet::Token, Language::Kotlin, &values).contains("\npackage com.example.new\n"));
}

/// The Activity elements of the manifest, which must be well-formed, with what every app needs.
fn activities(values: &Values, check: impl Fn(&[roxmltree::Node])) {
    let text = text(Snippet::Manifest, Language::Java, values);
    let document = roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let name = |node: &roxmltree::Node| node.attribute((ANDROID, "name")).unwrap_or_default().to_owned();
    let all = |tag: &str| -> Vec<roxmltree::Node> {
        document.descendants().filter(|node| node.has_tag_name(tag)).collect()
    };
    let permissions: Vec<String> = all("uses-permission").iter().map(name).collect();
    for permission in [
        "android.permission.POST_NOTIFICATIONS",
        "com.coloros.mcs.permission.RECIEVE_MCS_MESSAGE",
        "com.heytap.mcs.permission.RECIEVE_MCS_MESSAGE",
    ] {
        assert!(permissions.iter().any(|known| known == permission), "{permission}");
    }
    let services: Vec<(String, String, Vec<String>)> = all("service")
        .iter()
        .map(|service| {
            let actions = service.descendants().filter(|node| node.has_tag_name("action"));
            let permission = service.attribute((ANDROID, "permission")).unwrap();
            (name(service), permission.to_owned(), actions.map(|node| name(&node)).collect())
        })
        .collect();
    let service = |name: &str, permission: &str, actions: &[&str]| {
        let actions = actions.iter().map(ToString::to_string).collect();
        (format!("com.heytap.msp.push.service.{name}"), permission.to_owned(), actions)
    };
    let expected = vec![
        service(
            "CompatibleDataMessageCallbackService",
            "com.coloros.mcs.permission.SEND_MCS_MESSAGE",
            &["com.coloros.mcs.action.RECEIVE_MCS_MESSAGE"],
        ),
        service(
            "DataMessageCallbackService",
            "com.heytap.mcs.permission.SEND_PUSH_MESSAGE",
            &["com.heytap.mcs.action.RECEIVE_MCS_MESSAGE", "com.heytap.msp.push.RECEIVE_MCS_MESSAGE"],
        ),
    ];
    assert_eq!(services, expected);
    assert!(document.descendants().all(|node| !node.has_tag_name("data")));
    check(&all("activity"));
}

#[test]
fn an_intent_target_has_an_exported_activity_with_action_and_default_and_no_data() {
    activities(&values(), |found| {
        let [activity] = found else { panic!("one Activity, not {found:?}") };
        let of = |tag: &str| -> Vec<&str> {
            let elements = activity.descendants().filter(|node| node.has_tag_name(tag));
            elements.map(|node| node.attribute((ANDROID, "name")).unwrap_or_default()).collect()
        };
        assert_eq!(of("activity"), ["com.example.demo.PushReceiverActivity"]);
        assert_eq!(activity.attribute((ANDROID, "exported")), Some("true"));
        assert_eq!(of("intent-filter").len(), 1);
        assert_eq!(of("action"), ["com.example.demo.OPEN"]);
        assert_eq!(of("category"), ["android.intent.category.DEFAULT"]);
        assert_eq!(of("data").len(), 0);
    });
}

#[test]
fn an_activity_target_is_exported_and_the_others_need_none() {
    let click = Target::Activity("com.example.demo.SplashActivity".into());
    activities(&Values { click, ..values() }, |found| {
        let [activity] = found else { panic!("one Activity, not {found:?}") };
        assert_eq!(activity.attribute((ANDROID, "name")), Some("com.example.demo.SplashActivity"));
        assert_eq!(activity.attribute((ANDROID, "exported")), Some("true"));
    });
    for click in [Target::OpenApp, Target::Url("https://example.com/--/".into())] {
        activities(&Values { click, ..values() }, |found| assert_eq!(found.len(), 0));
    }
}

#[test]
fn a_profile_name_can_not_break_the_manifest() {
    for profile in ["a--b", "a---b", "-", "--", "a-----"] {
        activities(&Values { profile: profile.into(), ..values() }, |found| assert_eq!(found.len(), 1));
    }
}

/// The value of the string literal that `text` begins with, read as the language reads it.
fn decode(text: &str, language: Language) -> String {
    let mut units = Vec::new();
    let mut rest = text.strip_prefix('"').unwrap().chars();
    loop {
        let c = rest.next().unwrap();
        match c {
            '"' => break,
            '\n' | '\r' => panic!("a line ends inside the literal"),
            '$' if language == Language::Kotlin => panic!("Kotlin would put a value in here"),
            '\\' => match rest.next().unwrap() {
                'n' => units.push(10),
                'r' => units.push(13),
                't' => units.push(9),
                '$' if language == Language::Kotlin => units.push(36),
                c @ ('"' | '\\') => units.push(c as u16),
                'u' => {
                    let digits: String = rest.by_ref().take(4).collect();
                    let unit = u16::from_str_radix(&digits, 16).unwrap();
                    // Java translates these before it looks for the literal's end.
                    assert!(![0x0a, 0x0d, 0x22, 0x5c].contains(&unit));
                    units.push(unit);
                }
                c => panic!("\\{c} is not an escape"),
            },
            c => units.extend(c.encode_utf16(&mut [0; 2]).iter()),
        }
    }
    String::from_utf16(&units).unwrap()
}

/// Braces, brackets and parentheses outside comments and literals; `Err` says where they do not fit.
fn balanced(text: &str) -> Result<(), String> {
    let mut open = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '/' if rest.starts_with("//") => length = rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => length = rest.find("*/").ok_or("an open comment")? + 2,
            '"' => {
                let mut escaped = false;
                let mut braces = 0;
                length = 0;
                for (at, c) in rest.char_indices().skip(1) {
                    match c {
                        _ if escaped => escaped = false,
                        '\\' => escaped = true,
                        '{' => braces += 1,
                        '}' => braces -= 1,
                        // Inside ${...} Kotlin may have literals.
                        '"' if braces <= 0 => {
                            length = at + 1;
                            break;
                        }
                        '\n' => break,
                        _ => {}
                    }
                }
                if length == 0 {
                    return Err(format!("an open literal: {rest}"));
                }
            }
            '(' | '[' | '{' => open.push(c),
            ')' | ']' | '}' => match (open.pop(), c) {
                (Some('('), ')') | (Some('['), ']') | (Some('{'), '}') => {}
                (other, c) => return Err(format!("{c} closes {other:?} before: {rest}")),
            },
            _ => {}
        }
        rest = &rest[length..];
    }
    if open.is_empty() { Ok(()) } else { Err(format!("open: {open:?}")) }
}

#[test]
fn braces_are_balanced() {
    for made in all(&values()).iter().filter(|made| made.language != Language::Xml) {
        balanced(&made.text).unwrap_or_else(|error| panic!("{}: {error}", made.file));
        let lost = made.text.trim_end().strip_suffix('}').unwrap();
        balanced(lost).unwrap_err();
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![".{0,40}", "[\\\\\"$'{}\\u{0}-\\u{1f}\\u{200b}-\\u{202f}\u{1f600}u0-9a-f]{0,20}"]
}

proptest! {
    #[test]
    fn any_channel_id_and_app_key_come_back(channel in any_text(), key in any_text()) {
        let values = Values { channel_id: Some(channel.clone()), app_key: key.clone(), ..values() };
        for language in [Language::Java, Language::Kotlin] {
            for (snippet, name, expected) in [
                (Snippet::Channel, "CHANNEL_ID = ", &channel),
                (Snippet::Sender, "CHANNEL_ID = ", &channel),
                (Snippet::Constants, "OPPO_PUSH_APPKEY = ", &key),
            ] {
                let text = text(snippet, language, &values);
                let (_, literal) = text.split_once(name).unwrap();
                prop_assert_eq!(&decode(literal, language), expected);
            }
        }
    }

    #[test]
    fn any_package_is_said_or_left_out(package in "[a-z][a-z0-9_]{0,3}(\\.[a-zA-Z][a-zA-Z0-9_]{0,3}){1,3}") {
        let values = Values { package: Some(package.clone()), ..values() };
        let kotlin = text(Snippet::Token, Language::Kotlin, &values);
        let line = kotlin.lines().find_map(|line| line.strip_prefix("package ")).unwrap();
        prop_assert_eq!(line.replace('`', ""), package.clone());
        let java = text(Snippet::Token, Language::Java, &values);
        match java.lines().find_map(|line| line.strip_prefix("package ")) {
            Some(line) => prop_assert_eq!(line, format!("{package};")),
            None => {
                let reserved = Target::parse(&format!("activity:{package}.C"), None).is_err();
                prop_assert!(reserved);
            }
        }
        activities(&values, |found| assert_eq!(found.len(), 1));
    }
}

#[test]
fn every_rule_about_an_app_is_on_its_page() {
    let page = include_str!("../../docs/app-file.md");
    for rule in crate::click::IN_APP_RULES.iter().chain(super::RULES) {
        let row = format!("| `{}` | {} | {} |", rule.id, <&str>::from(rule.severity), rule.remedy);
        assert!(page.lines().any(|line| line == row), "docs/app-file.md lacks {row}");
    }
}
