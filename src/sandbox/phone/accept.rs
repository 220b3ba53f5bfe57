//! Phones for regIds and aliases that nobody made, where strangers are taken as they come. Their app has whatever its pushes need.

use rusqlite::{Transaction, params};
use serde_json::{Map, Value};

use super::super::app::{self, App};
use super::super::moment::Moment;
use super::super::words::Json;
use super::model::Phone;
use super::new::{self, Click, PhoneSpec};
use super::registration;

/// The most channels, and the most activities, of one phone.
const MOST: usize = 200;

/// Makes a phone with this regId, and a name made from it. False where an app has, or had, the regId.
pub(crate) fn accept(at: Moment<'_>, app_id: &str, reg_id: &str) -> rusqlite::Result<bool> {
    let known = "SELECT 1 FROM registration WHERE reg_id = ?1";
    if at.tx.prepare_cached(known)?.exists([reg_id])? {
        return Ok(false);
    }
    let hex = reg_id.rsplit('_').next().unwrap_or_default().to_ascii_lowercase();
    let name = free_name(at.tx, &hex)?;
    make(at, reg_id, &PhoneSpec { name, ..blank(at, app_id)? })?;
    Ok(true)
}

/// Makes a phone with this alias, which the app set by itself: a server that pushes to it need not have done so.
pub(crate) fn accept_alias(at: Moment<'_>, app_id: &str, alias: &str) -> rusqlite::Result<()> {
    let alias = Some(alias.to_owned());
    make(at, &registration::fresh_reg_id(at.tx)?, &PhoneSpec { alias, ..blank(at, app_id)? })
}

fn blank(at: Moment<'_>, app_id: &str) -> rusqlite::Result<PhoneSpec> {
    let app = app::by_id(at.tx, app_id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let spec = PhoneSpec::fitting(&app, None, &Click::OpenApp);
    let system_channels = at.rules.system_channels.is_some_and(|from| u32::from(spec.android) >= from);
    Ok(PhoneSpec { system_channels, ..spec })
}

fn make(at: Moment<'_>, reg_id: &str, spec: &PhoneSpec) -> rusqlite::Result<()> {
    let phone = new::add_as(at.tx, at.now, spec, reg_id)?;
    at.tx.prepare_cached("UPDATE phone SET learns = 1 WHERE id = ?1")?.execute([phone.id])?;
    Ok(())
}

/// `reg-` and the first digits of the regId, as many as no other phone's name has.
fn free_name(tx: &Transaction<'_>, hex: &str) -> rusqlite::Result<Option<String>> {
    let mut taken = tx.prepare_cached("SELECT 1 FROM phone WHERE name = ?1")?;
    for digits in [8, 16, hex.len()] {
        let name = format!("reg-{}", hex.get(..digits).unwrap_or(hex));
        if !taken.exists([&name])? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// The app makes the channel that a push names, and declares what a tap on it opens.
pub(super) fn learn(
    tx: &Transaction<'_>,
    phone: &mut Phone,
    notification: &Map<String, Value>,
) -> rusqlite::Result<()> {
    let text = |key: &str| notification.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let click = match notification.get("click_action_type").and_then(Value::as_i64) {
        Some(1) => text("click_action_activity").map(|action| Click::Intent(action.to_owned())),
        Some(4) => text("click_action_activity").map(|class| Click::Activity(class.to_owned())),
        Some(5) => text("click_action_url").map(|url| Click::Scheme(url.to_owned())),
        _ => None,
    };
    let app = App {
        app_id: phone.app_id.clone(),
        app_key: String::new(),
        master_secret: String::new(),
        package: phone.package.clone(),
    };
    let needed = PhoneSpec::fitting(&app, text("channel_id"), &click.unwrap_or(Click::OpenApp));
    let (channels, activities) = (phone.channels.clone(), phone.activities.clone());
    for channel in needed.channels {
        if phone.channels.len() < MOST && phone.channels.iter().all(|known| known.id != channel.id) {
            phone.channels.push(channel);
        }
    }
    for activity in needed.activities {
        let room = phone.activities.len() < MOST;
        match phone.activities.iter_mut().find(|known| known.name == activity.name) {
            Some(known) => {
                for filter in activity.filters {
                    if known.filters.len() < MOST && !known.filters.contains(&filter) {
                        known.filters.push(filter);
                    }
                }
            }
            None if room => phone.activities.push(activity),
            None => {}
        }
    }
    if (&channels, &activities) != (&phone.channels, &phone.activities) {
        tx.prepare_cached("UPDATE phone SET channels = ?1, activities = ?2 WHERE id = ?3")?
            .execute(params![Json(&phone.channels), Json(&phone.activities), phone.id])?;
    }
    Ok(())
}
