//! The IM apps: what their console shows, SDKAppID, administrator and secret key.

use rusqlite::{OptionalExtension, Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::words::from_row;
use super::user;

/// One IM app. `Debug` leaves the secret key out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImApp {
    pub sdk_app_id: i64,
    /// The UserID that may call the REST API.
    pub admin: String,
    /// The key of every UserSig, used as text (IM reference, section 6).
    /// Empty where the app was taken as it came: then no UserSig of it can be checked.
    pub secret_key: String,
}

impl ImApp {
    pub(crate) fn signature_checked(&self) -> bool {
        !self.secret_key.is_empty()
    }
}

impl std::fmt::Debug for ImApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImApp")
            .field("sdk_app_id", &self.sdk_app_id)
            .field("admin", &self.admin)
            .finish_non_exhaustive()
    }
}

/// Registers an IM app, or corrects the one with that SDKAppID. Its administrator is an account from then on.
pub(crate) fn register(tx: &Transaction<'_>, app: &ImApp) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO im_app (sdk_app_id, admin, secret_key) VALUES (?1, ?2, ?3)
         ON CONFLICT (sdk_app_id) DO UPDATE SET admin = excluded.admin, secret_key = excluded.secret_key",
        params![app.sdk_app_id, app.admin, app.secret_key],
    )?;
    user::import(tx, app.sdk_app_id, &app.admin, None)
}

/// Every IM app.
pub(crate) fn apps(tx: &Transaction<'_>) -> rusqlite::Result<Vec<ImApp>> {
    tx.prepare_cached("SELECT * FROM im_app ORDER BY sdk_app_id")?.query_map([], ImApp::read)?.collect()
}

pub(super) fn by_id(tx: &Transaction<'_>, sdk_app_id: i64) -> rusqlite::Result<Option<ImApp>> {
    tx.prepare_cached("SELECT * FROM im_app WHERE sdk_app_id = ?1")?
        .query_row([sdk_app_id], ImApp::read)
        .optional()
}

from_row! { ImApp: sdk_app_id, admin, secret_key }
