//! Token reports: which certificate and regId an app reported to the IM server after its login (IM reference, section 4.1).

use rusqlite::{OptionalExtension, Transaction, params};

use super::super::phone::Phone;
use super::super::rules::Rules;
use super::certificate;
use super::refused::{SessionChange, SessionRefusal};
use super::session::{self, StoredSession};

/// What an app reported last from a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Report {
    pub(crate) sdk_app_id: i64,
    pub(crate) user: String,
    pub(crate) certificate_id: Option<i64>,
    pub(crate) reg_id: String,
}

pub(super) fn of_phone(tx: &Transaction<'_>, phone: &str) -> rusqlite::Result<Option<Report>> {
    tx.prepare_cached("SELECT sdk_app_id, user, certificate_id, reg_id FROM im_report WHERE phone = ?1")?
        .query_row([phone], |row| {
            Ok(Report {
                sdk_app_id: row.get(0)?,
                user: row.get(1)?,
                certificate_id: row.get(2)?,
                reg_id: row.get(3)?,
            })
        })
        .optional()
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

/// Why the server refuses a report with this certificate, if it looks.
pub(super) fn refusal(
    tx: &Transaction<'_>,
    rules: &Rules,
    now: i64,
    sdk_app_id: i64,
    certificate_id: Option<i64>,
) -> rusqlite::Result<Option<SessionRefusal>> {
    if rules.im_report_unknown_certificate.accepts() {
        return Ok(None);
    }
    let known = match certificate_id {
        Some(id) => {
            certificate::state_at(tx, rules, now, sdk_app_id, id)? != certificate::CertificateState::Missing
        }
        None => false,
    };
    let refused = || SessionRefusal::new("report-refused", "22001: the IM app has no certificate of that ID");
    Ok((!known).then(refused))
}

/// Keeps a report of the phone's regId of now. An app that is not registered for push has none, and reports nothing.
pub(super) fn keep(
    tx: &Transaction<'_>,
    now: i64,
    phone: &Phone,
    session: &StoredSession,
    certificate_id: Option<i64>,
) -> rusqlite::Result<()> {
    if !phone.registered {
        return Ok(());
    }
    tx.execute(
        "INSERT OR REPLACE INTO im_report (phone, sdk_app_id, user, certificate_id, reg_id, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![phone.name, session.sdk_app_id, session.user, certificate_id, phone.reg_id, now],
    )?;
    Ok(())
}

/// Reports the phone's regId again, with this certificate ID or, as a broken build does, with none.
pub(crate) fn report(
    tx: &Transaction<'_>,
    rules: &Rules,
    now: i64,
    phone: &Phone,
    certificate_id: Option<i64>,
) -> SessionChange<()> {
    let Some(session) = session::of_phone(tx, &phone.name)? else {
        return Ok(Err(SessionRefusal::new("not-logged-in", "no user is logged in on this phone")));
    };
    let standing = session.state_at(rules, now);
    if standing.ended.is_some() || session.lost_at.is_some() {
        let message = "a report needs a logged-in app with a connection (21005)";
        return Ok(Err(SessionRefusal::new("not-logged-in", message)));
    }
    if !phone.registered {
        return Ok(Err(SessionRefusal::new("no-reg-id", "22003: the app has no regId to report")));
    }
    if let Some(refused) = refusal(tx, rules, now, session.sdk_app_id, certificate_id)? {
        return Ok(Err(refused));
    }
    keep(tx, now, phone, &session, certificate_id)?;
    Ok(Ok(()))
}
