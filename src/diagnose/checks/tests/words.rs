//! The words of single checks: causes that tell cases apart, what is skipped and why, and what would settle a doubt.
//! Which check fails for what is in the table beside.

use super::super::testing::*;
use super::*;
use crate::config::Region;
use crate::diagnose::evidence::SecretLooks;
use crate::diagnose::gather::overlay;
use crate::im::trace::Loss;
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

/// Apps report to the IM server, not to opush: what was not seen here is not absent, in the sandbox neither.
#[test]
fn a_report_that_was_not_seen_is_a_doubt_unless_all_are_seen() {
    for region in [Region::Cn, Region::Sandbox] {
        for reports in [Vec::new(), vec![ended(ReportState::Removed, "by hand")]] {
            let mut evidence = broken_by(|e| unreported(e, Vec::new()));
            evidence.reports = reports;
            subject(&mut evidence).profile.region.value = region;
            assert_eq!(found(&evidence, "no-report").status, CheckStatus::Fail);
            subject(&mut evidence).profile.reports_complete.value = false;
            let finding = found(&evidence, "no-report");
            assert_eq!(finding.status, CheckStatus::Unknown);
            assert!(finding.settle.is_some_and(|settle| settle.to_string().contains("opush token listen")));
            assert_eq!(diagnose(&evidence).verdict(), Verdict::Inconclusive);
        }
    }
    let mut moved = broken_by(|e| unreported(e, vec![ended(ReportState::Unbound, "moved")]));
    assert_eq!(found(&moved, "reg-id-moved").status, CheckStatus::Fail);
    subject(&mut moved).profile.reports_complete.value = false;
    assert_eq!(found(&moved, "reg-id-moved").status, CheckStatus::Unknown);
}

/// The trace is of this user's own push; losses are of the whole app.
#[test]
fn a_trace_without_a_token_proves_that_there_is_no_report() {
    for (code, info) in [("-2", ""), ("0", "no token uploaded")] {
        let mut evidence = broken_by(|e| unreported(e, Vec::new()));
        subject(&mut evidence).profile.reports_complete.value = false;
        traced(&mut evidence, 1, &[("IMCommitStat.IMStat", 0)]);
        let LiveAnswer::Answered(instances) = &mut evidence.trace else { unreachable!("it was set") };
        instances[0].links[0].code = Some(code.into());
        instances[0].links[0].info = Some(info.into());
        assert_eq!(found(&evidence, "no-report").status, CheckStatus::Fail, "{code} {info}");
    }
    let mut evidence = broken_by(|e| unreported(e, Vec::new()));
    subject(&mut evidence).profile.reports_complete.value = false;
    evidence.losses = LiveAnswer::Answered(vec![loss(None, "-2"), loss(Some("OPPO"), "-2")]);
    assert_eq!(found(&evidence, "no-report").status, CheckStatus::Unknown);
    let said = found(&evidence, "im-push-lost").evidence;
    assert_eq!(said, "in the last 24 h the push service lost pushes of the whole app: 3 times -2 (why)");
}

fn loss(platform: Option<&str>, code: &str) -> Loss {
    let platform = platform.map(str::to_owned);
    Loss {
        lost: crate::im::trace::LossStage::BeforeVendor,
        stage: "SendLoss".into(),
        platform,
        code: code.into(),
        count: 3,
        info: "why".into(),
        meaning: None,
    }
}

#[test]
fn a_loss_that_only_another_platform_has_is_not_oppos() {
    let mut evidence = sound();
    evidence.losses = LiveAnswer::Answered(vec![loss(None, "1"), loss(Some("vivo"), "1")]);
    assert_eq!(found(&evidence, "im-push-lost").status, CheckStatus::Pass);
    evidence.losses = LiveAnswer::Answered(vec![loss(None, "1")]);
    assert_eq!(found(&evidence, "im-push-lost").status, CheckStatus::Warn);
}

/// A push to a regId asks for no login: what OPPO said of it is not outranked by the IM server's session.
#[test]
fn a_direct_push_that_oppo_lost_is_not_blamed_on_presence() {
    let lost: [(&str, Break); 4] = [
        ("daily-limit", |e| received(e, "user_daily_limit")),
        ("reg-id-gone", |e| received(e, "regid_invalid")),
        ("night-control", |e| received(e, "message_night_control")),
        ("quota-used-up", |e| refused(e, 33)),
    ];
    for (id, change) in lost {
        for state in [PresenceState::Online, PresenceState::LoggedOut, PresenceState::Kicked] {
            let mut evidence = broken_by(change);
            set_presence(&mut evidence, Some(presence(state)));
            assert_eq!(with(&evidence, CheckStatus::Fail).len(), 2, "{id} {state}: a push to the user");
            evidence.deliveries[0].user = None;
            assert_eq!(with(&evidence, CheckStatus::Fail), [id], "{id} {state}");
            // A message of later goes through the IM server, which asks.
            messaged(&mut evidence, &serde_json::json!({}));
            assert_ne!(with(&evidence, CheckStatus::Fail), [id], "{id} {state}");
        }
    }
}

#[test]
fn the_first_line_has_no_words_of_interfaces() {
    const WORDS: [&str; 16] = [
        "REST",
        "SDK",
        "PushOnline",
        "UNLOGINED",
        "NotImported",
        "PushFlag",
        "OnlineOnly",
        "MsgLifeTime",
        "Stat",
        "Desc",
        "UserSig",
        "SDKAppID",
        "message_id",
        "regid_invalid",
        "user_daily",
        "16 Invalid",
    ];
    let broken = super::FAILURES.iter().chain(super::phones::FAILURES).map(|(id, change)| (*id, *change));
    let doubts = super::DOUBTS.iter().chain(super::phones::DOUBTS).map(|(id, _, change)| (*id, *change));
    for (id, change) in broken.chain(doubts) {
        let finding = found(&broken_by(change), id);
        let said = finding.plain.unwrap_or(finding.evidence);
        let found: Vec<_> = WORDS.iter().filter(|word| said.contains(*word)).collect();
        assert!(found.is_empty() && !said.ends_with('.'), "{id}: {found:?} in {said}");
    }
}

#[test]
fn a_code_means_what_the_notification_was() {
    let of = |code: i64, fields: serde_json::Value, id: &str| {
        let mut evidence = sound();
        evidence.deliveries = vec![pushed(&fields)];
        refused(&mut evidence, code);
        let finding = found(&evidence, id);
        assert_eq!(finding.status, CheckStatus::Fail);
        (finding.evidence, finding.remedy.map(|remedy| remedy.to_string()).unwrap_or_default())
    };
    let template = serde_json::json!({"private_msg_template_id": "T1", "category": "IM", "notify_level": 2});
    let (said, remedy) = of(54, template, "template-missing");
    assert!(said.contains("template T1 is not approved for this app or category IM"), "{said}");
    assert!(remedy.contains("those of the template itself") && !remedy.contains("desc"), "{remedy}");
    let (said, _) = of(54, serde_json::json!({"category": "IM"}), "template-missing");
    assert!(said.contains("without its template"), "{said}");
    let (said, remedy) = of(67, serde_json::json!({"category": "subscribe"}), "category-refused");
    assert!(said.contains("there is no category subscribe; SUBSCRIPTION is near it"), "{said}");
    assert!(remedy.contains("IM, ACCOUNT, TODO"), "{remedy}");
    let (said, _) = of(67, serde_json::json!({"category": "ORDER"}), "category-refused");
    assert!(said.contains("not granted"), "{said}");
}

#[test]
fn the_channel_asked_about_is_that_of_the_message() {
    let settle = |change: Break| {
        let mut evidence = sound();
        evidence.question.seen = false;
        evidence.deliveries = vec![pushed(&serde_json::json!({"channel_id": "messages"}))];
        change(&mut evidence);
        received(&mut evidence, "push_arrive");
        found(&evidence, "phone-display").settle.map(|settle| settle.to_string()).unwrap_or_default()
    };
    assert!(settle(|_| ()).contains("does the channel messages exist"));
    assert!(settle(|e| e.deliveries[0].request.clear()).contains("does the channel tuikit exist"));
    let later: Break =
        |e| messaged(e, &serde_json::json!({"OfflinePushInfo": {"AndroidInfo": {"OPPOChannelID": "chat"}}}));
    assert!(settle(later).contains("does the channel chat exist"));
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
