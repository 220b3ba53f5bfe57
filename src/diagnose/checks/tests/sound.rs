//! What looks odd and is sound all the same: the table that no check may blame.
//! What is broken stands in the table beside.

use super::*;

/// What is sound all the same: nothing fails and nothing warns.
pub const SOUND: &[(&str, Break)] = &[
    ("nothing was changed", |_| ()),
    ("a killed app, told by hand", |e| {
        stands(e, Some(Presence { told_by: ToldBy::Hand, ..presence(PresenceState::Killed) }));
    }),
    ("a hidden app that called doBackground", |e| stands(e, Some(presence(PresenceState::Background)))),
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
        e.account = Asking::NotAsked("the profile has no settings of an IM server".into());
        e.im_state = Asking::NotAsked("the profile has no settings of an IM server".into());
    }),
    ("no brand was told", |e| {
        let device = subject(e).device.as_mut().expect("one");
        device.report.as_mut().expect("one").brand = None;
    }),
    ("losses of another vendor", |e| {
        let platform = Some("vivo".into());
        let loss = Loss { stage: "SendLoss".into(), platform, code: "1".into(), count: 1, info: "x".into() };
        e.losses = Asking::Answered(vec![loss]);
    }),
    ("a message that asked for no push, and a push after it", |e| {
        messaged(e, &json!({"OnlineOnlyFlag": 1}));
        e.deliveries[0].begun_at = at("2026-11-24T09:45:00Z");
    }),
    ("a message of the app's own, of which the webhook told", |e| {
        told(e, "C2C.CallbackAfterSendMsg", None, &json!({"OnlineOnlyFlag": 1}));
    }),
    ("an older receipt told of a limit", |e| {
        received(e, "user_daily_limit");
        received(e, "push_arrive");
    }),
    ("an older push was not answered", |e| {
        let mut older = e.deliveries[0].clone();
        older.status = crate::store::deliveries::Status::Unknown;
        e.deliveries.push(older);
    }),
    ("the webhook told of a click", |e| {
        e.asked.seen = false;
        received(e, "push_arrive");
        told(e, "Push.AllMemberPushCallback", Some("clicked"), &json!({}));
    }),
    ("the trace says that the phone showed it", |e| {
        e.asked.seen = false;
        traced(e, 1, &[("IMCommitStat.IMStat", 1), ("DeviceStat.ReachStat", 1)]);
    }),
    ("the message in question went out, and the user logged out later", |e| {
        e.asked.user = None;
        e.asked.message_id = Some("30123456-1-1-6743f1c0a2b3c4d5e6f70819".into());
        stands(e, Some(presence(PresenceState::LoggedOut)));
    }),
    ("the message in question went out, and its regId was replaced later", |e| {
        e.asked.user = None;
        e.asked.message_id = Some("30123456-1-1-6743f1c0a2b3c4d5e6f70819".into());
        let ended_at = Some(at("2026-11-24T09:30:00Z"));
        unreported(e, vec![Report { ended_at, ..ended(ReportState::Superseded, "replaced") }]);
        subject(e).reg_id = Some(REG_ID.into());
    }),
];
