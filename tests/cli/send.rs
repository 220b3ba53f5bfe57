//! `opush send` to a regId or an alias: what is sent, what is said of the answer, what is kept.
//! Sends to a user are in `send_user`, dry runs in `send_dry_run`, refused input in `bad_input`.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::harness::Home;
use super::masks::plain;
use super::vendor::{Received, Reply, Vendor, answer, json as body};

pub const REG_ID: &str = "CN_0123456789abcdef0123456789abcdef";

/// The discard service, which no machine has run for decades.
pub const NOBODY: &str = "http://127.0.0.1:9";

/// A profile `demo` of region cn at this endpoint, with one certificate.
pub fn demo(endpoint: &str) -> Home {
    demo_with(endpoint, "")
}

/// The same, with these lines at the end of the certificate.
pub fn demo_with(endpoint: &str, more: &str) -> Home {
    let toml = format!(
        "[profile.demo]\nregion = \"cn\"\nendpoint = \"{endpoint}\"\npackage = \"com.example.demo\"\n\
         [[profile.demo.certificate]]\nid = 7005\napp_id = \"30001\"\napp_key = \"demo-app-key\"\n\
         master_secret = {{ env = \"DEMO_SECRET\" }}\nchannel_id = \"tuikit\"\n{more}"
    );
    Home::with_config(&toml).variable("DEMO_SECRET", "demo-master-secret")
}

/// A vendor that takes everything.
pub fn willing() -> Vendor {
    Vendor::start(|request, _| if request.is_auth() { granted() } else { accepted() })
}

pub fn granted() -> Reply {
    Reply::Keep(body(r#"{"code":0,"message":"","data":{"auth_token":"t-1","create_time":1700000000000}}"#))
}

pub fn accepted() -> Reply {
    Reply::Keep(body(r#"{"code":0,"message":"","data":{"messageId":"30001-1-1-0123456789abcdef01234567"}}"#))
}

/// The message of a unicast request.
pub fn message(request: &Received) -> Value {
    let pairs = url::form_urlencoded::parse(request.body.as_bytes());
    let (_, text) = pairs.into_iter().find(|(name, _)| name == "message").unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The arguments of a send to [`REG_ID`], and these.
pub fn send<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["send", "--reg-id", REG_ID, "--title", "Hello", "--content", "first push"], more].concat()
}

#[test]
fn a_push_to_an_alias_arrives_and_a_tap_gets_its_extras() {
    let home = Home::new();
    home.run(&["sandbox", "phone", "add", "--name", "find-x", "--alias", "alice"]).expect(0);
    let to_alice = ["send", "--profile", "sandbox", "--alias", "alice", "--title", "Alice"];
    let ran =
        home.run(&[&to_alice[..], &["--content", "see you at 8?", "--ext", "extKey=ext content"]].concat());
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --profile sandbox --alias alice --title Alice --content see you at 8? --ext extKey=ext content
    accepted   30001-1-1-<24 hex>   sandbox (sandbox), certificate 1, <n> ms
    exit code 0
    "#);
    let (code, tap) = home.json(&["sandbox", "phone", "tap", "find-x"]);
    assert_eq!((code, &tap["opened"]), (0, &json!(true)));
    assert_eq!(tap["extras"], json!({ "extKey": "ext content" }));
}

#[test]
fn the_result_of_a_push_has_every_key_of_the_contract() {
    let vendor = willing();
    let home = demo(&vendor.url());
    let (code, result) = home.json(&send(&[]));
    assert_eq!(code, 0);
    let elapsed = result["elapsed_ms"].as_i64().unwrap();
    assert!((0..90_000).contains(&elapsed));
    let expected = json!({
        "status": "accepted", "profile": "demo", "region": "cn", "certificate_id": 7005,
        "reg_id": REG_ID, "alias": null, "user": null, "device": null,
        "message_id": "30001-1-1-0123456789abcdef01234567", "app_message_id": result["app_message_id"],
        "vendor": { "code": 0, "message": "Success" }, "decision": "push", "ground": null, "elapsed_ms": elapsed,
        "history_id": 1, "warnings": [], "error": null,
    });
    assert_eq!(result, expected);
    let sent = message(&vendor.unicasts()[0]);
    assert_eq!((&sent["target_type"], &sent["target_value"]), (&json!(2), &json!(REG_ID)));
    assert_eq!(sent["notification"]["app_message_id"], result["app_message_id"]);
    assert_eq!(sent["notification"]["channel_id"], "tuikit");
}

#[test]
fn a_reg_id_that_oppo_does_not_know_is_refused_with_its_code() {
    let home = Home::new();
    let ran = home.run(&send(&["--profile", "sandbox"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --reg-id CN_0123456789abcdef0123456789abcdef --title Hello --content first push --profile sandbox
    refused   10000 Invalid Registration_id   sandbox (sandbox), certificate 1, <n> ms
    stderr: error: OPPO refused the push: 10000 Invalid Registration_id (the regId is malformed or not valid)
    stderr:   let the app register again on that phone and report the new regId: opush --profile sandbox snippet token
    exit code 5
    "#);
    let (code, result) = home.json(&send(&["--profile", "sandbox"]));
    assert_eq!((code, result["status"].as_str()), (5, Some("refused")));
    assert_eq!(result["vendor"], json!({ "code": 10000, "message": "Invalid Registration_id" }));
    assert_eq!(result["error"]["code"], 10000);
    assert_eq!(result["error"]["kind"], "vendor-refused");
}

#[test]
fn refused_credentials_are_a_kind_of_their_own() {
    let vendor = Vendor::start(|_, _| Reply::Keep(body(r#"{"code":16,"message":"Invalid Signature"}"#)));
    let home = demo(&vendor.url());
    let ran = home.run(&send(&[]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --reg-id CN_0123456789abcdef0123456789abcdef --title Hello --content first push
    refused   16 Invalid Signature   demo (cn), certificate 7005, <n> ms
    stderr: error: OPPO refused the credentials' auth call: 16 Invalid Signature (the signature does not fit the AppKey)
    stderr:   copy the MasterSecret, not the AppSecret, from OPPO's push console, then check it: opush cert verify
    exit code 5
    "#);
    let (code, result) = home.json(&send(&[]));
    assert_eq!((code, result["error"]["kind"].as_str()), (5, Some("credentials-refused")));
    assert!(vendor.unicasts().is_empty());
}

#[test]
fn an_endpoint_that_nobody_listens_at_is_exit_6_and_nothing_was_sent() {
    let home = demo(NOBODY);
    let ran = home.run(&send(&["--timeout", "60s"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --reg-id CN_0123456789abcdef0123456789abcdef --title Hello --content first push --timeout <n>s
    not_sent   demo (cn), certificate 7005, <n> ms
    stderr: error: no connection to 127.0.0.1:<port>: Connection refused (os error 111)
    stderr:   nothing was sent; check the network, the proxy variables (HTTPS_PROXY, NO_PROXY), and the profile's region and endpoint
    exit code 6
    "#);
    let (code, result) = home.json(&send(&["--timeout", "60s"]));
    assert_eq!((code, result["status"].as_str()), (6, Some("not_sent")));
    assert_eq!(result["error"]["kind"], "unreachable");
    let (_, list) = home.json(&["history", "list"]);
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    assert!(list["items"].as_array().unwrap().iter().all(|item| item["status"] == "not_sent"));
}

#[test]
fn an_answer_that_says_nothing_is_unknown_and_not_repeated() {
    let vendor = Vendor::start(|request, _| match request.is_auth() {
        true => granted(),
        false => Reply::Keep(body(r#"{"code":0,"message":"success"}"#)),
    });
    let home = demo(&vendor.url());
    let ran = home.run(&send(&[]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --reg-id CN_0123456789abcdef0123456789abcdef --title Hello --content first push
    unknown   demo (cn), certificate 7005, <n> ms
    stderr: error: OPPO answered success, but without a message id; whether the push was taken is not known
    stderr:   look at the phone or in OPPO's console before sending again; the same --app-message-id keeps a repeat from showing twice
    exit code 6
    "#);
    assert_eq!(vendor.unicasts().len(), 1);
    let (code, result) = home.json(&send(&[]));
    assert_eq!((code, result["status"].as_str()), (6, Some("unknown")));
    assert_eq!((&result["vendor"], &result["error"]["kind"]), (&Value::Null, &json!("outcome-unknown")));
}

#[test]
fn a_page_of_a_proxy_is_not_an_answer_of_oppo() {
    let vendor =
        Vendor::start(|_, _| Reply::Keep(answer("502 Bad Gateway", "text/html", b"<html>no</html>")));
    let home = demo(&vendor.url());
    let (code, result) = home.json(&send(&[]));
    assert_eq!((code, result["status"].as_str()), (6, Some("not_sent")));
    assert_eq!(result["error"]["kind"], "bad-answer");
}

/// While the request is on its way, the history has it already.
#[test]
fn a_push_is_recorded_before_it_goes_out_and_completed_after() {
    let seen = Arc::new(Mutex::new(None::<(Arc<Home>, Value)>));
    let within = seen.clone();
    let vendor = Vendor::start(move |request, _| {
        if request.is_auth() {
            return granted();
        }
        let mut seen = within.lock().unwrap();
        let (home, list) = seen.as_mut().unwrap();
        *list = home.json(&["history", "list"]).1;
        accepted()
    });
    let home = Arc::new(demo(&vendor.url()));
    *seen.lock().unwrap() = Some((home.clone(), Value::Null));
    home.run(&send(&["--app-message-id", "mine"])).expect(0);
    let during = seen.lock().unwrap().take().unwrap().1;
    assert_eq!(
        (&during["items"][0]["status"], &during["items"][0]["message_id"]),
        (&json!("pending"), &Value::Null)
    );
    let (_, after) = home.json(&["history", "show", "mine"]);
    assert_eq!((after["status"].as_str(), after["tries"].as_i64()), (Some("accepted"), Some(1)));
}

#[test]
fn one_token_serves_every_command_until_oppo_calls_it_invalid() {
    let vendor = Vendor::start(|request, before| match (request.is_auth(), before) {
        (true, _) => granted(),
        // The third push is refused once.
        (false, 2) => Reply::Keep(body(r#"{"code":11,"message":"Invalid AuthToken"}"#)),
        _ => accepted(),
    });
    let home = demo(&vendor.url());
    for (auths, pushes) in [(1, 1), (1, 2), (2, 4)] {
        home.run(&send(&[])).expect(0);
        assert_eq!((vendor.auths(), vendor.unicasts().len()), (auths, pushes));
    }
    // Another secret is another token.
    let mut home = home;
    home.set("DEMO_SECRET", "another");
    home.run(&send(&[])).expect(0);
    assert_eq!(vendor.auths(), 3);
    let ids: Vec<Value> = vendor.unicasts()[2..4]
        .iter()
        .map(|push| message(push)["notification"]["app_message_id"].clone())
        .collect();
    assert_eq!(ids[0], ids[1], "a repeat has the same id");
}

#[test]
fn verbose_prints_each_request_and_quiet_only_errors() {
    let vendor = willing();
    let home = demo_with(&vendor.url(), "click = { action = \"url\", url = \"https://example.com\" }\n");
    let ran = home.run(&send(&["--ext", "a=1", "--verbose"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --reg-id CN_0123456789abcdef0123456789abcdef --title Hello --content first push --ext a=1 --verbose
    accepted   30001-1-1-<24 hex>   demo (cn), certificate 7005, <n> ms
    stderr: configuration opush.toml, found by searching upward from the working directory
    stderr: profile demo (cn), current: the only profile of the file
    stderr: POST http://127.0.0.1:<port>/server/v1/auth
    stderr:   HTTP 200, <n> ms
    stderr:   {"code":0,"message":"","data":{"auth_token":"********","create_time":1700000000000}}
    stderr: POST http://127.0.0.1:<port>/server/v1/message/notification/unicast
    stderr:   HTTP 200, <n> ms
    stderr:   {"code":0,"message":"","data":{"messageId":"30001-1-1-<24 hex>"}}
    stderr: warning: --ext: the tap opens a URL, and the push has custom content
    stderr:   no Activity receives it: OPPO appends the pairs to the URL as query parameters. Read them on the page, or use activity:C, intent:A or open-app
    exit code 0
    "#);
    let ran = home.run(&send(&["--ext", "a=1", "--quiet"])).expect(0);
    assert_eq!(ran.stderr, "");
}

/// OPPO knows no certificate IDs: the IM server's ten minutes are not a matter of a direct send.
#[test]
fn a_direct_send_says_nothing_of_the_im_servers_ten_minutes() {
    let vendor = willing();
    let home = demo_with(&vendor.url(), "saved_at = 9999-01-01T00:00:00Z\n");
    for target in [["--reg-id", REG_ID], ["--alias", "alice"]] {
        let args = [&["send"], &target[..], &["--title", "Hello", "--content", "x"]].concat();
        assert_eq!(home.run(&args).expect(0).stderr, "");
        let (code, result) = home.json(&args);
        assert_eq!((code, &result["warnings"]), (0, &json!([])));
    }
}

#[test]
fn without_a_target_the_variable_gives_it() {
    let vendor = willing();
    let other = "CN_00000000000000000000000000000001";
    let home = demo(&vendor.url()).variable("OPUSH_REG_ID", other);
    home.run(&["send", "--title", "a", "--content", "b"]).expect(0);
    home.run(&send(&[])).expect(0);
    home.run(&["send", "--alias", "alice", "--title", "a", "--content", "b"]).expect(0);
    let targets: Vec<Value> =
        vendor.unicasts().iter().map(|push| message(push)["target_value"].clone()).collect();
    assert_eq!(targets, [other, REG_ID, "alice"]);
}

/// A message id of another app than the certificate's is odd, and said.
#[test]
fn another_app_s_message_id_is_a_warning() {
    let vendor = Vendor::start(|request, _| match request.is_auth() {
        true => granted(),
        false => Reply::Keep(body(r#"{"code":0,"data":{"messageId":"999-1-1-0123456789abcdef01234567"}}"#)),
    });
    let home = demo(&vendor.url());
    let ran = home.run(&send(&[])).expect(0);
    assert!(ran.stderr.contains("999") && ran.stderr.contains("30001"), "{ran}");
    let (_, result) = home.json(&send(&[]));
    assert_eq!(result["warnings"][0]["id"], "odd-answer");
}
