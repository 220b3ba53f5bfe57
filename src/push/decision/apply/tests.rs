//! Tests of the offline-push rule: its order, its names, its edges, and what `--force` goes past.
//! Random histories are held against a model in tests/push.

use strum::VariantArray;

use super::*;
use crate::clock::Timestamp;
use crate::push::{KnownCertificate, Message};
use crate::store::devices::Device;
use crate::store::presence::{Platform, Presence, PresenceSource, PresenceState};
use crate::store::reports::{Report, ReportState};

const DAY: i64 = 24 * 60 * 60;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).unwrap()
}

fn report() -> Report {
    Report {
        id: 1,
        profile: "demo".into(),
        region: "cn".into(),
        user: "alice".into(),
        device: "phone".into(),
        certificate_id: 7005,
        reg_id: "CN_0123456789abcdef0123456789abcdef".into(),
        brand: None,
        source: None,
        state: ReportState::Current,
        reported_at: at(0),
        last_reported_at: at(0),
        ended_at: None,
        ended_reason: None,
    }
}

fn presence(state: PresenceState) -> Presence {
    Presence {
        profile: "demo".into(),
        user: "alice".into(),
        device: "phone".into(),
        platform: Platform::Android,
        state,
        since: Some(at(0)),
        seen_at: at(0),
        last_login_at: Some(at(-DAY)),
        disconnected_at: (state == PresenceState::Killed).then(|| at(0)),
        source: PresenceSource::Hand,
        reason: None,
    }
}

fn device(presence: Option<Presence>, report: Option<Report>) -> Device {
    Device { user: "alice".into(), name: "phone".into(), presence, report }
}

const KNOWN: [KnownCertificate; 1] = [KnownCertificate { id: 7005, saved_at: None }];

fn situation<'a>(device: Option<&'a Device>, certificates: &'a [KnownCertificate]) -> Situation<'a> {
    Situation {
        profile: "demo",
        user: "alice",
        device,
        certificate: None,
        certificates,
        message: Message::default(),
        muted: false,
        now: at(60),
        force: false,
    }
}

#[test]
fn every_state_has_its_answer() {
    for (state, name) in [
        (PresenceState::Unknown, "push"),
        (PresenceState::Online, "online"),
        (PresenceState::Background, "push"),
        (PresenceState::Killed, "push"),
        (PresenceState::LoggedOut, "logged-out"),
        (PresenceState::Kicked, "kicked"),
    ] {
        let device = device(Some(presence(state)), Some(report()));
        let decision = decide(RULE, &situation(Some(&device), &KNOWN));
        assert_eq!(decision.name(), name, "{state:?}");
        assert_eq!(decision.presence_unknown, state == PresenceState::Unknown);
        assert_eq!(decision.problem().is_none(), decision.is_push());
        assert!(!decision.ground().is_empty());
    }
}

#[test]
fn a_reported_token_alone_is_pushed_to_and_the_words_say_what_is_not_known() {
    let device = device(None, Some(report()));
    let decision = decide(RULE, &situation(Some(&device), &KNOWN));
    assert_eq!((decision.name(), decision.words().as_str()), ("push", "push (presence unknown)"));
    let problem = decide(RULE, &situation(None, &KNOWN)).problem().unwrap();
    assert_eq!(problem.message, "no-report: user alice has no token report in profile demo");
    assert_eq!(problem.kind.class().exit_code(), 9);
}

#[test]
fn the_seven_days_count_from_the_disconnect_to_the_second() {
    let device = device(Some(presence(PresenceState::Killed)), Some(report()));
    let on = |seconds| Situation { now: at(seconds), ..situation(Some(&device), &KNOWN) };
    assert_eq!(decide(RULE, &on(7 * DAY - 1)).name(), "push");
    let expired = decide(RULE, &on(7 * DAY));
    assert_eq!(expired.name(), "expired-7-days");
    assert!(expired.ground().contains("REST: Offline, SDK: UNLOGINED"), "{}", expired.ground());
}

#[test]
fn a_certificate_serves_from_ten_minutes_after_it_was_saved() {
    let fresh = [KnownCertificate { id: 7005, saved_at: Some(at(0)) }];
    let device = device(None, Some(report()));
    let on = |seconds| Situation { now: at(seconds), ..situation(Some(&device), &fresh) };
    let early = decide(RULE, &on(599));
    assert_eq!(early.name(), "certificate-not-yet-active");
    assert!(early.ground().ends_with("from 2023-11-14T22:23:20Z on"), "{}", early.ground());
    assert_eq!(decide(RULE, &on(600)).name(), "push");
    assert_eq!(decide(RULE, &Situation { force: true, ..on(599) }).name(), "push");
    assert_eq!(decide(RULE, &situation(Some(&device), &[])).name(), "certificate-missing");
    assert_eq!(decide(RULE, &Situation { certificate: Some(7004), ..on(600) }).name(), "no-report");
}

/// All reasons at once; taking away the first leaves the next, in the documented order.
#[test]
fn the_first_reason_in_the_order_of_the_rule_decides() {
    let fresh = [KnownCertificate { id: 7005, saved_at: Some(at(0)) }];
    let of = |state, report| device(Some(presence(state)), report);
    let out = of(PresenceState::LoggedOut, None);
    let online = of(PresenceState::Online, None);
    let killed = of(PresenceState::Killed, None);
    let reported = of(PresenceState::Killed, Some(report()));
    let message = |wants_no_push, shows_nothing| Message { wants_no_push, shows_nothing };
    let rows = [
        (message(true, true), &out, true, &[][..], "push-disabled-by-sender"),
        (message(false, true), &out, true, &[], "nothing-to-show"),
        (message(false, false), &out, true, &[], "logged-out"),
        (message(false, false), &online, true, &[], "online"),
        (message(false, false), &killed, true, &[], "muted"),
        (message(false, false), &killed, false, &[], "no-report"),
        (message(false, false), &reported, false, &[], "certificate-missing"),
        (message(false, false), &reported, false, &fresh, "certificate-not-yet-active"),
        (message(false, false), &reported, false, &KNOWN, "push"),
    ];
    for (message, device, muted, certificates, name) in rows {
        let asked = Situation { message, muted, ..situation(Some(device), certificates) };
        assert_eq!(decide(RULE, &asked).name(), name);
    }
}

#[test]
fn force_goes_past_timing_and_presence_and_nothing_else() {
    for state in PresenceState::VARIANTS {
        let device = device(Some(presence(*state)), Some(report()));
        let forced = Situation { force: true, now: at(8 * DAY), ..situation(Some(&device), &KNOWN) };
        let decision = decide(RULE, &forced);
        assert!(decision.is_push(), "{state:?}");
        let named = decision.ground().contains("without --force");
        assert_eq!(named, !decide(RULE, &Situation { force: false, ..forced }).is_push(), "{state:?}");
        assert_eq!(decide(RULE, &Situation { muted: true, ..forced }).name(), "muted");
        assert_eq!(decide(RULE, &Situation { certificates: &[], ..forced }).name(), "certificate-missing");
    }
}

#[test]
fn a_walk_names_every_step_once_and_stops_at_the_first_no() {
    let device = device(Some(presence(PresenceState::Kicked)), None);
    let (steps, decision) = apply_rule(RULE, &situation(Some(&device), &[]));
    let decisions: Vec<_> = steps.iter().map(|step| step.decision).chain([DecisionKind::Push]).collect();
    assert_eq!(decisions, DecisionKind::VARIANTS);
    let results: Vec<_> = steps.iter().map(|step| step.result).collect();
    assert_eq!(
        results[..4],
        [StepResult::Passed, StepResult::Passed, StepResult::Passed, StepResult::Stopped]
    );
    assert!(results[4..].iter().all(|result| *result == StepResult::NotReached));
    assert_eq!(decision.name(), "kicked");
}
