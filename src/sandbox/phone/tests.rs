//! Tests of the simulated phones: a phone on a test_phone with a clock moved by hand, and what it then shows.

mod arriving;
mod registering;
mod tapping;

use serde_json::{Map, Value, json};

use super::*;
use crate::sandbox::app::App;
use crate::sandbox::push::Push;
use crate::sandbox::rules::Rules;
use crate::sandbox::state::{Clock, State};

const START: i64 = 1_700_000_000_000;
const PHONE: &str = "phone-1";

/// One phone, its database, the time of day.
struct TestPhone {
    state: State,
    now: i64,
    sent: u32,
}

fn app() -> App {
    App {
        app_id: "30001".into(),
        app_key: "key".into(),
        master_secret: "secret".into(),
        package: "com.example.demo".into(),
    }
}

fn fitting(click: &Click) -> PhoneSpec {
    PhoneSpec::fitting(&app(), Some("tuikit"), click)
}

/// A test_phone with a phone that fits, after `change` broke it.
fn test_phone(change: impl FnOnce(&mut PhoneSpec)) -> TestPhone {
    test_phone_for(&Click::OpenApp, change)
}

fn test_phone_for(click: &Click, change: impl FnOnce(&mut PhoneSpec)) -> TestPhone {
    let state = State::open(None, Clock::new(|| START), Rules::default()).unwrap();
    let mut new = fitting(click);
    change(&mut new);
    assert_eq!(new.flaws(), []);
    state.with(|tx| add(tx, START, &new)).unwrap();
    TestPhone { state, now: START, sent: 0 }
}

impl TestPhone {
    fn phone(&self) -> Phone {
        self.state.with(|tx| find(tx, self.now, PHONE)).unwrap().unwrap()
    }

    /// Sends title, content and channel, and what `more` adds or (by null) takes away; returns the message id.
    fn push(&mut self, more: Value) -> String {
        let reg_id = self.phone().reg_id;
        self.push_to(&reg_id, more)
    }

    fn push_to(&mut self, reg_id: &str, more: Value) -> String {
        self.sent += 1;
        let message_id = format!("m{}", self.sent);
        let mut notification: Map<String, Value> =
            json!({"title": "Hi", "content": "hello", "channel_id": "tuikit"}).as_object().unwrap().clone();
        for (key, value) in more.as_object().unwrap() {
            notification.insert(key.clone(), value.clone());
        }
        notification.retain(|_, value| !value.is_null());
        let push = Push {
            app_id: "30001",
            message_id: &message_id,
            task_id: None,
            reg_id,
            notification: &notification,
        };
        self.state.with(|tx| arrive(tx, self.now, &push, None)).unwrap();
        message_id
    }

    fn later(&mut self, seconds: i64) -> &mut Self {
        self.now += seconds * 1000;
        self
    }

    fn set(&mut self, change: Change) -> &mut Self {
        self.state.with(|tx| set(tx, self.now, PHONE, &change)).unwrap().unwrap();
        self
    }

    fn online(&mut self, network: Network) -> &mut Self {
        self.set(Change { network: Some(network), ..Change::default() })
    }

    fn detail(&self) -> Detail {
        self.state.with(|tx| show(tx, self.now, PHONE)).unwrap().unwrap()
    }

    /// Message ids in the shade.
    fn shade(&self) -> Vec<String> {
        self.detail().notifications.into_iter().map(|message| message.message_id).collect()
    }

    /// A message's stage, why, and since how many milliseconds after the start.
    fn fate(&self, message_id: &str) -> (Stage, Option<String>, i64) {
        let wanted = Wanted { message_id: Some(message_id.to_owned()), ..Wanted::default() };
        let found = self.state.with(|tx| messages(tx, self.now, &wanted)).unwrap();
        let [message] = found.as_slice() else { panic!("{message_id}: {found:?}") };
        (message.stage, message.reason.clone(), message.at - START)
    }

    #[track_caller]
    fn dropped(&self, message_id: &str, reason: &str) {
        let (stage, why, _) = self.fate(message_id);
        assert_eq!((stage, why.as_deref()), (Stage::Dropped, Some(reason)));
        assert!(self.shade().is_empty());
        assert_eq!(self.detail().dropped[0].reason.as_deref(), Some(reason));
    }

    fn tap(&self) -> Tap {
        self.state.with(|tx| tap(tx, self.now, PHONE, None)).unwrap().unwrap()
    }
}
