//! The session on a phone, shown as it is at a moment.

use super::super::moment::Moment;
use super::super::phone::Session;
use super::{report, session};

/// The last session on the phone; `None` when no user has ever logged in there.
pub(crate) fn show(at: Moment<'_>, phone: &str) -> rusqlite::Result<Option<Session>> {
    let Some(row) = session::of_phone(at.tx, phone)? else { return Ok(None) };
    let now = row.state_at(at);
    let certificate_id = report::of_phone(at.tx, phone)?.and_then(|report| report.certificate_id);
    Ok(Some(Session {
        user: row.user,
        sdk_app_id: row.sdk_app_id,
        state: now.state,
        rest_state: now.rest,
        sdk_state: now.rest.into(),
        since: now.since,
        certificate_id,
    }))
}
