//! The feedback call: which regIds of an app are invalid by now (OPPO reference, section 7).

use serde_json::{Value, json};

use super::super::faults;
use super::super::http::context::Context;
use super::super::http::form::Form;
use super::super::http::notes::Stop;
use super::super::phone;
use super::super::rules::{InvalidListHolds, YesNo};
use super::envelope;

/// `GET /server/v1/feedback/fetch_invalid_regidList?auth_token=…`: the whole list at once, for nothing is known of paging.
pub(crate) fn invalid_reg_ids(context: &mut Context<'_>, app_id: &str, _: &Form) -> Result<Value, Stop> {
    let mut reg_ids = faults::invalid(context.tx, app_id)?;
    if context.rules.invalid_list_holds == InvalidListHolds::All {
        reg_ids.extend(phone::invalid(context.tx, app_id)?);
    }
    reg_ids.sort_unstable();
    reg_ids.dedup();
    if context.rules.invalid_list_clears == YesNo::Yes {
        reg_ids = not_reported_before(context, app_id, reg_ids)?;
    }
    context.notes.pass("list", format!("{} invalid", reg_ids.len()));
    let data = json!({ "registration_ids": reg_ids, "totalCount": reg_ids.len() });
    Ok(envelope::success("success", Some(data)))
}

/// Those that were not listed before; from now on they were.
fn not_reported_before(
    context: &Context<'_>,
    app_id: &str,
    reg_ids: Vec<String>,
) -> rusqlite::Result<Vec<String>> {
    let mut reported =
        context.tx.prepare_cached("INSERT OR IGNORE INTO invalid_told (app_id, reg_id) VALUES (?1, ?2)")?;
    let mut new = Vec::new();
    for reg_id in reg_ids {
        if reported.execute([app_id, &reg_id])? > 0 {
            new.push(reg_id);
        }
    }
    Ok(new)
}
