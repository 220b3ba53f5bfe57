//! `opush im` against the sandbox's IM server: two sides that share no code agree on the wire, and a message ends on a phone.
//! When a push is due is the sandbox's own rule and tested there.

use serde_json::{Value, json};

use crate::harness::Home;

fn im(home: &Home, args: &[&str]) -> (i32, Value) {
    let all: Vec<&str> = ["im"].iter().chain(args).copied().chain(["--profile", "sandbox"]).collect();
    home.json(&all)
}

fn phone(home: &Home, args: &[&str]) -> Value {
    let all: Vec<&str> = ["sandbox", "phone"].iter().chain(args).copied().collect();
    let (code, phone) = home.json(&all);
    assert_eq!(code, 0, "{phone:#}");
    phone
}

/// The titles in the phone's notification shade.
fn titles(home: &Home) -> Vec<String> {
    let shown = phone(home, &["show", "demo"]);
    let messages = shown["notifications"].as_array().cloned().unwrap_or_default();
    let titles = messages.iter().filter(|message| message["stage"] == "shown");
    titles.map(|message| message["title"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_built_in_credentials_are_accepted_and_wrong_ones_are_not() {
    let home = Home::new();
    let (code, checked) = im(&home, &["check"]);
    assert_eq!((code, &checked["valid"]), (0, &json!(true)), "{checked:#}");
    let config = "[profile.demo]\nregion = \"sandbox\"\n[profile.demo.im]\nsdk_app_id = 1400000002\n\
                  admin = \"boss\"\nsecret_key = { env = \"IM_KEY\" }\n";
    let mut own = Home::with_config(config).variable("IM_KEY", "a-key-of-our-own");
    assert_eq!(own.json(&["im", "check"]).0, 0);
    let running = own.sandbox(&["--ephemeral"]);
    // The sandbox that runs has the right key; this profile, which leads to it by its endpoint, has another.
    let other = config
        .replace("\n[profile.demo.im]", &format!("\nendpoint = \"{}\"\n[profile.demo.im]", running.url));
    own.write("opush.toml", other);
    own.set("IM_KEY", "another-key");
    let (code, checked) = own.json(&["im", "check"]);
    assert_eq!((code, &checked["error"]["kind"]), (5, &json!("im-credentials-refused")), "{checked:#}");
}

#[test]
fn a_message_ends_on_the_phone_only_if_the_app_is_killed_and_the_user_is_logged_in() {
    let home = Home::new();
    let send = |title: &str| {
        let (code, sent) = im(
            &home,
            &["send", "--to", "bob", "--text", "hi", "--title", title, "--ext", "extKey=ext content"],
        );
        assert_eq!((code, &sent["status"]), (0, &json!("accepted")), "{sent:#}");
    };
    phone(&home, &["login", "demo", "--user", "bob"]);
    let (_, accounts) = im(&home, &["account", "bob", "nobody"]);
    let imported: Vec<_> =
        accounts["items"].as_array().unwrap().iter().map(|item| item["imported"].clone()).collect();
    assert_eq!(imported, [json!(true), json!(false)]);
    send("while online");
    assert_eq!(titles(&home), [""; 0]);
    phone(&home, &["kill", "demo"]);
    let (_, states) = im(&home, &["state", "bob"]);
    assert_eq!(
        (&states["items"][0]["rest"], &states["items"][0]["sdk"]),
        (&json!("PushOnline"), &json!("OFFLINE"))
    );
    send("while killed");
    assert_eq!(titles(&home), ["while killed"]);
    let (code, tapped) = home.json(&["sandbox", "phone", "tap", "demo"]);
    assert_eq!((code, &tapped["extras"]), (0, &json!({ "extKey": "ext content" })), "{tapped:#}");
    let (code, kicked) = im(&home, &["kick", "bob"]);
    assert_eq!((code, &kicked["kicked"]), (0, &json!(true)));
    assert_eq!(im(&home, &["state", "bob"]).1["items"][0]["rest"], "Offline");
    send("after the kick");
    assert_eq!(titles(&home), [""; 0]);
    let (code, failed) = im(&home, &["send", "--to", "nobody", "--text", "hi"]);
    assert_eq!((code, &failed["error"]["kind"]), (5, &json!("im-refused")), "{failed:#}");
}

#[test]
fn a_push_is_traced_and_losses_are_counted() {
    let home = Home::new();
    phone(&home, &["login", "demo", "--user", "bob", "--no-report"]);
    phone(&home, &["kill", "demo"]);
    im(&home, &["send", "--to", "bob", "--text", "hi"]);
    let (code, losses) = im(&home, &["loss"]);
    assert_eq!(code, 0, "{losses:#}");
    assert!(!losses["items"].as_array().unwrap().is_empty(), "{losses:#}");
    let (code, traced) = im(&home, &["trace", "no-such-push"]);
    assert!(matches!(code, 4 | 5), "{traced:#}");
}

/// An own app of the sandbox with two certificates; bob's phone reports 7006 of them.
fn two_certificates() -> Home {
    let certificate = |id: u32| {
        format!(
            "[[profile.demo.certificate]]\nid = {id}\napp_id = \"31{id}\"\napp_key = \"k{id}\"\nmaster_secret = {{ env = \"MASTER\" }}\n\
             channel_id = \"tuikit\"\n"
        )
    };
    let config = format!(
        "default_profile = \"demo\"\n[profile.demo]\nregion = \"sandbox\"\ndefault_certificate = 7006\n[profile.demo.im]\n\
         sdk_app_id = 1400000003\nadmin = \"boss\"\nsecret_key = {{ env = \"IM_KEY\" }}\n{}{}",
        certificate(7005),
        certificate(7006)
    );
    Home::with_config(&config).variable("IM_KEY", "a-key-of-our-own").variable("MASTER", "a-master-secret")
}

fn own_titles(home: &Home) -> usize {
    let shown = phone(home, &["show", "p"]);
    shown["notifications"]
        .as_array()
        .map_or(0, |all| all.iter().filter(|one| one["stage"] == "shown").count())
}

/// A certificate that is removed from the configuration is deleted at the IM server too, and nothing is pushed with it.
#[test]
fn a_removed_certificate_is_unknown_to_the_sandbox_whether_it_runs_or_not() {
    for runs in [true, false] {
        let home = two_certificates();
        let running = runs.then(|| home.sandbox(&[]));
        phone(&home, &["add", "--name", "p", "--certificate", "7006"]);
        phone(&home, &["login", "p", "--user", "bob"]);
        phone(&home, &["kill", "p"]);
        let send = || {
            let sent = home.json(&["im", "send", "--to", "bob", "--text", "hi", "--title", "Alice"]);
            assert_eq!(sent.0, 0, "{sent:#?}");
        };
        send();
        assert_eq!(own_titles(&home), 1, "runs: {runs}");
        home.run(&["cert", "remove", "7006", "--yes"]).expect(0);
        if let Some(running) = &running {
            // At once, before any command uses it.
            let known = running.get("/_sandbox/v1/im/certificates");
            assert!(!known.contains("7006") && known.contains("7005"), "{known}");
        }
        send();
        assert_eq!(own_titles(&home), 1, "runs: {runs}");
        // The built-in app's own certificate is nobody else's business.
        assert_eq!(im(&home, &["check"]).0, 0);
    }
}
