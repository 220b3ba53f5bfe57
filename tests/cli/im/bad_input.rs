//! One table of everything that a person may get wrong: each row is refused before anything is sent, with its kind and place.
//! The rows are in `bad_input_im.toml`.

use serde::Deserialize;

use super::server::{answers, home};

#[derive(Deserialize)]
struct Table {
    row: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    args: Vec<String>,
    /// The content of `m.json`.
    #[serde(default)]
    file: String,
    /// The kinds of all problems, in order.
    kinds: Vec<String>,
    /// The place of the first.
    place: String,
    #[serde(default = "four")]
    exit: i32,
}

fn four() -> i32 {
    4
}

#[test]
fn each_row_is_refused_with_its_kind_and_place() {
    let table: Table = toml::from_str(include_str!("../bad_input_im.toml")).unwrap();
    assert!(table.row.len() >= 40, "{} rows", table.row.len());
    let server = answers(r#"{"ActionStatus":"OK","ErrorCode":0,"MsgKey":"1_1_1","MsgTime":1}"#);
    let home = home(&server.url());
    for row in table.row {
        home.write("m.json", &row.file);
        let words: Vec<String> = std::iter::once("im".to_owned())
            .chain(
                row.args
                    .iter()
                    .map(|arg| arg.replace("{33}", &"a".repeat(33)).replace("{200}", &"u".repeat(200))),
            )
            .collect();
        let args: Vec<&str> = words.iter().map(String::as_str).collect();
        let (code, printed) = home.json(&args);
        assert_eq!(code, row.exit, "{}: {printed:#}", row.name);
        let error = &printed["error"];
        let all = match error.get("problems").and_then(|problems| problems.as_array()) {
            Some(problems) => problems.clone(),
            None => vec![error.clone()],
        };
        let kinds: Vec<&str> = all.iter().map(|problem| problem["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, row.kinds, "{}: {printed:#}", row.name);
        assert_eq!(error["place"], row.place.as_str(), "{}: {printed:#}", row.name);
        for problem in &all {
            assert!(!problem["hint"].as_str().unwrap().is_empty(), "{}", row.name);
        }
        assert_eq!(server.received().len(), 0, "{}: something was sent", row.name);
    }
}
