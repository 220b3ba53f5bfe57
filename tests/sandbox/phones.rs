//! Phones for these tests: the one place that knows how the sandbox keeps them.

use opush::sandbox::app::App;
use opush::sandbox::phone::{self, Click, PhoneSpec};
use opush::sandbox::state::State;

/// A phone on which the app is registered; returns its regId.
pub fn add_phone(state: &State, app_id: &str) -> String {
    let app = App {
        app_id: app_id.into(),
        app_key: String::new(),
        master_secret: String::new(),
        package: "com.example.demo".into(),
    };
    let new = PhoneSpec::fitting(&app, Some("chat"), &Click::OpenApp);
    state.with(|tx| phone::add(tx, state.now(), &new)).unwrap().reg_id
}

/// A phone with a given regId, for the reference's examples.
pub fn add_reg_id(state: &State, app_id: &str, reg_id: &str) {
    let made = add_phone(state, app_id);
    state
        .with(|tx| {
            tx.execute("UPDATE registration SET reg_id = ?2 WHERE reg_id = ?1", [&made, reg_id])?;
            tx.execute("UPDATE phone SET reg_id = ?2 WHERE reg_id = ?1", [&made, reg_id])
        })
        .unwrap();
}

/// Switches the push of this phone off.
pub fn unsubscribe(state: &State, reg_id: &str) {
    state.with(|tx| tx.execute("UPDATE phone SET registered = 0 WHERE reg_id = ?1", [reg_id])).unwrap();
}

pub fn set_alias(state: &State, app_id: &str, reg_id: &str, alias: &str) {
    state.with(|tx| phone::set_alias(tx, app_id, reg_id, alias)).unwrap();
}

/// What arrived at the phone, shown or not: message id and notification, oldest first.
pub fn arrived(state: &State, reg_id: &str) -> Vec<(String, serde_json::Value)> {
    state
        .with(|tx| {
            tx.prepare("SELECT message_id, notification FROM delivery WHERE reg_id = ?1 ORDER BY seq")?
                .query_map([reg_id], |row| {
                    let notification: String = row.get(1)?;
                    Ok((row.get(0)?, serde_json::from_str(&notification).unwrap()))
                })?
                .collect()
        })
        .unwrap()
}

/// A message that was saved for broadcasts; returns its id.
pub fn save_message(state: &State, app_id: &str, id: &str, more: serde_json::Value) -> String {
    let mut notification =
        serde_json::json!({ "title": "T", "content": "C", "style": 1, "click_action_type": 0 });
    for (name, value) in more.as_object().unwrap() {
        notification[name] = value.clone();
    }
    let insert = "INSERT INTO saved (message_id, app_id, notification, at_ms) VALUES (?1, ?2, ?3, ?4)";
    state.with(|tx| tx.execute(insert, (id, app_id, notification.to_string(), state.now()))).unwrap();
    id.to_owned()
}

/// Gives the phone a tag.
pub fn add_tag(state: &State, app_id: &str, reg_id: &str, tag: &str) {
    let insert = "INSERT INTO tagged (app_id, reg_id, tag) VALUES (?1, ?2, ?3)";
    state.with(|tx| tx.execute(insert, (app_id, reg_id, tag))).unwrap();
}

/// A picture that was uploaded, without its bytes.
pub fn add_picture(state: &State, app_id: &str, id: &str, kind: &str) {
    let insert = "INSERT INTO picture (id, app_id, kind, format, bytes, at_ms, over_ms)
        VALUES (?1, ?2, ?3, 'png', x'', 0, 9999999999999)";
    state.with(|tx| tx.execute(insert, (id, app_id, kind))).unwrap();
}
