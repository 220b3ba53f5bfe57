//! Every JSON output in the tests is held against the documented schema of its command.
//! The schemas are made from the printed structs; `UPDATE_DOCS=1 cargo test` writes the files anew.

use std::path::PathBuf;

use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/schemas")
}

/// The schema of the command that these arguments run.
fn schema_of(args: &[String]) -> Value {
    let words: Vec<&str> = args.iter().map(String::as_str).filter(|arg| !arg.starts_with('-')).collect();
    for length in (1..=words.len().min(3)).rev() {
        let file = folder().join(format!("{}.json", words[..length].join("-")));
        if let Ok(text) = std::fs::read_to_string(file) {
            return serde_json::from_str(&text).unwrap();
        }
    }
    serde_json::from_str(&std::fs::read_to_string(folder().join("error.json")).unwrap()).unwrap()
}

/// Fails the test unless the printed value fits the schema of the command.
#[track_caller]
pub fn assert_fits(args: &[String], value: &Value) {
    let schema = schema_of(args);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(
        faults.is_empty(),
        "opush {args:?} printed what its schema does not allow: {faults:#?}\n{value:#}"
    );
    assert_times(value, &mut Vec::new());
    // The contract for failures holds everywhere.
    if let Some(error) = value.get("error").filter(|error| !error.is_null()) {
        assert!(
            error["hint"].as_str().is_some_and(|hint| !hint.is_empty()),
            "a hint is never empty: {error}"
        );
    }
}

/// Every time is RFC 3339 in UTC, whichever command prints it. What others wrote is theirs.
#[track_caller]
fn assert_times(value: &Value, path: &mut Vec<String>) {
    const FOREIGN: [&str; 11] = [
        "body",
        "extras",
        "form",
        "headers",
        "links",
        "notification",
        "received",
        "request",
        "sent",
        "values",
        "schema",
    ];
    match value {
        Value::Object(object) => {
            for (key, below) in object.iter().filter(|(key, _)| !FOREIGN.contains(&key.as_str())) {
                path.push(key.clone());
                let is_schema = below.is_object();
                let is_time = !is_schema && (key == "at" || key.ends_with("_at") || key == "since");
                let fits = match below {
                    Value::Null => true,
                    Value::String(text) => text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok(),
                    _ => false,
                };
                assert!(!is_time || fits, "{} is not a time of RFC 3339: {below}", path.join("."));
                assert_times(below, path);
                path.pop();
            }
        }
        Value::Array(items) => items.iter().for_each(|item| assert_times(item, path)),
        _ => {}
    }
}

/// The same thing has the same name: a certificate's ID, and OPPO's code.
#[test]
fn the_same_thing_has_the_same_name_in_every_schema() {
    fn walk(schema: &Value, name: &str) {
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            let has = |key: &str| properties.contains_key(key);
            let is_integer = |key: &str| properties[key].to_string().contains("\"integer\"");
            if has("certificate") && is_integer("certificate") {
                assert!(has("certificate_id"), "{name}: certificate without certificate_id");
            }
            if has("code") && has("message_id") {
                assert!(has("vendor"), "{name}: a code of OPPO's without vendor.code");
            }
            if has("delivery_id") {
                assert!(has("history_id"), "{name}: delivery_id without history_id");
            }
        }
        match schema {
            Value::Object(object) => object.values().for_each(|below| walk(below, name)),
            Value::Array(items) => items.iter().for_each(|below| walk(below, name)),
            _ => {}
        }
    }
    for (name, schema) in opush::commands::schemas() {
        let schema = schema.to_value();
        walk(&schema, name);
        let required = schema.get("required").map(ToString::to_string).unwrap_or_default();
        assert!(required.contains("\"error\"") || name.ends_with("-event"), "{name}: no error in it");
    }
}

#[test]
fn the_schemas_in_docs_are_current() {
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    let mut names: Vec<String> = Vec::new();
    for (name, schema) in opush::commands::schemas() {
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        let file = folder().join(format!("{name}.json"));
        names.push(format!("{name}.json"));
        if update {
            #[allow(clippy::disallowed_methods)]
            std::fs::write(&file, &text).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(found, text, "{} is not current: UPDATE_DOCS=1 cargo test", file.display());
    }
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(names.contains(&name), "docs/schemas/{name} belongs to no command");
    }
}
