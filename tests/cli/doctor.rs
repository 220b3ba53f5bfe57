//! `opush doctor`: each step broken in turn is the one that is named, and nothing is made or changed.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::Value;

use super::harness::Home;
use super::vendor::{Reply, Vendor, answer};

const SECRET: &str = "canary-master-secret";

/// A profile whose push endpoint is this one.
fn config(endpoint: &str) -> String {
    format!(
        "[profile.chat]\nregion = \"cn\"\nendpoint = \"{endpoint}\"\n\n[[profile.chat.certificate]]\nid = 7005\n\
         app_id = \"30123456\"\napp_key = \"key\"\nmaster_secret = {{ env = \"CHAT_SECRET\" }}\n"
    )
}

fn home(endpoint: &str) -> Home {
    Home::with_config(&config(endpoint)).variable("CHAT_SECRET", SECRET)
}

/// A vendor that answers everything, with this Date.
fn vendor(date: Option<&str>) -> Vendor {
    let head = date.map(|date| format!("Date: {date}\r\n")).unwrap_or_default();
    Vendor::start(move |_, _| {
        Reply::Close(format!("HTTP/1.1 404 Not Found\r\n{head}Content-Length: 0\r\n\r\n").into_bytes())
    })
}

/// Serves each connection by itself.
fn serve(with: impl Fn(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || listener.incoming().for_each(|stream| with(stream.unwrap())));
    port
}

/// Every file below the folder, with content, permissions and time of its last change.
fn snapshot(folder: &Path) -> BTreeMap<String, (u32, std::time::SystemTime, Vec<u8>)> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| !path.to_string_lossy().contains("sandbox"))
        .map(|path| {
            let found = std::fs::symlink_metadata(&path).unwrap();
            // The index of the log is where readers keep their marks, and a sandbox beside has a log of its own.
            let marks = path.to_string_lossy().ends_with("-shm");
            let bytes = if found.is_file() && !marks { std::fs::read(&path).unwrap() } else { Vec::new() };
            let changed = if marks { std::time::UNIX_EPOCH } else { found.modified().unwrap() };
            (path.display().to_string(), (found.permissions().mode(), changed, bytes))
        })
        .collect()
}

/// The report, after which everything in the home is as it was.
#[track_caller]
fn examined(home: &Home, args: &[&str]) -> (i32, Value) {
    let before = snapshot(home.path());
    let all: Vec<&str> = ["doctor"].into_iter().chain(args.iter().copied()).collect();
    let (code, report) = home.json(&all);
    assert_eq!(snapshot(home.path()), before, "doctor only looks");
    assert!(!report.to_string().contains(SECRET), "{report}");
    (code, report)
}

fn check<'r>(report: &'r Value, id: &str) -> &'r Value {
    report["checks"].as_array().unwrap().iter().find(|check| check["id"] == id).unwrap()
}

/// Exactly this check fails; gives it.
#[track_caller]
fn broken(home: &Home, args: &[&str], id: &str) -> Value {
    let (code, report) = examined(home, args);
    let failed: Vec<&Value> =
        report["checks"].as_array().unwrap().iter().filter(|check| check["status"] == "fail").collect();
    assert_eq!(
        failed.iter().map(|check| check["id"].as_str().unwrap()).collect::<Vec<_>>(),
        [id],
        "{report:#}"
    );
    assert_eq!((code, &report["verdict"], &report["first_broken"]), (8, &"broken".into(), &id.into()));
    assert!(failed[0]["remedy"].is_string() && failed[0]["cause"].is_string());
    failed[0].clone()
}

#[track_caller]
fn has(check: &Value, key: &str, text: &str) {
    assert!(check[key].as_str().unwrap().contains(text), "{text:?} is not in {check:#}");
}

#[test]
fn without_configuration_the_error_says_what_to_do() {
    let home = Home::new();
    has(&broken(&home, &[], "no-configuration"), "remedy", "opush profile add");
    assert!(!home.path().join(".local").exists() && !home.path().join(".config").exists());
    // The last line has the program's path, by which the column is as wide as it is.
    let text = home.run(&["doctor"]).expect(8).stdout;
    let lines = text
        .lines()
        .filter(|line| !line.starts_with("  program"))
        .take_while(|line| *line != "Worth a look:");
    let narrow =
        lines.map(|line| line.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>());
    let narrow = narrow.map(|parts| parts.join(" | "));
    insta::assert_snapshot!(narrow.collect::<Vec<_>>().join("\n"), @r"
    The first broken link: there is no configuration file, and no OPUSH_* variables in its place.

    configuration | there is no configuration file, and no OPUSH_* variables in its place | broken
    secrets | there is no configuration | skipped
    state | there is none yet; the first command that needs one makes it | ok
    proxy | none is set | ok
    name | no profile says where to go | skipped
    connection | no profile says where to go | skipped
    TLS | no profile says where to go | skipped
    HTTP | no profile says where to go | skipped
    clock | no profile says where to go | skipped
    completions | SHELL is not set | skipped

    Most likely: opush is new here, or runs in a folder without opush.toml.
    To fix it: add a profile; the demo needs none: opush profile add
    opush explain no-configuration
    ");
}

#[test]
fn without_a_broken_link_the_exit_code_is_0() {
    let home = Home::new();
    let sandbox = home.sandbox(&[]);
    let (code, report) = examined(&home, &["--profile", "sandbox"]);
    assert_eq!((code, &report["verdict"], &report["first_broken"]), (0, &"sound".into(), &Value::Null));
    has(check(&report, "no-http"), "evidence", sandbox.url.trim_start_matches("http://"));
    assert_eq!(check(&report, "clock-wrong")["status"], "pass");
    assert_eq!(check(&report, "tls-failed")["status"], "skipped");
    drop(sandbox);
    // With an endpoint of its own, and a state.
    let vendor = vendor(None);
    let home = self::home(&vendor.url());
    let reg_id = format!("CN_{}", "1".repeat(32));
    home.run(&["token", "report", "--user", "alice", "--reg-id", &reg_id]).expect(0);
    let (code, report) = examined(&home, &[]);
    assert_eq!((code, &report["verdict"]), (0, &"sound".into()), "{report:#}");
    assert_eq!(check(&report, "state-damaged")["status"], "pass");
    assert_eq!(vendor.received().len(), 1, "push and feedback are one host");
    assert!(vendor.received()[0].head.starts_with("GET / HTTP/1.1"), "{}", vendor.received()[0].head);
    let text = home.run(&["doctor"]).expect(0).stdout;
    assert!(text.starts_with("Every link holds.\n"), "{text}");
}

#[test]
fn a_broken_configuration_is_named_with_its_line() {
    let home = Home::with_config("[profile.chat]\nregion = \"moon\"\n");
    has(&broken(&home, &[], "configuration-broken"), "evidence", "opush.toml:2:10");
    let home = Home::with_config("[profile.a]\nregion = \"cn\"\n[profile.b]\nregion = \"cn\"\n");
    has(&broken(&home, &[], "configuration-broken"), "remedy", "opush profile use NAME");
    has(
        &broken(&Home::new(), &["--config", "nowhere.toml"], "configuration-broken"),
        "evidence",
        "nowhere.toml",
    );
    // A name that nobody has is a slip of the person's.
    let (code, value) = home.json(&["doctor", "--profile", "nobody"]);
    assert_eq!((code, &value["error"]["kind"]), (3, &"unknown-profile".into()));
}

#[test]
fn a_secret_that_cannot_be_got_is_named() {
    let vendor = vendor(None);
    let home = Home::with_config(&config(&vendor.url()));
    has(&broken(&home, &[], "secrets-unresolved"), "evidence", "CHAT_SECRET is not set");
    let file = config(&vendor.url()).replace("env = \"CHAT_SECRET\"", "file = \"a-folder\"");
    let home = Home::with_config(&file);
    std::fs::create_dir(home.file("a-folder")).unwrap();
    has(&broken(&home, &[], "secrets-unresolved"), "evidence", "a-folder is not a regular file");
    let command = config(&vendor.url()).replace("env = \"CHAT_SECRET\"", "command = [\"touch\", \"ran\"]");
    let home = Home::with_untrusted(&command);
    has(&broken(&home, &[], "secrets-unresolved"), "remedy", "opush config trust");
}

#[test]
fn a_secret_that_others_can_read_is_named() {
    let vendor = vendor(None);
    let file = config(&vendor.url()).replace("env = \"CHAT_SECRET\"", "file = \"my secret\"");
    let home = Home::with_config(&file);
    home.write("my secret", SECRET);
    let mode = |name: &str, mode| {
        std::fs::set_permissions(home.file(name), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode("my secret", 0o644);
    let check = broken(&home, &[], "secrets-exposed");
    has(&check, "evidence", "my secret has mode 0644");
    assert_eq!(check["remedy"], "chmod 600 'my secret'");
    mode("my secret", 0o600);
    assert_eq!(examined(&home, &[]).0, 0);
    home.write("opush.toml", file.replace("{ file = \"my secret\" }", &format!("\"{SECRET}\"")));
    mode("opush.toml", 0o640);
    has(&broken(&home, &[], "secrets-exposed"), "remedy", "chmod 600 opush.toml");
}

#[test]
fn a_state_that_is_damaged_newer_or_another_s_is_named() {
    let vendor = vendor(None);
    let with_state = || {
        let home = home(&vendor.url());
        let reg_id = format!("CN_{}", "1".repeat(32));
        home.run(&["token", "report", "--user", "alice", "--reg-id", &reg_id]).expect(0);
        let state = home.state_home().join("state.db");
        // All of it in the one file, as after a copy.
        let connection = rusqlite::Connection::open(&state).unwrap();
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        (home, state, connection)
    };
    let (home, state, connection) = with_state();
    drop(connection);
    let mut bytes = std::fs::read(&state).unwrap();
    bytes[4096..].iter_mut().for_each(|byte| *byte = 0x5a);
    home.write(state.to_str().unwrap(), &bytes);
    has(&broken(&home, &[], "state-damaged"), "evidence", "damaged");
    home.write(
        state.to_str().unwrap(),
        "this is no database, and long enough to be looked at as if it were one",
    );
    has(&broken(&home, &[], "state-damaged"), "remedy", "move");

    let (home, _, connection) = with_state();
    connection.pragma_update(None, "user_version", 999).unwrap();
    drop(connection);
    has(&broken(&home, &[], "state-newer"), "evidence", "schema version 999");

    let (home, _, connection) = with_state();
    connection.pragma_update(None, "application_id", 7).unwrap();
    drop(connection);
    has(&broken(&home, &[], "state-unreadable"), "evidence", "another program");

    let (home, state, connection) = with_state();
    connection.execute_batch("CREATE TABLE more (a); INSERT INTO more VALUES (1)").unwrap();
    // Of a copy taken meanwhile, the index was left behind.
    let copies = [".db", ".db-wal"].map(|ending| std::fs::read(state.with_extension(&ending[1..])).unwrap());
    drop(connection);
    for (bytes, ending) in copies.iter().zip(["db", "db-wal"]) {
        home.write(state.with_extension(ending).to_str().unwrap(), bytes);
    }
    let _ = std::fs::remove_file(state.with_extension("db-shm"));
    let (code, report) = examined(&home, &[]);
    assert_eq!(
        (code, &report["verdict"], &report["first_broken"]),
        (8, &"inconclusive".into(), &Value::Null)
    );
    assert!(report["would_settle"][0].as_str().unwrap().contains("opush history list"), "{report:#}");
}

#[test]
fn a_state_that_others_can_read_is_worth_a_look() {
    let vendor = vendor(None);
    let home = home(&vendor.url());
    home.run(&["history", "list"]).expect(0);
    let state = home.state_home().join("state.db");
    std::fs::set_permissions(&state, std::fs::Permissions::from_mode(0o644)).unwrap();
    let (code, report) = examined(&home, &[]);
    assert_eq!((code, &check(&report, "state-exposed")["status"]), (0, &"warn".into()));
}

#[test]
fn each_step_of_the_way_is_named() {
    let home = |endpoint: &str| self::home(endpoint);
    has(
        &broken(&home("https://push.invalid"), &[], "name-not-resolved"),
        "evidence",
        "push.invalid:443 (push, feedback)",
    );
    has(&broken(&home(&Vendor::nobody().url()), &[], "port-closed"), "evidence", "refused");

    let port = serve(|stream| {
        let certificate =
            CertificateDer::from(include_bytes!("../oppo/untrusted/certificate.der").as_slice());
        let key = PrivatePkcs8KeyDer::from(include_bytes!("../oppo/untrusted/key.der").as_slice());
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key.into())
            .unwrap();
        let connection = ServerConnection::new(Arc::new(config)).unwrap();
        let _ = StreamOwned::new(connection, stream).read_to_end(&mut Vec::new());
    });
    has(&broken(&home(&format!("https://localhost:{port}")), &[], "tls-failed"), "evidence", "certificate");
    // A server that hangs up in the middle of it.
    let port = serve(|mut stream| {
        let _ = stream.read(&mut [0; 16]);
    });
    broken(&home(&format!("https://localhost:{port}")), &[], "tls-failed");

    let port = serve(|mut stream| {
        let _ = stream.read(&mut [0; 512]);
        let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n");
    });
    has(&broken(&home(&format!("http://127.0.0.1:{port}")), &[], "no-http"), "evidence", "(push, feedback)");
    let silent = serve(|mut stream| {
        let _ = stream.read_to_end(&mut Vec::new());
    });
    broken(&home(&format!("http://127.0.0.1:{silent}")), &["--timeout", "3s"], "no-http");
}

#[test]
fn the_im_server_is_reached_too() {
    let vendor = vendor(None);
    let im = format!(
        "{}\n[profile.chat.im]\nsdk_app_id = 1400000001\nadmin = \"administrator\"\nendpoint = \"{}\"\n\
         secret_key = {{ env = \"IM_KEY\" }}\n",
        config(&vendor.url()),
        Vendor::nobody().url()
    );
    let mut home = Home::with_config(&im).variable("CHAT_SECRET", SECRET);
    has(&check(&examined(&home, &[]).1, "secrets-unresolved").clone(), "evidence", "IM_KEY");
    home.set("IM_KEY", "canary-im-key");
    let check = broken(&home, &[], "port-closed");
    has(&check, "evidence", "(IM server)");
}

#[test]
fn a_clock_that_is_far_off_is_named() {
    let vendor = vendor(Some("Sun, 06 Nov 1994 08:49:37 GMT"));
    let check = broken(&home(&vendor.url()), &[], "clock-wrong");
    has(&check, "evidence", "this machine is");
    has(&check, "evidence", "s ahead of");
}

#[test]
fn a_proxy_is_named_and_its_password_is_not() {
    let refusing = Vendor::start(|_, _| Reply::Close(answer("403 Forbidden", "text/html", b"no")));
    let with = |value: &str| home("https://push.invalid").variable("HTTPS_PROXY", value);
    let check = broken(&with(&format!("http://me:pr0xy-pa55@{}", refusing.address)), &[], "proxy-broken");
    has(&check, "evidence", &refusing.address.to_string());
    assert!(!check.to_string().contains("pr0xy-pa55"));
    has(&broken(&with(&Vendor::nobody().url()), &[], "proxy-broken"), "evidence", "refused");
    has(
        &broken(&with("http://nosuchproxy.invalid:3128"), &[], "proxy-broken"),
        "evidence",
        "nosuchproxy.invalid:3128",
    );
    let vendor = vendor(None);
    let home = home(&vendor.url()).variable("HTTPS_PROXY", "http://");
    has(&broken(&home, &[], "proxy-broken"), "remedy", "export HTTPS_PROXY=");
}

#[test]
fn completions_are_looked_for_where_the_shell_looks() {
    for (shell, place) in [
        ("bash", ".local/share/bash-completion/completions/opush"),
        ("zsh", ".zfunc/_opush"),
        ("fish", ".config/fish/completions/opush.fish"),
        ("elvish", ".config/elvish/lib/opush.elv"),
    ] {
        let home = Home::new().variable("SHELL", &format!("/usr/bin/{shell}"));
        let status = || check(&examined(&home, &["--profile", "sandbox"]).1, "completions-missing").clone();
        has(&status(), "evidence", &format!("not installed for {shell}"));
        has(&status(), "remedy", &format!("write the script to ~/{place}: opush completions {shell}"));
        let file = format!("../{place}");
        home.write(&file, home.run(&["completions", shell]).stdout);
        assert_eq!(status()["status"], "pass", "{shell}");
        home.write(&file, "complete -F _old opush\n");
        let old = status();
        assert_eq!(
            (old["status"].as_str(), old["remedy"].as_str()),
            (Some("warn"), Some(&*format!("write the script to ~/{place}: opush completions {shell}")))
        );
    }
    let home = Home::new().variable("SHELL", "/bin/bash");
    home.write("../.bashrc", "source <(opush completions bash)\n");
    let (code, report) = examined(&home, &["--profile", "sandbox"]);
    assert_eq!((code, &check(&report, "completions-missing")["status"]), (0, &"pass".into()));
}
