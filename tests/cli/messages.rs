//! Messages as people send them: each row of messages.toml through `send --dry-run` or `im send --dry-run`, and raw to the
//! sandbox. The two disagree on what is refused only where a rule of the sandbox has a name for it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;

use opush::clock::Timestamp;
use opush::failure::Problem;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::diagnose::world::World;
use super::harness::Home;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    #[serde(default)]
    command: Command,
    #[serde(default)]
    args: Vec<String>,
    file: Option<String>,
    text: Option<String>,
    #[serde(default)]
    refused: bool,
    says: Vec<String>,
    /// Words of messages and hints.
    #[serde(default)]
    named: Vec<String>,
    #[serde(default)]
    ok: Map<String, Value>,
    code: Option<i64>,
    rule: Option<String>,
    /// What OPPO may answer, and what `send` and `diagnose` then say of this message.
    answered: Option<i64>,
    told: Option<String>,
}

#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
enum Command {
    #[default]
    #[serde(rename = "send")]
    Send,
    #[serde(rename = "im send")]
    ImSend,
}

impl Row {
    fn text(&self) -> String {
        match (&self.file, &self.text) {
            (Some(file), None) => fs::read_to_string(format!(
                "{}/tests/fixtures/messages/{file}.json",
                env!("CARGO_MANIFEST_DIR")
            ))
            .unwrap(),
            (None, Some(text)) => {
                let long =
                    |text: String, count: usize| text.replace(&format!("{{x*{count}}}"), &"x".repeat(count));
                [100, 101, 200, 201].into_iter().fold(text.clone(), long)
            }
            _ => panic!("{}: file or text", self.name),
        }
    }
}

fn table() -> Vec<Row> {
    toml::from_str::<Table>(include_str!("messages.toml")).unwrap().row
}

const CONFIG: &str = "
[profile.demo]
region = \"cn\"
package = \"com.example.demo\"
[profile.demo.im]
sdk_app_id = 1400000001
admin = \"administrator\"
secret_key = { env = \"IM_KEY\" }
[[profile.demo.certificate]]
id = 7005
app_id = \"30001\"
app_key = \"demo-app-key\"
master_secret = { env = \"MASTER\" }
channel_id = \"tuikit\"
";

fn home() -> Home {
    let home = Home::with_config(CONFIG).variable("MASTER", "demo-master-secret");
    home.variable("IM_KEY", "opush-demo-secret-key-not-a-real-one-0000000000000000000000000000")
}

/// Exit code and output of the dry run with this text as the message file.
fn dry_run(home: &Home, command: Command, args: &[String], text: &str) -> (i32, Value) {
    home.write("message", text);
    let words: &[&str] = match command {
        Command::Send => &["send", "--reg-id", "CN_0123456789abcdef0123456789abcdef"],
        Command::ImSend => &["im", "send"],
    };
    let args = args.iter().map(String::as_str);
    let words: Vec<&str> =
        words.iter().copied().chain(args).chain(["--message-file", "message", "--dry-run"]).collect();
    home.json(&words)
}

/// The problems, or the warnings.
fn said(result: &Value) -> Vec<Value> {
    let error = &result["error"];
    if error.is_null() {
        return result["warnings"].as_array().cloned().unwrap_or_default();
    }
    error["problems"].as_array().cloned().unwrap_or_else(|| vec![error.clone()])
}

/// What would be sent: the notification, or the body of sendmsg.
fn sent(result: &Value) -> Value {
    let request = &result["request"];
    let message =
        request["form"].as_array().and_then(|fields| fields.iter().find(|field| field[0] == "message"));
    match message.and_then(|field| field[1].as_str()) {
        None => request["body"].clone(),
        Some(message) => serde_json::from_str::<Value>(message).unwrap()["notification"].clone(),
    }
}

#[test]
fn each_message_gets_the_right_answer() {
    let home = home();
    let mut wrong = Vec::new();
    for row in table() {
        let (code, result) = dry_run(&home, row.command, &row.args, &row.text());
        let said = said(&result);
        let word = |one: &Value| {
            let key = if row.refused { "kind" } else { "id" };
            one[key].as_str().unwrap_or("?").to_owned()
        };
        let words: Vec<String> = said.iter().map(word).collect();
        let text = Value::from(said).to_string().replace("\\\"", "\"");
        let sent = sent(&result);
        let missing: Vec<_> = row.named.iter().filter(|word| !text.contains(*word)).collect();
        let other: Vec<_> = row.ok.iter().filter(|(key, value)| sent[*key] != **value).collect();
        let expected = if row.refused { 4 } else { 0 };
        let secret = result.to_string().contains("secret-token");
        if code != expected || words != row.says || !missing.is_empty() || !other.is_empty() || secret {
            wrong.push(format!(
                "{}: exit {code}, {words:?}, not named {missing:?}, not so {other:?}\n  {text}",
                row.name
            ));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_table_is_wide_enough_and_holds_every_file() {
    let table = table();
    let names: std::collections::BTreeSet<_> = table.iter().map(|row| row.name.as_str()).collect();
    assert!(names.len() == table.len() && table.len() >= 80, "{}", table.len());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/messages");
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let stem = file.strip_suffix(".json").unwrap();
        assert!(table.iter().any(|row| row.file.as_deref() == Some(stem)), "no row for {file}");
    }
}

/// A code means what the notification was.
#[test]
fn a_refusal_says_what_it_means_for_this_message() {
    let world = World::sound();
    let mut count = 0;
    for row in table() {
        let Some((code, told)) = row.answered.zip(row.told.clone()) else { continue };
        world.must(&format!("sandbox fault set code={code} --call unicast --count 1"));
        world.write("message.json", &row.text());
        let ran = world.run("send --reg-id {reg} --message-file message.json").expect(5);
        assert!(ran.stderr.contains(&told), "{}: {ran}", row.name);
        let (_, report) = world.diagnose("diagnose alice");
        let headline = report["headline"].as_str().unwrap();
        assert!(headline.contains(&told), "{}: {headline}", row.name);
        count += 1;
    }
    assert!(count >= 5, "{count}");
}

const USER_SIG: [&str; 6] = ["im", "usersig", "--profile", "sandbox", "--user", "administrator"];

/// A sandbox with these rules, a token, and the regId of its phone.
struct Raw {
    _running: super::harness::Sandbox,
    address: String,
    token: String,
    reg_id: String,
    user_sig: String,
}

impl Raw {
    fn start(home: &Home, rules: &[&str]) -> Raw {
        let args: Vec<&str> = rules.iter().flat_map(|rule| ["--rule", rule]).collect();
        let running = home.sandbox(&args);
        let address = running.url.strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
        let phones: Value = serde_json::from_str(&running.get("/_sandbox/v1/phones")).unwrap();
        let phone = &phones["items"][0];
        let mut raw = Raw {
            _running: running,
            address,
            token: String::new(),
            reg_id: phone["reg_id"].as_str().unwrap().to_owned(),
            user_sig: home.run(&USER_SIG).expect(0).stdout.trim().to_owned(),
        };
        raw.token = raw.auth();
        raw
    }

    /// A token of the built-in app.
    fn auth(&self) -> String {
        let now = now().as_millisecond();
        let (app_key, secret) = ("sandbox-demo-app-key", "sandbox-demo-master-secret");
        let sign = <sha2::Sha256 as sha2::Digest>::digest(format!("{app_key}{now}{secret}"));
        let sign: String = sign.iter().map(|byte| format!("{byte:02x}")).collect();
        let fields = [("app_key", app_key.to_owned()), ("timestamp", now.to_string()), ("sign", sign)];
        self.post("/server/v1/auth", &fields)["data"]["auth_token"].as_str().unwrap().to_owned()
    }

    /// The code for a notification, which is text so that its keys and numbers stay as they are.
    fn push(&self, notification: &str) -> i64 {
        let message =
            format!(r#"{{"target_type":2,"target_value":"{}","notification":{notification}}}"#, self.reg_id);
        let fields = [("auth_token", self.token.clone()), ("message", message)];
        self.post("/server/v1/message/notification/unicast", &fields)["code"].as_i64().unwrap()
    }

    /// The code for a message of the IM API, which is text too.
    fn im(&self, call: &str, body: &str) -> i64 {
        let query = format!("sdkappid=1400000001&identifier=administrator&usersig={}", self.user_sig);
        let path = format!("/v4/{call}?{query}&random=1&contenttype=json");
        self.post_text(&path, "application/json", body)["ErrorCode"].as_i64().unwrap()
    }

    fn post(&self, path: &str, fields: &[(&str, String)]) -> Value {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.post_text(path, "application/x-www-form-urlencoded", &body)
    }

    fn post_text(&self, path: &str, media_type: &str, body: &str) -> Value {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: {media_type}\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap_or_else(|_| panic!("{answer}"))
    }
}

#[test]
fn the_sandbox_agrees_or_has_a_named_rule() {
    let mut raws: BTreeMap<Option<String>, Raw> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in table() {
        let Some(code) = row.code else { continue };
        let text = row.text();
        for rule in std::iter::once(None).chain(row.rule.clone().map(Some)) {
            let rules: Vec<&str> = rule.as_deref().into_iter().collect();
            let raw = raws.entry(rule.clone()).or_insert_with(|| Raw::start(&Home::new(), &rules));
            let seen = raw.push(&text);
            let agrees = (seen != 0) == row.refused;
            let expected = if rule.is_none() { seen == code && agrees == row.rule.is_none() } else { agrees };
            if !expected {
                wrong.push(format!("{} with {rule:?}: {seen}", row.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

/// The readings that opush itself has, as rules of the sandbox.
const AS_OPUSH: &[&str] = &[
    "unknown-fields=refuse",
    "duplicate-keys=refuse",
    "strict-texts=yes",
    "target-form=yes",
    "past-window=refuse",
    "off-line-ttl-over-max=refuse",
    "time-zone-form=no",
    "category-listed=no",
    "badge-operation-listed=no",
    "empty-template-parameters=accept",
    "channel-id-limit=off",
    "unknown-picture=accept",
];

/// Every field with values of every kind: with the rules named above, the two refuse the same.
#[test]
fn with_the_rules_named_the_two_refuse_the_same() {
    let raw = Raw::start(&Home::new(), AS_OPUSH);
    let fields = include_str!("../../docs/notification.md").lines().filter_map(|line| {
        line.strip_prefix("| `")?
            .split_once('`')
            .map(|(name, _)| name)
            .filter(|name| name.contains('_') || line.contains("| file |") || line.contains("`--"))
    });
    let fields: std::collections::BTreeSet<&str> = fields.filter(|name| !name.contains('-')).collect();
    assert!(fields.len() >= 38, "{fields:?}");
    let values = [
        json!(null),
        json!(""),
        json!(" "),
        json!("x"),
        json!("a.b"),
        json!("0"),
        json!("1"),
        json!("-1"),
        json!("true"),
        json!("[]"),
        json!("null"),
        json!("{}"),
        json!({"a": "b"}),
        json!({"a": 1}),
        json!([]),
        json!([1]),
        json!(true),
        json!(0),
        json!(1),
        json!(2),
        json!(5),
        json!(16),
        json!(-1),
        json!(1.5),
        json!(1_796_049_595_i64),
        json!(4_102_444_800_000_i64),
        json!("https://example.com/a"),
        json!("demo://a"),
    ];
    let mut wrong = Vec::new();
    for (field, value) in fields.iter().flat_map(|field| values.iter().map(move |value| (*field, value))) {
        let mut notification = json!({"title": "T", "content": "C"});
        notification[field] = value.clone();
        let text = notification.to_string();
        let refused = opush::notification::refused_in_file(&text, now());
        compare(field, value, &refused, raw.push(&text), &mut wrong);
    }
    assert!(wrong.is_empty(), "{} disagreements:\n{}", wrong.len(), wrong.join("\n"));
}

fn compare(field: &str, value: &Value, refused: &[Problem], code: i64, wrong: &mut Vec<String>) {
    if refused.is_empty() != (code == 0) {
        let said: Vec<_> = refused.iter().map(|problem| &problem.message).collect();
        wrong.push(format!("{field} = {value}: opush refuses {said:?}, the sandbox answers {code}"));
    }
}

/// The readings of an IM message that opush itself has.
const IM_AS_OPUSH: &[&str] = &["im-listed-values=yes", "im-unknown-fields=refuse"];

/// Every field of a message and its OfflinePushInfo but those that other tests go through: Ext, the elements, the users.
#[test]
fn of_im_messages_the_two_refuse_the_same_too() {
    let raw = Raw::start(&Home::new(), IM_AS_OPUSH);
    assert_eq!(raw.im("im_open_login_svc/account_import", r#"{"UserID":"alice"}"#), 0);
    let page = include_str!("../../docs/commands/im.md");
    let mut wrong = Vec::new();
    let mut count = 0;
    for (heading, above) in [
        ("The message:", &[][..]),
        ("`OfflinePushInfo`:", &["OfflinePushInfo"]),
        ("`AndroidInfo`:", &["OfflinePushInfo", "AndroidInfo"]),
        ("`ApnsInfo`:", &["OfflinePushInfo", "ApnsInfo"]),
    ] {
        let table = page.split_once(heading).unwrap().1.trim_start().split("\n\n").next().unwrap();
        let names = table.lines().filter_map(|line| Some(line.strip_prefix("| `")?.split_once('`')?.0));
        for field in names.chain(["NoSuchField"]) {
            if ["From_Account", "To_Account", "MsgBody", "MsgRandom", "Ext"].contains(&field) {
                continue;
            }
            for value in im_values() {
                let mut message = json!({
                    "To_Account": "alice", "MsgRandom": 7,
                    "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "hi" } }],
                });
                let place = above.iter().fold(&mut message, |at, key| &mut at[*key]);
                place[field] = value.clone();
                if field == "OPPONotifyLevel" {
                    place["OPPOCategory"] = json!("IM");
                }
                let text = message.to_string();
                let refused = opush::im::message::refused_in_file(&text);
                compare(field, &value, &refused, raw.im("openim/sendmsg", &text), &mut wrong);
                count += 1;
            }
        }
    }
    assert!(count > 700, "{count}");
    assert!(wrong.is_empty(), "{} disagreements:\n{}", wrong.len(), wrong.join("\n"));
}

fn im_values() -> Vec<Value> {
    let texts =
        ["", "x", "0", "1", "2", "+1", "true", "false", "yes", "{}", "{\"a\":\"b\"}", "NORMAL", "high"];
    let texts = texts.into_iter().chain(["https://example.com/a.png", "http://example.com/a.png"]);
    let others = [
        json!(null),
        json!({}),
        json!({"a": "b"}),
        json!({"a": 1}),
        json!([]),
        json!(["NoUnread"]),
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(2),
        json!(16),
        json!(-1),
        json!(1.5),
        json!(4_102_444_800_000_i64),
    ];
    texts.map(Value::from).chain(others).collect()
}

/// A sender other than opush goes by the machine's clock.
#[allow(clippy::disallowed_methods)]
fn now() -> Timestamp {
    Timestamp::now()
}
