//! The control API's OpenAPI document: as it is served it is in docs/, and each answer in these tests fits it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::harness::Sandbox;

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sandbox-openapi.json")
}

/// The document in docs/.
pub static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&std::fs::read_to_string(file()).unwrap()).unwrap());

#[test]
fn the_document_in_docs_is_the_one_that_is_served() {
    let served = Sandbox::new().control_unchecked("GET", "/openapi.json", &json!({})).1;
    let text = format!("{served:#}\n");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::File::create(file()).unwrap().write_all(text.as_bytes()).unwrap();
    }
    assert!(
        std::fs::read_to_string(file()).unwrap_or_default() == text,
        "docs/sandbox-openapi.json: run UPDATE_DOCS=1 cargo test --test sandbox"
    );
}

/// The answer itself, where the document only points to it.
fn response(found: &Value) -> &Value {
    match found["$ref"].as_str() {
        Some(place) => DOCUMENT.pointer(place.strip_prefix('#').unwrap()).unwrap(),
        None => found,
    }
}

/// Fails the test unless the document has this answer.
#[track_caller]
pub fn assert_fits(method: &str, path: &str, status: u16, answer: &Value) {
    let path = path.split('?').next().unwrap();
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let fits = |pattern: &str| {
        let (pattern, path) = (pattern.split('/').collect::<Vec<_>>(), path.split('/').collect::<Vec<_>>());
        pattern.len() == path.len()
            && pattern.iter().zip(&path).all(|(part, given)| part.starts_with('{') || part == given)
    };
    let Some((pattern, operations)) = paths
        .iter()
        .find(|(pattern, _)| *pattern == path)
        .or_else(|| paths.iter().find(|(pattern, _)| fits(pattern)))
    else {
        assert_eq!(status, 404, "{path} is not in the document");
        return;
    };
    let operation = &operations[method.to_ascii_lowercase()];
    if operation.is_null() {
        assert_eq!(status, 405, "{method} {pattern} is not in the document");
        return;
    }
    let schema =
        &response(&operation["responses"][status.to_string()])["content"]["application/json"]["schema"];
    assert!(!schema.is_null(), "{method} {pattern} does not say that it answers {status}: {answer}");
    let whole = json!({ "allOf": [schema], "components": DOCUMENT["components"] });
    let validator = jsonschema::validator_for(&whole).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(answer).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(
        faults.is_empty(),
        "{method} {pattern} answers what its schema does not allow: {faults:#?}\n{answer:#}"
    );
}

const BEGIN: &str = "<!-- made from the OpenAPI document -->\n";
const END: &str = "<!-- end of it -->\n";

/// The calls and the refusals.
fn tables() -> String {
    let mut text = "| call | operationId | |\n| --- | --- | --- |\n".to_owned();
    let mut refusals: Vec<(String, String)> = Vec::new();
    for (path, operations) in DOCUMENT["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let (id, does) =
                (operation["operationId"].as_str().unwrap(), operation["summary"].as_str().unwrap());
            text.push_str(&format!("| `{} {path}` | `{id}` | {does} |\n", method.to_ascii_uppercase()));
            for (status, answer) in operation["responses"].as_object().unwrap() {
                for words in response(answer)["description"]
                    .as_str()
                    .unwrap()
                    .split("; ")
                    .filter(|_| !status.starts_with('2'))
                {
                    let row = (status.clone(), words.to_owned());
                    if !refusals.contains(&row) {
                        refusals.push(row);
                    }
                }
            }
        }
    }
    refusals.sort();
    text.push_str("\n| status | id | |\n| --- | --- | --- |\n");
    for (status, words) in refusals {
        let (id, means) = words.split_once(": ").unwrap();
        text.push_str(&format!("| {status} | `{id}` | {means} |\n"));
    }
    text
}

#[test]
fn a_path_says_which_methods_it_takes() {
    let sandbox = Sandbox::new();
    let reply = sandbox.send("TRACE", "/_sandbox/v1/clock", &[], b"");
    assert_eq!((reply.status, reply.head.contains("allow: GET, PUT, DELETE")), (405, true));
}

#[test]
fn the_tables_of_calls_and_refusals_are_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sandbox-control-api.md");
    let found = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = found.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let current = format!("{before}{BEGIN}{}{END}{after}", tables());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::File::create(&path).unwrap().write_all(current.as_bytes()).unwrap();
        return;
    }
    assert_eq!(found, current, "run UPDATE_DOCS=1 cargo test --test sandbox");
}
