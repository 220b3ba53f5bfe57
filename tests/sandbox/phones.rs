//! Phones for these tests: the one place that knows how the sandbox keeps them.
//! How phones behave is tested beside the phones.

use opush::sandbox::phone;
use opush::sandbox::state::State;

/// A phone on which the app is registered; returns its regId.
pub fn add_phone(state: &State, app_id: &str) -> String {
    let reg_id = state
        .with(|tx| {
            let count: i64 = tx.query_row("SELECT count(*) FROM stub_reg_id", [], |row| row.get(0))?;
            Ok(format!("CN_{:032x}", count + 0xabc))
        })
        .unwrap();
    add_reg_id(state, app_id, &reg_id);
    reg_id
}

/// A phone with a given regId, for the reference's examples.
pub fn add_reg_id(state: &State, app_id: &str, reg_id: &str) {
    state
        .with(|tx| {
            tx.execute(
                "INSERT INTO stub_reg_id (reg_id, app_id, subscribed) VALUES (?1, ?2, 1)",
                [reg_id, app_id],
            )
        })
        .unwrap();
}

/// Switches the push of this phone off.
pub fn unsubscribe(state: &State, reg_id: &str) {
    state.with(|tx| tx.execute("UPDATE stub_reg_id SET subscribed = 0 WHERE reg_id = ?1", [reg_id])).unwrap();
}

pub fn set_alias(state: &State, app_id: &str, reg_id: &str, alias: &str) {
    state.with(|tx| phone::set_alias(tx, app_id, reg_id, alias)).unwrap();
}

/// What arrived at the phone, shown or not: message id and notification, oldest first.
pub fn arrived(state: &State, reg_id: &str) -> Vec<(String, serde_json::Value)> {
    state
        .with(|tx| {
            tx.prepare("SELECT message_id, notification FROM stub_push WHERE reg_id = ?1 ORDER BY rowid")?
                .query_map([reg_id], |row| {
                    let notification: String = row.get(1)?;
                    Ok((row.get(0)?, serde_json::from_str(&notification).unwrap()))
                })?
                .collect()
        })
        .unwrap()
}
