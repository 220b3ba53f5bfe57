//! The OPPO certificates that the IM server knows: which app it pushes as, over which channel, to which page.

use rusqlite::{OptionalExtension, Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::moment::Moment;
use super::super::rules::YesNo;
use super::super::words::{Json, from_row};
use super::app::{self, ImApp};

/// What a tap opens. In JSON `"open-app"`, `{"url": "https://…"}`, `{"activity": "com.example.Page"}`,
/// `{"intent": "com.example.ACTION"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "CertificateClick")]
pub enum Click {
    OpenApp,
    Url(String),
    Activity(String),
    Intent(String),
}

/// One certificate (IM reference, section 2). The credentials are those of the app at OPPO.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    pub sdk_app_id: i64,
    pub certificate_id: i64,
    /// The OPPO app's AppId.
    pub app_id: String,
    #[serde(default)]
    pub channel_id: Option<String>,
    pub click: Click,
    /// Milliseconds since 1970-01-01 UTC; null is one that has long been in effect.
    #[serde(default)]
    pub saved_at: Option<i64>,
}

/// The values that an edit replaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Values {
    app_id: String,
    channel_id: Option<String>,
    click: Click,
}

/// What a certificate is good for at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CertificateState {
    /// Never there, or deleted.
    Missing,
    /// Saved at this time, not in effect yet.
    Fresh {
        saved_at: i64,
    },
    Active(Certificate),
}

/// Adds the certificate, or edits the one of that ID in place. One deleted comes back; one that is there already, with
/// these very values, stays as it is.
pub(crate) fn save_certificate(at: Moment<'_>, new: &Certificate) -> rusqlite::Result<()> {
    if certificates(at.tx)?.contains(new) {
        return Ok(());
    }
    let previous = match state_at(at, new.sdk_app_id, new.certificate_id)? {
        CertificateState::Active(old) => {
            Some(Json(Values { app_id: old.app_id, channel_id: old.channel_id, click: old.click }))
        }
        CertificateState::Missing | CertificateState::Fresh { .. } => None,
    };
    at.tx.execute(
        "INSERT INTO im_certificate (sdk_app_id, id, app_id, channel_id, click, saved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (sdk_app_id, id) DO UPDATE SET app_id = excluded.app_id, channel_id = excluded.channel_id,
            click = excluded.click, saved_at = excluded.saved_at, deleted = 0, previous = ?7",
        params![
            new.sdk_app_id,
            new.certificate_id,
            new.app_id,
            new.channel_id,
            Json(&new.click),
            new.saved_at,
            previous
        ],
    )?;
    Ok(())
}

/// Registers an IM app together with its certificates, as a configuration has them.
pub fn set_up(at: Moment<'_>, app: &ImApp, certificates: &[Certificate]) -> rusqlite::Result<()> {
    app::register(at.tx, app)?;
    certificates.iter().try_for_each(|certificate| save_certificate(at, certificate))
}

/// Deletes it; false when there is none. Reports with its ID stay, and are good for nothing.
pub(crate) fn delete_certificate(tx: &Transaction<'_>, sdk_app_id: i64, id: i64) -> rusqlite::Result<bool> {
    let deleted = tx.execute(
        "UPDATE im_certificate SET deleted = 1, previous = NULL WHERE sdk_app_id = ?1 AND id = ?2 AND deleted = 0",
        params![sdk_app_id, id],
    )?;
    Ok(deleted > 0)
}

/// Every certificate that is not deleted.
pub(crate) fn certificates(tx: &Transaction<'_>) -> rusqlite::Result<Vec<Certificate>> {
    tx.prepare_cached("SELECT * FROM im_certificate WHERE deleted = 0 ORDER BY sdk_app_id, id")?
        .query_map([], Certificate::read)?
        .collect()
}

/// The first certificate of an OPPO app, of this IM app if one is named.
pub(super) fn of_oppo_app(
    tx: &Transaction<'_>,
    app_id: &str,
    sdk_app_id: Option<i64>,
) -> rusqlite::Result<Option<Certificate>> {
    tx.prepare_cached(
        "SELECT * FROM im_certificate WHERE deleted = 0 AND app_id = ?1 AND (?2 IS NULL OR sdk_app_id = ?2)
         ORDER BY sdk_app_id, id LIMIT 1",
    )?
    .query_row(params![app_id, sdk_app_id], Certificate::read)
    .optional()
}

/// The certificate with the values that are in effect now.
pub(super) fn state_at(at: Moment<'_>, sdk_app_id: i64, id: i64) -> rusqlite::Result<CertificateState> {
    let found = at
        .tx
        .prepare_cached("SELECT * FROM im_certificate WHERE sdk_app_id = ?1 AND id = ?2 AND deleted = 0")?
        .query_row(params![sdk_app_id, id], |row| {
            Ok((Certificate::read(row)?, row.get::<_, Option<Json<Values>>>("previous")?.map(|json| json.0)))
        })
        .optional()?;
    let Some((certificate, previous)) = found else { return Ok(CertificateState::Missing) };
    Ok(match certificate.saved_at {
        Some(saved_at) if at.now < saved_at.saturating_add(at.rules.im_certificate_delay.0) => match previous
        {
            Some(Values { app_id, channel_id, click }) if at.rules.im_edit_keeps_old == YesNo::Yes => {
                CertificateState::Active(Certificate { app_id, channel_id, click, ..certificate })
            }
            _ => CertificateState::Fresh { saved_at },
        },
        _ => CertificateState::Active(certificate),
    })
}

from_row! { Certificate: sdk_app_id, certificate_id = "id", app_id, channel_id, click as Json, saved_at }
