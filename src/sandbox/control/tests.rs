//! The control API over a real loopback socket, and inside the process: both must answer alike.

mod events;
mod log;
mod raw;

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::client::Answer;
use super::types::{AppShown, ImAppShown, Info, Mute};
use super::*;
use crate::sandbox::app::App;
use crate::sandbox::faults::NewFault;
use crate::sandbox::im::{self, Certificate, ImApp, Login};
use crate::sandbox::phone::{self, Activity, Change, Channel, Importance, Network, Stage, Wanted};
use crate::sandbox::push::Push;
use crate::sandbox::rules::{Rules, TABLE};
use crate::sandbox::state::{Clock, State};
use crate::sandbox::{Options, start};

/// What only these tests ask.
impl Control {
    pub(super) async fn info(&self) -> Answer<Info> {
        self.get("/info", &[]).await
    }

    pub(super) async fn apps(&self) -> Answer<Vec<AppShown>> {
        self.items("/apps", &[]).await
    }

    pub(super) async fn im_apps(&self) -> Answer<Vec<ImAppShown>> {
        self.items("/im/apps", &[]).await
    }

    pub(super) async fn mute(&self, mute: &Mute) -> Answer<()> {
        self.done("PUT", "/im/mutes", mute).await
    }
}

const NOW: i64 = 1_700_000_000_000;

fn state() -> Arc<State> {
    Arc::new(State::open(None, Clock::new(|| NOW), Rules::default()).unwrap())
}

/// A server on a port of its own; it ends with the runtime.
async fn serve(state: Arc<State>) -> String {
    let running = start(Options::new("127.0.0.1:0".parse().unwrap(), state)).await.unwrap();
    let url = running.url().to_owned();
    std::mem::forget(running);
    url
}

fn app() -> App {
    App {
        app_id: "30001".into(),
        app_key: "key".into(),
        master_secret: "secret".into(),
        package: "com.example.demo".into(),
    }
}

fn new_phone() -> NewPhone {
    NewPhone { app_id: "30001".into(), channel_id: Some("tuikit".into()), ..NewPhone::default() }
}

fn push(state: &State, reg_id: &str, message_id: &str, title: &str) {
    let notification = json!({
        "title": title, "content": "hello", "channel_id": "tuikit", "action_parameters": r#"{"extKey":"ext content"}"#,
    });
    let push = Push {
        app_id: "30001",
        message_id,
        task_id: None,
        reg_id,
        notification: notification.as_object().unwrap(),
    };
    state.with(|tx| phone::arrive(tx, NOW, &push, None)).unwrap();
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, ControlError>) -> String {
    match answer {
        Err(ControlError::Refused { id, message, .. }) => {
            assert!(!message.is_empty());
            id
        }
        other => panic!("{other:?}"),
    }
}

/// A user on a phone, what is decided about a message, and what a reset leaves.
async fn im_story(control: &Control, state: &State) {
    control.put_app(&app()).await.unwrap();
    let certificate = Certificate {
        sdk_app_id: 1_400_000_001,
        certificate_id: 7,
        app_id: "30001".into(),
        channel_id: Some("tuikit".into()),
        click: im::Click::OpenApp,
        saved_at: None,
    };
    assert_eq!(refused(control.put_im_certificate(&certificate).await), "unknown-im-app");
    let im_app = ImApp { sdk_app_id: 1_400_000_001, admin: "admin".into(), secret_key: "secret".into() };
    control.put_im_app(&im_app).await.unwrap();
    assert_eq!(control.im_apps().await.unwrap()[0].admin, "admin");
    assert!(!format!("{im_app:?}").contains("secret"));
    let of_nothing = Certificate { app_id: "30009".into(), ..certificate.clone() };
    assert_eq!(refused(control.put_im_certificate(&of_nothing).await), "unknown-app");
    let no_number = Certificate { certificate_id: 0, ..certificate.clone() };
    assert_eq!(refused(control.put_im_certificate(&no_number).await), "bad-value");
    control.put_im_certificate(&certificate).await.unwrap();
    assert_eq!(control.im_certificates().await.unwrap(), std::slice::from_ref(&certificate));

    control.add_phone(&new_phone()).await.unwrap();
    assert_eq!(control.phone("phone-1").await.unwrap().phone.session, None);
    assert_eq!(refused(control.kill("phone-1").await), "not-logged-in");
    let login = Login { user: "bob".into(), sdk_app_id: None, certificate_id: None, report: true };
    assert_eq!(refused(control.login("nobody", &login).await), "unknown-phone");
    let state_of =
        |phone: phone::Phone| phone.session.map(|session| session.state.to_string()).unwrap_or_default();
    assert_eq!(state_of(control.login("phone-1", &login).await.unwrap()), "online-foreground");
    assert_eq!(state_of(control.background("phone-1", true).await.unwrap()), "online-background");
    assert_eq!(state_of(control.open("phone-1").await.unwrap()), "online-foreground");
    assert_eq!(state_of(control.kill("phone-1").await.unwrap()), "push-online");
    assert_eq!(refused(control.background("phone-1", false).await), "app-not-running");
    assert_eq!(refused(control.report("phone-1", Some(7)).await), "not-logged-in");
    assert_eq!(state_of(control.phones().await.unwrap().remove(0)), "push-online");
    assert_eq!(state_of(control.register_phone("phone-1").await.unwrap()), "push-online");
    assert_eq!(state_of(control.open("phone-1").await.unwrap()), "online-foreground");
    let off = Change { network: Some(Network::Off), ..Change::default() };
    assert_eq!(state_of(control.change_phone("phone-1", &off).await.unwrap()), "online-unreachable");
    assert_eq!(refused(control.logout("phone-1").await), "phone-offline");
    let on = Change { network: Some(Network::Wifi), ..Change::default() };
    control.change_phone("phone-1", &on).await.unwrap();
    assert_eq!(state_of(control.logout("phone-1").await.unwrap()), "logged-out");

    assert_eq!(control.pushes(None, Some("bob"), 10).await.unwrap(), []);
    assert_eq!(refused(control.pushes(None, None, 0).await), "bad-query");
    let mute = Mute { sdk_app_id: 1_400_000_001, user: "bob".into(), from: "alice".into(), muted: true };
    control.mute(&mute).await.unwrap();
    let muted =
        || state.with(|tx| tx.query_row("SELECT count(*) FROM im_mute", [], |row| row.get::<_, i64>(0)));
    assert_eq!(muted().unwrap(), 1);
    control.reset(false).await.unwrap();
    assert_eq!(muted().unwrap(), 0);
    let accounts = |tx: &rusqlite::Transaction<'_>| {
        tx.query_row("SELECT group_concat(user) FROM im_account", [], |row| row.get::<_, String>(0))
    };
    assert_eq!(state.with(accounts).unwrap(), "admin");
    assert_eq!(control.im_certificates().await.unwrap(), [certificate]);
    control.delete_im_certificate(1_400_000_001, 7).await.unwrap();
    assert_eq!(refused(control.delete_im_certificate(1_400_000_001, 7).await), "unknown-certificate");
    control.reset(true).await.unwrap();
    assert_eq!(control.im_apps().await.unwrap(), []);
}

/// The whole way, as commands go it.
async fn story(control: &Control, state: &State) {
    let info = control.info().await.unwrap();
    assert_eq!((info.version.as_str(), info.pid), (env!("CARGO_PKG_VERSION"), std::process::id()));
    assert_eq!(info.rule_values.len(), TABLE.len());
    assert_eq!(info.rule_values["content-limit"], "200");
    assert!(info.rules.contains(" content-limit=200 "), "{}", info.rules);
    assert_eq!(refused(control.add_phone(&new_phone()).await), "unknown-app");
    control.put_app(&app()).await.unwrap();
    let App { app_id, app_key, package, .. } = app();
    assert_eq!(
        control.apps().await.unwrap(),
        [AppShown { app_id, app_key, package, signature_checked: true }]
    );

    let phone = control.add_phone(&new_phone()).await.unwrap();
    assert_eq!(phone.name, "phone-1");
    let named = NewPhone { name: Some("phone-1".into()), ..new_phone() };
    assert_eq!(refused(control.add_phone(&named).await), "name-taken");
    assert_eq!(control.phones().await.unwrap(), std::slice::from_ref(&phone));

    push(state, &phone.reg_id, "m1", "Hi & bye");
    let detail = control.phone("phone-1").await.unwrap();
    assert_eq!(detail.phone.shown, 1);
    assert_eq!(detail.notifications[0].title.as_deref(), Some("Hi & bye"));
    let wanted = Wanted { title: Some("Hi & bye".into()), stage: Some(Stage::Shown), ..Wanted::default() };
    assert_eq!(control.messages(&wanted).await.unwrap(), detail.notifications);
    assert_eq!(control.wait(&wanted, Duration::ZERO).await.unwrap().unwrap().message_id, "m1");
    let other = Wanted { title: Some("other".into()), ..Wanted::default() };
    assert_eq!(control.wait(&other, Duration::from_millis(1)).await.unwrap(), None);

    assert_eq!(control.tap("phone-1", Some("m9")).await.unwrap().reason.as_deref(), Some("not-shown"));
    let tap = control.tap("phone-1", None).await.unwrap();
    assert_eq!((tap.opened, tap.log), (true, vec!["key = extKey :value = ext content".to_owned()]));
    assert_eq!(control.dismiss("phone-1", None).await.unwrap().reason.as_deref(), Some("nothing-shown"));

    let change =
        Change { network: Some(Network::Off), alias: Some(Some("anna".into())), ..Change::default() };
    let changed = control.change_phone("phone-1", &change).await.unwrap();
    assert_eq!((changed.network, changed.alias.as_deref()), (Network::Off, Some("anna")));
    let change = Change { alias: Some(None), ..Change::default() };
    assert_eq!(control.change_phone("phone-1", &change).await.unwrap().alias, None);
    let android = Change { android: Some(99), ..Change::default() };
    assert_eq!(refused(control.change_phone("phone-1", &android).await), "bad-value");
    assert_ne!(control.register_phone("phone-1").await.unwrap().reg_id, phone.reg_id);

    for name in ["nobody", "..", "a b/c?", "", "谁"] {
        assert_eq!(refused(control.phone(name).await), "unknown-phone", "{name}");
    }
    control.remove_phone("phone-1").await.unwrap();
    assert_eq!(refused(control.remove_phone("phone-1").await), "unknown-phone");
    assert_eq!((control.calls(0, None).await.unwrap(), control.newest_call().await.unwrap()), (vec![], 0));

    control.add_phone(&new_phone()).await.unwrap();
    control.reset(false).await.unwrap();
    assert_eq!(control.phones().await.unwrap(), []);
    assert_eq!(control.apps().await.unwrap().len(), 1);
    control.reset(true).await.unwrap();
    assert_eq!(control.apps().await.unwrap(), []);
}

#[tokio::test]
async fn every_call_makes_the_round_trip() {
    let state = state();
    let url = serve(state.clone()).await;
    story(&Control::new(&url, None), &state).await;
    im_story(&Control::new(&url, None), &state).await;
}

#[tokio::test]
async fn inside_the_process_it_is_the_same() {
    let state = state();
    story(&Control::embedded(state.clone()), &state).await;
    im_story(&Control::embedded(state.clone()), &state).await;
}

#[tokio::test]
async fn faults_are_set_listed_and_cleared_and_gone_with_a_reset() {
    let control = Control::embedded(state());
    control.put_app(&app()).await.unwrap();
    let first = control.set_fault(&NewFault { count: Some(2), ..NewFault::of("code=33") }).await.unwrap();
    let second = NewFault {
        app: Some("30001".into()),
        reg_id: Some("r".into()),
        share: 20,
        ..NewFault::of("lost-push")
    };
    let second = control.set_fault(&second).await.unwrap();
    assert_eq!((first.id, first.count, first.share, first.set_at), (1, Some(2), 100, NOW));
    assert_eq!(control.faults().await.unwrap(), [first, second.clone()]);
    control.clear_faults(Some(1)).await.unwrap();
    assert_eq!(control.faults().await.unwrap(), [second]);
    assert_eq!(refused(control.clear_faults(Some(1)).await), "unknown-fault");
    control.clear_faults(None).await.unwrap();
    assert_eq!(control.faults().await.unwrap(), []);
    control.set_fault(&NewFault::of("reset")).await.unwrap();
    control.reset(false).await.unwrap();
    assert_eq!(control.faults().await.unwrap(), []);
}

#[tokio::test]
async fn a_phone_is_broken_by_what_is_given() {
    let control = Control::embedded(state());
    control.put_app(&app()).await.unwrap();
    let broken = NewPhone {
        name: Some("old".into()),
        android: Some(7),
        alias: Some("anna".into()),
        channels: Some(vec![Channel { id: "c".into(), importance: Importance::None }]),
        activities: Some(vec![Activity::plain(".Page", false)]),
        notifications: Some(false),
        network: Some(Network::Mobile),
        registered: Some(false),
        package: Some("com.other".into()),
        click: Some(phone::Click::Intent("a".into())),
        model: Some("X".into()),
        ..new_phone()
    };
    let phone = control.add_phone(&broken).await.unwrap();
    assert_eq!((phone.name.as_str(), phone.android, phone.model.as_str()), ("old", 7, "X"));
    assert_eq!(phone.alias.as_deref(), Some("anna"));
    assert_eq!(phone.channels[0].importance, Importance::None);
    assert_eq!(phone.activities, [Activity::plain("com.other.Page", false)]);
    assert_eq!((phone.notifications, phone.network, phone.registered), (false, Network::Mobile, false));
}

#[tokio::test]
async fn waiting_ends_when_the_message_comes() {
    let state = state();
    let control = Control::new(&serve(state.clone()).await, None);
    control.put_app(&app()).await.unwrap();
    let phone = control.add_phone(&new_phone()).await.unwrap();
    let wanted = Wanted { phone: Some("phone-1".into()), ..Wanted::default() };
    let sending = async {
        // Another question in between shows that waiting blocks no other.
        control.info().await.unwrap();
        push(&state, &phone.reg_id, "m1", "Hi");
    };
    let (found, ()) = tokio::join!(control.wait(&wanted, Duration::from_secs(60)), sending);
    assert_eq!(found.unwrap().unwrap().message_id, "m1");
}

#[test]
fn the_secret_is_not_in_debug() {
    assert!(!format!("{:?}", app()).contains("secret"));
}

#[test]
fn the_system_makes_channels_from_the_android_of_the_rule_on() {
    let made = |android, from| {
        let new = NewPhone { android: Some(android), ..new_phone() };
        new.of(&app(), from).system_channels
    };
    assert!(made(14, Some(14)) && made(16, Some(14)));
    assert!(!made(13, Some(14)) && !made(16, None));
}
