//! `opush sandbox phone login | logout | open | background | kill | offline | online`: words, JSON and exit codes.

use serde_json::json;

use crate::harness::Home;

fn moved(home: &Home, args: &[&str]) -> (i32, serde_json::Value) {
    let whole: Vec<&str> = ["sandbox", "phone"].iter().chain(args).copied().collect();
    home.json(&whole)
}

#[test]
fn a_user_goes_through_every_state() {
    let home = Home::new();
    for (args, state, rest, sdk) in [
        (&["login", "demo", "--user", "bob"][..], "online-foreground", "Online", "ONLINE"),
        (&["background", "demo"], "online-hidden", "Online", "ONLINE"),
        (&["background", "demo", "--do-background"], "online-background", "Online", "ONLINE"),
        (&["open", "demo"], "online-foreground", "Online", "ONLINE"),
        (&["offline", "demo"], "online-unreachable", "Online", "ONLINE"),
        (&["online", "demo"], "online-foreground", "Online", "ONLINE"),
        (&["kill", "demo"], "push-online", "PushOnline", "OFFLINE"),
        (&["show", "demo"], "push-online", "PushOnline", "OFFLINE"),
        (&["logout", "demo"], "logged-out", "Offline", "UNLOGINED"),
    ] {
        let (code, phone) = moved(&home, args);
        let session = &phone["session"];
        assert_eq!(code, 0, "{args:?}: {phone}");
        let seen = (&session["user"], &session["state"], &session["rest_state"], &session["sdk_state"]);
        assert_eq!(seen, (&json!("bob"), &json!(state), &json!(rest), &json!(sdk)), "{args:?}");
    }
}

#[test]
fn the_report_has_the_certificate_of_the_phone_unless_another_is_given() {
    let home = Home::new();
    for (more, certificate) in
        [(&[][..], json!(1)), (&["--certificate", "9"], json!(9)), (&["--no-report"], json!(null))]
    {
        let args: Vec<&str> = ["login", "demo", "--user", "bob"].iter().chain(more).copied().collect();
        let (_, phone) = moved(&home, &args);
        assert_eq!(phone["session"]["certificate_id"], certificate, "{more:?}");
        moved(&home, &["logout", "demo"]);
    }
    let (code, failure) =
        moved(&home, &["login", "demo", "--user", "b", "--no-report", "--certificate", "1"]);
    assert_eq!(code, 2, "{failure}");
}

#[test]
fn an_impossible_move_is_an_error_with_the_next_step() {
    let home = Home::new();
    let (code, failure) = moved(&home, &["kill", "demo"]);
    assert_eq!((code, &failure["error"]["kind"]), (1, &json!("sandbox")));
    assert!(failure["error"]["hint"].as_str().unwrap().contains("phone login NAME"), "{failure}");
    let (code, _) = moved(&home, &["login", "nobody", "--user", "bob"]);
    assert_eq!(code, 4);
    moved(&home, &["login", "demo", "--user", "bob"]);
    moved(&home, &["kill", "demo"]);
    let text = home.run(&["sandbox", "phone", "list"]).transcript();
    assert!(text.contains("PushOnline / OFFLINE"), "{text}");
    let (code, failure) = moved(&home, &["background", "demo"]);
    assert_eq!(code, 1);
    assert!(failure["error"]["hint"].as_str().unwrap().contains("phone open"), "{failure}");
}
