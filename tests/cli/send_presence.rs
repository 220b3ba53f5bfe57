//! `send --user` where the profile has an IM server: it is asked first, shown, and decides, also against what was set by hand.

use serde_json::json;

use crate::harness::Home;

/// bob's phone in the sandbox: logged in, its regId reported here too.
fn bobs() -> Home {
    let home = Home::new();
    home.run(&["sandbox", "phone", "login", "demo", "--user", "bob"]).expect(0);
    let (_, phone) = home.json(&["sandbox", "phone", "show", "demo"]);
    let reg_id = phone["reg_id"].as_str().unwrap();
    home.run(&["token", "report", "--profile", "sandbox", "--user", "bob", "--reg-id", reg_id]).expect(0);
    home
}

const SEND: &[&str] =
    &["send", "--profile", "sandbox", "--user", "bob", "--title", "Alice", "--content", "see you at 8?"];

#[test]
fn the_answer_of_the_im_server_decides() {
    let home = bobs();
    let (code, sent) = home.json(SEND);
    assert_eq!((code, &sent["items"][0]["decision"]), (9, &json!("online")));
    assert_eq!(sent["items"][0]["im"]["rest"], "Online");

    home.run(&["sandbox", "phone", "kill", "demo"]).expect(0);
    let (code, sent) = home.json(SEND);
    assert_eq!((code, &sent["items"][0]["status"]), (0, &json!("accepted")));
    let im = &sent["items"][0]["im"];
    assert_eq!(
        (&im["rest"], &im["sdk"], &im["used"]),
        (&json!("PushOnline"), &json!("OFFLINE"), &json!("counts"))
    );
    let text = home.run(SEND).expect(0).stdout;
    assert!(text.contains("bob is PushOnline (REST) / OFFLINE (SDK)"), "{text}");

    home.run(&["sandbox", "phone", "logout", "demo"]).expect(0);
    let (code, sent) = home.json(SEND);
    assert_eq!((code, &sent["items"][0]["decision"]), (9, &json!("logged-out")));
}

#[test]
fn the_answer_of_the_im_server_outranks_what_was_told_by_hand() {
    let home = bobs();
    home.run(&["presence", "set", "--profile", "sandbox", "--user", "bob", "killed"]).expect(0);
    let (code, sent) = home.json(SEND);
    assert_eq!((code, &sent["items"][0]["decision"]), (9, &json!("online")));
    let im = &sent["items"][0]["im"];
    assert_eq!((&im["used"], &im["by_hand"]), (&json!("counts"), &json!(["default"])));
    home.run(&["presence", "set", "--profile", "sandbox", "--user", "bob", "killed"]).expect(0);
    let text = home.run(SEND).expect(9).to_string();
    assert!(text.contains("device default: killed was set by hand; the IM server's answer counts"), "{text}");
}

#[test]
fn a_user_unknown_to_the_im_server_is_still_pushed_to() {
    let home = Home::new();
    let (_, phone) = home.json(&["sandbox", "phone", "show", "demo"]);
    let reg_id = phone["reg_id"].as_str().unwrap();
    home.run(&["token", "report", "--profile", "sandbox", "--user", "bob", "--reg-id", reg_id]).expect(0);
    let (code, sent) = home.json(SEND);
    assert_eq!((code, &sent["items"][0]["status"]), (0, &json!("accepted")));
    assert_eq!(
        (&sent["items"][0]["im"]["rest"], &sent["items"][0]["im"]["used"]),
        (&json!(null), &json!("unknown"))
    );
    let stderr = home.run(SEND).expect(0).stderr;
    assert!(stderr.contains("the IM server knows no user bob"), "{stderr}");
}
