//! No adb, no phone, several, one that may not be used, one that does not answer: each with its kind, exit code and hint.

use super::{home, phone};
use crate::harness::Home;

const COMMANDS: [&[&str]; 4] = [
    &["device", "check"],
    &["device", "tap", "--click", "open-app"],
    &["device", "log", "--limit", "1"],
    &["device", "kill", "--no-send"],
];

/// Fails unless every command ends in the same way.
#[track_caller]
fn all_fail(home: &Home, code: i32, kind: &str, message: &str) {
    for args in COMMANDS {
        let (found, report) = home.json(args);
        let error = &report["error"];
        assert_eq!((found, error["kind"].as_str()), (code, Some(kind)), "{args:?}: {report:#}");
        assert!(error["message"].as_str().unwrap().contains(message), "{args:?}: {report:#}");
        assert!(!error["hint"].as_str().unwrap().is_empty(), "{args:?}");
    }
}

#[test]
fn each_state_of_a_phone_has_its_error() {
    let home = home(14);
    for (list, code, kind, message) in [
        ("", 6, "no-device", "sees no phone"),
        ("R5CT\tunauthorized usb:1-2", 6, "device-not-ready", "does not allow this computer"),
        ("R5CT\toffline", 6, "device-not-ready", "is offline"),
        ("R5CT\tno permissions (user in plugdev group); see [http://x]", 6, "device-not-ready", "USB device"),
        ("R5CT\trecovery", 6, "device-not-ready", "recovery"),
        ("A\tdevice\nB\tdevice", 2, "missing-flag", "several phones: A, B"),
    ] {
        phone::edit(&home, "devices", "", &format!("List of devices attached\n{list}\n\n")).unwrap();
        all_fail(&home, code, kind, message);
    }
    let (code, report) = home.json(&["device", "check", "--serial", "C"]);
    assert_eq!((code, report["error"]["kind"].as_str()), (6, Some("no-device")), "{report:#}");
    assert!(report["error"]["message"].as_str().unwrap().contains("it sees A, B"), "{report:#}");
    home.run(&["device", "check", "--serial", "B"]).expect(0);
}

#[test]
fn the_variable_of_adb_names_the_phone_too() {
    let home = home(14).variable("ANDROID_SERIAL", "B");
    phone::edit(&home, "devices", "", "List of devices attached\nA\tdevice\nB\tdevice\n").unwrap();
    let (code, report) = home.json(&["device", "check"]);
    assert_eq!((code, report["phone"]["serial"].as_str()), (0, Some("B")), "{report:#}");
}

#[test]
fn without_adb_the_way_to_it_is_said_and_the_sdk_is_looked_at() {
    let mut home = home(14);
    home.set("PATH", "/no/such/folder");
    all_fail(&home, 3, "no-adb", "neither on the PATH nor in");
    // The SDK's own, where a variable names it.
    std::fs::create_dir_all(home.file("sdk")).unwrap();
    std::fs::rename(home.file("bin"), home.file("sdk/platform-tools")).unwrap();
    let sdk = home.file("sdk").display().to_string();
    home.set("ANDROID_HOME", &sdk);
    // The script itself needs the usual programs.
    home.set("PATH", "/usr/bin:/bin");
    if !std::path::Path::new("/usr/bin/adb").exists() && !std::path::Path::new("/bin/adb").exists() {
        home.run(&["device", "check"]).expect(0);
    }
}

#[test]
fn an_adb_that_does_not_answer_is_ended_in_time() {
    let home = home(14);
    home.write_untrusted("bin/adb", "#!/bin/sh\nexec sleep 1000\n");
    let (code, report) = home.json(&["device", "check", "--timeout", "200ms"]);
    assert_eq!((code, report["error"]["kind"].as_str()), (6, Some("timeout")), "{report:#}");
}

#[test]
fn a_phone_that_goes_away_is_an_error_of_adb() {
    let home = home(14);
    let script = "#!/bin/sh\n[ \"$1\" = devices ] && exec cat \"$(dirname \"$0\")/phone/devices\"\necho \"error: device '0123456789ABCDEF' not found\" >&2\nexit 1\n";
    home.write_untrusted("bin/adb", script);
    for args in COMMANDS {
        let (code, report) = home.json(args);
        assert_eq!((code, report["error"]["kind"].as_str()), (6, Some("adb-failed")), "{args:?}: {report:#}");
        assert!(report["error"]["message"].as_str().unwrap().contains("not found"), "{report:#}");
    }
}

/// The server that adb may start lives on: it must not hold our secrets.
#[test]
fn adb_gets_no_variable_but_its_own() {
    let home = home(14).variable("OPUSH_MASTER_SECRET", "never").variable("ANDROID_ADB_SERVER_PORT", "5999");
    home.write_untrusted("bin/adb", "#!/bin/sh\nenv >\"$(dirname \"$0\")/seen\"\nexit 1\n");
    home.run(&["device", "check"]).expect(6);
    let seen = home.read("bin/seen");
    assert!(!seen.contains("OPUSH_") && seen.contains("ANDROID_ADB_SERVER_PORT=5999"), "{seen}");
}
