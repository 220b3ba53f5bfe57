//! A user's devices: what was reported of each, and the state of its app.
//! What follows for a push belongs to `push`.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::presence::{self, NewPresence, Presence};
use super::reports::{self, Report, ReportFilter};
use super::{Store, StoreError};
use crate::clock::Timestamp;

/// What is known of one device; at least one of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    pub(crate) user: String,
    pub name: String,
    pub presence: Option<Presence>,
    /// Its current token report.
    pub(crate) report: Option<Report>,
}

/// The devices of one user, or of every user of the profile, by user and name.
pub(crate) fn list(store: &Store, profile: &str, user: Option<&str>) -> Result<Vec<Device>, StoreError> {
    if user.is_none() {
        reports::apply_decided(store)?;
    }
    store.read(|connection| select(connection, profile, user))
}

/// Records what `plan` makes of the user's devices as they are known, in one transaction.
pub(crate) fn change(
    store: &Store,
    profile: &str,
    user: &str,
    at: Timestamp,
    plan: impl FnOnce(&[Device]) -> Vec<NewPresence>,
) -> Result<Vec<Presence>, StoreError> {
    store.write(|tx| {
        let known = select(tx, profile, Some(user))?;
        plan(&known).iter().map(|new| presence::put(tx, profile, user, new, at)).collect()
    })
}

fn select(connection: &Connection, profile: &str, user: Option<&str>) -> rusqlite::Result<Vec<Device>> {
    let filter = ReportFilter { profile: Some(profile), user, ..ReportFilter::default() };
    let mut devices: BTreeMap<(String, String), Device> = BTreeMap::new();
    for report in reports::select(connection, &filter)? {
        entry(&mut devices, &report.user, &report.device).report = Some(report.clone());
    }
    for presence in presence::select(connection, profile, user)? {
        entry(&mut devices, &presence.user, &presence.device).presence = Some(presence.clone());
    }
    Ok(devices.into_values().collect())
}

fn entry<'a>(devices: &'a mut BTreeMap<(String, String), Device>, user: &str, name: &str) -> &'a mut Device {
    devices.entry((user.to_owned(), name.to_owned())).or_insert_with(|| Device {
        user: user.to_owned(),
        name: name.to_owned(),
        presence: None,
        report: None,
    })
}
