//! `opush click check`: one target, several, a list on stdin; what a person reads and what a script gets.

use serde_json::{Value, json};

use super::harness::Home;
use super::masks::plain;
use super::send::demo;

fn check<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [&["click", "check"], args].concat()
}

#[test]
fn each_kind_of_target_is_checked() {
    let home = demo("http://127.0.0.1:9");
    for target in [
        "open-app",
        "url:https://example.com/a?b=c",
        "activity:com.example.demo.SplashActivity",
        "intent:com.example.demo.OPEN",
    ] {
        let (code, result) = home.json(&check(&["--click", target]));
        assert_eq!((code, &result["valid"], &result["error"]), (0, &json!(true), &Value::Null), "{result:#}");
        assert_eq!((&result["target"], &result["package"]), (&json!(target), &json!("com.example.demo")));
    }
}

/// The words of the flags that name the kind themselves.
#[test]
fn other_words_for_a_state_mean_the_same() {
    let home = Home::new();
    let words =
        ["--url", "https://example.com/", "--activity", "com.example.A", "--intent", "a.b.C", "--open-app"];
    let (code, result) = home.json(&check(&words));
    let targets: Vec<&str> =
        result["items"].as_array().unwrap().iter().map(|item| item["target"].as_str().unwrap()).collect();
    assert_eq!(code, 0);
    assert_eq!(targets, ["url:https://example.com/", "activity:com.example.A", "intent:a.b.C", "open-app"]);
    assert_eq!((&result["valid"], &result["error"]), (&json!(true), &Value::Null));
}

#[test]
fn an_intent_action_shows_the_filter_it_needs() {
    let home = Home::new();
    let ran = home.run(&check(&["--click", "intent:com.example.demo.OPEN"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush click check --click intent:com.example.demo.OPEN
    intent:com.example.demo.OPEN  valid
      the app's manifest needs:
        <intent-filter>
            <action android:name="com.example.demo.OPEN" />
            <category android:name="android.intent.category.DEFAULT" />
        </intent-filter>
    exit code 0
    "#);
}

#[test]
fn a_short_activity_is_expanded_with_the_package_and_explained_without() {
    let home = demo("http://127.0.0.1:9");
    let (_, result) = home.json(&check(&["--click", "activity:.SplashActivity"]));
    assert_eq!(result["target"], "activity:com.example.demo.SplashActivity");
    let (_, result) = home.json(&check(&["--click", "activity:com.example.demo/.SplashActivity"]));
    assert_eq!(result["target"], "activity:com.example.demo.SplashActivity");
    let ran = Home::new().run(&check(&["--click", "activity:.SplashActivity"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush click check --click activity:.SplashActivity
    activity:.SplashActivity  not valid
      error[activity-relative]: ".SplashActivity" is not a full class name
        a name that begins with a dot is the manifest's short form, and no app package is known here. Write the full name, or set package in the profile
    exit code 4
    "#);
}

#[test]
fn a_url_beyond_ascii_is_shown_in_both_forms() {
    let home = Home::new();
    let ran = home.run(&check(&["--url", "https://例え.jp/パス"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush click check --url https://例え.jp/パス
    url:https://xn--r8jz45g.jp/%E3%83%91%E3%82%B9  valid
      reads as https://例え.jp/パス
      note[url-non-ascii]: "https://例え.jp/パス" is sent as "https://xn--r8jz45g.jp/%E3%83%91%E3%82%B9"
        compare both forms; the ASCII form is sent
    exit code 0
    "#);
}

#[test]
fn a_mistake_is_reported_with_a_suggestion() {
    let home = Home::new();
    let ran = home.run(&check(&[
        "--click",
        "url:htp://example.com",
        "--click",
        "https://example.com",
        "--click",
        "open-app",
    ]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush click check --click url:htp://example.com --click https://example.com --click open-app
    url:htp://example.com  not valid
      error[url-scheme-typo]: "htp://example.com" must begin with http:// or https://
        did you mean "http://example.com"? OPPO opens only URLs that begin with http:// or https://
    https://example.com  not valid
      error[target-prefix-missing]: "https://example.com" does not say what it is
        did you mean "url:https://example.com"? a click target says what it is: open-app, url:U, activity:C, intent:A, scheme:U
    open-app  valid
    exit code 4
    "#);
    let (code, result) = home.json(&check(&["--click", "url:htp://example.com"]));
    assert_eq!((code, &result["valid"], &result["error"]["kind"]), (4, &json!(false), &json!("bad-url")));
    for problem in result["problems"].as_array().unwrap() {
        let keys: Vec<&String> = problem.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["id", "severity", "evidence", "remedy"]);
    }
}

/// `-` reads one target a line, so that a script can check a thousand with one command.
#[test]
fn a_list_on_stdin_is_checked_line_by_line() {
    let home = Home::new();
    let ran = home
        .run_with(&check(&["-", "--json"]), "open-app\r\n\nurl:https://example.com/\nactivity:Foo\n")
        .expect(4);
    let result = ran.json();
    let valid: Vec<&Value> = result["items"].as_array().unwrap().iter().map(|item| &item["valid"]).collect();
    assert_eq!(valid, [true, true, false]);
    assert_eq!(result["error"]["place"], "-:4");
    let many: String = (0..1000).map(|number| format!("url:https://example.com/{number}\n")).collect();
    let ran = home.run_with(&check(&["--click", "-", "--json"]), &many).expect(0);
    assert_eq!(ran.json()["items"].as_array().unwrap().len(), 1000);
    // One line is one target.
    let one = home.run_with(&check(&["-", "--json"]), "open-app").expect(0).json();
    assert_eq!(one["target"], "open-app");
}

/// It needs no configuration; one that is asked for must be sound all the same.
#[test]
fn it_works_without_a_profile_but_not_with_a_wrong_one() {
    Home::new().run(&check(&["--open-app"])).expect(0);
    Home::with_config("nonsense").run(&check(&["--open-app"])).expect(0);
    let (code, result) = Home::new().json(&check(&["--open-app", "--profile", "nope"]));
    assert_eq!((code, &result["error"]["kind"]), (3, &json!("unknown-profile")));
}

#[test]
fn a_target_without_a_flag_says_itself_what_it_is() {
    let home = Home::new();
    for (given, meant) in [
        ("https://example.com", "url:https://example.com"),
        ("url:https://example.com", "url:https://example.com"),
        ("command://test?key1=val1", "scheme:command://test?key1=val1"),
        ("com.example.demo.Page", "activity:com.example.demo.Page"),
        ("com.example.demo.action.OPEN", "intent:com.example.demo.action.OPEN"),
        ("open-app", "open-app"),
    ] {
        let (code, result) = home.json(&check(&[given]));
        assert_eq!(
            (code, &result["target"], &result["problems"]),
            (0, &json!(meant), &json!([])),
            "{result:#}"
        );
    }
    let (code, result) = home.json(&check(&["nonsense"]));
    assert_eq!((code, &result["error"]["place"]), (4, &json!("TARGET")), "{result:#}");
}

#[test]
fn a_flag_that_says_the_kind_takes_it_once_more() {
    let home = Home::new();
    for (flag, value) in [
        ("--activity", "activity:com.example.A"),
        ("--url", "url:https://example.com"),
        ("--intent", "intent:a.b.C"),
        ("--scheme", "scheme:demo://x"),
    ] {
        let (code, result) = home.json(&check(&[flag, value]));
        assert_eq!((code, &result["target"]), (0, &json!(value)), "{result:#}");
    }
    let (_, result) = home.json(&check(&["--scheme", "scheme://host/path"]));
    assert_eq!(result["target"], "scheme:scheme://host/path");
}

#[test]
fn broken_escapes_and_empty_labels_are_errors_and_a_note_quotes_what_was_typed() {
    let home = Home::new();
    for (url, id) in [
        ("https://example.com/%zz", "url-broken-escape"),
        ("https://example..com", "url-empty-label"),
        ("demo://page?a=%4", "scheme-broken-escape"),
    ] {
        let (code, result) = home.json(&check(&[url]));
        assert_eq!((code, &result["problems"][0]["id"]), (4, &json!(id)), "{result:#}");
    }
    let typed = "https://EXAMPLE.com/größe";
    let (_, result) = home.json(&check(&["--url", typed]));
    let note = result["problems"][0]["evidence"].as_str().unwrap();
    assert!(note.starts_with(&format!("\"{typed}\" is sent as ")), "{note}");
    let (_, result) = home.json(&check(&["--url", "https://example.com/gr%C3%B6%C3%9Fe"]));
    assert_eq!(result["problems"], json!([]), "what was typed is what is sent");
}

#[test]
fn a_scheme_url_shows_the_filter_it_needs() {
    let home = Home::new();
    let ran = home.run(&check(&["scheme:command://test?key1=val1"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush click check scheme:command://test?key1=val1
    scheme:command://test?key1=val1  valid
      the app's manifest needs:
        <intent-filter>
            <action android:name="android.intent.action.VIEW" />
            <category android:name="android.intent.category.DEFAULT" />
            <category android:name="android.intent.category.BROWSABLE" />
            <data android:scheme="command" android:host="test" />
        </intent-filter>
    exit code 0
    "#);
}
