//! Token reports: which certificate and regId an app reported to the IM server after its login (IM reference, section 4.1).

use rusqlite::{OptionalExtension, Transaction, params};

use super::super::moment::Moment;
use super::super::phone::Phone;
use super::super::words::from_row;
use super::certificate::{self, CertificateState};
use super::refused::{SessionChange, refused};
use super::session::{self, StoredSession};

/// What an app reported last from a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Report {
    pub(crate) sdk_app_id: i64,
    pub(crate) user: String,
    pub(crate) certificate_id: Option<i64>,
    pub(crate) reg_id: String,
}

from_row! { Report: sdk_app_id, user, certificate_id, reg_id }

pub(super) fn of_phone(tx: &Transaction<'_>, phone: &str) -> rusqlite::Result<Option<Report>> {
    tx.prepare_cached("SELECT * FROM im_report WHERE phone = ?1")?.query_row([phone], Report::read).optional()
}

pub(super) fn forget(tx: &Transaction<'_>, phone: &str) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM im_report WHERE phone = ?1", [phone])?;
    Ok(())
}

/// The report was made that much earlier.
pub(super) fn earlier(tx: &Transaction<'_>, phone: &str, by_ms: i64) -> rusqlite::Result<()> {
    tx.execute("UPDATE im_report SET at = at - ?2 WHERE phone = ?1", params![phone, by_ms])?;
    Ok(())
}

/// Refuses a report with a certificate that the app does not have, if the server looks.
pub(super) fn check(at: Moment<'_>, sdk_app_id: i64, certificate_id: Option<i64>) -> SessionChange {
    let known = match certificate_id {
        _ if at.rules.im_report_unknown_certificate.accepts() => true,
        Some(id) => certificate::state_at(at, sdk_app_id, id)? != CertificateState::Missing,
        None => false,
    };
    if known {
        Ok(())
    } else {
        Err(refused("report-refused", "22001: the IM app has no certificate of that ID"))
    }
}

/// Keeps a report of the phone's regId of now. An app that is not registered for push has none, and reports nothing.
pub(super) fn keep(
    at: Moment<'_>,
    phone: &Phone,
    session: &StoredSession,
    certificate_id: Option<i64>,
) -> rusqlite::Result<()> {
    if !phone.registered {
        return Ok(());
    }
    at.tx.execute(
        "INSERT OR REPLACE INTO im_report (phone, sdk_app_id, user, certificate_id, reg_id, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![phone.name, session.sdk_app_id, session.user, certificate_id, phone.reg_id, at.now],
    )?;
    Ok(())
}

/// Reports the phone's regId again, with this certificate ID or, as a broken build does, with none.
pub(crate) fn report(at: Moment<'_>, phone: &Phone, certificate_id: Option<i64>) -> SessionChange {
    let Some(session) = session::of_phone(at.tx, &phone.name)? else {
        return Err(refused("not-logged-in", "no user is logged in on this phone"));
    };
    let standing = session.state_at(at);
    if standing.ended.is_some() || session.lost_at.is_some() {
        let message = "a report needs a logged-in app with a connection (21005)";
        return Err(refused("not-logged-in", message));
    }
    if !phone.registered {
        return Err(refused("no-reg-id", "22003: the app has no regId to report"));
    }
    check(at, session.sdk_app_id, certificate_id)?;
    Ok(keep(at, phone, &session, certificate_id)?)
}
