//! `opush send --dry-run`: the exact request, secrets masked, and nothing else happens.

use std::process::Command;

use serde_json::{Value, json};

use super::harness::Home;
use super::masks::plain;
use super::send::{REG_ID, demo, demo_with, message, send, willing};

/// The words that a POSIX shell would hand to curl.
fn words_of_curl(command: &str, token: &str) -> Vec<String> {
    let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{command}");
    let output = Command::new("sh").args(["-c", &script]).env("OPUSH_AUTH_TOKEN", token).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_terminator('\0').map(String::from).collect()
}

#[test]
fn it_prints_the_request_and_touches_neither_network_nor_state() {
    let vendor = willing();
    let home = demo(&vendor.url());
    let ran = home.run(&send(&["--dry-run"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --reg-id CN_0123456789abcdef0123456789abcdef --title Hello --content first push --dry-run
    POST http://127.0.0.1:<port>/server/v1/message/notification/unicast
    Content-Type: application/x-www-form-urlencoded; charset=UTF-8
    Accept: application/json
    User-Agent: opush/0.1.0

    auth_token=********
    message={"target_type":2,"target_value":"CN_0123456789abcdef0123456789abcdef","notification":{"title":"Hello","content":"first push","click_action_type":0,"channel_id":"tuikit","app_message_id":"opush-<id>"}}
    stderr: dry run with profile demo (cn): nothing is sent
    exit code 0
    "#);
    assert_eq!(vendor.connections(), 0);
    assert!(!home.state_home().exists(), "nothing was recorded");
}

/// Nothing is used, so nothing has to be there: no secret, no sandbox.
#[test]
fn it_needs_no_secret_and_no_sandbox() {
    let home = Home::with_config(
        "[profile.a]\nregion = \"cn\"\n[[profile.a.certificate]]\nid = 1\napp_id = \"1\"\napp_key = \"k\"\n\
         master_secret = { command = [\"false\"] }\nchannel_id = \"c\"\n",
    );
    let (code, result) = home.json(&send(&["--dry-run"]));
    assert_eq!(code, 0);
    let url = "https://api-push-cn.heytapmobi.com/server/v1/message/notification/unicast";
    assert_eq!(result["request"]["url"], url);
    home.run(&send(&["--dry-run", "--profile", "sandbox"])).expect(0);
    assert!(!home.state_home().exists());
}

#[test]
fn json_has_the_request_beside_the_keys_of_every_push() {
    let home = demo("http://127.0.0.1:9");
    let (code, result) = home.json(&send(&["--dry-run", "--app-message-id", "m-1"]));
    assert_eq!(code, 0);
    let told = [("status", "dry_run"), ("profile", "demo"), ("region", "cn"), ("decision", "push")];
    for (key, value) in told {
        assert_eq!(result[key], value, "{result:#}");
    }
    assert_eq!(
        (&result["message_id"], &result["vendor"], &result["error"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(result["request"]["form"][0], json!(["auth_token", "********"]));
    let message: Value = serde_json::from_str(result["request"]["form"][1][1].as_str().unwrap()).unwrap();
    assert_eq!(message["target_value"], REG_ID);
    assert_eq!(message["notification"]["app_message_id"], "m-1");
    assert!(result["request"].get("curl").is_none());
}

#[test]
fn curl_is_a_command_that_a_shell_takes_and_says_what_opush_would_send() {
    let vendor = willing();
    let home = demo(&vendor.url());
    let same = send(&["--app-message-id", "m-1", "--ext", "it's=$HOME `id` \\ 你好"]);
    let dry = home.run(&[&same[..], &["--dry-run", "--curl"]].concat()).expect(0);
    let words = words_of_curl(&dry.stdout, "t-1");
    assert_eq!(vendor.connections(), 0);
    home.run(&same).expect(0);
    let sent = vendor.unicasts().remove(0);
    assert!(words.contains(&format!("{}/server/v1/message/notification/unicast", vendor.url())), "{words:?}");
    assert!(words.contains(&"auth_token=t-1".to_owned()), "{words:?}");
    let said = words.iter().find_map(|word| word.strip_prefix("message=")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(said).unwrap(), message(&sent));
    // Every header that is said goes out.
    let mut headers = words.windows(2).filter(|pair| pair[0] == "-H").map(|pair| pair[1].to_lowercase());
    assert!(headers.all(|header| sent.head.to_lowercase().contains(&header)), "{}", sent.head);
}

#[test]
fn warnings_are_printed_and_mistakes_are_refused() {
    let home = demo("http://127.0.0.1:9");
    let long = "x".repeat(60);
    let odd = ["--content", &long, "--set", "colour=1", "--click", "url:https://例え.jp/", "--ext", "a=1"];
    let args = [&["send", "--alias", "alice", "--title", "a", "--dry-run", "--curl"][..], &odd].concat();
    let ran = home.run(&args);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --alias alice --title a --dry-run --curl --content xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx --set colour=1 --click url:https://例え.jp/ --ext a=1
    curl -sS 'http://127.0.0.1:<port>/server/v1/message/notification/unicast' \
      -H 'Content-Type: application/x-www-form-urlencoded; charset=UTF-8' \
      -H 'Accept: application/json' \
      -H 'User-Agent: opush/0.1.0' \
      --data-urlencode "auth_token=$OPUSH_AUTH_TOKEN" \
      --data-urlencode 'message={"target_type":5,"target_value":"alice","notification":{"title":"a","content":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","click_action_type":2,"click_action_url":"https://xn--r8jz45g.jp/","action_parameters":"{\"a\":\"1\"}","channel_id":"tuikit","colour":1,"app_message_id":"opush-<id>"}}'
    stderr: dry run with profile demo (cn): nothing is sent
    stderr: warning: --set colour: colour is not a field of OPPO's notification that opush knows
    stderr:   it is sent as it is and nothing about it is checked
    stderr: warning: --content: content has 60 characters; some sources allow 200, others 50
    stderr:   sources disagree about this limit, and phones show 50 characters of a standard content; shorten it if OPPO refuses it with code 41
    stderr: warning: --ext: the tap opens a URL, and the push has custom content
    stderr:   no Activity receives it: OPPO appends the pairs to the URL as query parameters. Read them on the page, or use activity:C, intent:A or open-app
    exit code 0
    "#);
    let (code, result) = home.json(&args);
    let warnings = result["warnings"].as_array().unwrap();
    let ids: Vec<&str> = warnings.iter().map(|warning| warning["id"].as_str().unwrap()).collect();
    assert_eq!((code, ids), (0, vec!["set-unknown-field", "length-disputed", "custom-content-with-url"]));
    assert!(warnings.iter().all(|warning| warning["hint"] != ""));
    home.run(&["send", "--alias", "a;b", "--title", "a", "--content", "b", "--dry-run"]).expect(4);
}

/// A message file gives what flags do not; flags go before it.
#[test]
fn a_message_file_as_json_or_toml_gives_the_whole_notification() {
    let home =
        demo_with("http://127.0.0.1:9", "click = { action = \"intent\", intent = \"com.example.OPEN\" }\n");
    home.write(
        "m.json",
        r#"{"title": "Order 1042", "content": "on its way", "click_action_type": 4, "off_line_ttl": 3600,
            "click_action_activity": "com.example.demo.OrderActivity", "action_parameters": "{\"order\":\"1042\"}"}"#,
    );
    home.write(
        "m.toml",
        "title = \"Order 1042\"\ncontent = \"on its way\"\nclick_action_type = 4\noff_line_ttl = 3600\n\
         click_action_activity = \"com.example.demo.OrderActivity\"\naction_parameters = { order = \"1042\" }\n",
    );
    let notification = |file: &str, more: &[&str]| {
        let args = ["send", "--reg-id", REG_ID, "--dry-run", "--app-message-id", "m", "--message-file", file];
        let (code, result) = home.json(&[&args[..], more].concat());
        assert_eq!(code, 0, "{result:#}");
        let message: Value = serde_json::from_str(result["request"]["form"][1][1].as_str().unwrap()).unwrap();
        message["notification"].clone()
    };
    let expected = json!({
        "title": "Order 1042", "content": "on its way", "click_action_type": 4,
        "click_action_activity": "com.example.demo.OrderActivity", "action_parameters": "{\"order\":\"1042\"}",
        "off_line_ttl": 3600, "channel_id": "tuikit", "app_message_id": "m",
    });
    assert_eq!(notification("m.json", &[]), expected);
    assert_eq!(notification("m.toml", &[]), expected);
    let flags =
        ["--title", "Hi", "--click", "open-app", "--ttl", "2h", "--ext", "more=1", "--channel-id", "c"];
    let mixed = notification("m.json", &flags);
    assert_eq!((&mixed["title"], &mixed["content"]), (&json!("Hi"), &json!("on its way")));
    assert_eq!((&mixed["click_action_type"], &mixed["off_line_ttl"]), (&json!(0), &json!(7200)));
    assert_eq!(mixed.get("click_action_activity"), None);
    assert_eq!(
        (&mixed["channel_id"], &mixed["action_parameters"]),
        (&json!("c"), &json!("{\"more\":\"1\",\"order\":\"1042\"}"))
    );
}

#[test]
fn every_daily_flag_reaches_its_field() {
    let home = demo("http://127.0.0.1:9");
    home.write("extras.json", r#"{"order": {"id": 1042}}"#);
    let flags = [
        "--sub-title",
        "new",
        "--style",
        "long-text",
        "--category",
        "IM",
        "--notify-level",
        "16",
        "--ttl",
        "1h",
        "--callback-url",
        "https://example.com/cb",
        "--callback-parameter",
        "p",
        "--ext-json",
        "@extras.json",
        "--click",
        "activity:.OrderActivity",
        "--set",
        "notify_id=7",
        "--set",
        "newField={\"a\":[1]}",
        "--app-message-id",
        "m",
    ];
    let (code, result) = home.json(&[&send(&["--dry-run"])[..], &flags].concat());
    assert_eq!(code, 0, "{result:#}");
    let message: Value = serde_json::from_str(result["request"]["form"][1][1].as_str().unwrap()).unwrap();
    let expected = json!({
        "title": "Hello", "sub_title": "new", "content": "first push", "style": 2, "click_action_type": 4,
        "click_action_activity": "com.example.demo.OrderActivity", "channel_id": "tuikit",
        "action_parameters": "{\"order\":{\"id\":1042}}", "off_line_ttl": 3600, "category": "IM", "notify_level": 16,
        "call_back_url": "https://example.com/cb", "call_back_parameter": "p", "notify_id": 7,
        "newField": { "a": [1] }, "app_message_id": "m",
    });
    assert_eq!(message["notification"], expected);
}
