//! The apps the simulated OPPO PUSH knows: what a developer registered with OPPO, and the package that the phones run.

use rusqlite::{OptionalExtension, Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::words::from_row;

/// One app as OPPO knows it. `Debug` leaves the secret out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct App {
    pub app_id: String,
    pub app_key: String,
    /// Empty where the app was taken as it came: then no signature of it can be checked.
    pub master_secret: String,
    pub package: String,
}

impl App {
    pub(crate) fn signature_checked(&self) -> bool {
        !self.master_secret.is_empty()
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("app_id", &self.app_id)
            .field("package", &self.package)
            .finish_non_exhaustive()
    }
}

/// Registers an app, or corrects the one with the same AppId or AppKey. Tokens issued before stay as they are.
pub fn register(tx: &Transaction<'_>, app: &App) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM app WHERE app_key = ?1 AND app_id <> ?2", params![app.app_key, app.app_id])?;
    tx.execute(
        "INSERT INTO app (app_id, app_key, master_secret, package) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (app_id) DO UPDATE SET app_key = excluded.app_key, master_secret = excluded.master_secret,
            package = excluded.package",
        params![app.app_id, app.app_key, app.master_secret, app.package],
    )?;
    Ok(())
}

/// Characters of an AppKey that is taken as it comes.
const LONGEST_KEY: usize = 128;

/// Registers the app of an AppKey that nobody registered, with an AppID made from it. `None` for a text that is no key.
pub(crate) fn accept(tx: &Transaction<'_>, app_key: &str) -> rusqlite::Result<Option<App>> {
    if app_key.len() > LONGEST_KEY || !app_key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(None);
    }
    let digest = Sha256::digest(app_key);
    let mut number = 30_000_000 + u32::from_be_bytes([0, digest[0], digest[1], digest[2]]);
    while by_id(tx, &number.to_string())?.is_some() {
        number += 1;
    }
    let app = App {
        app_id: number.to_string(),
        app_key: app_key.to_owned(),
        master_secret: String::new(),
        package: format!("com.example.app{number}"),
    };
    register(tx, &app)?;
    Ok(Some(app))
}

/// Every app.
pub(crate) fn list(tx: &Transaction<'_>) -> rusqlite::Result<Vec<App>> {
    tx.prepare_cached("SELECT * FROM app ORDER BY app_id")?.query_map([], App::read)?.collect()
}

pub(crate) fn by_key(tx: &Transaction<'_>, app_key: &str) -> rusqlite::Result<Option<App>> {
    tx.prepare_cached("SELECT * FROM app WHERE app_key = ?1")?.query_row([app_key], App::read).optional()
}

pub(crate) fn by_id(tx: &Transaction<'_>, app_id: &str) -> rusqlite::Result<Option<App>> {
    tx.prepare_cached("SELECT * FROM app WHERE app_id = ?1")?.query_row([app_id], App::read).optional()
}

from_row! { App: app_id, app_key, master_secret, package }
