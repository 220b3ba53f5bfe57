//! Certificate authorities beside the system's: by profile, flag and variable; a broken file; what an auth token is bound to.

use serde_json::{Value, json};

use super::harness::Home;
use super::tls_relay::TlsRelay;
use super::vendor::{Reply, Vendor, json as answer};

const SEND: [&str; 7] =
    ["send", "--reg-id", "OPPO_CN_00000000000000000000000000000001", "--title", "Hi", "--content", "hello"];

fn vendor() -> Vendor {
    Vendor::start(|request, _| {
        Reply::Keep(answer(if request.is_auth() {
            r#"{"code":0,"data":{"auth_token":"s3cret-auth-token","create_time":1700000000000}}"#
        } else {
            r#"{"code":0,"data":{"messageId":"30001-1-1-aa"}}"#
        }))
    })
}

fn config(endpoint: &str, ca_file: &str) -> String {
    format!(
        r#"[profile.demo]
region = "cn"
endpoint = "{endpoint}"
{ca_file}

[[profile.demo.certificate]]
id = 7005
app_id = "30001"
app_key = "demo-app-key"
master_secret = {{ env = "DEMO_MASTER_SECRET" }}
channel_id = "tuikit"
"#
    )
}

fn home(endpoint: &str, ca_file: &str) -> Home {
    Home::with_config(&config(endpoint, ca_file)).variable("DEMO_MASTER_SECRET", "demo-master-secret")
}

/// Exit code and kind of error of a send.
fn sent(home: &Home, more: &[&str]) -> (i32, Value) {
    let (code, value) = home.json(&[&SEND[..], more].concat());
    (code, value["error"]["kind"].clone())
}

#[test]
fn a_server_of_another_authority_is_trusted_by_profile_flag_or_variable_and_not_otherwise() {
    let vendor = vendor();
    let relay = TlsRelay::before(vendor.address);
    let mut home = home(&relay.url(), "");
    home.write("ca.pem", &relay.authority);
    home.write("other.pem", &TlsRelay::before(vendor.address).authority);
    assert_eq!(sent(&home, &[]), (6, json!("tls")));
    assert_eq!(sent(&home, &["--ca-file", "other.pem"]), (6, json!("tls")));
    assert_eq!(vendor.connections(), 0);
    assert_eq!(sent(&home, &["--ca-file", "ca.pem"]), (0, Value::Null));
    home.write("opush.toml", config(&relay.url(), "ca_file = \"ca.pem\""));
    assert_eq!(sent(&home, &[]), (0, Value::Null));
    // A flag goes before a variable, a variable before the profile.
    home.set("OPUSH_CA_FILE", "other.pem");
    assert_eq!(sent(&home, &[]), (6, json!("tls")));
    assert_eq!(sent(&home, &["--ca-file", "ca.pem"]), (0, Value::Null));
    assert_eq!(vendor.unicasts().len(), 3);
}

#[test]
fn the_im_server_is_trusted_by_the_same_file() {
    let vendor = Vendor::start(|_, _| {
        Reply::Keep(answer(
            r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","QueryResult":[],"ResultItem":[]}"#,
        ))
    });
    let relay = TlsRelay::before(vendor.address);
    let im = format!(
        "{}\n[profile.demo.im]\nsdk_app_id = 1400000001\nadmin = \"administrator\"\nsecret_key = \"key\"\nendpoint = \"{}\"\n",
        config("https://push.invalid", ""),
        relay.url()
    );
    let home = Home::with_config(&im).variable("DEMO_MASTER_SECRET", "x");
    home.write("ca.pem", &relay.authority);
    let kind = |args: &[&str]| home.json(args).1["error"]["kind"].clone();
    assert_eq!(kind(&["im", "state", "alice"]), "tls");
    assert_eq!(vendor.connections(), 0);
    assert_ne!(kind(&["im", "state", "alice", "--ca-file", "ca.pem"]), "tls");
    assert_eq!(vendor.received().len(), 1);
}

/// A token may only go where it was made for, and only to a server that the same authorities vouch for.
#[test]
fn an_auth_token_is_for_its_endpoints_and_its_authorities() {
    let vendor = vendor();
    let (relay, other) = (TlsRelay::before(vendor.address), TlsRelay::before(vendor.address));
    let home = home(&relay.url(), "ca_file = \"ca.pem\"");
    home.write("ca.pem", &relay.authority);
    home.write("same.pem", format!("# the same one\n{}", relay.authority));
    home.write("both.pem", format!("{}{}", relay.authority, other.authority));
    let auths = |more: &[&str]| {
        assert_eq!(sent(&home, more), (0, Value::Null));
        vendor.auths()
    };
    assert_eq!((auths(&[]), auths(&[])), (1, 1));
    assert_eq!(auths(&["--ca-file", "same.pem"]), 1);
    assert_eq!(auths(&["--ca-file", "both.pem"]), 2);
    home.write("opush.toml", config(&other.url(), "ca_file = \"both.pem\""));
    assert_eq!((auths(&[]), auths(&[])), (3, 3));
    home.write("opush.toml", config(&relay.url(), "ca_file = \"ca.pem\""));
    assert_eq!(auths(&[]), 3);
}

#[test]
fn a_ca_file_that_can_not_be_used_is_a_mistake_of_the_configuration() {
    let vendor = vendor();
    let mut home = home(&vendor.url(), "ca_file = \"ca.pem\"");
    let refused = |home: &Home, args: &[&str]| {
        let (code, value) = home.json(args);
        assert_eq!(code, 3, "{value}");
        let of = |key: &str| value["error"][key].as_str().unwrap_or_default().to_owned();
        (of("kind"), of("place"))
    };
    let at = |kind: &str, place: &str| (kind.to_owned(), place.to_owned());
    assert_eq!(refused(&home, &SEND), at("missing-file", "opush.toml:4:11"));
    assert_eq!(refused(&home, &["config", "check"]), at("missing-file", "opush.toml:4:11"));
    for content in ["", "not a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
    {
        home.write("ca.pem", content);
        assert_eq!(refused(&home, &SEND), at("unreadable-file", "opush.toml:4:11"));
    }
    assert_eq!(refused(&home, &["config", "check"]), at("unreadable-file", "opush.toml:4:11"));
    let by_flag = [&SEND[..], &["--ca-file", "no.pem"]].concat();
    assert_eq!(refused(&home, &by_flag), at("missing-file", "--ca-file"));
    let (code, report) = home.json(&["doctor"]);
    assert_eq!((code, &report["first_broken"]), (8, &json!("configuration-broken")), "{report}");
    home.set("OPUSH_CA_FILE", ".");
    assert_eq!(refused(&home, &SEND), at("unreadable-file", "OPUSH_CA_FILE"));
    assert_eq!(vendor.connections(), 0);
}

#[test]
fn doctor_names_the_file_where_it_shows_tls() {
    let relay = TlsRelay::before(vendor().address);
    let home = home(&relay.url(), "ca_file = \"ca.pem\"");
    home.write("ca.pem", &relay.authority);
    let evidence = |args: &[&str]| {
        let (_, report) = home.json(args);
        let checks = report["checks"].as_array().unwrap();
        let check = checks.iter().find(|check| check["id"] == "tls-failed").unwrap();
        (check["status"].clone(), check["evidence"].as_str().unwrap().to_owned())
    };
    let (status, text) = evidence(&["doctor"]);
    let path = home.file("ca.pem");
    assert_eq!(status, "pass", "{text}");
    assert!(text.contains(&format!("by the system's roots and {}", path.display())), "{text}");
    home.write("other.pem", TlsRelay::before(vendor().address).authority);
    let (status, text) = evidence(&["doctor", "--ca-file", "other.pem"]);
    assert!(status == "fail" && text.contains("other.pem"), "{text}");
}

#[test]
fn a_profile_takes_the_flag_and_not_the_variable() {
    let mut home = Home::with_config("");
    home.set("OPUSH_CA_FILE", "of-this-run.pem");
    home.write("ca.pem", TlsRelay::before(vendor().address).authority);
    home.run(&["profile", "add", "one", "--region", "cn"]).expect(0);
    assert!(!home.read("opush.toml").contains("ca_file"));
    let ran = home.run(&["profile", "edit", "one", "--ca-file", "ca.pem"]).expect(0);
    let absolute = home.work().canonicalize().unwrap().join("ca.pem");
    assert!(home.read("opush.toml").contains(&format!("ca_file = \"{}\"", absolute.display())), "{ran}");
    let (_, shown) = home.json(&["profile", "show", "one"]);
    let values = shown["values"].as_array().unwrap();
    let value = values.iter().find(|value| value["key"] == "ca_file").unwrap();
    assert_eq!(value["value"], absolute.to_str().unwrap());
    // One that is not there yet is worth a word.
    let ran = home.run(&["profile", "add", "two", "--region", "cn", "--ca-file", "later.pem"]).expect(0);
    assert!(
        ran.stderr.contains("there is no CA file") && home.read("opush.toml").contains("later.pem"),
        "{ran}"
    );
}
