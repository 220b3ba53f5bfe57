//! Dumps of Android 8 to 15, invented after public ones: each is read, and what a person changed on the phone is seen in it.

use std::path::PathBuf;

use super::notifications::{self, Importance};
use super::system::{DoNotDisturb, do_not_disturb, is_exempt, operation, property, rom};
use super::{package, resolved};

const APP: &str = "com.example.chat";
const VERSIONS: std::ops::RangeInclusive<u32> = 8..=15;

/// What the phone of this version answers.
fn said(version: u32, name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/device");
    std::fs::read_to_string(folder.join(format!("android-{version}")).join(name)).expect(name)
}

#[test]
fn the_maker_names_its_system_in_one_of_many_ways() {
    let roms = [
        "ColorOS 5.2.1",
        "ColorOS 6.0",
        "realme UI 1.0",
        "ColorOS 11.1",
        "ColorOS 12.1",
        "ColorOS 13.0",
        "ColorOS 14.0.0",
        "ColorOS 15.0.0",
    ];
    for (version, wanted) in VERSIONS.zip(roms) {
        assert_eq!(rom(&said(version, "getprop")).as_deref(), Some(wanted));
    }
    assert_eq!(property("[a]: [b]\n[ro.x]: []", "ro.x"), None);
    assert_eq!(rom("[ro.oxygen.version]: [4.5]").as_deref(), Some("OxygenOS 4.5"));
    assert_eq!(rom("[ro.product.brand]: [google]"), None);
}

#[test]
fn a_package_is_read_from_every_android() {
    for version in VERSIONS {
        let text = said(version, "dumpsys_package_com.example.chat");
        let app = package::read(&text, APP).expect("installed");
        assert_eq!(app.version_name.as_deref(), Some("3.4.0"), "{version}");
        assert_eq!(app.version_code.as_deref(), Some("3400"), "{version}");
        assert!(app.enabled && !app.stopped, "{version}");
        // Android 8 prints an address in memory in place of a hash.
        let signers: &[&str] = if version == 8 { &[] } else { &["9c8d9e0f"] };
        assert_eq!(app.signers, signers, "{version}");
        assert_eq!(app.may_post, (version >= 13).then_some(true), "{version}");
        assert_eq!(app.service_actions.len(), 3, "{version}: {:?}", app.service_actions);
        for (from, to) in [("stopped=false", "stopped=true"), ("enabled=0", "enabled=3")] {
            let changed = package::read(&text.replace(from, to), APP).expect("installed");
            assert!(changed.stopped || !changed.enabled, "{version}");
        }
        assert_eq!(package::read(&text.replace("installed=true", "installed=false"), APP), None);
        assert_eq!(package::read(&text, "com.example"), None, "a part of a name is another name");
    }
    assert_eq!(package::read("Unable to find package: com.example.chat\n", APP), None);
    assert_eq!(package::read("", APP), None);
}

#[test]
fn channels_and_the_switch_are_those_of_the_first_user() {
    for version in VERSIONS {
        let text = said(version, "dumpsys_notification_--noredact");
        let of_app = notifications::of_app(&text, APP);
        assert_eq!(of_app.on, Some(true), "{version}");
        let channels: Vec<_> = of_app.channels.iter().map(|one| (one.id.as_str(), one.importance)).collect();
        let wanted = [("tuikit", Some(Importance::High)), ("quiet", Some(Importance::Low))];
        assert_eq!(channels, wanted, "{version}");
        assert_eq!(notifications::of_app(&text, "com.example.other").on, Some(false), "{version}");
        assert_eq!(notifications::of_app(&text, "com.example"), notifications::OfApp::default());
        let deleted = text.replace("mDeleted=false", "mDeleted=true");
        assert!(notifications::of_app(&deleted, APP).channels.is_empty(), "{version}");
    }
}

#[test]
fn what_is_in_the_shade_is_read_with_its_channel_and_title() {
    for version in VERSIONS {
        let text = said(version, "dumpsys_notification_--noredact");
        let shown = notifications::shown(&text);
        assert_eq!(shown.len(), 1, "{version}: {shown:?}");
        assert_eq!(
            (shown[0].package.as_str(), shown[0].channel.as_deref()),
            ("com.example.other", Some("news"))
        );
        assert_eq!(shown[0].title.as_deref(), Some("Other news"), "{version}");
        assert_eq!(shown[0].key, "0|com.example.other|7|null|10200");
        let hidden = text.replace("String (Other news)", "String [length=10]");
        assert_eq!(notifications::shown(&hidden)[0].title, None, "{version}");
    }
}

#[test]
fn single_answers_are_read_and_what_is_not_said_is_unknown() {
    assert_eq!(do_not_disturb("0\n"), Some(DoNotDisturb::Off));
    assert_eq!(do_not_disturb("1"), Some(DoNotDisturb::PriorityOnly));
    assert_eq!(do_not_disturb("2"), Some(DoNotDisturb::TotalSilence));
    assert_eq!(do_not_disturb("3"), Some(DoNotDisturb::AlarmsOnly));
    assert_eq!(do_not_disturb("null\n"), None);
    for (text, allowed) in [
        ("POST_NOTIFICATION: ignore; rejectTime=+1d ago", Some(false)),
        ("Uid mode: POST_NOTIFICATION: ignore\nPOST_NOTIFICATION: allow", Some(false)),
        ("POST_NOTIFICATION: allow", Some(true)),
        ("POST_NOTIFICATION: default", None),
        ("No operations.\nDefault mode: allow", None),
        ("", None),
    ] {
        assert_eq!(operation(text, "POST_NOTIFICATION"), allowed, "{text}");
    }
    assert!(is_exempt("system,com.android.shell,2000\nuser,com.example.chat,10123\n", APP));
    assert!(!is_exempt("user,com.example.chat.more,10123\n", APP));
}

#[test]
fn what_the_phone_would_open_is_read_without_the_lines_of_the_application() {
    for version in VERSIONS {
        let name = "cmd_package_resolve-activity_-n_com.example.chat_com.example.chat.SplashActivity";
        let found = resolved::read(&said(version, name)).expect("found");
        assert_eq!((found.package.as_str(), found.class.as_str()), (APP, "com.example.chat.SplashActivity"));
        assert_eq!((found.exported, found.enabled, found.permission), (Some(true), Some(true), None));
    }
    assert_eq!(resolved::read("No activity found\n"), None);
}

/// Whatever a phone prints, it is read without a panic.
#[test]
fn dumps_that_are_cut_anywhere_are_read() {
    for name in ["dumpsys_package_com.example.chat", "dumpsys_notification_--noredact", "getprop"] {
        let text = said(14, name);
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let cut = &text[..end];
            let _ = (
                package::read(cut, APP),
                notifications::of_app(cut, APP),
                notifications::shown(cut),
                rom(cut),
            );
        }
    }
}
