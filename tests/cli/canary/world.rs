//! A home full of canaries: a secret in every place that can hold one, a sandbox beside it, and a relay in front of the
//! sandbox that notes what secrets pass by. Which commands are run there, and where a secret may be, belongs elsewhere.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Stdio};
use std::sync::{Arc, Mutex};

use super::super::device::phone;
use super::super::harness::Home;
use super::super::processes::until;
use super::super::vendor::{Received, Reply, Vendor, answer, json};

/// How a certificate and the IM server's table keep their secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Plain,
    Variable,
    File,
    Command,
}

pub const MASTER: &str = "CanaryMaster0Head+/=\"'&<\\%CanaryMaster1Tail";
pub const APP: &str = "CanaryAppSec0Head+/=\"'&<\\%CanaryAppSec1Tail";
pub const IM_KEY: &str = "CanaryImKey00Head+/=\"'&<\\%CanaryImKey01Tail";
pub const PIPED: &str = "CanaryPiped00Head+/=\"'&<\\%CanaryPiped01Tail";
pub const TYPED: &str = "CanaryTyped00Head+/=&<%CanaryTyped001Tail";
/// A URL's path takes no other signs.
pub const PATH: &str = "CanaryPathSc0Head-._~CanaryPathSc1Tail";
pub const BEARER: &str = "CanaryBearer0Head+/=\"'&<\\%CanaryBearer1Tail";
pub const CONTROL: &str = "CanaryControlHead+/=\"'&<\\%CanaryControlTail";
pub const PROXY: &str = "CanaryProxyP0Head-CanaryProxyP1Tail";
pub const ENV: &str = "CanaryEnvMst0Head+/=\"'&<\\%CanaryEnvMst1Tail";
/// What a vendor that answers nothing good gives as a token.
pub const TOKEN: &str = "CanaryToken00Head+/=CanaryToken001Tail";

pub const ALL: [&str; 11] = [MASTER, APP, IM_KEY, PIPED, TYPED, PATH, BEARER, CONTROL, PROXY, ENV, TOKEN];

const TRACE: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"InstanceTrace":[{"InstanceId":1,"PushTime":"2026-01-01 00:00:00","Token":"CN_0123456789abcdef0123456789abcdef"}]}"#;

pub struct World {
    pub home: Home,
    pub relay: Vendor,
    passed: Arc<Mutex<Passed>>,
    sandbox: Option<Child>,
    /// Of the phone `p`, on which bob is logged in.
    pub reg_id: String,
}

/// What the relay saw.
#[derive(Default)]
struct Passed {
    sandbox: Option<String>,
    secrets: Vec<String>,
    arguments: Vec<String>,
}

/// What the relay does with a request.
#[derive(Clone, Copy, Debug)]
pub enum Server {
    /// Hands it on to the sandbox.
    Sandbox,
    /// Refuses it, and gives everything back that it was sent.
    Echoes,
    /// The same on a page of HTML, as a proxy would.
    Page,
    /// Answers auth as the sandbox would, and everything else with this: true for the IM server.
    Says(fn(bool) -> Reply),
}

impl World {
    pub fn new(kept: Kept, server: Server) -> World {
        let passed: Arc<Mutex<Passed>> = Arc::default();
        let noted = passed.clone();
        let relay = Vendor::start(move |request, _| {
            let mut passed = noted.lock().unwrap();
            passed.secrets.extend(secrets_of(request));
            passed.arguments.extend(arguments());
            match server {
                // The sandbox traces no push that it did not make itself.
                Server::Sandbox if request.head.contains("/normal_push_trace?") => Reply::Close(json(TRACE)),
                Server::Sandbox => forward(request, passed.sandbox.as_deref().unwrap()),
                Server::Echoes => echo(request),
                Server::Says(_) if request.is_auth() => {
                    let data =
                        serde_json::json!({ "auth_token": TOKEN, "create_time": 1_700_000_000_000_i64 });
                    Reply::Close(json(&serde_json::json!({ "code": 0, "data": data }).to_string()))
                }
                Server::Says(says) => says(request.head.contains("usersig=")),
                Server::Page => {
                    Reply::Close(answer("502 Bad Gateway", "text/html", whole(request).as_bytes()))
                }
            }
        });
        let home = home(kept, &relay.url());
        let mut world = World { home, relay, passed, sandbox: None, reg_id: String::new() };
        world.start_sandbox();
        world.set_up();
        world
    }

    /// Its own output is a file in the home, so that it is looked at like every other.
    fn start_sandbox(&mut self) {
        let log = |name: &str| Stdio::from(std::fs::File::create(self.home.path().join(name)).unwrap());
        let ready = self.home.path().join("sandbox-ready.json");
        let args = ["sandbox", "run", "--listen", "127.0.0.1:0", "--verbose", "--ready-file"];
        let mut command = self.home.command(&args);
        command.arg(&ready).env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full");
        let child =
            command.stdin(Stdio::null()).stdout(log("sandbox-out")).stderr(log("sandbox-err")).spawn();
        self.sandbox = Some(child.unwrap());
        until("the sandbox answers", || ready.exists());
        let told: serde_json::Value = serde_json::from_slice(&std::fs::read(ready).unwrap()).unwrap();
        self.passed.lock().unwrap().sandbox = Some(told["url"].as_str().unwrap().replace("http://", ""));
    }

    fn set_up(&mut self) {
        self.home
            .run(&["sandbox", "phone", "add", "--name", "p", "--alias", "al", "--profile", "box"])
            .expect(0);
        self.home.run(&["sandbox", "phone", "login", "p", "--user", "bob", "--profile", "box"]).expect(0);
        let (_, phone) = self.home.json(&["sandbox", "phone", "show", "p", "--profile", "box"]);
        self.reg_id = phone["reg_id"].as_str().unwrap().to_owned();
        self.home.write("phones.txt", &self.reg_id);
        self.home.write("batch.csv", format!("reg_id,ext\n{},\n", self.reg_id));
        for profile in ["live", "box"] {
            let args = ["token", "report", "--user", "alice", "--reg-id", &self.reg_id, "--profile", profile];
            self.home.run(&args).expect(0);
        }
    }

    /// Signs, auth tokens and UserSigs that went over the wire, and those that are kept.
    pub fn learned(&self) -> Vec<String> {
        let mut learned = self.passed.lock().unwrap().secrets.clone();
        let state = self.home.state_home().join("state.db");
        if let Ok(db) = rusqlite::Connection::open(state) {
            let mut query = db.prepare("SELECT token FROM auth_token").unwrap();
            learned.extend(query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap));
        }
        learned.sort();
        learned.dedup();
        learned
    }

    /// Command lines of the machine's processes while a request was under way.
    pub fn arguments(&self) -> Vec<String> {
        let mut seen = self.passed.lock().unwrap().arguments.clone();
        seen.sort();
        seen.dedup();
        seen
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(child) = &mut self.sandbox {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The command line of every process that may be looked at.
pub fn arguments() -> Vec<String> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let lines = processes.filter_map(|process| std::fs::read(process.path().join("cmdline")).ok());
    lines.map(|line| String::from_utf8_lossy(&line).replace('\0', " ")).collect()
}

/// A literal string of TOML.
fn toml_text(secret: &str) -> String {
    toml::Value::from(secret).to_string()
}

fn home(kept: Kept, endpoint: &str) -> Home {
    let mut home = Home::new();
    phone::connect(&mut home, 14);
    let keep = |name: &str, secret: &str| match kept {
        Kept::Plain => toml_text(secret),
        Kept::Variable => format!("{{ env = \"CANARY_{}\" }}", name.to_uppercase()),
        Kept::File => format!("{{ file = \"{name}.secret\" }}"),
        Kept::Command => format!("{{ command = [\"sh\", \"print\", \"{name}\"] }}"),
    };
    let (master, app, key) = (keep("master", MASTER), keep("app", APP), keep("key", IM_KEY));
    let mut toml = "default_profile = \"live\"\n".to_owned();
    for (name, region, endpoint) in
        [("live", "cn", format!("endpoint = {endpoint:?}\n")), ("box", "sandbox", String::new())]
    {
        toml += &format!(
            "\n[profile.{name}]\nregion = \"{region}\"\npackage = \"com.example.demo\"\ndefault_certificate = 7005\n{endpoint}\n\
             [profile.{name}.im]\nsdk_app_id = 1400000001\nadmin = \"administrator\"\nsecret_key = {key}\n{endpoint}\n\
             [[profile.{name}.certificate]]\nid = 7005\nname = \"main\"\napp_id = \"30001\"\napp_key = \"demo-app-key\"\n\
             master_secret = {master}\napp_secret = {app}\nchannel_id = \"tuikit\"\n\
             click = {{ action = \"open-app\" }}\nsaved_at = 2026-01-01T00:00:00Z\n"
        );
    }
    home.write("opush.toml", toml);
    for (name, secret) in [("master", MASTER), ("app", APP), ("key", IM_KEY)] {
        home.set(&format!("CANARY_{}", name.to_uppercase()), secret);
        home.write(&format!("{name}.secret"), secret);
    }
    // What it was started with, and by whom, is in a file that is looked at.
    home.write(
        "print",
        "tr '\\0' ' ' < /proc/$PPID/cmdline >> printers\necho \"$0 $*\" >> printers\ncat \"$1.secret\"\n",
    );
    home.write("path.secret", PATH);
    home.write("bearer.secret", BEARER);
    home.write("callback.secret", format!("call_back_url = \"http://127.0.0.1:9/receipts/{PATH}\"\n"));
    let reg_id = "CN_0123456789abcdef0123456789abcdef";
    home.write(
        "broken.toml",
        format!(
            "[profile.a]\nregion = \"cn\"\n[[profile.a.certificate]]\nid = 1\nmaster_secret = {} x\n",
            toml_text(MASTER)
        ),
    );
    let hello = "[target]\nphone = \"p\"\n[notification]\ntitle = \"Hello\"\ncontent = \"x\"\n";
    let scenario = |more: &str| format!("{hello}{more}");
    home.write(
        "callback.toml",
        scenario(&format!("callback_url = \"http://127.0.0.1:9/receipts/{PATH}\"\n")),
    );
    home.write("stray.toml", scenario("sub_title = \"${CANARY_MASTER}\"\n"));
    home.write("red.toml", scenario("[expect]\ncode = 33\n"));
    home.write("tokens.csv", format!("user,reg_id,brand,device\ncarol,{reg_id},oppo,d\n"));
    home.write("icon.png", super::super::broadcast::png(144, 144));
    home.write("bad.csv", "user,reg_id\ncarol,x\n");
    home.write("story.toml", "[[step]]\npush = { phone = \"p\", title = \"Hello\", content = \"x\" }\n");
    home.write("message.json", "{\"title\":\"Hello\",\"content\":\"x\"}");
    home.write("timpush-configs.json", include_str!("../../fixtures/constants/timpush-configs.json"));
    home.write(
        "AndroidManifest.xml",
        "<manifest xmlns:android=\"http://schemas.android.com/apk/res/android\" package=\"com.example.demo\"><application>\
         <activity android:name=\".Main\" android:exported=\"true\"/></application></manifest>",
    );
    for name in [
        "opush.toml",
        "master.secret",
        "app.secret",
        "key.secret",
        "path.secret",
        "bearer.secret",
        "callback.secret",
        "broken.toml",
        "callback.toml",
    ] {
        std::fs::set_permissions(home.file(name), std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    // The built-in profile env.
    for (name, value) in [
        ("APP_ID", "30001"),
        ("APP_KEY", "demo-app-key"),
        ("MASTER_SECRET", ENV),
        ("REGION", "cn"),
        ("CHANNEL_ID", "c"),
        ("ENDPOINT", endpoint),
    ] {
        home.set(&format!("OPUSH_{name}"), value);
    }
    home.set("OPUSH_LISTEN_TOKEN", BEARER);
    home.set("OPUSH_SANDBOX_TOKEN", CONTROL);
    home.set("CANARY_PATH", PATH);
    for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"] {
        // To loopback no proxy is asked; whatever speaks of proxies must not say their password.
        home.set(name, &format!("http://me:{PROXY}@127.0.0.1:9"));
    }
    home
}

/// The sign, the token and the UserSig of a request.
fn secrets_of(request: &Received) -> Vec<String> {
    let target = request.head.split(' ').nth(1).unwrap_or_default();
    let query = target.split_once('?').map(|(_, query)| query).unwrap_or_default();
    [query, &request.body]
        .into_iter()
        .flat_map(|form| url::form_urlencoded::parse(form.as_bytes()).into_owned().collect::<Vec<_>>())
        .filter(|(name, value)| {
            ["sign", "auth_token", "usersig"].contains(&name.as_str()) && value.len() > 12
        })
        .map(|(_, value)| value)
        .collect()
}

fn forward(request: &Received, sandbox: &str) -> Reply {
    let mut stream = TcpStream::connect(sandbox).unwrap();
    let head = request.head.replacen("\r\n", "\r\nConnection: close\r\n", 1);
    write!(stream, "{head}\r\n\r\n").and_then(|()| stream.write_all(&request.bytes)).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    Reply::Close(bytes)
}

fn whole(request: &Received) -> String {
    let decoded: Vec<String> = secrets_of(request);
    format!("<p>{}</p><p>{}</p><p>{}</p>", request.head, request.body, decoded.join("</p><p>"))
}

/// An answer in the manner of whichever server was asked.
fn echo(request: &Received) -> Reply {
    let words = whole(request);
    let of_im = request.head.split(' ').nth(1).is_some_and(|target| target.contains("usersig="));
    let body = match (of_im, request.is_auth()) {
        (true, _) => serde_json::json!({ "ActionStatus": "FAIL", "ErrorCode": 70003, "ErrorInfo": words }),
        (false, true) => {
            serde_json::json!({ "code": 0, "message": words, "data": { "auth_token": TOKEN, "create_time": 1_700_000_000_000_i64 } })
        }
        (false, false) => serde_json::json!({ "code": 41, "message": words, "auth_token": TOKEN }),
    };
    Reply::Close(answer("200 OK", "application/json", body.to_string().as_bytes()))
}
