//! One table of everything that a person may get wrong on the IM side: calls, presence, reports in bulk, app-side code. Each
//! row is refused before anything is sent, with its kind and place. The rows are in `bad_input_im.toml`.

use clap::CommandFactory;
use opush::commands::Cli;
use serde::Deserialize;
use serde_json::Value;

use super::server::{answers, home};
use crate::remedy;

#[derive(Deserialize)]
struct Table {
    row: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    /// Of `opush im`, unless the row names another command.
    #[serde(default = "im")]
    command: String,
    args: Vec<String>,
    #[serde(default)]
    stdin: String,
    /// The content of `m.json`, `m.csv` and `m.jsonl`.
    #[serde(default)]
    file: String,
    /// The kinds of all problems, in order.
    kinds: Vec<String>,
    /// The place of the first that has one.
    place: String,
    #[serde(default = "four")]
    exit: i32,
}

fn four() -> i32 {
    4
}

fn im() -> String {
    "im".to_owned()
}

/// `{33}` and `{200}` for names of that many bytes, `{257}` for a token that is too long by one.
fn expand(text: &str) -> String {
    let text = text.replace("{33}", &"a".repeat(33)).replace("{200}", &"u".repeat(200));
    text.replace("{257}", &"t".repeat(257))
}

/// The profile's own, and one that has certificates to write code for.
const CERTIFICATES: &str = "
[profile.code]
region = \"cn\"
package = \"com.example.demo\"
[[profile.code.certificate]]
id = 7005
app_id = \"30001\"
app_key = \"demo-app-key\"
master_secret = { env = \"MASTER\" }
channel_id = \"tuikit\"
";

#[test]
fn each_row_is_refused_with_its_kind_and_place() {
    let table: Table = toml::from_str(include_str!("../bad_input_im.toml")).unwrap();
    let rows_of = |command: &str| table.row.iter().filter(|row| row.command == command).count();
    assert!(table.row.len() >= 100 && rows_of("im") >= 40, "{} rows", table.row.len());
    assert!(["presence", "token", "snippet"].into_iter().all(|command| rows_of(command) >= 10));
    let server = answers(r#"{"ActionStatus":"OK","ErrorCode":0,"MsgKey":"1_1_1","MsgTime":1}"#);
    let home = home(&server.url());
    home.write("opush.toml", home.read("opush.toml") + CERTIFICATES);
    let mut wrong = Vec::new();
    let mut root = Cli::command();
    root.build();
    for row in &table.row {
        for name in ["m.json", "m.csv", "m.jsonl"] {
            home.write(name, expand(&row.file));
        }
        let words = std::iter::once(row.command.clone()).chain(row.args.iter().map(|arg| expand(arg)));
        let profile = if row.command == "im" { "demo" } else { "code" };
        let words: Vec<String> = words.chain(["--profile", profile, "--json"].map(str::to_owned)).collect();
        let args: Vec<&str> = words.iter().map(String::as_str).collect();
        let ran = home.run_with(&args, &expand(&row.stdin));
        let (code, printed) = (ran.code, ran.json());
        let error = &printed["error"];
        let all = match error.get("problems").and_then(|problems| problems.as_array()) {
            Some(problems) => problems.clone(),
            None => vec![error.clone()],
        };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let kinds: Vec<String> = all.iter().map(|problem| text(&problem["kind"])).collect();
        let hinted = all.iter().all(|problem| !text(&problem["hint"]).is_empty());
        wrong.extend(all.iter().filter_map(|problem| remedy::flaw(&text(&problem["hint"]), &root)));
        let sent = server.received().len();
        // Of several, those of a file's rows stand below a line without a place.
        let place = all.iter().map(|problem| text(&problem["place"])).find(|place| !place.is_empty());
        let found = (code, kinds, place.unwrap_or_default());
        if found != (row.exit, row.kinds.clone(), row.place.clone()) || !hinted || sent > 0 {
            wrong.push(format!("{}: {found:?}, hints: {hinted}, sent: {sent}\n{printed:#}", row.name));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n\n{}", wrong.len(), wrong.join("\n\n"));
}
