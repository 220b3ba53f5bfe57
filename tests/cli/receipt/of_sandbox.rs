//! A sandbox posts the receipts of a team's batch and broadcast to a running `receipt listen`.

use serde_json::{Value, json};

use super::super::harness::Home;
use super::super::processes::until;
use super::super::team::{REG_IDS, Team, text};
use super::listener::listen;

#[test]
fn receipts_of_a_batch_and_of_a_broadcast_come_to_the_listener() {
    let home = Home::new();
    let (team, listener) = (Team::start(&home), listen(&home, &[]));
    let notification =
        json!({"title": "a", "content": "b", "channel_id": "c", "call_back_url": listener.callback_url});
    let to = |reg_id: &str| json!({"target_type": 2, "target_value": reg_id, "notification": notification});
    let batch = team.push("unicast_batch", &format!("messages={}", json!([to(REG_IDS[0]), to(REG_IDS[1])])));
    let saving = format!("title=a&content=b&channel_id=c&call_back_url={}", listener.callback_url);
    let saved = text(&team.push("save_message_content", &saving)["message_id"]);
    let targets = REG_IDS.join(";");
    team.push("broadcast", &format!("message_id={saved}&target_type=2&target_value={targets}"));

    let mut wanted: Vec<(String, String)> = [0, 1]
        .into_iter()
        .flat_map(|at| [text(&batch[at]["messageId"]), saved.clone()].map(|id| (id, REG_IDS[at].to_owned())))
        .collect();
    let found = || -> Vec<Value> { home.json(&["receipt", "list"]).1["items"].as_array().unwrap().clone() };
    until("all receipts are stored", || found().len() == wanted.len());
    let found = found();
    assert!(found.iter().all(|receipt| receipt["event"] == "push_arrive"), "{found:#?}");
    let mut found: Vec<(String, String)> =
        found.iter().map(|receipt| (text(&receipt["message_id"]), text(&receipt["reg_id"]))).collect();
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted);
    let (code, shown, _) = listener.stop();
    assert_eq!((code, shown.matches("push_arrive").count()), (0, 4), "{shown}");
}
