//! Tests of a server's answer: which device it is about, what was set by hand, and what a known reason keeps.
//! What the rule makes of the states is tested in `decision`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::super::super::reports::{ReportRequest, report};
use super::super::super::testing as fake;
use super::super::{SetPresence, set};
use super::*;
use crate::clock::Clock;
use crate::config::{MultiDevice, Region};
use crate::store::devices;
use crate::store::source::FactSource;
use PresenceState::{Background, Kicked, Killed, NotLoggedIn, Online};

fn reported(store: &Store, device: &str, hex: char) {
    let reg_id = format!("CN_{}", hex.to_string().repeat(32));
    let request = ReportRequest {
        profile: "demo",
        region: Region::Cn,
        certificates: &[7005],
        user: "bob",
        device: Some(device),
        certificate_id: 7005,
        reg_id: &reg_id,
        brand: None,
        source: FactSource::ByHand,
    };
    report(store, &request).unwrap();
}

fn by_hand(store: &Store, device: &str, platform: Platform, state: PresenceState) {
    let said = SetPresence {
        profile: "demo",
        rule: MultiDevice::PerPlatform,
        user: "bob",
        device: Some(device),
        platform: Some(platform),
        state,
        source: PresenceSource::Hand,
    };
    set(store, &said).unwrap();
}

fn answer(user: PresenceState, terminals: &[(Platform, PresenceState)]) -> ServerPresence {
    let terminals = terminals.iter().map(|(platform, state)| (*platform, Some(*state))).collect();
    ServerPresence { user: Some(user), terminals }
}

fn kept(store: &Store, answer: &ServerPresence) -> KeptPresence {
    keep(store, "demo", "bob", answer).unwrap()
}

/// Each device, its state and who said so.
fn states(store: &Store) -> Vec<(String, Option<(PresenceState, PresenceSource)>)> {
    let all = devices::list(store, "demo", Some("bob")).unwrap();
    all.into_iter().map(|one| (one.name, one.presence.map(|one| (one.state, one.source)))).collect()
}

#[test]
fn a_phone_takes_the_state_of_its_platform_not_the_users() {
    let store = fake::store();
    reported(&store, "phone", '1');
    let said = answer(Online, &[(Platform::Web, Online), (Platform::Android, Killed)]);
    assert_eq!(kept(&store, &said).follow, ["phone"]);
    assert_eq!(states(&store), [("phone".into(), Some((Killed, PresenceSource::ImServer)))]);
    // The web page alone: the phone is not logged in.
    kept(&store, &answer(Online, &[(Platform::Web, Online)]));
    assert_eq!(states(&store), [("phone".into(), Some((NotLoggedIn, PresenceSource::ImServer)))]);
}

#[test]
fn without_terminals_the_users_state_is_that_of_all() {
    let store = fake::store();
    reported(&store, "pad", '1');
    reported(&store, "phone", '2');
    assert_eq!(kept(&store, &answer(Killed, &[])).follow, ["pad", "phone"]);
    assert!(states(&store).iter().all(|(_, state)| *state == Some((Killed, PresenceSource::ImServer))));
    let unread = ServerPresence { user: None, terminals: Vec::new() };
    assert_eq!(kept(&store, &unread), KeptPresence::default());
    let odd = ServerPresence { user: Some(Online), terminals: vec![(Platform::Android, None)] };
    assert_eq!(kept(&store, &odd), KeptPresence::default());
}

#[test]
fn several_phones_of_which_one_is_connected_are_taken_as_connected() {
    let store = fake::store();
    reported(&store, "phone", '1');
    let two = [(Platform::Android, Online), (Platform::Android, Killed)];
    kept(&store, &answer(Online, &two));
    assert_eq!(states(&store)[0].1, Some((Online, PresenceSource::ImServer)));
    let two = [(Platform::Android, Killed), (Platform::Android, Online)];
    kept(&store, &answer(Online, &two));
    assert_eq!(states(&store)[0].1, Some((Online, PresenceSource::ImServer)));
}

#[test]
fn the_servers_answer_outranks_what_was_told_by_hand_and_a_contradiction_is_named() {
    let store = fake::store();
    by_hand(&store, "phone", Platform::Android, Background);
    by_hand(&store, "old", Platform::Android, Online);
    reported(&store, "pad", '1');
    // The rule kicked the phone at the login set by hand, so that too was set by hand.
    let first = kept(&store, &answer(Online, &[(Platform::Android, Killed)]));
    let told = |device: &str, told| Overruled { device: device.into(), told };
    assert_eq!(first.follow, ["old", "pad", "phone"]);
    assert_eq!(first.overruled, [told("old", AppState::Online), told("phone", AppState::Kicked)]);
    assert!(states(&store).iter().all(|(_, state)| *state == Some((Killed, PresenceSource::ImServer))));
    assert_eq!(kept(&store, &answer(Killed, &[])).overruled, [], "nothing is set by hand any more");
}

#[test]
fn what_was_told_by_hand_and_agrees_is_no_contradiction() {
    for (told, said, stays) in [
        (Killed, Killed, (Killed, PresenceSource::ImServer)),
        (Kicked, NotLoggedIn, (Kicked, PresenceSource::Hand)),
        (Background, Online, (Background, PresenceSource::Hand)),
    ] {
        let store = fake::store();
        by_hand(&store, "phone", Platform::Android, told);
        assert_eq!(kept(&store, &answer(said, &[])).overruled, [], "{told}");
        assert_eq!(states(&store), [("phone".into(), Some(stays))], "{told}");
    }
}

#[test]
fn what_was_only_seen_has_no_beginning() {
    let store = fake::store();
    reported(&store, "phone", '1');
    for said in [Online, NotLoggedIn, Killed] {
        kept(&store, &answer(said, &[]));
        let all = crate::store::presence::list(&store, "demo", Some("bob")).unwrap();
        assert_eq!(
            (all[0].since, all[0].disconnected_at, all[0].last_login_at),
            (None, None, None),
            "{said}"
        );
        assert_eq!(all[0].seen_at, store.now(), "{said}");
    }
}

#[test]
fn of_an_unknown_user_only_the_phone_is_kept() {
    let store = fake::store();
    kept(&store, &answer(Online, &[(Platform::Web, Online)]));
    assert_eq!(states(&store), []);
    kept(&store, &answer(Online, &[(Platform::Web, Online), (Platform::Android, Killed)]));
    assert_eq!(states(&store), [(DEFAULT_DEVICE.into(), Some((Killed, PresenceSource::ImServer)))]);
}

#[test]
fn a_known_reason_stays_and_the_servers_word_ends_our_count_of_seven_days() {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let days = Arc::new(AtomicU64::new(0));
    let read = days.clone();
    let clock = Clock::new(move || fake::now() + DAY * read.load(Ordering::Relaxed) as u32);
    let store = Store::in_memory(clock).unwrap();
    reported(&store, "phone", '1');
    let kicked = NewPresence {
        device: "phone".into(),
        platform: None,
        state: Kicked,
        source: PresenceSource::Webhook,
        reason: Some("Register".into()),
    };
    crate::store::presence::record(&store, "demo", "bob", &kicked, store.now()).unwrap();
    kept(&store, &answer(NotLoggedIn, &[]));
    assert_eq!(states(&store)[0].1, Some((Kicked, PresenceSource::Webhook)));
    kept(&store, &answer(Killed, &[]));
    days.store(8, Ordering::Relaxed);
    let standing = |store: &Store| {
        let presence = crate::store::presence::list(store, "demo", Some("bob")).unwrap();
        AppState::of(presence.first(), store.now())
    };
    assert_eq!(standing(&store), AppState::Expired);
    kept(&store, &answer(Killed, &[]));
    assert_eq!(standing(&store), AppState::Killed);
}
