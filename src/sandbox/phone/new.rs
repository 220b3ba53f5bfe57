//! Making a phone: by default one that fits an app, so that a push to it is shown and a tap opens what it should.

use rusqlite::{Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::words::Json;
use super::check::{self, Flaw};
use super::filter::Filter;
use super::intent::{self, Intent};
use super::model::{Activity, Brand, Channel, Importance, Network, Phone};
use super::names::full_name;
use super::{read, registration};
use crate::sandbox::app::App;

/// What a tap is meant to open, so that the phone's app declares it. In JSON `"open-app"`, `"url"`,
/// `{"activity": "com.example.Page"}`, `{"intent": "com.example.ACTION"}`, `{"scheme": "demo://page"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Click {
    OpenApp,
    Url,
    Activity(String),
    Intent(String),
    Scheme(String),
}

/// A phone to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneSpec {
    /// `phone-1`, `phone-2`, … where not given.
    pub(crate) name: Option<String>,
    pub(crate) app_id: String,
    pub(crate) package: String,
    pub(crate) brand: Brand,
    /// The brand's own where not given.
    pub(crate) model: Option<String>,
    pub(crate) android: u8,
    pub(crate) alias: Option<String>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) system_channels: bool,
    pub(crate) activities: Vec<Activity>,
    pub(crate) notifications: bool,
    pub(crate) do_not_disturb: bool,
    pub(crate) network: Network,
    pub(crate) registered: bool,
}

impl PhoneSpec {
    /// A phone on which pushes of this app, with this channel and click target, work.
    pub fn fitting(app: &App, channel_id: Option<&str>, click: &Click) -> PhoneSpec {
        let package = &app.package;
        let mut activities = vec![Activity::launcher(format!("{package}.MainActivity"))];
        let mut declare = |class: String| {
            if activities.iter().all(|activity| activity.name != class) {
                activities.push(Activity::plain(class, true));
            }
        };
        match click {
            Click::OpenApp | Click::Url => {}
            Click::Activity(class) => declare(full_name(package, class)),
            Click::Intent(action) => {
                activities.push(Activity::for_action(format!("{package}.PushActivity"), action));
            }
            Click::Scheme(url) => match intent::parse(url) {
                Some(Intent { component: Some((_, class)), .. }) => declare(class),
                Some(intent) => activities.push(Activity {
                    filters: vec![Filter::taking(&intent)],
                    ..Activity::plain(format!("{package}.PushActivity"), true)
                }),
                None => {}
            },
        }
        let channel = |id: &str| Channel { id: id.to_owned(), importance: Importance::Default };
        PhoneSpec {
            name: None,
            app_id: app.app_id.clone(),
            package: package.clone(),
            brand: Brand::Oppo,
            model: None,
            android: 14,
            alias: None,
            channels: channel_id.map(channel).into_iter().collect(),
            system_channels: true,
            activities,
            notifications: true,
            do_not_disturb: false,
            network: Network::Wifi,
            registered: true,
        }
    }

    /// What is wrong with it; empty when it can be added.
    pub(crate) fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        if let Some(name) = &self.name {
            check::name(name, &mut flaws);
        }
        if let Some(alias) = &self.alias {
            check::alias(alias, &mut flaws);
        }
        if let Some(model) = &self.model {
            check::text("model", model, &mut flaws);
        }
        check::text("package", &self.package, &mut flaws);
        check::android(self.android, &mut flaws);
        check::channels(&self.channels, &mut flaws);
        check::activities(&self.activities, &mut flaws);
        flaws
    }
}

/// Declares the activities of a manifest with their full names.
pub(super) fn declared(package: &str, activities: &[Activity]) -> Vec<Activity> {
    let full =
        |activity: &Activity| Activity { name: full_name(package, &activity.name), ..activity.clone() };
    activities.iter().map(full).collect()
}

/// Adds the phone and registers its app with the push service, which gives it a regId. The app need not exist.
/// A name that is taken is an error of the database; ask [`read::find`] first.
pub fn add(tx: &Transaction<'_>, now: i64, new: &PhoneSpec) -> rusqlite::Result<Phone> {
    add_as(tx, now, new, &registration::fresh_reg_id(tx)?)
}

/// The same with this regId.
pub(super) fn add_as(
    tx: &Transaction<'_>,
    now: i64,
    new: &PhoneSpec,
    reg_id: &str,
) -> rusqlite::Result<Phone> {
    let name = match &new.name {
        Some(name) => name.clone(),
        None => free_name(tx)?,
    };
    tx.execute(
        "INSERT INTO phone (name, app_id, package, brand, model, android, network, notifications, registered, reg_id,
            channels, activities, do_not_disturb, system_channels)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        params![
            name,
            new.app_id,
            new.package,
            new.brand,
            new.model.as_deref().unwrap_or(new.brand.default_model()),
            new.android,
            new.network,
            new.notifications,
            new.registered,
            reg_id,
            Json(&new.channels),
            Json(declared(&new.package, &new.activities)),
            new.do_not_disturb,
            new.system_channels,
        ],
    )?;
    registration::issue(tx, &new.app_id, reg_id, tx.last_insert_rowid())?;
    if let Some(alias) = &new.alias {
        registration::set_alias(tx, &new.app_id, reg_id, alias)?;
    }
    read::find(tx, now, &name)?.ok_or(rusqlite::Error::QueryReturnedNoRows)
}

fn free_name(tx: &Transaction<'_>) -> rusqlite::Result<String> {
    let mut taken = tx.prepare("SELECT 1 FROM phone WHERE name = ?1")?;
    let mut number = 1_u32;
    loop {
        let name = format!("phone-{number}");
        if !taken.exists([&name])? {
            return Ok(name);
        }
        number += 1;
    }
}
