//! `opush device tap`: what the phone is told, and what of its answer is said.

use super::{home, phone};

#[test]
fn a_page_opens_on_every_android() {
    for version in 8..=15 {
        let home = home(version);
        let (code, report) = home.json(&["device", "tap", "--ext", r#"{"extKey": "it's 1"}"#]);
        assert_eq!((code, report["outcome"].as_str()), (0, Some("opened")), "{version}: {report:#}");
        assert_eq!(report["activity"], "com.example.chat/com.example.chat.SplashActivity");
        assert_eq!(report["in_front"], "com.example.chat/com.example.chat.MainActivity");
        let asked = phone::asked(&home);
        let start = asked.iter().find(|line| line.starts_with("am start")).unwrap();
        assert_eq!(
            start,
            r"am start -W -n com.example.chat/com.example.chat.SplashActivity --es extKey 'it'\''s 1'"
        );
    }
}

#[test]
fn each_kind_of_target_and_each_type_of_extra_has_its_words() {
    let home = home(14);
    for (target, ext, words) in [
        ("open-app", "{}", "am start -W -n com.example.chat/com.example.chat.SplashActivity"),
        ("intent:com.example.chat.OPEN", "{}", "am start -W -a com.example.chat.OPEN -p com.example.chat"),
        (
            "scheme:chat://order?id=1&x=2",
            r#"{"k":"v"}"#,
            "am start -W -a android.intent.action.VIEW -c android.intent.category.BROWSABLE -d 'chat://order?id=1&x=2' --es k v",
        ),
        (
            "scheme:intent://order#Intent;scheme=chat;end",
            r#"{"k":true}"#,
            "am start -W --ez k true 'intent://order#Intent;scheme=chat;end'",
        ),
        (
            "url:https://example.com/a?b=c",
            r#"{"k k":"ä"}"#,
            "am start -W -a android.intent.action.VIEW -c android.intent.category.BROWSABLE -d 'https://example.com/a?b=c&k+k=%C3%A4'",
        ),
        (
            "activity:com.example.chat.A",
            r#"{"n":7,"big":5000000000,"f":1.5,"no":null,"list":[1,"x"],"empty":""}"#,
            r#"am start -W -n com.example.chat/com.example.chat.A --ei n 7 --el big 5000000000 --ef f 1.5 --esn no --es list '[1,"x"]' --es empty ''"#,
        ),
    ] {
        home.json(&["device", "tap", "--click", target, "--ext", ext]);
        let asked = phone::asked(&home);
        let start = asked.iter().rfind(|line| line.starts_with("am start")).unwrap();
        assert_eq!(start, words, "{target}");
    }
}

#[test]
fn what_does_not_open_is_said_in_words() {
    let home = home(14);
    let args = ["device", "tap", "--click", "activity:com.example.chat.Inner"];
    for (answer, outcome, words) in [
        (
            "Error type 3\nError: Activity class {com.example.chat/com.example.chat.Inner} does not exist.\n",
            "not_opened",
            "has no Activity",
        ),
        (
            "java.lang.SecurityException: Permission Denial: starting Intent {} not exported from uid 10123\n",
            "not_opened",
            "not exported",
        ),
        (
            "Status: ok\nActivity: android/com.android.internal.app.ResolverActivity\n",
            "chooser",
            "asks which",
        ),
        ("Status: ok\nActivity: com.example.other/.Main\n", "other_app", "another app's"),
    ] {
        phone::edit(&home, "am_start", "", answer).unwrap();
        let (code, report) = home.json(&args);
        assert_eq!((code, report["outcome"].as_str()), (8, Some(outcome)), "{report:#}");
        assert!(report["error"]["message"].as_str().unwrap().contains(words), "{report:#}");
    }
    // A web page belongs in the browser.
    home.run(&["device", "tap", "--click", "url:https://example.com"]).expect(0);
    // Nothing behind the icon.
    let name = "cmd_package_resolve-activity_-a_android.intent.action.MAIN_-c_android.intent.category.LAUNCHER_-p_com.example.chat";
    phone::edit(&home, name, "", "No activity found\n").unwrap();
    let (code, report) = home.json(&["device", "tap", "--click", "open-app"]);
    assert_eq!((code, report["outcome"].as_str()), (8, Some("not_opened")), "{report:#}");
}

#[test]
fn it_reads_as_a_person_wants_it() {
    insta::assert_snapshot!(home(14).run(&["device", "tap"]).expect(0).transcript());
}
