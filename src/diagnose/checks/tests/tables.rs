//! What breaks each link, leaves it in doubt or is worth a look, and what is sound all the same, as changes of the sound evidence.
//! What must follow is tested beside.

use serde_json::json;

use super::super::testing::*;
use super::in_app::{app_file, channel_in_code};
use super::{Break, asked_by_reg_id, ended, problem};
use crate::app::Form;
use crate::click::Target;
use crate::diagnose::evidence::LiveAnswer;
use crate::failure::{Kind, Problem};
use crate::im::trace::{Loss, LossStage};
use crate::im::{State, Terminal, UserState};
use crate::oppo::ClockDifference;
use crate::store::presence::{Presence, PresenceSource, PresenceState};
use crate::store::reports::{Report, ReportState};

/// The check that fails, and what makes it fail.
pub(crate) const FAILURES: &[(&str, Break)] = &[
    ("click-target-not-in-app", |e| {
        app_file(e, Form::Merged, |text| {
            text.replace("com.example.demo.SplashActivity", "com.example.demo.Main")
        });
    }),
    ("click-target-not-in-app", |e| {
        app_file(e, Form::Source, |text| {
            text.replace("com.example.demo.SplashActivity", "com.example.demo.Main")
        });
    }),
    ("app-without-push", |e| {
        app_file(e, Form::Merged, |text| {
            text.replace("com.heytap.msp.push.service.Data", "com.example.Data")
        });
    }),
    ("configuration-invalid", |e| {
        *e = crate::diagnose::gather::nothing(
            e.now,
            e.question.clone(),
            String::new(),
            vec![problem(Kind::TomlSyntax)],
        );
    }),
    ("secret-missing", |e| {
        e.secret = LiveAnswer::Failed(problem(Kind::MissingSecret));
        e.credentials = LiveAnswer::NotAsked("the MasterSecret can't be got".into());
    }),
    ("no-certificate", |e| {
        subject(e).profile.certificates.clear();
        subject(e).certificate = None;
        subject(e).certificate_id = None;
        unreported(e, Vec::new());
        e.question.user = None;
        subject(e).user = None;
    }),
    ("no-certificate", |e| {
        e.question.certificate = Some(9000);
        subject(e).certificate = None;
        subject(e).certificate_id = Some(9000);
    }),
    ("certificate-not-yet-active", |e| {
        certificate(e, |one| one.saved_at.as_mut().expect("set").value = at("2026-11-24T09:55:00Z"));
    }),
    ("vendor-unreachable", |e| e.credentials = LiveAnswer::Failed(problem(Kind::Unreachable))),
    ("vendor-unreachable", |e| e.credentials = LiveAnswer::Failed(problem(Kind::BadAnswer))),
    ("vendor-unreachable", |e| e.credentials = LiveAnswer::Failed(problem(Kind::Timeout))),
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
    ("app-not-permitted", |e| {
        refused(e, 30);
        e.deliveries[0].certificate_id = Some(7004);
    }),
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
    ("sdk-silent", |e| {
        unreported(e, Vec::new());
        subject(e).profile.reports_complete.value = true;
        let terminal = Terminal { platform: "Android".into(), state: State::PushOnline };
        e.im_state = LiveAnswer::Answered(UserState {
            user: "alice".into(),
            state: Ok(State::PushOnline),
            terminals: vec![terminal],
        });
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
    ("account-unknown", |e| e.account = LiveAnswer::Answered(false)),
    ("account-unknown", |e| e.im_state = LiveAnswer::Failed(problem(Kind::ImRefused).with_code(70107))),
    ("logged-out", |e| set_presence(e, Some(presence(PresenceState::LoggedOut)))),
    ("kicked", |e| set_presence(e, Some(presence(PresenceState::Kicked)))),
    ("expired-7-days", |e| {
        let disconnected_at = Some(at("2026-11-17T10:00:00Z"));
        set_presence(e, Some(Presence { disconnected_at, ..presence(PresenceState::Killed) }));
    }),
    ("online", |e| set_presence(e, Some(presence(PresenceState::Online)))),
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
        e.question.push_id = Some("p1".into());
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
    ("on-invalid-list", |e| e.on_invalid_list = LiveAnswer::Answered(true)),
    ("daily-limit", |e| received(e, "user_daily_limit")),
    ("night-control", |e| received(e, "message_night_control")),
    ("app-message-id-repeated", |e| e.same_id = Some(e.deliveries[0].clone())),
    ("notifications-off", |e| traced(e, 0, &[("IMCommitStat.IMStat", 1)])),
];

/// The check that warns, and what makes it warn.
pub(crate) const WARNINGS: &[(&str, Break)] = &[
    ("certificate-local-id", |e| {
        certificate(e, |one| one.id.value = crate::config::CertificateId::new(7).expect("positive"));
        let report = subject(e).device.as_mut().and_then(|device| device.report.as_mut());
        report.expect("one").certificate_id = 7;
        e.deliveries[0].certificate_id = Some(7);
    }),
    ("clock-skew", |e| {
        let LiveAnswer::Answered(accepted) = &mut e.credentials else { unreachable!() };
        accepted.clock = Some(ClockDifference { vendor_ahead_seconds: -300 });
    }),
    ("app-id-differs", |e| certificate(e, |one| one.app_id.value = "30999999".into())),
    ("channel-differs", |e| e.deliveries = vec![pushed(&json!({"channel_id": "other"}))]),
    ("channel-differs", |e| e.deliveries = vec![pushed(&json!({"channel_id": null}))]),
    ("system-channel", |e| {
        e.deliveries = vec![pushed(&json!({"channel_id": "push_oplus_category_service", "category": "IM"}))];
    }),
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
            lost: LossStage::OtherStage,
            stage: "SendLoss".into(),
            platform: Some("OPPO".into()),
            code: "13".into(),
            count: 3,
            info: "too fast".into(),
            meaning: None,
        };
        e.losses = LiveAnswer::Answered(vec![loss]);
    }),
    // This push was not asked about, and may be older than what was fixed since.
    ("im-push-lost", |e| traced(e, 1, &[("PushStat.PushStat", 0)])),
    ("im-push-lost", |e| e.trace = LiveAnswer::Answered(Vec::new())),
    ("rapid-series", |e| e.deliveries = vec![e.deliveries[0].clone(); 5]),
    ("content-too-plain", |e| e.deliveries = vec![pushed(&json!({"content": "1"}))]),
];

/// The check that can't tell, a part of what would settle it, and what leaves it in doubt.
pub(crate) const DOUBTS: &[(&str, &str, Break)] = &[
    ("channel-not-in-app", "NotificationChannel with exactly this id", |e| channel_in_code(e, Some(false))),
    ("click-target-not-in-app", "the merged manifest", |e| {
        certificate(e, |one| one.click.value = Target::Activity("org.library.PushActivity".into()));
        e.deliveries.clear();
        app_file(e, Form::Source, |text| text.replace("org.library.PushActivity", "com.example.demo.Main"));
        e.deliveries = vec![pushed(&json!({"click_action_activity": "org.library.PushActivity"}))];
    }),
    ("click-target-not-in-app", "the app that is pushed to", |e| {
        app_file(e, Form::Merged, |text| {
            text.replace("<manifest ", "<manifest package=\"com.example.other\" ")
        });
    }),
    ("app-without-push", "the merged manifest", |e| {
        app_file(e, Form::Source, |text| {
            text.replace("com.heytap.msp.push.service.Data", "com.example.Data")
        });
    }),
    ("app-without-push", "build or download", |e| {
        e.app = LiveAnswer::Failed(Problem::new(
            Kind::BadAppFile,
            "it is cut short",
            "build or download it again",
        ));
    }),
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
    ("no-receipt", "start the receipt listener", |e| {
        e.question.seen = false;
        received(e, "push_click");
    }),
    ("no-receipt", "start the receipt listener", |e| e.question.seen = false),
    ("no-receipt", "that the phone is on", |e| {
        e.question.seen = false;
        e.deliveries = vec![pushed(&json!({"call_back_url": "https://example.com/r"}))];
    }),
    ("phone-display", "does the channel tuikit exist", |e| {
        e.question.seen = false;
        received(e, "push_arrive");
    }),
    ("phone-display", "notification switch", |e| {
        e.question.seen = false;
        received(e, "push_arrive");
        traced(e, 1, &[("DeviceStat.ReachStat", 0)]);
    }),
];

/// What is sound all the same: nothing fails and nothing warns.
pub(crate) const SOUND: &[(&str, Break)] = &[
    ("nothing was changed", |_| ()),
    ("the app has all that is needed", |e| channel_in_code(e, Some(true))),
    ("the app file comes without code", |e| channel_in_code(e, None)),
    ("a killed app, recorded by hand", |e| {
        set_presence(e, Some(Presence { source: PresenceSource::Hand, ..presence(PresenceState::Killed) }));
    }),
    ("a hidden app that called doBackground", |e| set_presence(e, Some(presence(PresenceState::Background)))),
    ("a push of before the certificate was changed", |e| {
        certificate(e, |one| {
            one.saved_at.as_mut().expect("set").value = at("2026-11-24T09:30:00Z");
            one.channel_id.as_mut().expect("set").value = "other".into();
            one.app_id.value = "30999999".into();
        });
        refused(e, 30);
    }),
    ("a push by another certificate", |e| {
        e.deliveries[0].certificate_id = Some(7004);
        certificate(e, |one| one.app_id.value = "30999999".into());
        refused(e, 30);
    }),
    ("an older push was refused", |e| {
        let mut older = e.deliveries[0].clone();
        older.code = Some(30);
        e.deliveries.push(older);
    }),
    ("nothing was pushed yet", |e| e.deliveries.clear()),
    ("no IM server", |e| {
        e.account = LiveAnswer::NotAsked("the profile has no settings of an IM server".into());
        e.im_state = LiveAnswer::NotAsked("the profile has no settings of an IM server".into());
    }),
    ("no brand was reported", |e| {
        let device = subject(e).device.as_mut().expect("one");
        device.report.as_mut().expect("one").brand = None;
    }),
    ("losses of another vendor", |e| {
        let platform = Some("vivo".into());
        let loss = Loss {
            lost: LossStage::OtherStage,
            stage: "SendLoss".into(),
            platform,
            code: "1".into(),
            count: 1,
            info: "x".into(),
            meaning: None,
        };
        e.losses = LiveAnswer::Answered(vec![loss]);
    }),
    ("a message that asked for no push, and a push after it", |e| {
        messaged(e, &json!({"OnlineOnlyFlag": 1}));
        e.deliveries[0].begun_at = at("2026-11-24T09:45:00Z");
    }),
    ("a message of the app's own, reported by the webhook", |e| {
        webhook_event(e, "C2C.CallbackAfterSendMsg", None, &json!({"OnlineOnlyFlag": 1}));
    }),
    ("an older receipt reported a limit", |e| {
        received(e, "user_daily_limit");
        received(e, "push_arrive");
    }),
    ("an older push was not answered", |e| {
        let mut older = e.deliveries[0].clone();
        older.status = crate::store::deliveries::Status::Unknown;
        e.deliveries.push(older);
    }),
    ("the webhook reported a click", |e| {
        e.question.seen = false;
        received(e, "push_arrive");
        webhook_event(e, "Push.AllMemberPushCallback", Some("clicked"), &json!({}));
    }),
    ("the trace says that the phone showed it", |e| {
        e.question.seen = false;
        traced(e, 1, &[("IMCommitStat.IMStat", 1), ("DeviceStat.ReachStat", 1)]);
    }),
    ("the message in question went out, and the user logged out later", |e| {
        e.question.user = None;
        e.question.message_id = Some("30123456-1-1-6743f1c0a2b3c4d5e6f70819".into());
        set_presence(e, Some(presence(PresenceState::LoggedOut)));
    }),
    ("the message in question went out, and its regId was replaced later", |e| {
        e.question.user = None;
        e.question.message_id = Some("30123456-1-1-6743f1c0a2b3c4d5e6f70819".into());
        let ended_at = Some(at("2026-11-24T09:30:00Z"));
        unreported(e, vec![Report { ended_at, ..ended(ReportState::Superseded, "replaced") }]);
        subject(e).reg_id = Some(REG_ID.into());
    }),
];
