//! `opush diagnose --probe`: a real push before the diagnosis, with its receipt where it is waited for, and when none goes out.

use super::world::World;
use crate::harness::Home;
use crate::vendor::{Reply, Vendor, json};

fn sent(world: &World) -> usize {
    let (_, list) = world.home.json(&["history", "list"]);
    list["items"].as_array().unwrap().len()
}

#[test]
fn a_probe_in_the_sandbox_is_followed_to_the_phone() {
    let world = World::sound();
    world.sql("DELETE FROM delivery; DELETE FROM receipt");
    let ran = world.run("diagnose --user alice --probe --wait 20s --json").expect(8);
    let report = ran.json();
    let of = |id: &str| {
        let checks = report["checks"].as_array().unwrap();
        checks.iter().find(|check| check["id"] == id).unwrap().clone()
    };
    assert_eq!(sent(&world), 1);
    assert_eq!(report["verdict"], "inconclusive", "{report:#}");
    assert_eq!(
        (&of("no-receipt")["status"], &of("phone-display")["status"]),
        (&"pass".into(), &"unknown".into())
    );
    // The phone shows what came.
    let (_, phone) = world.home.json(&["sandbox", "phone", "show", "find-x"]);
    assert!(phone.to_string().contains("a test notification that looks for a broken link"), "{phone:#}");
}

#[test]
fn a_probe_without_wait_leaves_only_the_receipt_unknown() {
    let world = World::sound();
    world.sql("DELETE FROM delivery; DELETE FROM receipt");
    let (code, report) = world.diagnose("diagnose --user alice --probe");
    assert_eq!((code, report["verdict"].as_str(), sent(&world)), (8, Some("inconclusive"), 1), "{report:#}");
    assert!(report["would_settle"][0].as_str().unwrap().contains("--probe --wait 60s"), "{report:#}");
}

/// Whatever presence says: the push is made, and what is broken is named.
#[test]
fn a_probe_goes_out_to_a_user_who_logged_out() {
    let world = World::sound();
    world.must("sandbox phone open find-x");
    world.must("sandbox phone logout find-x");
    let (code, report) = world.diagnose("diagnose --user alice --probe");
    assert_eq!(
        (code, report["first_broken"].as_str(), sent(&world)),
        (8, Some("logged-out"), 2),
        "{report:#}"
    );
}

#[test]
fn a_probe_that_oppo_refuses_is_a_broken_link() {
    let world = World::sound();
    world.must("sandbox fault set code=10000 --call unicast");
    let (code, report) = world.diagnose("diagnose --user alice --probe --wait 20s");
    assert_eq!((code, report["first_broken"].as_str()), (8, Some("reg-id-invalid")), "{report:#}");
}

#[test]
fn where_no_reg_id_is_known_nothing_is_sent() {
    let world = World::sound();
    world.must("token remove --user alice");
    let ran = world.run("diagnose --user alice --probe").expect(8);
    assert!(ran.stderr.contains("no test notification was sent: no regId is known"), "{ran}");
    assert_eq!(sent(&world), 1);
}

/// A profile of region cn, which is served here.
fn real(vendor: &Vendor) -> Home {
    Home::with_config(&format!(
        r#"
[profile.prod]
region = "cn"
endpoint = "{}"
package = "com.example.chat"

[[profile.prod.certificate]]
id = 7005
app_id = "30123456"
app_key = "8c1d4e5f6a7b8c9d0e1f2a3b4c5d6e7f"
master_secret = {{ env = "MASTER_SECRET" }}
channel_id = "tuikit"
"#,
        vendor.url()
    ))
    .variable("MASTER_SECRET", "3b6f9a2c5d8e1f4a7b0c3d6e9f2a5b8c")
}

#[test]
fn a_real_profile_needs_a_callback_url_to_wait_with() {
    let vendor = Vendor::start(|_, _| Reply::Keep(json("{}")));
    let home = real(&vendor);
    let reg_id = "CN_00000000000000000000000000000001";
    let ran = home.run(&["diagnose", "--reg-id", reg_id, "--probe", "--wait", "5s", "--json"]).expect(2);
    let error = &ran.json()["error"];
    assert_eq!(
        (&error["kind"], &error["place"]),
        (&"missing-flag".into(), &"--callback-url".into()),
        "{error:#}"
    );
    assert_eq!(vendor.received().len(), 0, "nothing was asked or sent");
    home.run(&["diagnose", "--reg-id", reg_id, "--wait", "5s"]).expect(2);
    home.run(&["diagnose", "--reg-id", reg_id, "--callback-url", "https://example.com/r"]).expect(2);
    assert_eq!(vendor.received().len(), 0);
    let (_, list) = home.json(&["history", "list"]);
    assert_eq!(list["items"].as_array().unwrap().len(), 0);
}
