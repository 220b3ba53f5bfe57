//! One table of scenarios that must be refused before anything is sent, each with its kinds and places.
//! The rows are in `bad_input_smoke.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;

use clap::CommandFactory;
use opush::commands::Cli;
use serde::Deserialize;

use crate::harness::Home;
use crate::remedy;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// What stands before each row's file, unless that brings all of its own.
    sound: String,
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    /// The content of `s.toml`; `{sound}` stands for the table's.
    #[serde(default)]
    file: Option<String>,
    #[serde(default)]
    args: Vec<String>,
    #[serde(default)]
    env: BTreeMap<String, String>,
    exit: i32,
    /// Every problem, as "kind place".
    all: Vec<String>,
}

#[test]
fn every_scenario_is_refused_as_the_table_says() {
    let table: Table = toml::from_str(include_str!("../bad_input_smoke.toml")).unwrap();
    assert!(table.row.len() >= 40, "{} rows", table.row.len());
    let names: BTreeSet<&str> = table.row.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names.len(), table.row.len(), "two rows have one name");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let mut wrong = Vec::new();
    let mut root = Cli::command();
    root.build();
    for row in &table.row {
        let home = Home::with_config(&super::profile(&endpoint)).variable("MASTER", super::MASTER);
        if let Some(file) = &row.file {
            home.write("s.toml", file.replace("{sound}", &table.sound));
        }
        let variables: Vec<(String, String)> = row.env.clone().into_iter().collect();
        let args: Vec<&str> = match row.args.is_empty() {
            true => vec!["smoke", "run", "s.toml"],
            false => row.args.iter().map(String::as_str).collect(),
        };
        let text = home.run_with_variables(&args, &variables);
        let json = home.run_with_variables(&[&args[..], &["--json"]].concat(), &variables);
        let error = &json.json()["error"];
        let all = error["problems"].as_array().cloned().unwrap_or_else(|| vec![error.clone()]);
        let said: Vec<String> = all
            .iter()
            .map(|one| format!("{} {}", one["kind"].as_str().unwrap(), one["place"].as_str().unwrap()))
            .map(|one| one.trim_end().to_owned())
            .collect();
        let hints = all.iter().filter_map(|one| one["hint"].as_str());
        wrong.extend(hints.filter_map(|hint| remedy::flaw(hint, &root)));
        let hinted = all.iter().all(|one| !one["hint"].as_str().unwrap_or_default().is_empty());
        let quiet = text.stdout.is_empty() && !format!("{text}{json}").contains("panicked");
        if (text.code, json.code) != (row.exit, row.exit) || said != row.all || !hinted || !quiet {
            wrong.push(format!("{}: {said:#?}\n{text}", row.name));
        }
        assert!(!home.state_home().join("state.db").exists() || row.exit == 1, "{}", row.name);
    }
    assert!(wrong.is_empty(), "{} complaints:\n\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(listener.accept().is_err(), "a request was sent");
}
