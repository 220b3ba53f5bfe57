//! Takes every remedy that is in a table, and parses its command with the real command tree.
//! The problems that bad input provokes are checked in tests/cli.

use clap::CommandFactory;
use clap::builder::Str;

use super::Cli;
use crate::clock::Timestamp;
use crate::diagnose::{checks, machine};
use crate::failure::Remedy;
use crate::push::{self, DecisionKind, KnownCertificate, Message, RULE, Situation};
use crate::receipts;
use crate::store::devices::Device;
use crate::store::presence::{Platform, Presence, PresenceSource, PresenceState};
use crate::store::receipts::Event;
use crate::{click, im, notification, return_codes, snippet};

#[path = "../../tests/remedy.rs"]
mod printed;

fn complaints(remedies: impl IntoIterator<Item = (Str, Remedy)>) -> Vec<String> {
    let mut root = Cli::command();
    root.build();
    let flaw = |(name, remedy): (Str, Remedy)| {
        let flaw = printed::flaw(&remedy.to_string(), &root)?;
        Some(format!("{name}: {flaw}"))
    };
    remedies.into_iter().filter_map(flaw).collect()
}

#[test]
fn every_remedy_of_a_table_is_a_sentence_and_a_command_that_parses() {
    let name = |name: &str| Str::from(name.to_owned());
    let oppo = return_codes::TABLE.iter().map(|row| (name(row.name), row.remedy.into()));
    let im_codes = im::codes::TABLE.iter().map(|row| (name(row.meaning), row.remedy.into()));
    let rule = RULE.iter().map(|step| (name(step.decision.name()), step.remedy.clone()));
    let clicks = click::RULES
        .iter()
        .chain(click::IN_APP_RULES)
        .chain(snippet::RULES)
        .map(|rule| (name(rule.id), rule.remedy.into()));
    let events = [Event::Arrived, Event::RegIdInvalid, Event::DailyLimit, Event::NightControl].into_iter();
    let events = events.filter_map(|event| Some((name(&event.to_string()), receipts::remedy(event)?)));
    let warnings = notification::WARNINGS.iter().chain(im::message::WARNINGS);
    let warnings = warnings.map(|kind| (name(kind.id), kind.hint.clone()));
    let checks = checks::CHAIN.iter().map(|check| (name(check.id), check.remedy.clone()));
    let machine = machine::CHAIN.iter().map(|check| (name(check.id), check.remedy.clone()));
    let all = oppo.chain(im_codes).chain(rule).chain(clicks).chain(checks).chain(machine);
    let found = complaints(all.chain(events).chain(warnings));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A device as each "no" of the rule that has a command sees it.
fn devices() -> Vec<Option<Device>> {
    let since = Timestamp::from_second(1_700_000_000).unwrap();
    let presence = |state, source| Presence {
        profile: "demo".into(),
        user: "alice".into(),
        device: "a phone".into(),
        platform: Platform::Android,
        state,
        since: Some(since),
        seen_at: since,
        last_login_at: Some(since),
        disconnected_at: (state == PresenceState::Killed).then_some(since),
        source,
        reason: None,
    };
    let device =
        |presence| Some(Device { user: "alice".into(), name: "a phone".into(), presence, report: None });
    let states = [
        (PresenceState::LoggedOut, PresenceSource::Hand),
        (PresenceState::NotLoggedIn, PresenceSource::ImServer),
        (PresenceState::Kicked, PresenceSource::Hand),
        (PresenceState::Killed, PresenceSource::Hand),
        (PresenceState::Online, PresenceSource::Hand),
    ];
    let known = states.map(|(state, source)| device(Some(presence(state, source))));
    known.into_iter().chain([device(None), None]).collect()
}

#[test]
fn every_no_of_the_rule_says_what_to_do() {
    let mut found = Vec::new();
    for device in devices() {
        let situation = Situation {
            profile: "demo",
            user: "alice",
            device: device.as_ref(),
            certificate: None,
            certificates: &[KnownCertificate { id: 7005, saved_at: None }],
            message: Message::default(),
            muted: false,
            now: Timestamp::from_second(1_701_000_000).unwrap(),
            force: false,
        };
        let (_, decision) = push::apply_rule(RULE, &situation);
        assert_ne!(decision.kind, DecisionKind::Push);
        let hint = decision.problem().unwrap().hint;
        found.extend(complaints([(Str::from(decision.name()), *hint)]));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_remedy_that_is_none_is_noticed() {
    for (remedy, why) in [
        (Remedy::run("x", "sedn --user <USER>"), "unrecognized"),
        (Remedy::run("x", "token list --usr <USER>"), "unexpected argument"),
        (Remedy::run("x", "token show"), "required"),
        (Remedy::run("x", "token show --user <WHO>"), "the gap WHO has no known name"),
        (Remedy::say("see opush token list"), "contains a command"),
        (Remedy::say("See it"), "capital"),
    ] {
        let found = complaints([(Str::from("x"), remedy)]);
        assert!(found.len() == 1 && found[0].contains(why), "{why}: {found:?}");
    }
    assert!(complaints([(Str::from("x"), Remedy::run("x", "token show --user <USER>"))]).is_empty());
}
