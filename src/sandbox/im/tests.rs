//! A small story to tell the rules with: phones, moves, a clock; without HTTP.

mod deciding;
mod presence;

use rusqlite::Transaction;
use serde_json::{Value, json};

use super::super::app::{self as oppo_app, App};
use super::super::phone::{self, Change, Network, Phone, PhoneSpec};
use super::super::rules::Rules;
use super::super::state::{Clock, State};
use super::*;
use crate::sandbox::http::context::{Context, Reply, Setup};
use crate::sandbox::http::notes::Notes;
use crate::sandbox::moment::Moment;

const T0: i64 = 1_700_000_000_000;
const SDK_APP_ID: i64 = 1_400_000_001;
const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

/// A tiny story: one IM app, its certificate 7, phones that are made when named, a clock that is moved.
struct Story {
    state: State,
    rules: Rules,
    now: i64,
    random: u32,
}

fn story() -> Story {
    with_rules(&[])
}

fn with_rules(rules: &[&str]) -> Story {
    let mut switched = Rules::default();
    for rule in rules {
        switched.set(rule).unwrap();
    }
    let state = State::open(None, Clock::new(|| T0), Rules::default()).unwrap();
    let im_app = ImApp { sdk_app_id: SDK_APP_ID, admin: "administrator".into(), secret_key: "k".into() };
    state
        .with(|tx| {
            oppo_app::register(tx, &oppo())?;
            register(tx, &im_app)?;
            save_certificate(Moment { tx, rules: &switched, now: T0 }, &certificate(7))?;
            user::import(tx, SDK_APP_ID, "alice", Some("Alice"))
        })
        .unwrap();
    Story { state, rules: switched, now: T0, random: 0 }
}

fn oppo() -> App {
    App {
        app_id: "30001".into(),
        app_key: "key".into(),
        master_secret: "secret".into(),
        package: "com.example.demo".into(),
    }
}

fn certificate(id: i64) -> Certificate {
    Certificate {
        sdk_app_id: SDK_APP_ID,
        certificate_id: id,
        app_id: "30001".into(),
        channel_id: Some("tuikit".into()),
        click: Click::Activity("com.example.demo.Chat".into()),
        saved_at: None,
    }
}

/// The id with which it was refused.
fn refusal(change: SessionChange) -> &'static str {
    match change {
        Err(SessionError::Refused { id, .. }) => id,
        other => panic!("{other:?}"),
    }
}

impl Story {
    fn moment<'a>(&'a self, tx: &'a Transaction<'_>) -> Moment<'a> {
        Moment { tx, rules: &self.rules, now: self.now }
    }

    fn on<T>(&self, name: &str, work: impl FnOnce(&Transaction<'_>, &Phone) -> rusqlite::Result<T>) -> T {
        self.state
            .with(|tx| {
                let phone = match phone::find(tx, self.now, name)? {
                    Some(phone) => phone,
                    None => {
                        let click = phone::Click::Activity("com.example.demo.Chat".into());
                        let new = PhoneSpec::fitting(&oppo(), Some("tuikit"), &click);
                        phone::add(tx, self.now, &PhoneSpec { name: Some(name.into()), ..new })?
                    }
                };
                work(tx, &phone)
            })
            .unwrap()
    }

    fn login_with(
        &self,
        phone: &str,
        user: &str,
        certificate_id: Option<i64>,
        report: bool,
    ) -> SessionChange {
        let wanted = Login { user: user.into(), sdk_app_id: None, certificate_id, report };
        self.on(phone, |tx, phone| Ok(login(self.moment(tx), phone, &wanted)))
    }

    fn login(self, phone: &str, user: &str) -> Story {
        self.login_with(phone, user, None, true).unwrap();
        self
    }

    fn moved(self, phone: &str, how: &str) -> Story {
        self.try_move(phone, how).unwrap();
        self
    }

    fn try_move(&self, phone: &str, how: &str) -> SessionChange {
        self.on(phone, |tx, phone| match how {
            "open" => Ok(open(self.moment(tx), phone)),
            "kill" => Ok(kill(self.moment(tx), phone)),
            "logout" => Ok(logout(self.moment(tx), phone)),
            "hide" => Ok(background(self.moment(tx), phone, false)),
            "doBackground" => Ok(background(self.moment(tx), phone, true)),
            "offline" | "online" => {
                let to = if how == "offline" { Network::Off } else { Network::Wifi };
                let change = Change { network: Some(to), ..Change::default() };
                let phone = phone::set(tx, self.now, &phone.name, &change)?.unwrap();
                network(self.moment(tx), &phone).map(Ok)
            }
            other => panic!("{other}"),
        })
    }

    fn later(mut self, by: i64) -> Story {
        self.now += by;
        self
    }

    fn saved(self, certificate: Certificate) -> Story {
        self.state.with(|tx| save_certificate(self.moment(tx), &certificate)).unwrap();
        self
    }

    /// The state and the REST API's word for it.
    fn state_of(&self, phone: &str) -> String {
        let session = self.on(phone, |tx, phone| show(self.moment(tx), &phone.name));
        session.map_or("nobody".into(), |session| format!("{} {}", session.state, session.rest_state))
    }

    /// Sends to bob and says what was decided for each of his phones.
    fn send_with(&mut self, more: Value) -> Vec<Attempt> {
        self.random += 1;
        let mut body = json!({
            "From_Account": "alice", "To_Account": "bob", "MsgRandom": self.random,
            "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "hi" } }],
        });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.state
            .with(|tx| {
                user::import(tx, SDK_APP_ID, "bob", None)?;
                let before = pushes(tx, None, None, usize::MAX)?.len();
                let mut notes = Notes::default();
                let (now, server_time) = (self.now, self.now);
                let setup = Setup::read(tx)?;
                let mut context =
                    Context { tx, rules: &self.rules, now, server_time, setup, notes: &mut notes };
                let app = app::by_id(tx, SDK_APP_ID)?.unwrap();
                match send::one(&mut context, &app, body.as_object().unwrap()) {
                    Ok(Reply { code: 0, .. }) => Ok(pushes(tx, None, None, usize::MAX)?.split_off(before)),
                    _ => panic!("{:?}", notes.checks),
                }
            })
            .unwrap()
    }

    fn send(&mut self) -> Vec<String> {
        self.reasons(json!({}))
    }

    fn reasons(&mut self, more: Value) -> Vec<String> {
        let reason = |attempt: Attempt| attempt.reason.unwrap_or_else(|| "pushed".into());
        self.send_with(more).into_iter().map(reason).collect()
    }
}
