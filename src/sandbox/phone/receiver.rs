//! As much of a phone as decides what becomes of a push to it; read anew for each push.

use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Row, Transaction, params};

use super::super::words::Json;
use super::model::{Channel, Network, Phone};
use super::reg_id_state::RegIdState;

/// A phone as a push finds it.
pub(super) struct Receiver {
    pub(super) id: i64,
    pub(super) app_id: String,
    pub(super) reg_id: String,
    pub(super) android: u8,
    pub(super) network: Network,
    pub(super) notifications: bool,
    pub(super) do_not_disturb: bool,
    pub(super) registered: bool,
    pub(super) channels: Vec<Channel>,
    pub(super) system_channels: bool,
    pub(super) learns: bool,
}

impl Receiver {
    /// By place: names would be looked up for each push.
    fn read(row: &Row<'_>) -> rusqlite::Result<Receiver> {
        Ok(Receiver {
            id: row.get(0)?,
            app_id: row.get(1)?,
            reg_id: row.get(2)?,
            android: row.get(3)?,
            network: row.get(4)?,
            notifications: row.get(5)?,
            do_not_disturb: row.get(6)?,
            registered: row.get(7)?,
            channels: row.get::<_, Json<_>>(8)?.0,
            system_channels: row.get(9)?,
            learns: row.get(10)?,
        })
    }
}

/// The phone that has, or had, a regId.
pub(crate) struct Addressee {
    pub(super) phone: Receiver,
    /// Whether something waits for it that is due.
    pub(super) has_due: bool,
}

/// What OPPO knows of this regId of this app, and its phone.
pub(crate) fn look_up(
    tx: &Transaction<'_>,
    now: i64,
    app_id: &str,
    reg_id: &str,
) -> rusqlite::Result<(RegIdState, Option<Addressee>)> {
    let found = tx
        .prepare_cached(
            "SELECT p.id, p.app_id, p.reg_id, p.android, p.network, p.notifications, p.do_not_disturb, p.registered,
                coalesce(i.channels, p.channels) AS channels, p.system_channels, p.learns,
                EXISTS (SELECT 1 FROM delivery d WHERE d.phone = p.id AND d.stage = 'held' AND d.due_at <= ?3)
             FROM registration r LEFT JOIN phone p ON p.id = r.phone LEFT JOIN install i ON i.id = p.install
             WHERE r.reg_id = ?1 AND r.app_id = ?2",
        )?
        .query_row(params![reg_id, app_id, now], |row| {
            if row.get_ref(0)? == ValueRef::Null {
                return Ok(None);
            }
            Ok(Some(Addressee { phone: Receiver::read(row)?, has_due: row.get(11)? }))
        })
        .optional()?;
    let state = match &found {
        None => RegIdState::Unknown,
        Some(Some(addressee)) if addressee.phone.registered => RegIdState::Subscribed,
        Some(_) => RegIdState::Unsubscribed,
    };
    Ok((state, found.flatten()))
}

impl Phone {
    pub(super) fn receiver(&self) -> Receiver {
        Receiver {
            id: self.id,
            app_id: self.app_id.clone(),
            reg_id: self.reg_id.clone(),
            android: self.android,
            network: self.network,
            notifications: self.notifications,
            do_not_disturb: self.do_not_disturb,
            registered: self.registered,
            channels: self.channels.clone(),
            system_channels: self.system_channels,
            learns: self.learns,
        }
    }
}
