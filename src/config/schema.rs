//! The JSON Schema of the configuration file, for editors that complete and check TOML.
//! What the schema cannot say (an ID is unique, a default exists) is checked by `read`.

use super::keys::{self, Form, Key, Keys};
use super::rules::RESERVED;
use crate::click::Target;
use serde_json::{Map, Value, json};
use strum::VariantNames;

/// JSON Schema (draft 2020-12) of `opush.toml`.
pub(crate) fn schema() -> Value {
    let mut schema = table(&keys::ROOT);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "opush.toml".into();
    schema
}

fn table(keys: &Keys) -> Value {
    let properties: Map<String, Value> =
        keys.keys.iter().map(|key| (key.name.to_owned(), described(form(key.form), key.about))).collect();
    let required: Vec<&str> =
        keys.keys.iter().filter(|key| key.required.is_some()).map(|Key { name, .. }| *name).collect();
    let mut table = json!({
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    });
    if let Some((both, _)) = keys.exclusive {
        table["not"] = json!({ "required": both });
    }
    described(table, keys.about)
}

fn described(mut schema: Value, about: &str) -> Value {
    if !about.is_empty() {
        schema["description"] = about.into();
    }
    schema
}

fn form(form: Form) -> Value {
    match form {
        Form::Text => json!({ "type": "string" }),
        Form::Opaque | Form::AppFile => opaque(),
        Form::Url => json!({ "type": "string", "pattern": "^https?://[^/@?#\\s]+[^?#\\s]*$" }),
        Form::Package => {
            json!({ "type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)+$" })
        }
        Form::Duration => json!({ "type": "string", "pattern": "[0-9]" }),
        Form::Number(most) => json!({ "type": "integer", "minimum": 1, "maximum": most }),
        Form::Time => json!({ "type": "string", "format": "date-time" }),
        Form::Boolean => json!({ "type": "boolean" }),
        Form::Word(words) => json!({ "enum": words() }),
        Form::Secret => json!({
            "oneOf": [
                opaque(),
                one("env", json!({ "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" })),
                one("file", opaque()),
                one("command", json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 })),
            ]
        }),
        Form::Click => {
            json!({ "oneOf": Target::VARIANTS.iter().map(|name| action(name)).collect::<Vec<_>>() })
        }
        Form::Table(keys) => table(keys),
        Form::Tables(keys) => json!({ "type": "array", "items": table(keys) }),
        Form::Profiles(keys) => json!({
            "type": "object",
            "propertyNames": { "pattern": "^[A-Za-z0-9_-]{1,64}$", "not": { "enum": RESERVED } },
            "additionalProperties": table(keys),
        }),
    }
}

fn opaque() -> Value {
    json!({ "type": "string", "minLength": 1, "pattern": "^\\S(.*\\S)?$" })
}

fn one(key: &str, value: Value) -> Value {
    json!({ "type": "object", "additionalProperties": false, "required": [key], "properties": { key: value } })
}

/// An action, and the key of the same name that says what it opens.
fn action(name: &str) -> Value {
    if name == Target::OpenApp.action() {
        return one("action", json!({ "const": name }));
    }
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["action", name],
        "properties": { "action": { "const": name }, name: { "type": "string", "minLength": 1 } }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::SAMPLE;

    /// TOML as the JSON that editors check it as.
    fn as_json(text: &str) -> Value {
        let table: toml::Table = text.parse().unwrap();
        let mut json = serde_json::to_value(&table).unwrap();
        plain_times(&mut json);
        json
    }

    fn plain_times(value: &mut Value) {
        match value {
            Value::Object(map) if map.len() == 1 && map.contains_key("$__toml_private_datetime") => {
                *value = map["$__toml_private_datetime"].clone();
            }
            Value::Object(map) => map.values_mut().for_each(plain_times),
            Value::Array(array) => array.iter_mut().for_each(plain_times),
            _ => {}
        }
    }

    #[test]
    fn it_takes_the_sample_and_refuses_what_the_loader_refuses() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        assert!(validator.is_valid(&as_json(SAMPLE)), "{:?}", validator.validate(&as_json(SAMPLE)));
        for (from, to) in [
            ("\"cn\"", "\"china\""),
            ("channel_id", "chanel_id"),
            ("id = 7005 ", "id = 0 "),
            ("package =", "multi_device = \"two\"\npackage ="),
            ("[profile.demo]", "[profile.sandbox]"),
            ("action = \"activity\"", "action = \"url\""),
            ("[profile.demo]", "[history]\nkeep = 0\n[profile.demo]"),
            ("[profile.demo]", "[history]\nkeep_for = 90\n[profile.demo]"),
            ("{ env = \"OPUSH_DEMO_MASTER_SECRET\" }", "{ env = \"A\", file = \"b\" }"),
        ] {
            let changed = SAMPLE.replacen(from, to, 1);
            assert_ne!(changed, SAMPLE);
            assert!(!validator.is_valid(&as_json(&changed)), "{to}");
        }
    }
}
