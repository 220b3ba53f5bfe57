//! The words of single checks: causes that tell cases apart, what is skipped and why, and what would settle a doubt.
//! Which check fails for what is in the table beside.

use super::super::testing::*;
use super::*;
use crate::config::Region;
use crate::diagnose::evidence::SecretLooks;
use crate::diagnose::gather::overlay;
use crate::im::{State, Terminal, UserState};

fn skipped(evidence: &Evidence, id: &str) -> String {
    let finding = found(evidence, id);
    assert_eq!(finding.status, CheckStatus::Skipped, "{id}: {finding:?}");
    finding.evidence
}

#[test]
fn a_secret_that_looks_like_another_is_named() {
    for (looks, cause) in [
        (SecretLooks { equals_app_key: true, equals_app_secret: false }, "the AppKey is in the place"),
        (SecretLooks { equals_app_key: false, equals_app_secret: true }, "the AppSecret is in the place"),
        (SecretLooks::default(), "most often the AppSecret"),
    ] {
        let evidence = broken_by(|e| auth_refused(e, 16));
        let finding =
            found(&Evidence { secret: LiveAnswer::Answered(looks), ..evidence }, "master-secret-wrong");
        assert!(finding.cause.is_some_and(|found| found.starts_with(cause)), "{cause}");
    }
}

#[test]
fn what_oppo_did_not_judge_is_skipped_with_the_code() {
    let evidence = broken_by(|e| auth_refused(e, 19));
    for id in ["app-key-unknown", "master-secret-wrong", "app-not-permitted"] {
        assert!(skipped(&evidence, id).contains("19"), "{id}");
    }
    let evidence = broken_by(|e| e.credentials = LiveAnswer::Failed(problem(Kind::Unreachable)));
    for id in
        ["vendor-unavailable", "clock-skew", "app-key-unknown", "master-secret-wrong", "app-not-permitted"]
    {
        assert_eq!(skipped(&evidence, id), "OPPO could not be asked", "{id}");
    }
    let evidence = broken_by(|e| auth_refused(e, 16));
    assert_eq!(found(&evidence, "app-key-unknown").status, CheckStatus::Pass);
}

#[test]
fn a_moved_reg_id_comes_before_no_report() {
    let reason = "the regId moved to user bob, device phone";
    let mut evidence = sound();
    unreported(&mut evidence, vec![ended(ReportState::Unbound, reason)]);
    assert_eq!(skipped(&evidence, "no-report"), "follows from the moved regId");
    assert_eq!(
        found(&evidence, "reg-id-moved").evidence,
        format!("the report of alice, device phone, regId {REG_ID} ended at 2026-11-22T10:00:00Z: {reason}")
    );
    // What ended it last counts.
    let later =
        Report { ended_at: Some(at("2026-11-23T10:00:00Z")), ..ended(ReportState::Removed, "by hand") };
    evidence.reports.push(later);
    assert_eq!(found(&evidence, "no-report").status, CheckStatus::Fail);
    skipped(&evidence, "reg-id-moved");
}

/// A report may have been made to the IM server alone, unless opush sees the profile's reports.
#[test]
fn where_no_report_was_ever_seen_there_is_only_doubt() {
    let mut evidence = broken_by(|e| unreported(e, Vec::new()));
    evidence.keeps_reports = false;
    let finding = found(&evidence, "no-report");
    assert_eq!(finding.status, CheckStatus::Unknown);
    assert!(
        finding.settle.is_some_and(|settle| settle.to_string().contains("opush token report --user alice"))
    );
    assert_eq!(diagnose(&evidence).verdict(), Verdict::Inconclusive);
    subject(&mut evidence).profile.region.value = Region::Sandbox;
    assert_eq!(found(&evidence, "no-report").status, CheckStatus::Fail);
}

#[test]
fn several_certificates_without_a_default_are_a_doubt() {
    let mut evidence = broken_by(|e| unreported(e, Vec::new()));
    let subject = subject(&mut evidence);
    let second = subject.profile.certificates[0].clone();
    subject.profile.certificates.push(second);
    (subject.certificate, subject.certificate_id) = (None, None);
    let finding = found(&evidence, "no-certificate");
    assert_eq!((finding.status, finding.settle.is_some()), (CheckStatus::Unknown, true));
}

#[test]
fn in_the_built_in_profile_an_accepted_push_outweighs_a_missing_account() {
    let mut evidence = broken_by(|e| e.account = LiveAnswer::Answered(false));
    subject(&mut evidence).profile.origin = crate::config::Origin::BuiltIn;
    assert_eq!(found(&evidence, "account-unknown").status, CheckStatus::Warn);
    evidence.deliveries.clear();
    assert_eq!(found(&evidence, "account-unknown").status, CheckStatus::Fail);
}

/// The IM server answered with this state, of the phone or of the user.
fn asked_now(kept: Option<Presence>, state: State, terminals: &[(&str, State)]) -> Evidence {
    let mut evidence = sound();
    set_presence(&mut evidence, kept);
    let terminals = terminals
        .iter()
        .map(|(platform, state)| Terminal { platform: (*platform).into(), state: state.clone() });
    evidence.im_state = LiveAnswer::Answered(UserState {
        user: "alice".into(),
        state: Ok(state),
        terminals: terminals.collect(),
    });
    overlay(&mut evidence);
    evidence
}

#[test]
fn the_im_servers_word_counts_for_more_than_what_was_kept() {
    let killed = || Some(presence(PresenceState::Killed));
    let evidence = asked_now(killed(), State::Online, &[("Android", State::Online)]);
    assert_eq!(
        found(&evidence, "online").evidence,
        "the IM server says that alice is online now (REST: Online, SDK: ONLINE)"
    );
    let evidence = asked_now(None, State::Offline, &[]);
    assert_eq!(with(&evidence, CheckStatus::Fail), ["logged-out"]);
    // The phone's terminal counts, not the user's.
    let evidence = asked_now(None, State::Online, &[("Web", State::Online), ("Android", State::PushOnline)]);
    assert_eq!(
        found(&evidence, "presence-unknown").evidence,
        "the IM server says that alice is not connected now, and still logged in (REST: PushOnline, SDK: OFFLINE)"
    );
    // A kind of terminal that the server does not name is not logged in, as send has it.
    let evidence = asked_now(None, State::Online, &[("Web", State::Online)]);
    assert_eq!(with(&evidence, CheckStatus::Fail), ["logged-out"]);
    // What a person told, and what follows from that, is outranked, and the contradiction is shown.
    for source in [PresenceSource::Hand, PresenceSource::Rule] {
        let told = Presence { source, ..presence(PresenceState::Kicked) };
        let told = asked_now(Some(told), State::PushOnline, &[("Android", State::PushOnline)]);
        assert_eq!(with(&told, CheckStatus::Fail), [] as [&str; 0]);
        let evidence = found(&told, "presence-unknown").evidence;
        assert!(
            evidence.contains("still logged in") && evidence.ends_with("; kicked was set by hand"),
            "{evidence}"
        );
    }
}

#[test]
fn what_was_kept_stays_where_it_agrees_and_says_why() {
    let kicked = asked_now(Some(presence(PresenceState::Kicked)), State::Offline, &[]);
    assert_eq!(with(&kicked, CheckStatus::Fail), ["kicked"]);
    let hidden = asked_now(Some(presence(PresenceState::Background)), State::Online, &[]);
    assert_eq!(with(&hidden, CheckStatus::Fail), [] as [&str; 0]);
    let disconnected_at = Some(at("2026-11-01T00:00:00Z"));
    let away = Presence { disconnected_at, ..presence(PresenceState::Killed) };
    assert_eq!(with(&asked_now(Some(away), State::Offline, &[]), CheckStatus::Fail), ["expired-7-days"]);
}

#[test]
fn an_unknown_presence_names_what_would_settle_it() {
    let mut evidence = sound();
    set_presence(&mut evidence, None);
    evidence.im_state = LiveAnswer::NotAsked("the profile has no settings of an IM server".into());
    let finding = found(&evidence, "presence-unknown");
    assert_eq!(finding.status, CheckStatus::Unknown);
    assert!(finding.settle.is_some_and(|settle| settle.to_string().contains("[profile.prod.im]")));
    assert_eq!(skipped(&evidence, "online"), "the app's state is unknown: none was recorded");
}
