//! `query_online_status`, and `querystate`, its old name: presence in the REST API's words (IM reference, section 8).

use serde_json::{Map, Value, json};

use super::super::http::context::{Context, Reply};
use super::super::http::notes::Stop;
use super::super::http::request::Object;
use super::super::phone::RestState;
use super::super::rules::StatusField;
use super::app::ImApp;
use super::envelope;
use super::fields::{self, FieldType, ListCodes};
use super::session;
use super::user;

/// Users without an account are listed apart; the call fails only when no user could be looked up.
pub(super) fn query(context: &mut Context<'_>, app: &ImApp, body: &Object) -> Result<Reply, Stop> {
    fields::check(context, body, 90001, &[("IsNeedDetail", FieldType::OneOf(&[0, 1]))])?;
    let detail = fields::whole(body, "IsNeedDetail") == Some(1);
    let codes = ListCodes { missing: 90003, wrong: 90003, empty: 90001, too_many: 90011, most: 500 };
    let users = fields::users(context, body, "To_Account", codes)?;
    let status = match context.rules.im_status_field {
        StatusField::Status => "Status",
        StatusField::State => "State",
    };
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for user in users {
        if !user::exists(context.tx, app.sdk_app_id, &user)? {
            unknown.push(json!({ "To_Account": user, "ErrorCode": 70107 }));
            continue;
        }
        let states: Vec<RestState> = session::of_user(context.tx, app.sdk_app_id, &user)?
            .iter()
            .map(|session| session.state_at(context.moment()).rest)
            .collect();
        let overall = states.iter().copied().max().unwrap_or(RestState::Offline);
        let mut entry = json!({ "To_Account": user, status: overall });
        let online: Vec<Value> = states
            .iter()
            .filter(|state| **state != RestState::Offline)
            .map(|state| json!({ "Platform": "Android", "Status": state }))
            .collect();
        if detail && !online.is_empty() {
            entry["Detail"] = online.into();
        }
        found.push(entry);
    }
    context.notes.pass("To_Account", "");
    let none_found = found.is_empty();
    let mut fields = Map::from_iter([("QueryResult".to_owned(), found.into())]);
    if !unknown.is_empty() {
        fields.insert("ErrorList".to_owned(), unknown.into());
    }
    Ok(if none_found { envelope::fail(70107, fields) } else { envelope::ok(fields) })
}
