//! Tests of the table of presence: what a state's row keeps of the one before.
//! Whom a login kicks is tested in `push`.

use super::super::reports::{self, NewReport};
use crate::clock::Timestamp;
use strum::VariantArray;

use super::super::*;
use super::*;
use crate::clock::Clock;
use crate::store::source::FactSource;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

fn store() -> Store {
    Store::in_memory(Clock::fixed(at(1_000))).unwrap()
}

fn said(device: &str, state: PresenceState) -> NewPresence {
    NewPresence { device: device.into(), platform: None, state, source: PresenceSource::Hand, reason: None }
}

fn say(store: &Store, state: PresenceState, seconds: i64) -> Presence {
    record(store, "demo", "bob", &said("phone", state), at(seconds)).unwrap()
}

#[test]
fn login_and_disconnect_keep_their_times() {
    let store = store();
    let online = say(&store, PresenceState::Online, 1);
    assert_eq!((online.last_login_at, online.disconnected_at), (Some(at(1)), None));
    let killed = say(&store, PresenceState::Killed, 2);
    assert_eq!(
        (killed.since, killed.last_login_at, killed.disconnected_at),
        (Some(at(2)), Some(at(1)), Some(at(2)))
    );
    let again = say(&store, PresenceState::Killed, 3);
    assert_eq!((again.since, again.seen_at, again.disconnected_at), (Some(at(2)), at(3), Some(at(2))));
    let out = say(&store, PresenceState::LoggedOut, 4);
    assert_eq!((out.since, out.disconnected_at), (Some(at(4)), Some(at(2))));
    let asserted = say(&store, PresenceState::Killed, 5);
    assert_eq!(asserted.disconnected_at, Some(at(5)));
    let login = say(&store, PresenceState::Online, 6);
    assert_eq!((login.last_login_at, login.disconnected_at), (Some(at(6)), Some(at(5))));
    assert_eq!(list(&store, "demo", Some("bob")).unwrap(), [login]);
}

#[test]
fn a_report_logs_in_what_had_ended_and_leaves_the_rest() {
    let store = store();
    let report = |device: &str| NewReport {
        profile: "demo".into(),
        region: "cn".into(),
        user: "bob".into(),
        device: device.into(),
        certificate_id: 7005,
        reg_id: format!("r-{device}"),
        brand: None,
        source: FactSource::ByHand,
    };
    for state in PresenceState::VARIANTS {
        let device: &str = state.into();
        record(&store, "demo", "bob", &said(device, *state), at(1)).unwrap();
        reports::record(&store, &report(device)).unwrap();
    }
    for presence in list(&store, "demo", Some("bob")).unwrap() {
        let ended = ["killed", "logged-out", "not-logged-in", "kicked"].contains(&presence.device.as_str());
        let expected = if ended { "unknown" } else { presence.device.as_str() };
        assert_eq!(presence.state.to_string(), expected, "{}", presence.device);
        assert_eq!(presence.since, Some(if ended { at(1_000) } else { at(1) }), "{}", presence.device);
    }
}

#[test]
fn a_user_of_another_profile_is_another_user() {
    let store = store();
    say(&store, PresenceState::Online, 1);
    record(&store, "other", "bob", &said("phone", PresenceState::Kicked), at(1)).unwrap();
    assert_eq!(list(&store, "demo", None).unwrap().len(), 1);
    assert_eq!(list(&store, "other", None).unwrap()[0].state, PresenceState::Kicked);
    let devices = devices::list(&store, "demo", None).unwrap();
    assert_eq!((devices.len(), devices[0].report.is_none()), (1, true));
}

#[test]
fn a_platform_reported_once_is_kept() {
    let store = store();
    let web = NewPresence { platform: Some(Platform::Web), ..said("desk", PresenceState::Online) };
    record(&store, "demo", "bob", &web, at(1)).unwrap();
    let again = record(&store, "demo", "bob", &said("desk", PresenceState::Killed), at(2)).unwrap();
    assert_eq!(again.platform, Platform::Web);
}

#[test]
fn the_im_server_confirms_a_state_without_dating_it() {
    let store = store();
    let seen = NewPresence { source: PresenceSource::ImServer, ..said("phone", PresenceState::Killed) };
    let confirm = |at| record(&store, "demo", "bob", &seen, at).unwrap();
    let webhook = NewPresence { source: PresenceSource::Webhook, ..said("phone", PresenceState::Killed) };
    record(&store, "demo", "bob", &webhook, at(1)).unwrap();
    let confirmed = confirm(at(2));
    assert_eq!(
        (confirmed.since, confirmed.seen_at, confirmed.disconnected_at),
        (Some(at(1)), at(2), Some(at(1)))
    );
    // A time that a person gave is no word of the server's.
    say(&store, PresenceState::LoggedOut, 3);
    say(&store, PresenceState::Killed, 4);
    let confirmed = confirm(at(5));
    assert_eq!((confirmed.since, confirmed.seen_at, confirmed.disconnected_at), (None, at(5), None));
}

#[test]
fn what_was_told_by_hand_is_forgotten_and_the_rest_stays() {
    let store = store();
    let put = |user: &str, device: &str, source| {
        let new = NewPresence { source, ..said(device, PresenceState::Killed) };
        record(&store, "demo", user, &new, at(1)).unwrap();
    };
    put("alice", "pad", PresenceSource::Hand);
    put("alice", "phone", PresenceSource::Webhook);
    put("bob", "pad", PresenceSource::Rule);
    put("bob", "phone", PresenceSource::Hand);
    record(&store, "other", "bob", &said("phone", PresenceState::Kicked), at(1)).unwrap();
    let names = |all: Vec<Presence>| {
        Vec::from_iter(all.into_iter().map(|one| format!("{}/{}", one.user, one.device)))
    };
    let forget = |user, device| names(forget_set_by_hand(&store, "demo", user, device).unwrap());
    assert_eq!(forget(Some("bob"), Some("pad")), ["bob/pad"]);
    assert_eq!(forget(None, None), ["alice/pad", "bob/phone"]);
    assert!(forget(None, None).is_empty());
    assert_eq!(names(list(&store, "demo", None).unwrap()), ["alice/phone"]);
    assert_eq!(list(&store, "other", None).unwrap().len(), 1);
}
