//! `opush lint`: a table of payloads with what each is, what is found, and the corrected message; hostile input; secrets.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::harness::{Home, Ran};

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

/// A payload, and what is found in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    kind: String,
    layers: Option<Vec<String>>,
    #[serde(default)]
    ids: BTreeSet<String>,
    items: Option<usize>,
    meanings: Option<Vec<String>>,
    /// Texts that are printed nowhere.
    #[serde(default)]
    hidden: Vec<String>,
    fix: Option<Fix>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Fix {
    /// Only a person can decide.
    None(String),
    Fields(Map<String, Value>),
}

const REG_ID: &str = "OPPO_CN_00000000000000000000000000000001";

fn table() -> Vec<Case> {
    toml::from_str::<Table>(include_str!("lint.toml")).unwrap().case
}

fn findings(result: &Value) -> Vec<&Value> {
    let of_items =
        result["items"].as_array().unwrap().iter().flat_map(|item| item["findings"].as_array().unwrap());
    result["findings"].as_array().unwrap().iter().chain(of_items).collect()
}

#[test]
fn every_payload_of_the_table_is_what_it_says() {
    let home = Home::new();
    let table = table();
    assert!(table.len() >= 60);
    for case in table {
        let name = &case.name;
        let ran = home.run_with(&["lint", "--json", "-"], &case.text);
        let result = ran.json();
        assert_eq!(result["kind"], *case.kind, "{name}: {result:#}");
        if let Some(layers) = case.layers {
            assert_eq!(result["layers"], json!(layers), "{name}");
        }
        let found = findings(&result);
        let ids: BTreeSet<String> =
            found.iter().map(|finding| finding["id"].as_str().unwrap().to_owned()).collect();
        let ids: BTreeSet<String> = ids.into_iter().filter(|id| id != "channel-missing").collect();
        assert_eq!(ids, case.ids, "{name}: {result:#}");
        let broken = found.iter().any(|finding| finding["severity"] == "error");
        assert_eq!((ran.code, &result["valid"]), (if broken { 4 } else { 0 }, &json!(!broken)), "{name}");
        if let Some(items) = case.items {
            assert_eq!(result["items"].as_array().unwrap().len(), items, "{name}");
        }
        if let Some(meanings) = case.meanings {
            let words: Vec<&Value> =
                result["meanings"].as_array().unwrap().iter().map(|one| &one["word"]).collect();
            assert_eq!(words, meanings.iter().map(|word| word.as_str()).collect::<Vec<_>>(), "{name}");
        }
        let text = home.run_with(&["lint", "-"], &case.text);
        let fixed = home.run_with(&["lint", "--fix", "-"], &case.text);
        for hidden in &case.hidden {
            for ran in [&ran, &text, &fixed] {
                assert!(!format!("{}{}", ran.stdout, ran.stderr).contains(hidden), "{name} shows {hidden}");
            }
        }
        match case.fix {
            Some(Fix::None(none)) => {
                assert_eq!((none.as_str(), fixed.code, fixed.stdout.as_str()), ("none", 4, ""), "{name}");
            }
            Some(Fix::Fields(fields)) => holds(&home, name, &fixed, &fields),
            None => {}
        }
    }
}

/// The corrected message has these fields, passes lint, and can be sent as it is.
#[track_caller]
fn holds(home: &Home, name: &str, fixed: &Ran, fields: &Map<String, Value>) {
    assert_eq!(fixed.code, 0, "{name}: {}", fixed.stderr);
    let message: Value = serde_json::from_str(&fixed.stdout).unwrap();
    for (field, value) in fields {
        assert_eq!(&message[field], value, "{name}: {field}");
    }
    home.write("fixed.json", &fixed.stdout);
    let again = home.run(&["lint", "--fix", "fixed.json"]);
    assert_eq!((again.code, &again.stdout), (0, &fixed.stdout), "{name}: {}", again.stderr);
    let args =
        ["send", "--profile", "sandbox", "--dry-run", "--reg-id", REG_ID, "--message-file", "fixed.json"];
    let sent = home.run(&args);
    assert_eq!(sent.code, 0, "{name}: {}", sent.stderr);
}

/// A notification has the same problems as a message file of `send`.
#[test]
fn lint_and_send_agree() {
    let home = Home::new();
    let mut seen = 0;
    for case in table().into_iter().filter(|case| case.kind == "notification") {
        let linted = home.run_with(&["lint", "--json", "-"], &case.text);
        if linted.json()["layers"] != json!([]) {
            continue;
        }
        seen += 1;
        home.write("message.json", &case.text);
        let args = [
            "send",
            "--profile",
            "sandbox",
            "--dry-run",
            "--reg-id",
            REG_ID,
            "--message-file",
            "message.json",
        ];
        let sent = home.run(&args);
        assert_eq!((linted.code, &case.name), (sent.code, &case.name), "{}", sent.stderr);
    }
    assert!(seen > 15);
}

const TWO: &str = r#"[{"notification":{"title":"Hi","content":"a","channel_id":"m"}},{"notification":{"title":"Ho","content":"b","channel_id":"m"}}]"#;

#[test]
fn one_of_several_is_chosen_by_its_number() {
    let home = Home::new();
    let ran = home.run_with(&["lint", "--fix", "-"], TWO);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("1 [0].notification") && ran.stderr.contains("2 [1].notification"),
        "{}",
        ran.stderr
    );
    let ran = home.run_with(&["lint", "--fix", "--item", "2", "-"], TWO);
    assert_eq!(serde_json::from_str::<Value>(&ran.stdout).unwrap()["title"], "Ho");
    assert_eq!(home.run_with(&["lint", "--fix", "--item", "3", "-"], TWO).code, 2);
    assert_eq!(home.run_with(&["lint", "--fix", "-"], r#"{"code":0,"data":null}"#).code, 4);
}

#[test]
fn hostile_input_is_refused_or_judged() {
    let home = Home::new();
    let many = format!("[{}0]", "{\"title\":\"t\"},".repeat(5_000));
    let wide = format!("[{}0]", "0,".repeat(100_000));
    let cases = [
        ("[".repeat(100_000), 4),
        (format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000)), 4),
        (wide, 4),
        (many, 4),
        ("x{".repeat(400_000), 4),
        ("curl ".repeat(100_000), 4),
        ("{\"title\":\"a\0b\",\"content\":\"c\"}".to_owned(), 4),
        ("\\\"".repeat(300_000), 4),
        ("sign=a ".repeat(100_000), 4),
        (" ".repeat(1024 * 1024 + 1), 4),
    ];
    for (text, code) in cases {
        let ran = home.run_with(&["lint", "--json", "-"], &text);
        assert_eq!(ran.code, code, "{}: {}", &text[..20], ran.stderr);
        assert!(ran.json()["error"].is_object());
    }
    home.write("bytes.txt", b"{\"title\":\"\xff\"}");
    assert_eq!(home.run(&["lint", "bytes.txt"]).code, 3);
    assert_eq!(home.run(&["lint", "missing.txt"]).code, 3);
}

/// Each section of the page shows a payload and the message that `--fix` makes of it.
#[test]
fn every_before_and_after_of_the_page_is_true() {
    let home = Home::new();
    let page = include_str!("../../docs/lint.md");
    let mut seen = 0;
    for section in page.split("\n## ").skip(1) {
        let blocks: Vec<&str> = section.split("```").skip(1).step_by(2).collect();
        let [before, after] = blocks[..] else { continue };
        let (text, expected) = (before.split_once('\n').unwrap().1, after.split_once('\n').unwrap().1);
        let ran = match after.starts_with("json") {
            true => home.run_with(&["lint", "--fix", "-"], text),
            false => home.run_with(&["lint", "-"], text),
        };
        assert_eq!(ran.stdout.trim(), expected.trim(), "{section}\n{}", ran.stderr);
        seen += 1;
    }
    assert!(seen >= 18, "{seen} sections");
}
