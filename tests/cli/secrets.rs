//! OPPO's secrets never leak: canaries in every place that can hold one, every command, success and failure, and a vendor
//! that echoes what it gets.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::harness::{Home, Ran};
use super::vendor::{Received, Reply, Vendor, answer, json};

const PLAIN: &str = "canary-plain-master-secret";
const VARIABLE: &str = "canary-variable-master-secret";
const FILE: &str = "canary-file-master-secret";
const COMMAND: &str = "canary-command-master-secret";
const APP_PLAIN: &str = "canary-plain-app-secret";
const APP_VARIABLE: &str = "canary-variable-app-secret";
const APP_FILE: &str = "canary-file-app-secret";
const TOKEN: &str = "canary-auth-token/+=";
const ENV: &str = "canary-env-master-secret";
const STDIN: &str = "canary-stdin-master-secret";

const REG_ID: &str = "CN_0123456789abcdef0123456789abcdef";

/// A home with a profile for each way in which a secret is kept, all at this endpoint, and one of the sandbox.
fn home(endpoint: &str) -> Home {
    let mut home = Home::new()
        .variable("MASTER", VARIABLE)
        .variable("APP", APP_VARIABLE)
        .variable("OPUSH_CONFIG", "opush.toml");
    let mut toml = "default_profile = \"plain\"\n".to_owned();
    let secrets = [
        ("plain", format!("{PLAIN:?}"), format!("{APP_PLAIN:?}")),
        ("variable", "{ env = \"MASTER\" }".to_owned(), "{ env = \"APP\" }".to_owned()),
        ("file", "{ file = \"master\" }".to_owned(), "{ file = \"app\" }".to_owned()),
        ("command", "{ command = [\"cat\", \"printed\"] }".to_owned(), "{ file = \"app\" }".to_owned()),
        ("box", format!("{PLAIN:?}"), format!("{APP_PLAIN:?}")),
    ];
    for (name, master, app) in secrets {
        let (region, endpoint) = match name {
            "box" => ("sandbox", String::new()),
            _ => ("cn", format!("endpoint = {endpoint:?}\n")),
        };
        toml += &format!(
            "[profile.{name}]\nregion = {region:?}\n{endpoint}[[profile.{name}.certificate]]\nid = 7005\n\
             app_id = \"3000{}\"\napp_key = \"key-of-{name}\"\nmaster_secret = {master}\napp_secret = {app}\n\
             channel_id = \"tuikit\"\n",
            name.len()
        );
    }
    home.write("opush.toml", toml);
    home.write("master", FILE);
    home.write("app", APP_FILE);
    home.write("printed", COMMAND);
    for file in ["opush.toml", "master", "app", "printed"] {
        std::fs::set_permissions(home.file(file), std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    home.set("OPUSH_REG_ID", REG_ID);
    // The built-in profile env, at the same place.
    let env = [
        ("APP_ID", "3"),
        ("APP_KEY", "key-of-env"),
        ("MASTER_SECRET", ENV),
        ("CHANNEL_ID", "c"),
        ("REGION", "cn"),
    ];
    for (name, value) in env.into_iter().chain([("ENDPOINT", endpoint)]) {
        home.set(&format!("OPUSH_{name}"), value);
    }
    home
}

/// Everything that was said, and the secrets that were made on the way.
struct Watch {
    home: Home,
    said: Vec<Ran>,
    canaries: Vec<String>,
}

impl Watch {
    fn new(home: Home) -> Self {
        let fixed = [PLAIN, VARIABLE, FILE, COMMAND, ENV, STDIN, APP_PLAIN, APP_VARIABLE, APP_FILE, TOKEN];
        Watch { home, said: Vec::new(), canaries: fixed.map(String::from).to_vec() }
    }

    fn run(&mut self, line: &str) -> i32 {
        self.run_with(line, "")
    }

    fn run_with(&mut self, line: &str, stdin: &str) -> i32 {
        let args: Vec<&str> = line.split(' ').collect();
        let ran = self.home.run_with(&args, stdin);
        let code = ran.code;
        self.said.push(ran);
        code
    }

    /// The signs that the vendor was sent are secrets too.
    fn learn(&mut self, vendor: &Vendor) {
        for request in vendor.received() {
            self.canaries.extend(field(&request, "sign"));
        }
        assert!(self.canaries.iter().any(|canary| canary.len() == 64), "no sign was seen");
    }

    /// Nothing that was said holds a secret, nor does any file but its own place, which is private.
    fn hold(&self) {
        for ran in &self.said {
            let text = ran.to_string();
            for canary in &self.canaries {
                assert!(!text.contains(canary.as_str()), "{canary} was said:\n{text}");
            }
        }
        for entry in walkdir::WalkDir::new(self.home.path()) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(self.home.path()).unwrap().display().to_string();
                let bytes = std::fs::read(entry.path()).unwrap();
                for canary in self.canaries.iter().filter(|canary| contains(&bytes, canary.as_bytes())) {
                    assert!(allowed(&name, canary), "{canary} is in {name}");
                    assert_eq!(mode(entry.path()), 0o600, "{name} holds a secret");
                }
            }
        }
    }
}

pub fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

pub fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn field(request: &Received, name: &str) -> Option<String> {
    let pairs = request.body.split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// The places where a secret is meant to be.
fn allowed(name: &str, canary: &str) -> bool {
    let source = match canary {
        PLAIN | APP_PLAIN => "work/opush.toml",
        FILE => "work/master",
        APP_FILE => "work/app",
        COMMAND => "work/printed",
        TOKEN => ".local/state/opush/state.db",
        STDIN => return name.starts_with(".config/opush/secrets/"),
        _ => return false,
    };
    // The write-ahead log belongs to the database.
    let of_sandbox = canary == PLAIN && name.starts_with(".local/state/opush/sandbox.db");
    name == source || canary == TOKEN && name.starts_with(source) || of_sandbox
}

fn granted() -> Reply {
    let body =
        format!(r#"{{"code":0,"message":"","data":{{"auth_token":"{TOKEN}","create_time":1700000000000}}}}"#);
    Reply::Keep(json(&body))
}

fn accepted() -> Reply {
    Reply::Keep(json(r#"{"code":0,"message":"","data":{"messageId":"30001-1-1-0123456789abcdef01234567"}}"#))
}

#[test]
fn no_command_says_or_writes_a_secret() {
    let vendor = Vendor::start(|request, _| if request.is_auth() { granted() } else { accepted() });
    let mut watch = Watch::new(home(&vendor.url()));
    for profile in ["plain", "variable", "file", "command", "env"] {
        let send = format!("send --profile {profile} --title Hello --content x");
        assert_eq!(watch.run(&format!("{send} --verbose")), 0);
        assert_eq!(watch.run(&format!("{send} --json")), 0);
        assert_eq!(watch.run(&format!("{send} --dry-run")), 0);
        assert_eq!(watch.run(&format!("{send} --dry-run --curl --json")), 0);
        assert_eq!(watch.run(&format!("token report --profile {profile} --user alice --verbose")), 0);
        let user = format!("send --profile {profile} --user alice --title Hello --content x --verbose");
        assert_eq!(watch.run(&user), 0);
        assert_eq!(watch.run(&format!("{send} --certificate 9 --json")), 3);
        assert_eq!(watch.run(&format!("{send} --channel-id")), 2);
        assert_eq!(watch.run(&format!("cert verify --profile {profile} --verbose")), 0);
        assert_eq!(watch.run(&format!("cert list --profile {profile}")), 0);
        assert_eq!(watch.run(&format!("profile show {profile} --verbose")), 0);
    }
    let add = "cert add --id 7006 --app-id 1 --app-key k --channel-id c --master-secret-stdin --profile box";
    assert_eq!(watch.run_with(add, STDIN), 0);
    assert_eq!(
        watch.run_with("cert edit 7006 --profile box --app-key a --app-secret-stdin --json", STDIN),
        0
    );
    for line in [
        "cert edit 7005 --name x --dry-run",
        "cert edit 7005 --name x --json",
        "cert edit 7005 --master-secret-env MASTER --dry-run --profile box",
        "cert show 7005 --console",
        "cert show 7005 --json",
        "cert show 7006 --console --profile box",
        "cert verify --json",
        "cert remove 7006 --yes --profile box",
        "profile list",
        "profile list --json",
        "profile show box --json",
        "demo --json",
        "demo --break secret --verbose",
        "history list",
        "history list --json",
        "history show 1",
        "history show 1 --json --verbose",
        "token list",
        "token show --user alice --json",
        "token check CN_0123456789abcdef0123456789abcdef",
        "token remove --user alice",
        "config check --verbose",
        "config check --json",
        "config path",
        "config trust",
        "config trust --json",
        "config schema",
        "explain 16",
        "click check --click open-app",
        "sandbox phone add --profile box --name p --alias a",
        "send --profile box --alias a --title Hello --content x --verbose",
        "send --profile box --alias b --title Hello --content x --json --verbose",
        "sandbox phone list --profile box --json",
        "sandbox phone show p --profile box",
        "sandbox phone tap p --profile box --verbose",
        "smoke new --profile box --out smoke.toml",
        "smoke list smoke.toml --profile box --json",
        "smoke run smoke.toml --profile box --junit junit.xml --verbose",
        "smoke run smoke.toml --profile box --json",
    ] {
        let code = watch.run(line);
        assert!([0, 5, 8].contains(&code), "{}", watch.said.last().unwrap());
    }
    watch.learn(&vendor);
    // One for the sends of each profile, and one for each verification.
    assert_eq!(vendor.auths(), 5 + 5 + 1, "the tokens were kept");
    watch.hold();
    let state = watch.home.state_home().join("state.db");
    assert_eq!((mode(&state), mode(&state.with_file_name("sandbox.db"))), (0o600, 0o600));
    only_the_tokens_column(&state);
}

/// In the state database, a token stands in its own column and nowhere else.
fn only_the_tokens_column(state: &Path) {
    let db = rusqlite::Connection::open(state).unwrap();
    let names = |sql: &str| -> Vec<String> {
        let mut query = db.prepare(sql).unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let mut found = Vec::new();
    for table in names("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'") {
        for column in names(&format!("SELECT name FROM pragma_table_info('{table}')")) {
            let sql = format!("SELECT CAST({column} AS TEXT) FROM {table} WHERE {column} LIKE '%canary%'");
            if !names(&sql).is_empty() {
                found.push(format!("{table}.{column}"));
            }
        }
    }
    assert_eq!(found, ["auth_token.token"]);
}

/// A sandbox that runs hears of the profiles' secrets; it keeps them in its own database only.
#[test]
fn a_running_sandbox_keeps_them_to_itself() {
    let mut watch = Watch::new(home("http://127.0.0.1:9"));
    let sandbox = watch.home.sandbox(&["--verbose"]);
    assert_eq!(watch.run("sandbox phone add --profile box --name p --alias a --json"), 0);
    assert_eq!(watch.run("send --profile box --alias a --title Hello --content x --json --verbose"), 0);
    assert_eq!(watch.run("sandbox phone tap p --profile box --json"), 0);
    assert_eq!(watch.run("sandbox reset --profile box"), 0);
    drop(sandbox);
    watch.hold();
}

/// Whatever a vendor does with what it was sent, nothing of it is said or kept.
#[test]
fn a_vendor_that_echoes_is_masked() {
    type Answer = fn(&Received) -> Reply;
    let answers: [(&str, Answer, i32); 7] = [
        ("refuses the push", |request| echo(request, 41, false), 5),
        ("refuses the credentials", |request| echo(request, 16, true), 5),
        ("calls the token invalid", |request| echo(request, 11, false), 5),
        ("answers as a proxy", |request| page("502 Bad Gateway", request), 6),
        (
            "shows the push on a page",
            |request| if request.is_auth() { granted() } else { page("200 OK", request) },
            6,
        ),
        ("sends it elsewhere", redirect, 6),
        ("cuts its answer short", |_| Reply::Close(cut()), 6),
    ];
    for (name, answer, code) in answers {
        let vendor = Vendor::start(move |request, _| answer(request));
        let mut watch = Watch::new(home(&vendor.url()));
        for more in ["", " --json", " --verbose"] {
            let line = format!("send --title Hello --content x --timeout 5s{more}");
            assert_eq!(watch.run(&line), code, "{name}: {}", watch.said.last().unwrap());
        }
        watch.run("history show 1");
        watch.run("history show 1 --json");
        assert!(vendor.received().len() >= 3, "{name}");
        watch.learn(&vendor);
        watch.hold();
    }
}

fn echo(request: &Received, code: i32, auth: bool) -> Reply {
    if request.is_auth() && !auth {
        return granted();
    }
    let value = field(request, "sign").unwrap_or_else(|| TOKEN.to_owned());
    let words = serde_json::Value::from(format!("you sent {value}, in whole {}", request.body));
    Reply::Keep(json(&format!(r#"{{"code":{code},"message":{words},"auth_token":"{TOKEN}"}}"#)))
}

fn cut() -> Vec<u8> {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n";
    format!(r#"{head}{{"code":0,"data":{{"auth_token":"{TOKEN}"#).into_bytes()
}

fn page(status: &str, request: &Received) -> Reply {
    let value = field(request, "sign").unwrap_or_else(|| TOKEN.to_owned());
    let page = format!("<html>{}<p>{value}</p></html>", request.body);
    Reply::Close(answer(status, "text/html", page.as_bytes()))
}

fn redirect(request: &Received) -> Reply {
    if request.is_auth() {
        return granted();
    }
    let head = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\n";
    Reply::Close(
        format!("{head}Location: https://example.com/?auth_token={TOKEN}&t={TOKEN}\r\n\r\n").into_bytes(),
    )
}

/// The lines of a file that is wrong are shown, but not the secrets in them.
#[test]
fn a_configuration_that_is_wrong_shows_its_lines_without_the_secrets() {
    let certificate = |line: &str| {
        format!(
            "[profile.a]\nregion = \"cn\"\n[[profile.a.certificate]]\nid = 1\napp_id = \"1\"\napp_key = \"k\"\n{line}\n"
        )
    };
    for line in [
        "master_secret = \"canary-1\" x",
        "master_secret = canary-1",
        "master_secret = \"canary-1",
        "master_secret = 'canary-1' # canary-1\nregion = 1 master_secret",
        "mastersecret = \"canary-1\"",
        "master_secret = [\"canary-1\"]",
        "master_secret = { plain = \"canary-1\" }",
        "master_secret = { env = \"canary-1\" }",
        "master_secret = \"canary-1\\t\"",
        "master_secret = \"\"\"\ncanary-1\n\"\"\"",
        "master_secret = \"s\"\napp_secret = \"canary-1\"\nx = \"\napp_secret = \"canary-1\"",
    ] {
        let home = Home::with_config(&certificate(line));
        for more in [vec![], vec!["--json"]] {
            let args: Vec<&str> = ["config", "check"].into_iter().chain(more).collect();
            let ran = home.run(&args).expect(3);
            assert!(!ran.to_string().contains("canary-1"), "{line}\n{ran}");
        }
    }
}

/// Arguments are visible to every process of the machine, so no flag takes a secret.
#[test]
fn no_flag_takes_a_secret() {
    fn look(command: &clap::Command, seen: &mut usize) {
        for argument in command.get_arguments() {
            let name = argument.get_id().as_str().to_lowercase();
            let takes = argument.get_action().takes_values();
            let values = argument.get_value_names().unwrap_or_default();
            if ["secret", "password", "auth_token", "usersig", "user_sig"]
                .iter()
                .any(|word| name.contains(word))
                && takes
            {
                assert!(values.iter().all(|value| ["NAME", "FILE"].contains(&value.as_str())), "{name}");
            }
            *seen += 1;
        }
        command.get_subcommands().for_each(|command| look(command, seen));
    }
    let mut seen = 0;
    look(&opush::commands::tree(), &mut seen);
    assert!(seen > 50);
}
