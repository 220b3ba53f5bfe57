//! `opush sandbox run`, and how commands find it; sandboxes of profiles of their own, here and at an endpoint.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use serde_json::{Value, json};

use super::harness::{Home, Sandbox};
use super::masks::plain;
use super::processes::{ended, ready_file, signal};

const BOX: &str = "[profile.box]\nregion = \"sandbox\"\npackage = \"com.example.box\"\n\
                   [[profile.box.certificate]]\nid = 12\napp_id = \"40001\"\napp_key = \"box-key\"\n\
                   master_secret = \"box-secret\"\nchannel_id = \"chat\"\n";

const OTHER: &str = "[profile.cn]\nregion = \"cn\"\n[[profile.cn.certificate]]\nid = 1\napp_id = \"1\"\n\
                     app_key = \"k\"\nmaster_secret = \"s\"\n";

/// A private configuration, so that nothing is said of its secret.
fn home_with(toml: &str) -> Home {
    let home = Home::with_config(toml);
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(home.file("opush.toml"), private).unwrap();
    home
}

fn names(home: &Home, more: &[&str]) -> Vec<String> {
    let (code, list) = home.json(&[&["sandbox", "phone", "list"], more].concat());
    assert_eq!(code, 0, "{list:#}");
    let items = list["items"].as_array().unwrap();
    let mut names: Vec<String> = items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// The status line of a GET, by hand.
fn get(sandbox: &Sandbox, path: &str) -> String {
    let address = sandbox.url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn interrupt(sandbox: &mut Sandbox, name: &str) -> std::process::ExitStatus {
    signal(&sandbox.child, name);
    ended(&mut sandbox.child)
}

#[test]
fn the_ready_file_is_written_once_it_answers() {
    let home = Home::new();
    let ready = home.file("ready.json");
    let sandbox = home.sandbox(&[]);
    assert!(get(&sandbox, "/readyz").starts_with("HTTP/1.1 200 "), "{}", get(&sandbox, "/readyz"));
    let info = get(&sandbox, "/_sandbox/v1/info");
    assert!(info.contains(&format!("\"pid\":{}", sandbox.child.id())), "{info}");
    drop(sandbox);
    let mut child = home
        .command(&["sandbox", "run", "--ready-file", "ready.json", "--json", "--ephemeral"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let written = ready_file(&mut child, &ready);
    assert_eq!(written.as_object().unwrap().keys().collect::<Vec<_>>(), ["url", "pid"]);
    assert_eq!(written["pid"], child.id());
    signal(&child, "TERM");
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&printed["url"], &printed["pid"]), (&written["url"], &written["pid"]));
    assert!(printed["error"].is_null());
}

#[test]
fn commands_find_the_one_that_runs_and_its_state_afterwards() {
    let home = Home::new();
    home.run(&["sandbox", "phone", "add", "--name", "before"]).expect(0);
    let mut sandbox = home.sandbox(&[]);
    assert_eq!(names(&home, &[]), ["before", "demo"]);
    home.run(&["sandbox", "phone", "add", "--name", "during", "--alias", "alice"]).expect(0);
    let args = ["send", "--profile", "sandbox", "--alias", "alice", "--title", "a", "--content", "b"];
    home.run(&args).expect(0);
    let log = get(&sandbox, "/_sandbox/v1/calls");
    assert!(
        log.contains("/server/v1/auth") && log.contains("notification/unicast"),
        "the send went there: {log}"
    );
    assert_eq!(interrupt(&mut sandbox, "INT").code(), Some(0));
    assert!(!home.state_home().join("sandbox.json").exists(), "it takes its entry away");
    assert_eq!(names(&home, &[]), ["before", "demo", "during"]);
    let (_, shown) = home.json(&["sandbox", "phone", "show", "during"]);
    assert_eq!(shown["notifications"].as_array().unwrap().len(), 1);
}

#[test]
fn the_entry_of_a_sandbox_that_was_killed_is_ignored() {
    let home = Home::new();
    let mut sandbox = home.sandbox(&[]);
    home.run(&["sandbox", "phone", "add", "--name", "p", "--alias", "alice"]).expect(0);
    assert_eq!(interrupt(&mut sandbox, "KILL").code(), None);
    assert!(home.state_home().join("sandbox.json").exists(), "nobody took it away");
    assert_eq!(names(&home, &[]), ["demo", "p"]);
    let args = ["send", "--profile", "sandbox", "--alias", "alice", "--title", "a", "--content", "b"];
    home.run(&args).expect(0);
    let again = home.sandbox(&[]);
    assert_eq!(names(&home, &[]), ["demo", "p"]);
    assert!(get(&again, "/_sandbox/v1/phones").contains("\"p\""));
}

#[test]
fn an_ephemeral_sandbox_keeps_nothing() {
    let home = Home::new();
    home.run(&["sandbox", "phone", "add", "--name", "kept"]).expect(0);
    let mut sandbox = home.sandbox(&["--ephemeral"]);
    assert_eq!(names(&home, &[]), ["demo"]);
    home.run(&["sandbox", "phone", "add", "--name", "gone"]).expect(0);
    assert_eq!(interrupt(&mut sandbox, "TERM").code(), Some(0));
    assert_eq!(names(&home, &[]), ["demo", "kept"]);
}

#[test]
fn reset_reaches_the_one_that_runs() {
    let home = Home::new();
    let sandbox = home.sandbox(&[]);
    home.run(&["sandbox", "phone", "add", "--name", "p"]).expect(0);
    let (code, result) = home.json(&["sandbox", "reset"]);
    assert_eq!((code, &result["reset"], &result["place"]), (0, &json!(true), &json!(sandbox.url)));
    assert_eq!(names(&home, &[]), ["demo"]);
}

#[test]
fn a_rule_decides_an_open_question_otherwise() {
    let home = Home::new();
    home.run(&["sandbox", "phone", "add", "--name", "p", "--alias", "alice"]).expect(0);
    let long = "x".repeat(60);
    let args = ["send", "--profile", "sandbox", "--alias", "alice", "--title", "a", "--content", &long];
    home.run(&args).expect(0);
    let _sandbox = home.sandbox(&["--rule", "content-limit=50"]);
    let (code, result) = home.json(&args);
    assert_eq!((code, &result["vendor"]["code"]), (5, &json!(41)));
}

#[test]
fn it_says_where_it_is_and_which_apps_it_knows() {
    let home = home_with(BOX);
    let mut child = home
        .command(&["sandbox", "run", "--ready-file", "ready.json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    ready_file(&mut child, &home.file("ready.json"));
    signal(&child, "INT");
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("Sandbox of OPPO PUSH and the IM server at http://127.0.0.1:"), "{said}");
    assert!(said.contains("Apps: 30001, 40001."), "{said}");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
}

#[test]
fn a_profile_of_region_sandbox_is_an_app_of_its_own() {
    let home = home_with(BOX);
    let ran = home.run(&["sandbox", "phone", "add", "--name", "mine", "--alias", "alice"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush sandbox phone add --name mine --alias alice
    Phone mine
      phone          OPPO Find X, Android 14
      regId          CN_<32 hex>
      alias          alice
      app            com.example.box (AppId 40001)
      channels       chat (default)
      activities     com.example.box.MainActivity (android.intent.action.MAIN)
      network        wifi
      notifications  on
      IM user        none
    Send to it, then tap:
      opush send --profile box --alias alice --title Hello --content "first push"
      opush sandbox phone tap mine
    stderr: profile box
    exit code 0
    "#);
    let args = ["send", "--alias", "alice", "--title", "a", "--content", "b"];
    let ran = home.run(&args);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --alias alice --title a --content b
    accepted   40001-1-1-<24 hex>   box (sandbox), certificate 12, <n> ms
    exit code 0
    "#);
    let (_, shown) = home.json(&["sandbox", "phone", "show", "mine"]);
    assert_eq!((&shown["app_id"], &shown["profile"]), (&json!("40001"), &json!("box")));
    assert_eq!(shown["notifications"].as_array().unwrap().len(), 1);
    // The built-in app does not know that alias.
    let (code, result) = home.json(&[&args[..], &["--profile", "sandbox"]].concat());
    assert_eq!((code, &result["vendor"]["code"]), (5, &json!(10002)));
    // Its credentials are those that the file has now.
    home.write("opush.toml", BOX.replace("box-secret", "another-secret"));
    home.run(&args).expect(0);
}

/// A file may well name the AppId that the built-in app has; each profile works when it is used.
#[test]
fn a_profile_with_the_built_in_app_s_id_works_beside_it() {
    let home = home_with(&BOX.replace("40001", "30001"));
    home.run(&["sandbox", "phone", "add", "--name", "p", "--alias", "alice"]).expect(0);
    let in_turn = |home: &Home| {
        for profile in ["box", "sandbox", "box"] {
            let args = ["send", "--profile", profile, "--alias", "alice", "--title", "a", "--content", "b"];
            home.run(&args).expect(0);
        }
    };
    in_turn(&home);
    let _sandbox = home.sandbox(&[]);
    in_turn(&home);
}

#[test]
fn with_another_current_region_the_built_in_profile_is_used_and_named() {
    let home = home_with(OTHER);
    let ran = home.run(&["sandbox", "phone", "list"]).expect(0);
    insta::assert_snapshot!(ran.stderr, @r#"
    profile sandbox (built in; cn has region cn)
    "#);
    let (_, list) = home.json(&["sandbox", "phone", "list"]);
    assert_eq!(list["profile"], "sandbox");
    let ran = Home::new().run(&["sandbox", "phone", "list"]).expect(0);
    insta::assert_snapshot!(ran.stderr, @r#"
    profile sandbox (built in)
    "#);
    let home = home_with(&format!("{BOX}{OTHER}"));
    let ran = home.run(&["sandbox", "phone", "list", "--profile", "box"]).expect(0);
    insta::assert_snapshot!(ran.stderr, @r#"
    profile box
    "#);
}

/// With an endpoint, the profile means the sandbox there, wherever its state lies.
#[test]
fn an_endpoint_means_the_sandbox_there() {
    let elsewhere = home_with(BOX);
    let sandbox = elsewhere.sandbox(&["--ephemeral"]);
    let here = home_with(&BOX.replace("package", &format!("endpoint = \"{}\"\npackage", sandbox.url)));
    here.run(&["sandbox", "phone", "add", "--name", "p", "--alias", "alice"]).expect(0);
    let (code, result) = here.json(&["send", "--alias", "alice", "--title", "a", "--content", "b"]);
    assert_eq!((code, &result["profile"], &result["region"]), (0, &json!("box"), &json!("sandbox")));
    assert_eq!(names(&here, &[]), ["demo", "p"]);
    assert!(!here.state_home().join("sandbox.db").exists(), "no sandbox here");
    assert!(get(&sandbox, "/_sandbox/v1/messages").contains("\"p\""));
    let (_, tap) = here.json(&["sandbox", "phone", "tap", "p"]);
    assert_eq!(tap["opened"], true);
    let ran = here.run(&["sandbox", "phone", "dismiss", "p"]).expect(0);
    assert_eq!(ran.stderr, format!("profile box, the sandbox at {}\n", sandbox.url));
    // It has credentials of its own; another secret is refused as OPPO would.
    here.write("opush.toml", here.read("opush.toml").replace("box-secret", "another-secret"));
    let (code, result) = here.json(&["send", "--alias", "alice", "--title", "a", "--content", "b"]);
    assert_eq!((code, &result["error"]["kind"]), (5, &json!("credentials-refused")));
    drop(sandbox);
    let (code, gone) = here.json(&["sandbox", "phone", "list"]);
    assert_eq!((code, &gone["error"]["kind"]), (6, &json!("unreachable")));
}

#[test]
fn one_secret_that_is_not_there_leaves_the_other_apps_alone() {
    let certificate = |id: u32, secret: &str| {
        format!(
            "[[profile.demo.certificate]]\nid = {id}\napp_id = \"4000{id}\"\napp_key = \"k{id}\"\n\
             master_secret = {{ env = \"{secret}\" }}\nchannel_id = \"c\"\n"
        )
    };
    let toml = format!(
        "[profile.demo]\nregion = \"sandbox\"\npackage = \"com.a.b\"\n{}{}",
        certificate(1, "SET"),
        certificate(2, "NOT_SET")
    );
    let home = Home::with_config(&toml).variable("SET", "s");
    let added = home.run(&["sandbox", "phone", "add", "--certificate", "1", "--alias", "al"]).expect(0);
    assert!(added.stderr.contains("NOT_SET is not set"), "{}", added.stderr);
    let push = ["send", "--alias", "al", "--title", "T", "--content", "C", "--certificate"];
    home.run(&[&push[..], &["1"]].concat()).expect(0);
    home.run(&[&push[..], &["2"]].concat()).expect(3);
}

/// A server with keys of its own: what it sends is said to be unchecked, at the start and in the log.
#[test]
#[allow(clippy::disallowed_methods)]
fn a_sandbox_that_accepts_any_says_what_it_does_not_check() {
    let home = Home::new();
    let mut sandbox = home
        .command(&["sandbox", "run", "--ready-file", "ready.json", "--accept-any", "--ephemeral"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let ready = ready_file(&mut sandbox, &home.file("ready.json"));
    let address = ready["url"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let body = format!("app_key=team-key&timestamp={now}&sign=0");
    let mut stream = TcpStream::connect(&address).unwrap();
    let head = "POST /server/v1/auth HTTP/1.1\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded";
    write!(stream, "{head}\r\nHost: {address}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("auth_token"), "{answer}");
    let (_, calls) = home.json(&["sandbox", "calls"]);
    let checks = calls["items"][0]["checks"].as_array().unwrap();
    assert!(
        checks
            .iter()
            .any(|check| check["name"] == "sign" && check["detail"].to_string().contains("not checked"))
    );
    signal(&sandbox, "TERM");
    assert!(ended(&mut sandbox).success());
    let mut said = String::new();
    sandbox.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said.matches("The signatures of unknown apps are not checked.").count(), 1, "{said}");
}
