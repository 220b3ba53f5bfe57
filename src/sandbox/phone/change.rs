//! Changing a phone: switches, network, channels, what the app declares; and taking a phone away.
//! What waits for the phone is settled before the change under the old state, and after it under the new.

use rusqlite::{Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::super::words::Json;
use super::check::{self, Flaw};
use super::model::{Activity, Channel, Network, Phone};
use super::new::declared;
use super::{read, registration, settle};

/// What is to be different; absent fields stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub network: Option<Network>,
    #[serde(rename = "notifications_enabled")]
    pub notifications: Option<bool>,
    pub do_not_disturb: Option<bool>,
    /// Off is the app unregistering from push; on registers it again with the same regId.
    pub registered: Option<bool>,
    pub android: Option<u8>,
    /// Follows from the version and the sandbox's rule.
    #[serde(skip)]
    pub system_channels: Option<bool>,
    /// `Some(None)`, in JSON `null`, takes the alias away.
    #[schemars(with = "Option<String>")]
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub alias: Option<Option<String>>,
    pub channels: Option<Vec<Channel>>,
    pub activities: Option<Vec<Activity>>,
}

/// Tells `null` from absent.
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}

impl Change {
    /// What is wrong with it; empty when it can be made.
    pub(crate) fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        if let Some(version) = self.android {
            check::android(version, &mut flaws);
        }
        if let Some(Some(alias)) = &self.alias {
            check::alias(alias, &mut flaws);
        }
        check::channels(self.channels.as_deref().unwrap_or_default(), &mut flaws);
        check::activities(self.activities.as_deref().unwrap_or_default(), &mut flaws);
        flaws
    }
}

/// Changes the phone of that name. `None`: there is none.
pub fn set(tx: &Transaction<'_>, now: i64, name: &str, change: &Change) -> rusqlite::Result<Option<Phone>> {
    let Some(old) = read::find(tx, now, name)? else { return Ok(None) };
    match &change.alias {
        Some(Some(alias)) => registration::set_alias(tx, &old.app_id, &old.reg_id, alias)?,
        Some(None) => registration::clear_alias_of(tx, &old.app_id, &old.reg_id)?,
        None => {}
    }
    let activities = change.activities.as_ref().map(|list| declared(&old.package, list));
    let new = Phone {
        network: change.network.unwrap_or(old.network),
        notifications: change.notifications.unwrap_or(old.notifications),
        do_not_disturb: change.do_not_disturb.unwrap_or(old.do_not_disturb),
        registered: change.registered.unwrap_or(old.registered),
        android: change.android.unwrap_or(old.android),
        channels: change.channels.clone().unwrap_or(old.channels),
        system_channels: change.system_channels.unwrap_or(old.system_channels),
        activities: activities.unwrap_or(old.activities),
        // What a person sets stays as it is.
        learns: old.learns && change.channels.is_none() && change.activities.is_none(),
        ..old
    };
    tx.execute(
        "UPDATE phone SET network = ?1, notifications = ?2, registered = ?3, android = ?4, channels = ?5,
            activities = ?6, do_not_disturb = ?7, system_channels = ?8, learns = ?9, install = NULL WHERE id = ?10",
        params![
            new.network,
            new.notifications,
            new.registered,
            new.android,
            Json(&new.channels),
            Json(&new.activities),
            new.do_not_disturb,
            new.system_channels,
            new.learns,
            new.id
        ],
    )?;
    settle::after_change(tx, now, &new.receiver())?;
    read::stored(tx, name)
}

/// Takes the phone away with all that it shows. OPPO keeps its regId, unsubscribed. False: there is none.
pub fn remove(tx: &Transaction<'_>, now: i64, name: &str) -> rusqlite::Result<bool> {
    let Some(phone) = read::find(tx, now, name)? else { return Ok(false) };
    settle::before_removal(tx, now, &phone.receiver())?;
    Ok(tx.execute("DELETE FROM phone WHERE name = ?1", [name])? > 0)
}
