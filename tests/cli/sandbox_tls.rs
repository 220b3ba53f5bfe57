//! `opush sandbox run --tls`: the real host names, each led here by a proxy's CONNECT, and the CA that is made for them.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use serde_json::Value;

use super::harness::{Home, Sandbox};
use super::processes::{ready_file, signal, until};

/// The built-in app of the sandbox, in a profile that knows nothing of the sandbox.
const REAL: &str = r#"[profile.real]
region = "cn"

[profile.real.im]
sdk_app_id = 1400000001
admin = "administrator"
secret_key = "opush-sandbox-secret-key-000000000000000000000000000000000000000"

[[profile.real.certificate]]
id = 7005
app_id = "30001"
app_key = "sandbox-demo-app-key"
master_secret = "sandbox-demo-master-secret"
channel_id = "tuikit"
"#;

/// A running sandbox with TLS, and what its ready file says.
fn start(home: &Home, more: &[&str]) -> (Sandbox, Value) {
    let ready = home.file("ready.json");
    let _ = std::fs::remove_file(&ready);
    let args = ["sandbox", "run", "--tls", "--ready-file", "ready.json"];
    let mut child = home
        .command(&[&args[..], more].concat())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(std::fs::File::create(home.file("stderr")).unwrap())
        .spawn()
        .unwrap();
    let told = ready_file(&mut child, &ready);
    (Sandbox { child, url: told["url"].as_str().unwrap().to_owned() }, told)
}

/// The environment for a program, as the ready file has it.
fn variables(told: &Value, program: &str) -> Vec<(String, String)> {
    let programs = told["tls"]["programs"].as_array().unwrap();
    let found = programs.iter().find(|one| one["program"] == program).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    found["variables"].as_object().unwrap().iter().map(|(name, value)| (name.clone(), text(value))).collect()
}

/// The answer to a CONNECT, to its end.
fn connect(sandbox: &Sandbox, target: &str) -> String {
    let mut stream = TcpStream::connect(sandbox.url.trim_start_matches("http://")).unwrap();
    write!(stream, "CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn opush_itself_reaches_it_by_the_names_of_the_real_hosts() {
    let home = Home::with_config(REAL);
    let (sandbox, told) = start(&home, &[]);
    let led = variables(&told, "opush");
    let (_, phone) = home.json(&["sandbox", "phone", "show", "demo"]);
    let reg_id = phone["reg_id"].as_str().unwrap();
    let send = ["send", "--profile", "real", "--reg-id", reg_id, "--title", "Hi", "--content", "hello"];
    let run = |args: &[&str]| home.run_with_variables(args, &led);
    run(&send).expect(0);
    run(&["oppo", "token", "--profile", "real"]).expect(0);
    run(&["im", "account", "alice", "--profile", "real"]).expect(0);
    let ran = run(&["doctor", "--profile", "real", "--verbose"]);
    assert!(ran.stdout.contains("sandbox-tls/ca.pem"), "{ran}");
    let log = sandbox.get("/_sandbox/v1/calls");
    for host in ["api-push-cn.heytapmobi.com", "feedback.push.oppomobile.com", "console.tim.qq.com"] {
        assert!(log.to_lowercase().contains(&format!("host: {host}")), "{host}: {log}");
    }
    let (_, phone) = home.json(&["sandbox", "phone", "show", "demo"]);
    assert_eq!(phone["notifications"][0]["title"], "Hi");
    // Without the CA it is not trusted, and that is said on both sides.
    let proxy_alone: Vec<_> = led.iter().filter(|(name, _)| name == "HTTPS_PROXY").cloned().collect();
    let ran = home.run_with_variables(&send, &proxy_alone).expect(6);
    assert!(ran.stderr.contains("ca_file of the profile or by --ca-file"), "{ran}");
    let said = || home.read("stderr").contains("a client did not make a secure connection");
    until("the sandbox has said so", said);
}

#[test]
fn the_authority_is_private_used_again_and_said() {
    let home = Home::new();
    let (sandbox, told) = start(&home, &[]);
    let tls = &told["tls"];
    let path = |key: &str| std::path::PathBuf::from(tls[key].as_str().unwrap());
    let first = std::fs::read(path("ca_file")).unwrap();
    let folder = home.state_home().join("sandbox-tls");
    assert_eq!(path("ca_file").parent().unwrap(), folder);
    let mode = |name: &str| folder.join(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(""), mode("authority.json"), mode("ca.pem")), (0o700, 0o600, 0o644));
    assert!(
        std::fs::read_to_string(path("bundle"))
            .unwrap()
            .contains(std::str::from_utf8(&first).unwrap().trim())
    );
    assert_eq!(tls["hosts"].as_array().unwrap().len(), 20);
    until("it has said all", || home.read("stderr").contains("OPUSH_CA_FILE"));
    let said = home.read("stderr");
    for (name, value) in variables(&told, "python").iter().chain(&variables(&told, "java")) {
        assert!(said.contains(name) && said.contains(value), "{name}: {said}");
    }
    let key: Value = serde_json::from_slice(&std::fs::read(folder.join("authority.json")).unwrap()).unwrap();
    let key = key["key"].as_str().unwrap().lines().nth(1).unwrap().to_owned();
    assert!(!said.contains(&key) && !told.to_string().contains(&key));
    drop(sandbox);
    let (sandbox, told) = start(&home, &["--ephemeral"]);
    assert_eq!(std::fs::read(told["tls"]["ca_file"].as_str().unwrap()).unwrap(), first);
    signal(&sandbox.child, "TERM");
}

#[test]
fn a_connect_to_another_host_is_refused_unless_it_may_pass() {
    let home = Home::new();
    let there = TcpListener::bind("127.0.0.1:0").unwrap();
    let target = there.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in there.incoming() {
            stream.unwrap().write_all(b"somebody else").unwrap();
        }
    });
    let (sandbox, _) = start(&home, &[]);
    for target in [target.as_str(), "example.com:443", "api.push.oppomobile.com:80"] {
        let answer = connect(&sandbox, target);
        assert!(answer.starts_with("HTTP/1.1 403 ") && answer.contains("forbidden-host"), "{answer}");
    }
    let said = || home.read("stderr").contains("a CONNECT to \"example.com:443\" is refused");
    until("the sandbox has said so", said);
    drop(sandbox);
    let (sandbox, _) = start(&home, &["--pass-others"]);
    assert!(connect(&sandbox, &target).ends_with("somebody else"));
    // Nothing meant for the real hosts leaves this machine, whatever the port.
    assert!(connect(&sandbox, "api.push.oppomobile.com:8443").starts_with("HTTP/1.1 403 "));
    home.run(&["sandbox", "run", "--pass-others"]).expect(2);
}
