//! A phone on a cable: what of it breaks which check, as changes of a sound one.

use super::super::testing::*;
use super::{Break, problem};
use crate::click::Target;
use crate::device::{
    Channel, DoNotDisturb, Importance, Installed, OfApp, Phone, Resolved, Shown, SystemPackage,
};
use crate::diagnose::evidence::on_phone::{Built, OnPhone};
use crate::diagnose::evidence::{Evidence, LiveAnswer};
use crate::failure::Kind;

const APP: &str = "com.example.demo";

fn sound_phone() -> OnPhone {
    let class = "com.example.demo.SplashActivity";
    let app = Installed {
        version_name: Some("3.4.0".into()),
        version_code: Some("3400".into()),
        enabled: true,
        signers: vec!["9c8d9e0f".into()],
        may_post: Some(true),
        service_actions: vec!["com.heytap.mcs.action.RECEIVE_MCS_MESSAGE".into()],
        ..Installed::default()
    };
    let channel = Channel { id: "tuikit".into(), importance: Some(Importance::High) };
    let target = Resolved {
        package: APP.into(),
        class: class.into(),
        exported: Some(true),
        enabled: Some(true),
        permission: None,
    };
    let phone = Phone {
        serial: "0123456789ABCDEF".into(),
        brand: Some("OPPO".into()),
        model: Some("PHZ110".into()),
        sdk: Some(34),
        push_services: vec![SystemPackage { name: "com.heytap.mcs", version: None, enabled: true }],
        package: APP.into(),
        app: Some(app),
        notifications_on: Some(true),
        of_app: OfApp { on: Some(true), channels: vec![channel] },
        do_not_disturb: Some(DoNotDisturb::Off),
        background_allowed: Some(true),
        target: Some(Some(target)),
        ..Phone::default()
    };
    let built = Built {
        file: "app.apk".into(),
        version_code: Some("3400".into()),
        version_name: Some("3.4.0".into()),
        signers: vec!["9c8d9e0f".into()],
    };
    OnPhone {
        phone,
        channel: Some("tuikit".into()),
        target: Some(Target::Activity(class.into())),
        built: Some(built),
    }
}

/// A sound phone on the cable, with this changed.
fn with_phone(evidence: &mut Evidence, change: fn(&mut OnPhone)) {
    let mut on_phone = sound_phone();
    change(&mut on_phone);
    evidence.device = LiveAnswer::Answered(on_phone);
}

fn app(on_phone: &mut OnPhone) -> &mut Installed {
    on_phone.phone.app.as_mut().expect("installed")
}

fn resolved(on_phone: &mut OnPhone) -> &mut Resolved {
    on_phone.phone.target.as_mut().and_then(Option::as_mut).expect("found")
}

/// The last push arrived, and nobody saw it.
fn arrived(evidence: &mut Evidence) {
    evidence.question.seen = false;
    received(evidence, "push_arrive");
}

pub(crate) const FAILURES: &[(&str, Break)] = &[
    ("phone-brand", |e| with_phone(e, |on| on.phone.brand = Some("Xiaomi".into()))),
    ("push-service-missing", |e| with_phone(e, |on| on.phone.push_services.clear())),
    ("push-service-missing", |e| with_phone(e, |on| on.phone.push_services[0].enabled = false)),
    ("app-not-installed", |e| with_phone(e, |on| on.phone.app = None)),
    ("app-stopped", |e| with_phone(e, |on| app(on).stopped = true)),
    ("app-stopped", |e| with_phone(e, |on| app(on).enabled = false)),
    ("app-services-missing", |e| with_phone(e, |on| app(on).service_actions = vec!["other".into()])),
    ("target-not-on-phone", |e| with_phone(e, |on| on.phone.target = Some(None))),
    ("target-not-on-phone", |e| with_phone(e, |on| resolved(on).exported = Some(false))),
    ("target-not-on-phone", |e| with_phone(e, |on| resolved(on).enabled = Some(false))),
    ("target-not-on-phone", |e| with_phone(e, |on| resolved(on).permission = Some("x.P".into()))),
    ("target-not-on-phone", |e| with_phone(e, |on| resolved(on).package = "com.example.other".into())),
    ("notifications-off", |e| with_phone(e, |on| on.phone.notifications_on = Some(false))),
    ("channel-not-on-phone", |e| with_phone(e, |on| on.phone.of_app.channels[0].id = "TUIKit".into())),
    ("channel-switched-off", |e| {
        with_phone(e, |on| on.phone.of_app.channels[0].importance = Some(Importance::None));
    }),
];

pub(crate) const WARNINGS: &[(&str, Break)] = &[
    ("app-differs", |e| with_phone(e, |on| app(on).version_code = Some("3399".into()))),
    ("app-differs", |e| with_phone(e, |on| app(on).signers = vec!["1".into()])),
    ("target-not-on-phone", |e| {
        with_phone(e, |on| resolved(on).class = "com.android.internal.app.ResolverActivity".into());
    }),
    ("channel-switched-off", |e| {
        with_phone(e, |on| on.phone.of_app.channels[0].importance = Some(Importance::Low));
    }),
    ("do-not-disturb", |e| with_phone(e, |on| on.phone.do_not_disturb = Some(DoNotDisturb::PriorityOnly))),
    ("battery-restricted", |e| with_phone(e, |on| on.phone.background_allowed = Some(false))),
];

pub(crate) const DOUBTS: &[(&str, &str, Break)] = &[
    ("phone-brand", "check the network", |e| e.device = LiveAnswer::Failed(problem(Kind::NoDevice))),
    ("channel-not-on-phone", "open the app once", |e| with_phone(e, |on| on.phone.of_app = OfApp::default())),
    ("phone-display", "notification switch", |e| {
        arrived(e);
        with_phone(e, |on| on.phone.notifications_on = None);
    }),
];

pub(crate) const SOUND: &[(&str, Break)] = &[
    ("a phone on the cable", |e| with_phone(e, |_| ())),
    ("Android 8 prints no signer", |e| with_phone(e, |on| app(on).signers.clear())),
    ("an APK without a readable signer", |e| {
        with_phone(e, |on| on.built.as_mut().expect("one").signers.clear());
    }),
    ("the phone says nothing of switches", |e| {
        with_phone(e, |on| {
            on.phone.notifications_on = None;
            on.phone.do_not_disturb = None;
            on.phone.background_allowed = None;
            on.phone.target = None;
        });
    }),
    // What only the phone can tell, it says.
    ("nothing on the phone keeps it from being shown", |e| {
        arrived(e);
        with_phone(e, |_| ());
    }),
    ("it is in the shade", |e| {
        arrived(e);
        with_phone(e, |on| {
            on.phone.notifications_on = None;
            let key = "0|com.example.demo|1|null|10123".to_owned();
            let (channel, title) = (Some("tuikit".to_owned()), Some("Alice".to_owned()));
            on.phone.shown = vec![Shown::new(key, APP.to_owned(), channel, title)];
        });
    }),
];
