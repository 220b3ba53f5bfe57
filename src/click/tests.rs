//! Click targets against tables of good and bad ones, and against anything at all.
//! The flags and the command on top of them are tested in tests/cli.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;
use strum::VariantNames;

fn errors(text: &str, package: Option<&str>) -> Vec<&'static str> {
    let checked = check(text, package, false);
    assert_eq!(checked.valid, checked.target.is_some(), "{text:?}");
    let ids: Vec<_> = checked.problems.iter().filter(|p| p.is_error()).map(|p| p.id).collect();
    assert_eq!(ids.is_empty(), checked.valid, "{text:?}: {:?}", checked.problems);
    ids
}

fn remarks(text: &str, package: Option<&str>) -> Vec<&'static str> {
    let checked = check(text, package, false);
    assert!(checked.valid, "{text:?}: {:?}", checked.problems);
    checked.problems.iter().map(|p| p.id).collect()
}

#[test]
fn usable_targets_and_what_is_remarked_about_them() {
    let demo = Some("com.example.demo");
    let table: &[(&str, Option<&str>, &str, &[&str])] = &[
        ("open-app", None, "open-app", &[]),
        ("url:https://example.com", None, "url:https://example.com", &[]),
        ("url:https://example.com/", None, "url:https://example.com/", &[]),
        ("url:HTTPS://Example.com/A?b=c#d", None, "url:https://example.com/A?b=c#d", &[]),
        ("url:http://example.com/x", None, "url:http://example.com/x", &["url-plain-http"]),
        ("url:https://例え.jp", None, "url:https://xn--r8jz45g.jp", &["url-non-ascii"]),
        ("url:https://example.com/a b", None, "url:https://example.com/a%20b", &["url-space"]),
        ("url:https://localhost:8443/x", None, "url:https://localhost:8443/x", &["url-local-host"]),
        ("url:https://[::1]/x", None, "url:https://[::1]/x", &["url-local-host"]),
        ("url:https://example.com/?a=x\\y", None, "url:https://example.com/?a=x\\y", &[]),
        ("url:https://example.com/?to=a@b.c", None, "url:https://example.com/?to=a@b.c", &[]),
        ("activity:com.example.demo.SplashActivity", demo, "activity:com.example.demo.SplashActivity", &[]),
        ("activity:a.B", None, "activity:a.B", &[]),
        ("activity:com.example.Outer$Inner_2", None, "activity:com.example.Outer$Inner_2", &[]),
        ("activity:com.example.Überblick", None, "activity:com.example.Überblick", &["activity-non-ascii"]),
        ("activity:com.example.demo", demo, "activity:com.example.demo", &["activity-lower-case"]),
        ("activity:.Splash", demo, "activity:com.example.demo.Splash", &["activity-expanded"]),
        ("activity:com.a/.Splash", None, "activity:com.a.Splash", &["activity-expanded"]),
        ("activity:com.a/com.b.Splash", None, "activity:com.b.Splash", &["activity-expanded"]),
        (
            "activity:com.a/.Splash",
            demo,
            "activity:com.a.Splash",
            &["activity-expanded", "activity-other-package"],
        ),
        ("intent:android.intent.action.VIEW", None, "intent:android.intent.action.VIEW", &[]),
        ("intent:com.example.new", None, "intent:com.example.new", &[]),
        ("intent:OPEN", None, "intent:OPEN", &["intent-single-word"]),
        ("intent:ACTION_VIEW", None, "intent:ACTION_VIEW", &["intent-constant-name"]),
        (
            "intent:android.intent.action.view",
            None,
            "intent:android.intent.action.view",
            &["intent-letter-case"],
        ),
        ("intent:com.example.OPEN-CHAT", None, "intent:com.example.OPEN-CHAT", &["intent-unusual-character"]),
        ("scheme:command://test?key1=val1&key2=val2", None, "scheme:command://test?key1=val1&key2=val2", &[]),
        ("scheme:lib://host/path?a=%41", None, "scheme:lib://host/path?a=%41", &[]),
        (
            "scheme:demo://com.x/push?a%3D1#Intent;launchFlags=0x24000000;end",
            None,
            "scheme:demo://com.x/push?a%3D1#Intent;launchFlags=0x24000000;end",
            &[],
        ),
        (
            "scheme:intent://test?k=v#Intent;scheme=command;end",
            None,
            "scheme:intent://test?k=v#Intent;scheme=command;end",
            &[],
        ),
        (
            "scheme:intent:#Intent;action=com.example.OPEN;end",
            None,
            "scheme:intent:#Intent;action=com.example.OPEN;end",
            &[],
        ),
        ("scheme:SCHEME?query", None, "scheme:SCHEME?query", &["scheme-without-colon"]),
        ("scheme:https://example.com/a", None, "scheme:https://example.com/a", &["scheme-web-page"]),
        ("scheme:demo_app://page", None, "scheme:demo_app://page", &["scheme-unusual"]),
        ("scheme:tel:123", None, "scheme:tel:123", &[]),
    ];
    for (text, package, expected, ids) in table {
        assert_eq!(remarks(text, *package), *ids, "{text}");
        let target = Target::parse(text, *package).expect("a usable target");
        assert_eq!(target.to_string(), *expected, "{text}");
        let again = Target::from_parts(target.action(), target.value(), *package);
        assert_eq!(again, Ok(target), "{text}");
    }
}

#[test]
fn unusable_targets_and_the_rules_they_break() {
    let table: &[(&str, &[&str])] = &[
        ("", &["target-empty"]),
        ("  ", &["target-empty"]),
        (" open-app", &["target-surrounding-space"]),
        ("open-app:x", &["target-value-extra"]),
        ("open-app:", &["target-value-extra"]),
        ("link:https://example.com", &["target-prefix-unknown"]),
        ("openapp", &["target-prefix-unknown"]),
        ("open_app", &["target-prefix-unknown"]),
        ("URL:https://example.com", &["target-prefix-unknown"]),
        ("nonsense", &["target-prefix-unknown"]),
        ("https://example.com", &["target-prefix-missing"]),
        ("www.example.com", &["target-prefix-missing"]),
        ("com.example.demo.SplashActivity", &["target-prefix-missing"]),
        ("android.intent.action.VIEW", &["target-prefix-missing"]),
        ("url:", &["target-value-missing"]),
        ("activity: ", &["target-value-missing"]),
        ("intent:", &["target-value-missing"]),
        ("intent://scan/#Intent;action=com.example.OPEN;end", &["foreign-intent-url"]),
        ("intent:#Intent;action=com.example.OPEN;end", &["foreign-intent-url"]),
        ("intent:intent://x#Intent;end", &["foreign-intent-url"]),
        ("url:intent://x#Intent;end", &["foreign-intent-url"]),
        ("url: https://example.com", &["url-surrounding-space"]),
        ("url:https://example.com ", &["url-surrounding-space"]),
        ("url:https://example.com/\u{7}", &["url-control-character"]),
        ("url:https://example.com/a\tb", &["url-control-character"]),
        ("url:https://example.com/\u{202e}moc", &["url-control-character"]),
        ("url:htp://example.com", &["url-scheme-typo"]),
        ("url:hhtps://example.com", &["url-scheme-typo"]),
        ("url:http:/example.com", &["url-scheme-typo"]),
        ("url:https:example.com", &["url-scheme-typo"]),
        ("url:https//example.com", &["url-scheme-typo"]),
        ("url:https:\\\\example.com", &["url-scheme-typo"]),
        ("url:ftp://example.com", &["url-scheme-other"]),
        ("url:tel:123", &["url-scheme-other"]),
        ("url:myapp://open/chat", &["url-scheme-other"]),
        ("url:javascript:alert(1)", &["url-scheme-other"]),
        ("url:example.com/x", &["url-scheme-missing"]),
        ("url://example.com/x", &["url-scheme-missing"]),
        ("url:localhost:8080/x", &["url-scheme-missing"]),
        ("url:example.com:8080/x", &["url-scheme-missing"]),
        ("url:https://", &["url-host-missing"]),
        ("url:https:///path", &["url-host-missing"]),
        ("url:https://?q", &["url-host-missing"]),
        ("url:https://:443/", &["url-host-missing"]),
        ("url:https://example.com:99999/", &["url-unreadable"]),
        ("url:https://exa mple.com/", &["url-unreadable"]),
        ("url:https://a..%00/", &["url-unreadable"]),
        ("url:https://user:pw@example.com/", &["url-credentials"]),
        ("url:https://@example.com/", &["url-credentials"]),
        ("url:https://example.com\\x", &["url-backslash"]),
        ("activity: com.example.A", &["activity-surrounding-space"]),
        ("activity:SplashActivity", &["activity-no-package"]),
        ("activity:.Splash", &["activity-relative"]),
        ("activity:com.example/", &["activity-component"]),
        ("activity:com/example/Splash", &["activity-slashes"]),
        ("activity:com..Splash", &["activity-empty-part"]),
        ("activity:com.example.", &["activity-empty-part"]),
        ("activity:com.1example.Splash", &["activity-bad-identifier"]),
        ("activity:com.exa-mple.Splash", &["activity-bad-identifier"]),
        ("activity:com.example.Splash Activity", &["activity-bad-identifier"]),
        ("activity:com.example.²x", &["activity-bad-identifier"]),
        ("activity:com.new.Splash", &["activity-reserved-word"]),
        ("activity:com.example.true", &["activity-reserved-word"]),
        ("activity:com._.Splash", &["activity-reserved-word"]),
        ("activity:com.example.Splash.class", &["activity-reserved-word"]),
        ("activity:1.class", &["activity-bad-identifier", "activity-reserved-word"]),
        ("intent: a.B", &["intent-surrounding-space"]),
        ("intent:com.example.OPEN CHAT", &["intent-bad-character"]),
        ("intent:com/example", &["intent-bad-character"]),
        ("intent:com..OPEN", &["intent-empty-part"]),
        ("intent:.OPEN", &["intent-empty-part"]),
        ("url:https://example.com/%zz", &["url-broken-escape"]),
        ("url:https://example.com/50%", &["url-broken-escape"]),
        ("url:https://example..com/", &["url-empty-label"]),
        ("url:https://example..com/%zz", &["url-broken-escape", "url-empty-label"]),
        ("url:https:///%zz", &["url-broken-escape", "url-host-missing"]),
        ("url:https://.example.com/", &["url-empty-label"]),
        ("scheme:", &["target-value-missing"]),
        ("scheme: demo://x", &["scheme-surrounding-space"]),
        ("scheme:demo://a b", &["scheme-control-character"]),
        ("scheme:demo://a\u{200b}", &["scheme-control-character"]),
        ("scheme:hello", &["scheme-missing"]),
        ("scheme:demo:", &["scheme-missing"]),
        ("scheme:1demo://x", &["scheme-missing"]),
        ("scheme://host/path", &["target-prefix-missing"]),
        ("demo://page", &["target-prefix-missing"]),
        ("scheme:demo://x?a=%4", &["scheme-broken-escape"]),
        ("scheme:intent://test", &["scheme-intent-parts"]),
        ("scheme:intent://x#Intent;scheme=demo", &["scheme-intent-parts"]),
        ("scheme:demo://x#Intent;launchFlags;end", &["scheme-intent-parts"]),
    ];
    for (text, ids) in table {
        assert_eq!(errors(text, None), *ids, "{text:?}");
    }
    let seen: BTreeSet<_> = table.iter().flat_map(|(_, ids)| ids.iter().copied()).collect();
    let beyond_flags = ["url-empty", "activity-empty", "intent-empty", "scheme-empty"];
    let long = ["url-too-long", "activity-too-long", "intent-too-long"];
    for rule in RULES.iter().filter(|rule| rule.severity == Severity::Error) {
        assert!(
            seen.contains(rule.id) || beyond_flags.contains(&rule.id) || long.contains(&rule.id),
            "no row for {}",
            rule.id
        );
    }
}

#[test]
fn empty_bare_values_are_said_to_be_empty() {
    assert_eq!(examine_url("").findings[0].id, "url-empty");
    assert_eq!(examine_activity(" ", None).findings[0].id, "activity-empty");
    assert_eq!(examine_intent("").findings[0].id, "intent-empty");
}

#[test]
fn lengths_on_both_sides_of_their_limits() {
    let url = |length: usize| format!("url:https://example.com/{}", "a".repeat(length - 20));
    assert_eq!(remarks(&url(500), None), [""; 0]);
    assert_eq!(remarks(&url(501), None), ["url-long"]);
    assert_eq!(remarks(&url(2000), None), ["url-long"]);
    assert_eq!(errors(&url(2001), None), ["url-too-long"]);
    let name = |prefix: &str, length: usize| format!("{prefix}:a.{}", "B".repeat(length - 2));
    assert_eq!(remarks(&name("activity", 500), None), [""; 0]);
    assert_eq!(errors(&name("activity", 501), None), ["activity-too-long"]);
    assert_eq!(remarks(&name("intent", 500), None), [""; 0]);
    assert_eq!(errors(&name("intent", 501), None), ["intent-too-long"]);
}

#[test]
fn remedies_name_what_was_meant() {
    let table = [
        ("url:example.com/x", None, "https://example.com/x"),
        ("url:htp://example.com", None, "http://example.com"),
        ("url:hhtps://example.com", None, "https://example.com"),
        ("https://example.com", None, "url:https://example.com"),
        ("com.example.Splash", None, "activity:com.example.Splash"),
        ("com.example.OPEN_CHAT", None, "intent:com.example.OPEN_CHAT"),
        ("URL:https://example.com", None, "url:https://example.com"),
        ("opn-app", None, "open-app"),
        ("activty:a.B", None, "activity:a.B"),
        ("activity:Splash", Some("com.a"), "com.a.Splash"),
        ("activity:com/a/Splash", None, "com.a.Splash"),
        ("activity:com.a.Splash.class", None, "com.a.Splash"),
        ("intent://#Intent;action=com.a.OPEN;end", None, "intent:com.a.OPEN"),
        ("intent:#Intent;action=com.a.OPEN;end", None, "intent:com.a.OPEN"),
        (
            "intent:intent:#Intent;action=android.intent.action.VIEW;end",
            None,
            "scheme:intent:#Intent;action=android.intent.action.VIEW;end",
        ),
        ("intent://x#Intent;scheme=demo;end", None, "scheme:intent://x#Intent;scheme=demo;end"),
        ("url:intent://x#Intent;scheme=demo;end", None, "scheme:intent://x#Intent;scheme=demo;end"),
        ("activity:intent:#Intent;component=com.a/.Page;end", None, "activity:com.a.Page"),
        ("scheme://host/path", None, "scheme:scheme://host/path"),
        ("demo://page?id=1", None, "scheme:demo://page?id=1"),
        ("url:demo://page", None, "scheme:demo://page"),
    ];
    for (text, package, meant) in table {
        let problems = Target::parse(text, package).expect_err(text);
        let expected = format!("did you mean \"{meant}\"?");
        assert!(
            problems[0].hint.sentence().starts_with(&expected),
            "{text}: {}",
            problems[0].hint.sentence()
        );
    }
    let listed = Target::parse("link:x", None).expect_err("no such prefix")[0].hint.to_string();
    for action in Target::VARIANTS {
        assert!(listed.contains(action), "{listed}");
    }
}

#[test]
fn passwords_in_a_url_are_not_repeated() {
    for text in [
        "url:https://user:hunter2@example.com/",
        "https://user:hunter2@example.com/",
        "url:htps://user:hunter2@example.com/",
        "url:https:user:hunter2@example.com/",
        "url:https://user:hunter2@example.com:99999/",
        "url: https://user:hunter2@example.com/",
        "url:https://user:hunter2@example.com\\x",
        "lnk:https://user:hunter2@example.com/",
        "url:https://user:hunter2/x@example.com/",
        "url:https://user:x#hunter2@example.com/",
    ] {
        for finding in check(text, None, true).problems {
            assert!(!format!("{finding:?}").contains("hunter2"), "{text}: {finding:?}");
        }
    }
}

#[test]
fn both_forms_of_a_url_are_shown() {
    let checked = check("url:https://bücher.example/größe/%E4%BD%A0%20%E2%80%AE?q=é", None, false);
    assert_eq!(
        checked.ascii.as_deref(),
        Some("https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe/%E4%BD%A0%20%E2%80%AE?q=%C3%A9")
    );
    assert_eq!(checked.unicode.as_deref(), Some("https://bücher.example/größe/你%20%E2%80%AE?q=é"));
}

#[test]
fn the_manifest_needs_what_the_vendor_asks_for() {
    let filter = check("intent:com.example.OPEN", None, false).needed_filter.expect("a filter");
    assert!(filter.contains("<action android:name=\"com.example.OPEN\" />"), "{filter}");
    assert!(filter.contains("android.intent.category.DEFAULT"), "{filter}");
    assert!(!filter.contains("<data"), "{filter}");
    let element = check("activity:.Splash", Some("com.a"), false).needed_filter.expect("an element");
    assert!(element.contains("android:name=\"com.a.Splash\""), "{element}");
    assert!(element.contains("android:exported=\"true\""), "{element}");
    assert_eq!(check("open-app", None, false).needed_filter, None);
    assert_eq!(check("url:https://example.com", None, false).needed_filter, None);
}

#[test]
fn custom_content_with_a_url_is_a_warning_only() {
    let checked = check("url:https://example.com", None, true);
    assert!(checked.valid);
    assert_eq!(checked.problems.iter().map(|p| p.id).collect::<Vec<_>>(), ["custom-content-with-url"]);
    for text in ["open-app", "activity:a.B", "intent:a.B"] {
        assert_eq!(check(text, None, true).problems, []);
    }
}

#[test]
fn ids_are_unique_kebab_case_and_have_remedies() {
    let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
    for rule in RULES {
        assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.id);
        assert!(!rule.remedy.is_empty(), "{}", rule.id);
    }
}

/// Texts near enough to targets that every branch is met.
fn near_targets() -> impl Strategy<Value = String> {
    let prefix = prop_oneof!["", "url:", "activity:", "intent:", "open-app", "url:https://", "[a-z]{1,6}:"];
    let tail = prop_oneof!["\\PC{0,40}", "[a-zA-Z0-9_$./:@%?# -]{0,60}", "(.|\\s){0,20}"];
    (prefix, tail).prop_map(|(prefix, tail)| prefix + &tail)
}

proptest! {
    #[test]
    fn anything_is_answered_and_a_usable_target_reads_back(text in near_targets(), known in any::<bool>()) {
        let package = known.then_some("com.example.demo");
        let checked = check(&text, package, true);
        for finding in &checked.problems {
            prop_assert!(!finding.remedy.trim().is_empty() && !finding.evidence.trim().is_empty());
        }
        match Target::parse(&text, package) {
            Ok(target) => {
                prop_assert_eq!(Target::parse(&target.to_string(), package), Ok(target.clone()));
                prop_assert_eq!(Target::parse(&target.to_string(), None), Ok(target.clone()));
                prop_assert_eq!(checked.target, Some(target));
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty() && !checked.valid);
                prop_assert!(problems.iter().all(|problem| !problem.hint.is_empty()));
            }
        }
    }
}
