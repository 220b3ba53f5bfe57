//! `im usersig` from the outside: made, taken apart, and everything that is wrong with one.

use serde_json::json;

use super::server::{KEY, home};

#[test]
fn it_is_alone_on_stdout_and_verifies() {
    let home = home("http://127.0.0.1:9");
    let ran = home.run(&["im", "usersig", "--user", "bob", "--expire", "1h"]).expect(0);
    let user_sig = ran.stdout.strip_suffix('\n').unwrap();
    assert!(user_sig.chars().all(|c| c.is_ascii_alphanumeric() || "*-_".contains(c)), "{ran}");
    assert!(ran.stderr.is_empty(), "{ran}");
    for args in [vec!["im", "usersig", "--verify"], vec!["im", "usersig", "--verify", "--user", "bob"]] {
        let verified = home.run_with(&args, &ran.stdout).expect(0);
        assert!(verified.stdout.starts_with("valid in profile demo"), "{verified}");
        assert!(
            !verified.to_string().contains(user_sig) && !verified.to_string().contains(KEY),
            "{verified}"
        );
    }
    let verified = home.run_with(&["im", "usersig", "--verify", "--json"], user_sig).expect(0).json();
    assert_eq!(
        (&verified["valid"], &verified["user"], &verified["expire_seconds"]),
        (&json!(true), &json!("bob"), &json!(3600))
    );
    assert!(!verified.to_string().contains(user_sig));
    let (code, made) = home.json(&["im", "usersig", "--user", "bob"]);
    assert_eq!(
        (code, &made["expire_seconds"], &made["sdk_app_id"]),
        (0, &json!(86_400), &json!(1_400_000_001))
    );
    assert!(!made.to_string().contains(KEY));
}

#[test]
fn every_mistake_is_reported_and_no_secret_is_shown() {
    let made = home("http://127.0.0.1:9");
    let user_sig = made.run(&["im", "usersig", "--user", "bob"]).expect(0).stdout;
    let other = home("http://127.0.0.1:9").variable("IM_KEY", "another-key");
    let ran =
        other.run_with(&["im", "usersig", "--verify", "--user", "alice", "--json"], &user_sig).expect(4);
    let ids: Vec<String> = ran.json()["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|flaw| flaw["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["other-user", "wrong-signature"]);
    assert!(!ran.stdout.contains(user_sig.trim()));
    for (stdin, id) in [
        ("", "empty"),
        ("not a UserSig", "foreign-character"),
        ("abc", "not-base64"),
        ("AAAA", "not-zlib"),
        ("eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkElNyM+My", "standard-base64"),
    ] {
        let ran = made.run_with(&["im", "usersig", "--verify", "--json"], stdin).expect(4);
        assert_eq!(
            (&ran.json()["valid"], &ran.json()["problems"][0]["id"]),
            (&json!(false), &json!(id)),
            "{ran}"
        );
    }
    let long = "A".repeat(1 << 20);
    let ran = made.run_with(&["im", "usersig", "--verify", "--json"], &long).expect(4);
    assert_eq!(ran.json()["problems"][0]["id"], "too-long");
}
