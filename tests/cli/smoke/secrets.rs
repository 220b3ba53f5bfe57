//! No secret gets into what smoke prints and writes, and none is taken from a scenario.

use super::{MASTER, TO_REG_ID, home_at};
use crate::vendor::{Reply, Vendor, json};

#[test]
fn neither_output_nor_reports_contain_a_secret() {
    let vendor = Vendor::start(|request, _| match request.is_auth() {
        true => Reply::Keep(json(
            r#"{"code":0,"message":"Success","data":{"auth_token":"canary-smoke-auth-token","create_time":1}}"#,
        )),
        // It echoes what it was sent.
        false => {
            let echo = serde_json::json!({ "code": 41, "message": format!("bad: {} {}", request.head, request.body) });
            Reply::Keep(json(&echo.to_string()))
        }
    });
    let home = home_at(&vendor.url()).variable("GITHUB_ACTIONS", "true");
    home.write("s.toml", TO_REG_ID);
    for more in [&["--verbose"][..], &["--json"], &[]] {
        let args: Vec<&str> =
            ["smoke", "run", "s.toml", "--junit", "j.xml"].iter().chain(more).copied().collect();
        let ran = home.run(&args).expect(8);
        for canary in [MASTER, "canary-smoke-auth-token"] {
            assert!(!ran.to_string().contains(canary), "{ran}");
            assert!(!home.read("j.xml").contains(canary), "{}", home.read("j.xml"));
        }
    }
}

#[test]
fn a_scenario_that_holds_one_sends_nothing_and_shows_no_line_of_it() {
    let vendor = Vendor::start(|_, _| Reply::Close(Vec::new()));
    let home = home_at(&vendor.url()).variable("ALSO", MASTER);
    for line in [
        format!("name = \"see {MASTER}\""),
        "name = \"${ALSO}\"".to_owned(),
        format!("unknown = \"{MASTER}\""),
        format!("retries = 99 # {MASTER}"),
        "name = \"${ALSO} ${NOT_SET}\"".to_owned(),
        format!("master_secret = \"{MASTER}\""),
    ] {
        home.write("s.toml", format!("{line}\n{TO_REG_ID}"));
        for more in [vec![], vec!["--json"]] {
            let args: Vec<&str> = ["smoke", "run", "s.toml"].into_iter().chain(more).collect();
            let ran = home.run(&args).expect(3);
            assert!(!ran.to_string().contains(MASTER), "{line}: {ran}");
        }
    }
    assert_eq!(vendor.connections(), 0);
}

#[test]
fn the_output_of_a_secret_command_is_read_before_anything_is_sent() {
    let vendor = Vendor::start(|_, _| Reply::Close(Vec::new()));
    let config =
        super::profile(&vendor.url()).replace("{ env = \"MASTER\" }", "{ command = [\"cat\", \"printed\"] }");
    let home = crate::harness::Home::with_config(&config).variable("OPUSH_CONFIG", "opush.toml");
    home.write("printed", "canary-printed-secret");
    home.write("s.toml", TO_REG_ID.replace("Hello", "canary-printed-secret"));
    let ran = home.run(&["smoke", "run", "s.toml"]).expect(3);
    assert!(!ran.to_string().contains("canary-printed-secret") && ran.stderr.contains("s.toml:4"), "{ran}");
    assert_eq!(vendor.connections(), 0);
}
