//! One table of files and flags that `batch run` must refuse before anything is sent. The rows are in
//! bad_input_batch.toml.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;

use clap::CommandFactory;
use opush::commands::Cli;
use serde::Deserialize;

use super::harness::Home;
use super::remedy;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    /// The file `r.csv`, or `r.jsonl` where it begins with a brace; `{a}` and `{b}` are regIds, `{x*51}` 51 times x.
    #[serde(default)]
    file: String,
    #[serde(default)]
    args: Vec<String>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    exit: i32,
    /// Every problem, as "kind place".
    all: Vec<String>,
}

#[derive(Deserialize)]
struct Table {
    row: Vec<Row>,
}

fn filled(text: &str) -> String {
    let mut text = text.replace("{a}", &format!("CN_{:032x}", 10)).replace("{b}", &format!("CN_{:032x}", 11));
    while let Some((before, rest)) = text.split_once("{x*") {
        let (count, after) = rest.split_once('}').unwrap();
        text = format!("{before}{}{after}", "x".repeat(count.parse().unwrap()));
    }
    text
}

fn profile(endpoint: &str) -> String {
    format!(
        "[profile.cn]\nregion = \"cn\"\nendpoint = \"{endpoint}\"\npackage = \"com.example.cn\"\n\
         [[profile.cn.certificate]]\nid = 7005\napp_id = \"1\"\napp_key = \"k\"\n\
         master_secret = {{ env = \"MASTER\" }}\nchannel_id = \"chat\"\n"
    )
}

#[test]
fn every_file_is_refused_as_the_table_says() {
    let table: Table = toml::from_str(include_str!("bad_input_batch.toml")).unwrap();
    assert!(table.row.len() >= 50, "{} rows", table.row.len());
    let names: BTreeSet<&str> = table.row.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names.len(), table.row.len(), "two rows have one name");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let mut root = Cli::command();
    root.build();
    let mut wrong = Vec::new();
    for row in &table.row {
        let home =
            Home::with_config(&profile(&endpoint)).variable("MASTER", "0123456789abcdef0123456789abcdef");
        let is_json = row.file.starts_with('{') && !row.file.starts_with("{a}");
        let file = if is_json { "r.jsonl" } else { "r.csv" };
        if !row.file.is_empty() {
            home.write(file, filled(&row.file));
        }
        let mut args = vec!["batch".to_owned(), "run".to_owned()];
        match row.args.first().is_some_and(|first| !first.starts_with("--")) {
            true => args.clear(),
            false => args.push(file.to_owned()),
        }
        args.extend(row.args.iter().map(|arg| filled(arg)));
        args.push("--json".to_owned());
        let variables: Vec<(String, String)> = row.env.clone().into_iter().collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let ran = home.run_with_variables(&args, &variables);
        let view = ran.json();
        let problems: Vec<serde_json::Value> = match view["error"]["problems"].as_array() {
            Some(problems) => problems.clone(),
            None => vec![view["error"].clone()],
        };
        let text =
            |problem: &serde_json::Value, key: &str| problem[key].as_str().unwrap_or_default().to_owned();
        let found: Vec<String> = problems
            .iter()
            .map(|problem| {
                format!("{} {}", text(problem, "kind"), text(problem, "place")).trim_end().to_owned()
            })
            .collect();
        if ran.code != row.exit || found != row.all {
            wrong.push(format!("{}: exit {}, {found:?}\n{ran}", row.name, ran.code));
        }
        for problem in &problems {
            if text(problem, "hint").is_empty() {
                wrong.push(format!("{}: no hint", row.name));
            }
            wrong.extend(remedy::flaw(&text(problem, "hint"), &root));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(listener.accept().is_err(), "something was sent");
}
