//! What calls made, as `sandbox calls`, `calls ID` and `phone show` print it: saved messages, broadcasts, batches, pictures.

use serde_json::{Value, json};

use super::harness::{Home, Sandbox};
use super::raw::ask_bytes;
use super::team::{REG_IDS, Team, text};

/// A PNG of that size, as far as it is looked at.
fn upload(sandbox: &Sandbox, token: &str) -> String {
    let head = format!(
        "--b\r\nContent-Disposition: form-data; name=\"auth_token\"\r\n\r\n{token}\r\n--b\r\nContent-Disposition: \
         form-data; name=\"picture_ttl\"\r\n\r\n86400\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; \
         filename=\"a.png\"\r\n\r\n"
    );
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x03\x6c\0\0\x01\x44\x08\x06\0\0\0";
    let body = [head.as_bytes(), picture, b"\r\n--b--\r\n"].concat();
    let path = "/server/v1/media/upload/big_picture";
    let (_, answer) = ask_bytes(&sandbox.url, "POST", path, "multipart/form-data; boundary=b", &body);
    text(&serde_json::from_str::<Value>(&answer).unwrap()["data"]["big_picture_id"])
}

#[test]
fn a_saved_message_its_broadcast_and_a_picture_are_shown() {
    let home = Home::new();
    let team = Team::start(&home);
    let (sandbox, token) = (&team.sandbox, &team.token);
    let picture = upload(sandbox, token);
    let saving = format!("title=Sale&content=Today&style=3&big_picture_id={picture}&channel_id=news");
    let saved = text(&team.push("save_message_content", &saving)["message_id"]);
    let targets = format!("{};{};{}", REG_IDS[0], REG_IDS[1], REG_IDS[0]);
    let sending = format!("message_id={saved}&target_type=2&target_value={targets}");
    let task = text(&team.push("broadcast", &sending)["task_id"]);
    let to = |reg_id: &str| json!({"target_type": 2, "target_value": reg_id, "notification": {"title": "a", "content": "b"}});
    team.push("unicast_batch", &format!("messages={}", json!([to(REG_IDS[0]), to("nobody")])));

    let list = home.run(&["sandbox", "calls"]).expect(0).stdout;
    let made: Vec<String> =
        vec![format!("picture {picture}"), format!("saved {saved}"), format!("broadcast {task}, 1 failed")];
    for words in made.iter().map(String::as_str).chain(["2 messages, 1 failed"]) {
        assert!(list.contains(words), "{words}:\n{list}");
    }
    let shown = |id: &str| home.run(&["sandbox", "calls", id]).expect(0).stdout;
    let about = "big, png, 876 x 324 pixels, 29 bytes, until ";
    assert!(shown("2").contains(&format!("Picture {picture}: {about}")), "{}", shown("2"));
    assert!(shown("3").contains(&format!("Saved message {saved}\n")), "{}", shown("3"));
    let broadcast = shown("4");
    for line in [
        format!("Broadcast {task} of message {saved}\n"),
        "targets  2, of them valid 2, sent 2\n".to_owned(),
        "arrived  2, shown 2, opened 0\n".to_owned(),
        "shown on reg-00000000\n".to_owned(),
    ] {
        assert!(broadcast.contains(&line), "{line}{broadcast}");
    }
    assert!(!broadcast.contains(token.as_str()));
    let (_, whole) = home.json(&["sandbox", "calls", "4"]);
    assert_eq!((&whole["broadcast"]["valid"], &whole["broadcast"]["due_at"]), (&json!(2), &json!(null)));
    assert_eq!((&whole["saved"], whole["messages"].as_array().map(Vec::len)), (&json!(null), Some(2)));
    assert_eq!(home.json(&["sandbox", "calls", "3"]).1["saved"]["notification"]["title"], "Sale");

    let phone = home.run(&["sandbox", "phone", "show", "reg-00000000"]).expect(0).stdout;
    assert!(phone.contains(&format!("    broadcast {task}\n    picture {picture}: {about}")), "{phone}");
    let (_, phone) = home.json(&["sandbox", "phone", "show", "reg-00000000"]);
    assert_eq!(phone["pictures"][0]["width"], 876);
    assert_eq!((&phone["notifications"][0]["task_id"], &phone["forgotten"]), (&json!(task), &json!({})));
    let (code, none) = home.json(&["sandbox", "calls", "99"]);
    assert_eq!((code, &none["error"]["kind"]), (4, &json!("not-found")));
}
