//! Tests of what is said of users' apps: whom a login kicks, and what is refused.
//! What the table keeps is tested in `store`.

use super::super::super::reports::{ReportRequest, report};
use super::super::super::testing as fake;
use super::*;
use crate::config::Region;
use crate::failure::Kind;
use crate::store::source::FactSource;

fn bob(state: PresenceState) -> SetPresence<'static> {
    SetPresence {
        profile: "demo",
        rule: MultiDevice::One,
        user: "bob",
        device: None,
        platform: None,
        state,
        source: PresenceSource::Hand,
    }
}

fn on(device: &'static str, state: PresenceState) -> SetPresence<'static> {
    SetPresence { device: Some(device), ..bob(state) }
}

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

fn states(store: &Store) -> Vec<(String, PresenceState)> {
    let all = crate::store::presence::list(store, "demo", Some("bob")).unwrap();
    all.into_iter().map(|one| (one.device, one.state)).collect()
}

#[test]
fn the_last_login_wins_and_a_report_kicks_no_device() {
    let store = fake::store();
    reported(&store, "pad", '1');
    reported(&store, "phone", '2');
    assert!(states(&store).is_empty());
    let first = set(&store, &on("phone", PresenceState::Online)).unwrap();
    assert_eq!(first.kicked.len(), 1);
    assert_eq!(first.kicked[0].reason.as_deref(), Some("device phone logged in"));
    set(&store, &on("pad", PresenceState::Online)).unwrap();
    use PresenceState::{Kicked, Online};
    assert_eq!(states(&store), [("pad".into(), Online), ("phone".into(), Kicked)]);
    reported(&store, "phone", '3');
    assert_eq!(states(&store)[0], ("pad".into(), Online));
    assert_eq!(states(&store)[1], ("phone".into(), PresenceState::Unknown));
}

#[test]
fn per_platform_spares_the_others_and_several_spares_all() {
    let store = fake::store();
    let with = |device, platform, rule| SetPresence {
        platform: Some(platform),
        rule,
        ..on(device, PresenceState::Online)
    };
    use MultiDevice::{PerPlatform, Several};
    set(&store, &with("phone", Platform::Android, PerPlatform)).unwrap();
    assert!(set(&store, &with("desk", Platform::Pc, PerPlatform)).unwrap().kicked.is_empty());
    assert!(set(&store, &with("old", Platform::Android, Several)).unwrap().kicked.is_empty());
    let kicked = set(&store, &with("new", Platform::Android, PerPlatform)).unwrap().kicked;
    let names: Vec<_> = kicked.iter().map(|one| one.device.as_str()).collect();
    assert_eq!(names, ["old", "phone"]);
}

#[test]
fn without_a_device_it_is_said_of_all_and_of_default_where_none_is_known() {
    let store = fake::store();
    set(&store, &bob(PresenceState::Killed)).unwrap();
    assert_eq!(states(&store), [("default".into(), PresenceState::Killed)]);
    reported(&store, "phone", '1');
    let said = set(&store, &bob(PresenceState::LoggedOut)).unwrap();
    assert_eq!((said.set.len(), said.kicked.len(), said.too_many), (2, 0, false));
    let said = set(&store, &bob(PresenceState::Online)).unwrap();
    assert!(said.kicked.is_empty());
    assert!(said.too_many, "two are logged in where one may be");
    assert!(
        !set(&store, &SetPresence { rule: MultiDevice::Several, ..bob(PresenceState::Killed) })
            .unwrap()
            .too_many
    );
}

#[test]
fn bad_names_are_refused_together() {
    let store = fake::store();
    let bad = SetPresence { user: " ", device: Some(""), ..bob(PresenceState::Online) };
    let problems = set(&store, &bad).unwrap_err().into_problems();
    let seen: Vec<_> = problems.iter().map(|one| (one.kind, one.place.as_str())).collect();
    assert_eq!(seen, [(Kind::Empty, "--user"), (Kind::Empty, "--device")]);
}
