//! Batches and broadcasts: the receipts that they bring, and the faults that strike them.

use opush::sandbox::faults::NewFault;
use serde_json::{Value, json};

use super::faults::set;
use super::harness::{APP_ID, FORM, Sandbox};
use super::listener::Listener;
use super::{phones, wire};

const PATH: &str = "/server/v1/message/notification";

/// A sandbox with three phones of one app, and a listener for receipts.
struct World {
    sandbox: Sandbox,
    reg_ids: [String; 3],
    listener: Listener,
}

impl World {
    fn new() -> World {
        let sandbox = Sandbox::new();
        let reg_ids = [
            sandbox.reg_id.clone(),
            phones::add_phone(&sandbox.state, APP_ID),
            phones::add_phone(&sandbox.state, APP_ID),
        ];
        World { sandbox, reg_ids, listener: Listener::answering(&[Some("200 OK")]) }
    }

    fn notification(&self) -> Value {
        json!({"title": "T", "content": "C", "channel_id": "chat", "call_back_url": self.listener.url()})
    }

    /// The form of a batch to each of the phones.
    fn batch(&self) -> Vec<String> {
        let to = |reg_id: &String| json!({"target_type": 2, "target_value": reg_id, "notification": self.notification()});
        let messages: Vec<Value> = self.reg_ids.iter().map(to).collect();
        vec![format!("auth_token={}", self.sandbox.token()), format!("messages={}", json!(messages))]
    }

    /// The form of a broadcast to the phones.
    fn broadcast(&self) -> Vec<String> {
        let saved = "INSERT INTO saved (message_id, app_id, notification, at_ms) VALUES ('saved', ?1, ?2, 0)";
        let mut notification = self.notification();
        notification["call_back_parameter"] = json!("p");
        let values = (APP_ID, notification.to_string());
        self.sandbox.state.with(|tx| tx.execute(saved, values)).unwrap();
        vec![
            format!("auth_token={}", self.sandbox.token()),
            "message_id=saved".into(),
            "target_type=2".into(),
            format!("target_value={}", self.reg_ids.join(";")),
        ]
    }

    fn form(&self, call: &str) -> Vec<String> {
        if call == "broadcast" { self.broadcast() } else { self.batch() }
    }

    fn send(&self, call: &str) -> Value {
        let reply = self.sandbox.form(&format!("{PATH}/{call}"), &self.form(call));
        assert_eq!(reply.status, 200);
        reply.json()
    }

    fn arrived(&self) -> [usize; 3] {
        [0, 1, 2].map(|at| phones::arrived(&self.sandbox.state, &self.reg_ids[at]).len())
    }

    /// The items of receipts, as many, in whatever requests they come.
    fn receipts(&self, count: usize) -> Vec<Value> {
        let mut items = Vec::new();
        while items.len() < count {
            items.extend(self.listener.next().body.as_array().unwrap().iter().cloned());
        }
        items
    }
}

#[test]
fn each_push_of_a_batch_is_reported_under_its_own_message_id() {
    let world = World::new();
    let answer = world.send("unicast_batch");
    let mut receipts = world.receipts(3);
    receipts.sort_by_key(|item| world.reg_ids.iter().position(|reg_id| item["registrationIds"] == **reg_id));
    for (at, receipt) in receipts.iter().enumerate() {
        let id = &answer["data"][at]["messageId"];
        let found =
            [&receipt["messageId"], &receipt["taskId"], &receipt["eventType"], &receipt["registrationIds"]];
        assert_eq!(found, [id, id, &json!("push_arrive"), &json!(world.reg_ids[at])]);
    }
}

#[test]
fn a_broadcast_is_reported_under_its_task_with_the_reg_ids_that_it_reached() {
    let world = World::new();
    phones::unsubscribe(&world.sandbox.state, &world.reg_ids[1]);
    let answer = world.send("broadcast");
    assert_eq!(answer["data"]["10001"], json!([world.reg_ids[1]]));
    // They may come in one item or in several.
    let mut reached = Vec::new();
    while reached.len() < 2 {
        for item in world.receipts(1) {
            let found = [&item["messageId"], &item["taskId"], &item["eventType"], &item["param"]];
            assert_eq!(
                found,
                [&json!("saved"), &answer["data"]["task_id"], &json!("push_arrive"), &json!("p")]
            );
            let ids = item["registrationIds"].as_str().unwrap();
            reached.extend(ids.split(',').map(|reg_id| reg_id.trim().to_owned()));
        }
    }
    assert_eq!(reached, [world.reg_ids[0].clone(), world.reg_ids[2].clone()]);
}

#[test]
fn a_fault_in_place_of_the_answer_sends_nothing() {
    for call in ["unicast_batch", "broadcast"] {
        for (fault, status, body) in [
            ("code=-1", 200, "{\"code\":-1,"),
            ("status=503", 503, ""),
            ("garbage", 200, "<html>"),
            ("reset", 0, ""),
        ] {
            let world = World::new();
            let form = world.form(call);
            set(&world.sandbox, NewFault { call: Some(call.into()), ..NewFault::of(fault) });
            if fault != "reset" {
                let reply = world.sandbox.form(&format!("{PATH}/{call}"), &form);
                assert_eq!(reply.status, status, "{call} {fault}");
                assert!(reply.body.starts_with(body.as_bytes()), "{call} {fault}: {reply:?}");
            } else {
                assert_eq!(by_hand(&world.sandbox, call, &form), 0);
            }
            assert_eq!(world.arrived(), [0, 0, 0], "{call} {fault}");
            assert_eq!(logged(&world.sandbox).len(), 1);
        }
    }
}

/// The bytes that come back before the connection ends.
fn by_hand(sandbox: &Sandbox, call: &str, form: &[String]) -> usize {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(sandbox.addr).unwrap();
    let request =
        wire::request("POST", &format!("{PATH}/{call}"), &[FORM.into()], wire::form(form).as_bytes());
    stream.write_all(&request).unwrap();
    let mut answer = Vec::new();
    // A reset is an error, and says as much.
    let _ = stream.read_to_end(&mut answer);
    answer.len()
}

fn logged(sandbox: &Sandbox) -> Vec<String> {
    let failed = sandbox.last_call().checks.into_iter().filter(|check| !check.ok);
    failed.map(|check| format!("{}: {}", check.name, check.detail)).collect()
}

#[test]
fn a_dropped_answer_does_the_work_of_a_batch_and_of_a_broadcast() {
    for call in ["unicast_batch", "broadcast"] {
        let world = World::new();
        let form = world.form(call);
        set(&world.sandbox, NewFault { call: Some(call.into()), ..NewFault::of("drop") });
        assert_eq!(by_hand(&world.sandbox, call, &form), 0, "{call}");
        assert_eq!(world.arrived(), [1, 1, 1], "{call}");
    }
}

/// What the answer has for each of the phones: 0, or the code that it failed with.
fn codes(world: &World, call: &str, answer: &Value) -> [i64; 3] {
    assert_eq!(answer["code"], 0, "{answer}");
    let listed = |reg_id: &String| {
        let lists = answer["data"].as_object().unwrap().iter();
        let mut failed =
            lists.filter(|(_, targets)| targets.as_array().is_some_and(|list| list.contains(&json!(reg_id))));
        failed.next().map_or(0, |(code, _)| code.parse().unwrap())
    };
    [0, 1, 2].map(|at| match call {
        "broadcast" => listed(&world.reg_ids[at]),
        _ => answer["data"][at]["errorCode"].as_i64().unwrap_or(0),
    })
}

/// Each fault on pushes, the codes of the three, what arrives, and what OPPO reports of those that don't.
#[test]
fn a_fault_on_pushes_strikes_items_and_targets_one_by_one() {
    for call in ["unicast_batch", "broadcast"] {
        for (fault, share, expected, arrives, event) in [
            ("quota=2", 100, [0, 0, 33], [1, 1, 0], None),
            ("lost-push", 50, [0, 0, 0], [0, 1, 0], None),
            ("lost-push", 100, [0, 0, 0], [0, 0, 0], None),
            ("stale-reg-id", 100, [0, 0, 0], [0, 0, 0], Some("regid_invalid")),
            ("daily-limit", 100, [0, 0, 0], [0, 0, 0], Some("user_daily_limit")),
            ("night-control", 100, [0, 0, 0], [0, 0, 0], Some("message_night_control")),
            ("lost-receipts", 100, [0, 0, 0], [1, 1, 1], None),
        ] {
            let world = World::new();
            let fault_id = set(&world.sandbox, NewFault { share, call: None, ..NewFault::of(fault) });
            let answer = world.send(call);
            assert_eq!(codes(&world, call, &answer), expected, "{call} {fault}");
            assert_eq!(world.arrived(), arrives, "{call} {fault}");
            let struck = arrives.iter().filter(|count| **count == 0).count();
            let words = format!("{fault} struck (fault {fault_id})");
            let noted = logged(&world.sandbox).iter().filter(|line| line.contains(&words)).count();
            assert_eq!(noted, struck, "{call} {fault}: {:?}", logged(&world.sandbox));
            if let Some(event) = event {
                assert!(world.receipts(1).iter().all(|item| item["eventType"] == event), "{call} {fault}");
            }
            if fault.starts_with("lost") && arrives[1] == 0 || fault == "lost-receipts" {
                let path = "/receipts?limit=10";
                let kept = world.sandbox.control("GET", path, json!({}))["items"].as_array().unwrap().clone();
                assert!(kept.iter().all(|receipt| receipt["stage"] == "lost"), "{call} {fault}: {kept:?}");
            }
        }
    }
}

#[test]
fn a_fault_meant_for_one_reg_id_strikes_that_item_alone() {
    for call in ["unicast_batch", "broadcast"] {
        let world = World::new();
        let reg_id = Some(world.reg_ids[1].clone());
        set(&world.sandbox, NewFault { reg_id, call: Some(call.into()), ..NewFault::of("lost-push") });
        let answer = world.send(call);
        assert_eq!(codes(&world, call, &answer), [0, 0, 0]);
        assert_eq!(world.arrived(), [1, 0, 1], "{call}");
    }
}
