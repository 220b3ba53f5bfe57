//! Each link broken by hand: its check names it, and nothing sound is blamed. The words of single checks follow.
//! That the lists of checks agree is tested in `lists`.

use serde_json::json;

use super::CHAIN;
use super::testing::*;
use crate::diagnose::evidence::{Asking, Evidence};
use crate::diagnose::{Status, Verdict};
use crate::failure::{Kind, Problem};
use crate::im::trace::Loss;
use crate::oppo::ClockDifference;
use crate::store::presence::{Presence, PresenceState, ToldBy};
use crate::store::reports::{Report, ReportState};

mod lists;
mod sound;
mod words;

use sound::SOUND;

/// A change of the sound evidence.
type Break = fn(&mut Evidence);

fn problem(kind: Kind) -> Problem {
    Problem::new(kind, "no connection to api-push-cn.heytapmobi.com: refused", "check the network")
}

fn ended(state: ReportState, reason: &str) -> Report {
    let ended_at = Some(at("2026-11-22T10:00:00Z"));
    Report { state, ended_at, ended_reason: Some(reason.into()), ..report() }
}

fn asked_by_reg_id(evidence: &mut Evidence) {
    evidence.asked.user = None;
    evidence.asked.reg_id = Some(REG_ID.into());
}

/// The check that fails, and what makes it fail.
const FAILURES: &[(&str, Break)] = &[
    ("configuration-invalid", |e| {
        *e = crate::diagnose::gather::nothing(
            e.now,
            e.asked.clone(),
            String::new(),
            vec![problem(Kind::TomlSyntax)],
        );
    }),
    ("secret-missing", |e| {
        e.secret = Asking::Failed(problem(Kind::MissingSecret));
        e.credentials = Asking::NotAsked("the MasterSecret can't be got".into());
    }),
    ("no-certificate", |e| {
        subject(e).profile.certificates.clear();
        subject(e).certificate = None;
        subject(e).certificate_id = None;
        unreported(e, Vec::new());
        e.asked.user = None;
        subject(e).user = None;
    }),
    ("no-certificate", |e| {
        e.asked.certificate = Some(9000);
        subject(e).certificate = None;
        subject(e).certificate_id = Some(9000);
    }),
    ("certificate-not-yet-active", |e| {
        certificate(e, |one| one.saved_at.as_mut().expect("set").value = at("2026-11-24T09:55:00Z"));
    }),
    ("vendor-unreachable", |e| e.credentials = Asking::Failed(problem(Kind::Unreachable))),
    ("vendor-unreachable", |e| e.credentials = Asking::Failed(problem(Kind::BadAnswer))),
    ("vendor-unreachable", |e| e.credentials = Asking::Failed(problem(Kind::Timeout))),
    ("vendor-unavailable", |e| auth_refused(e, -1)),
    ("vendor-unavailable", |e| auth_refused(e, -2)),
    ("vendor-unavailable", |e| auth_refused(e, 4711)),
    ("clock-skew", |e| auth_refused(e, 19)),
    ("app-key-unknown", |e| auth_refused(e, 14)),
    ("master-secret-wrong", |e| auth_refused(e, 16)),
    ("app-not-permitted", |e| auth_refused(e, 26)),
    ("app-not-permitted", |e| auth_refused(e, 28)),
    ("app-not-permitted", |e| refused(e, 30)),
    ("app-not-permitted", |e| refused(e, 27)),
    ("channel-missing", |e| {
        certificate(e, |one| one.channel_id = None);
        e.deliveries = vec![pushed(&json!({"channel_id": null}))];
    }),
    ("channel-missing", |e| {
        certificate(e, |one| one.channel_id = None);
        e.deliveries.clear();
    }),
    ("custom-content-not-strings", |e| {
        e.deliveries = vec![pushed(&json!({"action_parameters": "[1]"}))];
    }),
    ("reg-id-moved", |e| {
        unreported(e, vec![ended(ReportState::Unbound, "the regId moved to user bob, device phone")]);
    }),
    ("report-superseded", |e| {
        asked_by_reg_id(e);
        unreported(e, vec![ended(ReportState::Superseded, "regId CN_2 was reported instead")]);
        subject(e).reg_id = Some(REG_ID.into());
        subject(e).user = None;
    }),
    ("no-report", |e| unreported(e, Vec::new())),
    ("no-report", |e| unreported(e, vec![ended(ReportState::Removed, "removed by hand")])),
    ("report-region", |e| {
        subject(e).reg_id = Some("OPPO_SG_00000000000000000000000000000001".into());
    }),
    ("report-region", |e| subject(e).reg_id = Some("CN_12".into())),
    ("report-brand", |e| {
        let device = subject(e).device.as_mut().expect("one");
        device.report.as_mut().expect("one").brand = Some("xiaomi".into());
    }),
    ("certificate-missing", |e| {
        let device = subject(e).device.as_mut().expect("one");
        device.report.as_mut().expect("one").certificate_id = 7004;
        subject(e).certificate_id = Some(7004);
    }),
    ("account-unknown", |e| e.account = Asking::Answered(false)),
    ("account-unknown", |e| e.im_state = Asking::Failed(problem(Kind::ImRefused).with_code(70107))),
    ("logged-out", |e| stands(e, Some(presence(PresenceState::LoggedOut)))),
    ("kicked", |e| stands(e, Some(presence(PresenceState::Kicked)))),
    ("expired-7-days", |e| {
        let disconnected_at = Some(at("2026-11-17T10:00:00Z"));
        stands(e, Some(Presence { disconnected_at, ..presence(PresenceState::Killed) }));
    }),
    ("online", |e| stands(e, Some(presence(PresenceState::Online)))),
    ("push-disabled-by-sender", |e| messaged(e, &json!({"OfflinePushInfo": {"PushFlag": 1}}))),
    ("push-disabled-by-sender", |e| messaged(e, &json!({"OnlineOnlyFlag": 1}))),
    ("nothing-to-show", |e| {
        let custom = json!([{"MsgType": "TIMCustomElem", "MsgContent": {"Data": "x"}}]);
        messaged(e, &json!({"MsgBody": custom}));
    }),
    ("im-unreachable", |e| im_failed(e, &problem(Kind::Unreachable))),
    ("im-unreachable", |e| im_failed(e, &problem(Kind::Timeout))),
    ("im-unreachable", |e| im_failed(e, &problem(Kind::BadAnswer))),
    ("im-credentials-refused", |e| im_failed(e, &problem(Kind::ImCredentialsRefused).with_code(70003))),
    ("im-credentials-refused", |e| im_failed(e, &problem(Kind::MissingSecret))),
    ("im-push-lost", |e| {
        e.asked.push_id = Some("p1".into());
        traced(e, 1, &[("IMCommitStat.IMStat", 1), ("PushStat.PushStat", 0)]);
    }),
    ("reg-id-invalid", |e| refused(e, 10000)),
    ("reg-id-invalid", |e| refused(e, 10002)),
    ("reg-id-invalid", |e| refused(e, 10005)),
    ("reg-id-unsubscribed", |e| refused(e, 10001)),
    ("reg-id-unsubscribed", |e| refused(e, 10003)),
    ("quota-used-up", |e| refused(e, 33)),
    ("rate-limited", |e| refused(e, 13)),
    ("rate-limited", |e| refused(e, 55)),
    ("rate-limited", |e| refused(e, -2)),
    ("category-refused", |e| refused(e, 67)),
    ("template-missing", |e| refused(e, 54)),
    ("message-refused", |e| refused(e, 41)),
    ("message-refused", |e| refused(e, 4711)),
    ("reg-id-gone", |e| received(e, "regid_invalid")),
    ("on-invalid-list", |e| e.on_invalid_list = Asking::Answered(true)),
    ("daily-limit", |e| received(e, "user_daily_limit")),
    ("notifications-off", |e| traced(e, 0, &[("IMCommitStat.IMStat", 1)])),
];

/// The check that warns, and what makes it warn.
const WARNINGS: &[(&str, Break)] = &[
    ("certificate-local-id", |e| {
        certificate(e, |one| one.id.value = crate::config::CertificateId::new(7).expect("positive"));
        let report = subject(e).device.as_mut().and_then(|device| device.report.as_mut());
        report.expect("one").certificate_id = 7;
        e.deliveries[0].certificate_id = Some(7);
    }),
    ("clock-skew", |e| {
        let Asking::Answered(accepted) = &mut e.credentials else { unreachable!() };
        accepted.clock = Some(ClockDifference { vendor_ahead_seconds: -300 });
    }),
    ("app-id-differs", |e| certificate(e, |one| one.app_id.value = "30999999".into())),
    ("channel-differs", |e| e.deliveries = vec![pushed(&json!({"channel_id": "other"}))]),
    ("channel-differs", |e| e.deliveries = vec![pushed(&json!({"channel_id": null}))]),
    ("click-target-doubtful", |e| {
        certificate(e, |one| {
            one.click.value = crate::click::Target::Activity("com.example.demo.splash".into())
        });
        e.deliveries.clear();
    }),
    ("click-target-doubtful", |e| {
        e.deliveries = vec![pushed(&json!({"click_action_activity": "com.example.demo.splash"}))];
    }),
    ("custom-content-lost", |e| {
        let url = json!({"click_action_type": 2, "click_action_url": "https://example.com/a"});
        e.deliveries = vec![pushed(&url)];
    }),
    ("custom-content-not-strings", |e| {
        e.deliveries = vec![pushed(&json!({"action_parameters": "{\"n\":1,\"s\":\"x\"}"}))];
    }),
    ("sound-asked-for", |e| {
        messaged(e, &json!({"OfflinePushInfo": {"AndroidInfo": {"Sound": "ding"}}}));
    }),
    ("im-push-lost", |e| {
        let loss = Loss {
            stage: "SendLoss".into(),
            platform: Some("OPPO".into()),
            code: "13".into(),
            count: 3,
            info: "too fast".into(),
        };
        e.losses = Asking::Answered(vec![loss]);
    }),
    // Nobody asked about this push, which may be older than what was mended since.
    ("im-push-lost", |e| traced(e, 1, &[("PushStat.PushStat", 0)])),
    ("im-push-lost", |e| e.trace = Asking::Answered(Vec::new())),
    ("rapid-series", |e| e.deliveries = vec![e.deliveries[0].clone(); 5]),
    ("content-too-plain", |e| e.deliveries = vec![pushed(&json!({"content": "1"}))]),
];

/// The check that can't tell, a part of what would settle it, and what leaves it in doubt.
const DOUBTS: &[(&str, &str, Break)] = &[
    ("nothing-sent", "opush diagnose --user alice --probe", |e| e.deliveries.clear()),
    ("nothing-sent", "opush diagnose --reg-id CN_0", |e| {
        asked_by_reg_id(e);
        subject(e).user = None;
        e.deliveries.clear();
    }),
    ("outcome-unknown", "--probe", |e| {
        e.deliveries[0].status = crate::store::deliveries::Status::Unknown;
        e.deliveries[0].message_id = None;
    }),
    ("message-refused", "--probe", |e| refused(e, 16)),
    ("message-refused", "--probe", |e| refused(e, -1)),
    ("message-refused", "--probe", |e| {
        certificate(e, |one| one.saved_at.as_mut().expect("set").value = at("2026-11-24T09:30:00Z"));
        refused(e, 30);
    }),
    ("no-receipt", "opush receipt listen", |e| e.asked.seen = false),
    ("no-receipt", "that the phone is on", |e| {
        e.asked.seen = false;
        e.deliveries = vec![pushed(&json!({"call_back_url": "https://example.com/r"}))];
    }),
    ("phone-display", "does the channel tuikit exist", |e| {
        e.asked.seen = false;
        received(e, "push_arrive");
    }),
    ("phone-display", "notification switch", |e| {
        e.asked.seen = false;
        received(e, "push_arrive");
        traced(e, 1, &[("DeviceStat.ReachStat", 0)]);
    }),
];

/// The ids of the checks with this status.
fn with(evidence: &Evidence, status: Status) -> Vec<&'static str> {
    let checks = diagnose(evidence).checks;
    checks.iter().filter(|checked| checked.finding.status == status).map(|checked| checked.id).collect()
}

/// Every finding in a line.
fn all_of(evidence: &Evidence) -> String {
    let line = |checked: &crate::diagnose::Checked| {
        format!("\n{} {}: {}", checked.finding.status.as_str(), checked.id, checked.finding.evidence)
    };
    diagnose(evidence).checks.iter().map(line).collect()
}

fn broken_by(change: Break) -> Evidence {
    let mut evidence = sound();
    change(&mut evidence);
    evidence
}

#[test]
fn a_broken_link_is_named_and_no_other_is_blamed() {
    for (number, (id, change)) in FAILURES.iter().enumerate() {
        let evidence = broken_by(*change);
        assert_eq!(with(&evidence, Status::Fail), [*id], "row {number}: {}", all_of(&evidence));
        let finding = found(&evidence, id);
        assert!(finding.cause.is_some() && !finding.evidence.ends_with('.'), "{id}: {finding:?}");
        assert!(diagnose(&evidence).first_broken().is_some_and(|broken| broken.remedy.is_some()), "{id}");
    }
}

#[test]
fn what_is_worth_a_look_breaks_nothing() {
    for (number, (id, change)) in WARNINGS.iter().enumerate() {
        let evidence = broken_by(*change);
        assert_eq!(with(&evidence, Status::Warn), [*id], "row {number}: {}", all_of(&evidence));
        assert_eq!(with(&evidence, Status::Fail), [] as [&str; 0], "row {number}");
    }
}

#[test]
fn a_doubt_says_what_would_settle_it() {
    for (number, (id, settle, change)) in DOUBTS.iter().enumerate() {
        let evidence = broken_by(*change);
        assert_eq!(with(&evidence, Status::Unknown), [*id], "row {number}: {}", all_of(&evidence));
        let diagnosis = diagnose(&evidence);
        assert_eq!(diagnosis.verdict(), Verdict::Inconclusive, "row {number}: {}", all_of(&evidence));
        assert!(diagnosis.would_settle()[0].contains(settle), "row {number}: {:?}", diagnosis.would_settle());
    }
}

/// A push that was not accepted, and that nothing explains, is no sound chain.
#[test]
fn no_code_of_the_newest_push_leaves_a_sound_chain() {
    for code in (-2..=100).chain(9_990..=10_020) {
        let mut evidence = sound();
        refused(&mut evidence, code);
        assert_ne!(diagnose(&evidence).verdict(), Verdict::Sound, "{code}");
        let blamed = with(&evidence, Status::Fail);
        assert!(blamed.len() <= 1, "{code}: {blamed:?}");
    }
}

#[test]
fn nothing_sound_is_blamed() {
    for (what, change) in SOUND {
        let evidence = broken_by(*change);
        let blamed = [with(&evidence, Status::Fail), with(&evidence, Status::Warn)].concat();
        assert_eq!(blamed, [] as [&str; 0], "{what}: {}", all_of(&evidence));
    }
    assert_eq!(diagnose(&sound()).verdict(), Verdict::Sound);
}

/// Breaks that leave nothing for a second one to break.
const ALONE: [&str; 2] = ["configuration-invalid", "no-certificate"];

#[test]
fn of_two_broken_links_the_earlier_is_named() {
    let place = |id: &str| CHAIN.iter().position(|check| check.id == id).expect("in the chain");
    let link = |id: &str| CHAIN[place(id)].link;
    let mut pairs = 0;
    for (first, one) in FAILURES.iter().filter(|(id, _)| !ALONE.contains(id)) {
        for (second, other) in FAILURES.iter().filter(|(id, _)| !ALONE.contains(id)) {
            if place(first) >= place(second) || link(first) == link(second) {
                continue;
            }
            // What another certificate would push says nothing of the one that is missing, and an old regId has no user.
            let follows = match *second {
                "certificate-missing" => ["certificate", "message"].contains(&link(first)),
                "report-superseded" => *first == "certificate-not-yet-active",
                _ => false,
            };
            if follows {
                continue;
            }
            let mut evidence = broken_by(*other);
            one(&mut evidence);
            let blamed = with(&evidence, Status::Fail);
            assert_eq!(blamed.first(), Some(first), "{first} and {second}: {}", all_of(&evidence));
            assert!(blamed.iter().all(|id| id == first || id == second), "{first} and {second}: {blamed:?}");
            pairs += 1;
        }
    }
    assert!(pairs > 200, "{pairs}");
}
