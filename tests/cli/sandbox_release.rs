//! `opush sandbox release`: a captured message goes out through the OPPO of another profile, as it was captured.

use serde_json::{Value, json};

use super::harness::Home;
use super::send::{REG_ID, demo, message, willing};

/// A push with extras to the built-in phone, captured; its message_id.
fn captured(home: &Home) -> String {
    let (_, phone) = home.json(&["sandbox", "phone", "show", "demo", "--profile", "sandbox"]);
    let reg_id = phone["reg_id"].as_str().unwrap();
    let (code, sent) = home.json(&[
        "send",
        "--profile",
        "sandbox",
        "--reg-id",
        reg_id,
        "--title",
        "Shipped",
        "--content",
        "on its way",
        "--ext",
        "orderId=42",
        "--app-message-id",
        "order-42",
        "--callback-url",
        "http://127.0.0.1:9/secret",
    ]);
    assert_eq!(code, 0, "{sent:#}");
    sent["message_id"].as_str().unwrap().to_owned()
}

#[test]
fn it_goes_out_as_it_was_captured_to_another_target_with_an_id_of_its_own() {
    let vendor = willing();
    let home = demo(&vendor.url());
    let id = captured(&home);
    let release = ["sandbox", "release", &id, "--to", "demo", "--reg-id", REG_ID];
    let (code, released) = home.json(&release);
    assert_eq!(
        (code, &released["status"], &released["profile"]),
        (0, &json!("accepted"), &json!("demo")),
        "{released:#}"
    );
    let sent = message(vendor.received().last().unwrap());
    assert_eq!(sent["target_value"], REG_ID);
    let notification = &sent["notification"];
    assert_eq!((&notification["title"], &notification["content"]), (&json!("Shipped"), &json!("on its way")));
    let parameters: Value =
        serde_json::from_str(notification["action_parameters"].as_str().unwrap()).unwrap();
    assert_eq!(parameters, json!({ "orderId": "42" }));
    assert_ne!(notification["app_message_id"], "order-42");
    assert!(notification.get("call_back_url").is_none(), "{notification}");
    // The history has it, under the profile that it went out with.
    let (_, history) = home.json(&["history", "list", "--profile", "demo"]);
    assert_eq!(history["items"][0]["message_id"], released["message_id"]);

    home.json(&[&release[..], &["--same-id"]].concat());
    assert_eq!(message(vendor.received().last().unwrap())["notification"]["app_message_id"], "order-42");
    let before = vendor.received().len();
    let (code, dry) = home.json(&[&release[..], &["--dry-run"]].concat());
    assert_eq!((code, &dry["status"], vendor.received().len()), (0, &json!("dry_run"), before), "{dry:#}");
}

#[test]
fn what_can_not_be_released_is_said_and_nothing_is_sent() {
    let vendor = willing();
    let home = demo(&vendor.url());
    let id = captured(&home);
    for (args, code, kind, place) in [
        (["nothing", "--to", "demo", "--reg-id", REG_ID], 4, "not-found", "MESSAGE"),
        ([&id, "--to", "nobody", "--reg-id", REG_ID], 3, "unknown-profile", "--to"),
        ([&id, "--to", "demo", "--reg-id", "none"], 4, "bad-reg-id", "--reg-id"),
    ] {
        let (found, refused) = home.json(&[&["sandbox", "release"], &args[..]].concat());
        assert_eq!(
            (found, &refused["error"]["kind"], &refused["error"]["place"]),
            (code, &json!(kind), &json!(place)),
            "{refused:#}"
        );
    }
    let (code, list) = home.json(&["sandbox", "release", &id, "--to", "demo", "--user", "alice"]);
    assert_eq!((code, &list["items"][0]["status"]), (9, &json!("not_sent")), "{list:#}");
    assert!(vendor.received().is_empty());
}
