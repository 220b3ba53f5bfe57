//! Histories: what happens, played through the library's own functions and through the model, and compared after each step.
//! The model is in `model`; the rule under test is reached through the library's face alone.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use opush::clock::{Clock, Timestamp};
use opush::config::{MultiDevice, Region};
use opush::push::presence::{self, SetPresence};
use opush::push::{self, KnownCertificate, Message, RULE, ReportRequest, Step, ToUser};
use opush::store::Store;
use opush::store::presence::{Platform, PresenceSource, PresenceState};
use opush::store::source::FactSource;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::model::{App, Several, World};

const START: i64 = 1_700_000_000;

#[derive(Clone, Debug)]
pub enum Event {
    Login { user: u8, device: u8, platform: Option<u8> },
    Report { user: u8, device: u8, token: u8, certificate: i64 },
    DropToken { user: u8, device: u8 },
    Kill { user: u8, device: u8 },
    Background { user: u8, device: u8 },
    Logout { user: u8, device: u8 },
    Kick { user: u8, device: u8 },
    SaveCertificate(i64),
    RemoveCertificate(i64),
    Wait(i64),
}

fn event() -> impl Strategy<Value = Event> {
    let who = (0..2_u8, 0..3_u8);
    let certificate = prop_oneof![Just(7004_i64), Just(7005)];
    // Around the edges of ten minutes and seven days as well as anywhere.
    let wait = prop_oneof![
        Just(1_i64),
        Just(599),
        Just(600),
        0..700_i64,
        Just(604_799),
        Just(604_800),
        0..700_000_i64
    ];
    let platform = prop_oneof![Just(None), Just(Some(0_u8)), Just(Some(1))];
    prop_oneof![
        3 => (who.clone(), platform).prop_map(|((user, device), platform)| Event::Login { user, device, platform }),
        4 => (who.clone(), 0..4_u8, certificate.clone())
            .prop_map(|((user, device), token, certificate)| Event::Report { user, device, token, certificate }),
        1 => who.clone().prop_map(|(user, device)| Event::DropToken { user, device }),
        3 => who.clone().prop_map(|(user, device)| Event::Kill { user, device }),
        2 => who.clone().prop_map(|(user, device)| Event::Background { user, device }),
        1 => who.clone().prop_map(|(user, device)| Event::Logout { user, device }),
        1 => who.prop_map(|(user, device)| Event::Kick { user, device }),
        1 => certificate.clone().prop_map(Event::SaveCertificate),
        1 => certificate.prop_map(Event::RemoveCertificate),
        4 => wait.prop_map(Event::Wait),
    ]
}

/// The library's side of a history.
struct Real {
    store: Store,
    now: Arc<AtomicI64>,
    rule: MultiDevice,
    certificates: BTreeMap<i64, i64>,
}

fn user_name(user: u8) -> String {
    format!("user{user}")
}

fn device_name(device: u8) -> String {
    format!("device{device}")
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

impl Real {
    fn new(rule: MultiDevice) -> Real {
        let now = Arc::new(AtomicI64::new(START));
        let hand = now.clone();
        let clock = Clock::new(move || at(hand.load(Ordering::Relaxed)));
        Real { store: Store::in_memory(clock).unwrap(), now, rule, certificates: BTreeMap::new() }
    }

    fn says(&self, user: u8, device: u8, platform: Option<u8>, state: PresenceState) {
        let platforms = [Platform::Android, Platform::Pc];
        let said = SetPresence {
            profile: "demo",
            rule: self.rule,
            user: &user_name(user),
            device: Some(&device_name(device)),
            platform: platform.map(|number| platforms[usize::from(number)]),
            state,
            source: PresenceSource::Hand,
        };
        presence::set(&self.store, &said).unwrap();
    }

    fn play(&mut self, event: &Event) {
        match *event {
            Event::Login { user, device, platform } => {
                self.says(user, device, platform, PresenceState::Online)
            }
            Event::Kill { user, device } => self.says(user, device, None, PresenceState::Killed),
            Event::Background { user, device } => self.says(user, device, None, PresenceState::Background),
            Event::Logout { user, device } => self.says(user, device, None, PresenceState::LoggedOut),
            Event::Kick { user, device } => self.says(user, device, None, PresenceState::Kicked),
            Event::Report { user, device, token, certificate } => {
                let request = ReportRequest {
                    profile: "demo",
                    region: Region::Cn,
                    certificates: &[7004, 7005],
                    user: &user_name(user),
                    device: Some(&device_name(device)),
                    certificate_id: certificate,
                    reg_id: &format!("CN_{token:032x}"),
                    brand: None,
                    source: FactSource::App,
                };
                push::report(&self.store, &request).unwrap();
            }
            Event::DropToken { user, device } => {
                // That there is none to remove is an error of the command, and none of the history.
                let _ = push::remove(&self.store, "demo", &user_name(user), Some(&device_name(device)));
            }
            Event::SaveCertificate(id) => {
                self.certificates.insert(id, self.now.load(Ordering::Relaxed));
            }
            Event::RemoveCertificate(id) => {
                self.certificates.remove(&id);
            }
            Event::Wait(seconds) => {
                self.now.fetch_add(seconds, Ordering::Relaxed);
            }
        }
    }

    fn answers(&self, by: &[Step], user: u8) -> Vec<(Option<String>, &'static str)> {
        let known: Vec<_> = self
            .certificates
            .iter()
            .map(|(id, saved)| KnownCertificate { id: *id, saved_at: Some(at(*saved)) })
            .collect();
        let user = user_name(user);
        let request = ToUser {
            profile: "demo",
            region: Region::Cn,
            user: &user,
            certificate: None,
            certificates: &known,
            message: Message::default(),
            muted: false,
            force: false,
            answer_within: Duration::ZERO,
        };
        let judged = push::judge_by(by, &self.store, &request).unwrap();
        judged.into_iter().map(|one| (one.device.map(|device| device.name), one.decision.name())).collect()
    }
}

fn play(world: &mut World, event: &Event) {
    match *event {
        Event::Login { user, device, platform } => world.log_in(user, device, platform),
        Event::Kill { user, device } => world.becomes(user, device, App::Gone { at: world.now }),
        Event::Background { user, device } => world.becomes(user, device, App::DoBackground),
        Event::Logout { user, device } => world.becomes(user, device, App::LoggedOut),
        Event::Kick { user, device } => world.becomes(user, device, App::Kicked),
        Event::Report { user, device, token, certificate } => world.report(user, device, token, certificate),
        Event::DropToken { user, device } => world.drop_token(user, device),
        Event::SaveCertificate(id) => drop(world.certificates.insert(id, world.now)),
        Event::RemoveCertificate(id) => drop(world.certificates.remove(&id)),
        Event::Wait(seconds) => world.now += seconds,
    }
}

/// A multi-device rule, in the library's words and in the model's, and what happens under it.
pub type History = ((MultiDevice, Several), Vec<Event>);

pub fn history() -> impl Strategy<Value = History> {
    let several = prop_oneof![
        Just((MultiDevice::One, Several::One)),
        Just((MultiDevice::PerPlatform, Several::PerPlatform)),
        Just((MultiDevice::Several, Several::All)),
    ];
    (several, proptest::collection::vec(event(), 1..40))
}

/// Plays the history, and compares every decision of this rule with the model's after each event.
pub fn compare(by: &[Step], (several, events): &History) -> Result<(), TestCaseError> {
    let mut real = Real::new(several.0);
    let mut world =
        World { now: START, rule: several.1, devices: BTreeMap::new(), certificates: BTreeMap::new() };
    for event in [Event::SaveCertificate(7005), Event::Wait(600)].iter().chain(events) {
        real.play(event);
        play(&mut world, event);
        for user in 0..3 {
            let expected: Vec<_> = world
                .answers(user)
                .into_iter()
                .map(|(device, name)| (device.map(device_name), name))
                .collect();
            prop_assert_eq!(real.answers(by, user), expected, "after {:?}", event);
        }
    }
    Ok(())
}

/// `tests/run --all` takes more.
pub fn config() -> ProptestConfig {
    let cases = if std::env::var_os("OPUSH_ALL_TESTS").is_some() { 4_000 } else { 400 };
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_history_is_decided_as_the_model_decides(history in history()) {
        compare(RULE, &history)?;
    }
}
