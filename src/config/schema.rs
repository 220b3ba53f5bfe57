//! The JSON Schema of the configuration file, for editors that complete and check TOML.
//! What the schema cannot say (an ID is unique, a default exists) is checked by `read`.

use super::{Endpoints, ImRegion, MultiDevice, Region};
use serde_json::{Value, json};

/// JSON Schema (draft 2020-12) of `opush.toml`.
pub(crate) fn schema() -> Value {
    let regions = Region::ALL.map(Region::as_str);
    let im_regions = ImRegion::ALL.map(ImRegion::as_str);
    let url = json!({ "type": "string", "pattern": "^https?://[^/@?#\\s]+[^?#\\s]*$" });
    let endpoints: serde_json::Map<String, Value> =
        Endpoints::NAMES.iter().map(|name| ((*name).to_owned(), url.clone())).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "opush.toml",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "default_profile": { "type": "string", "description": "The profile in force unless another is asked for." },
            "history": { "$ref": "#/$defs/history" },
            "profile": {
                "type": "object",
                "propertyNames": { "pattern": "^[A-Za-z0-9_-]{1,64}$", "not": { "enum": super::rules::RESERVED } },
                "additionalProperties": { "$ref": "#/$defs/profile" }
            }
        },
        "$defs": {
            "opaque": { "type": "string", "minLength": 1, "pattern": "^\\S(.*\\S)?$" },
            "history": {
                "type": "object",
                "description": "How long deliveries, receipts and the IM server's events are kept.",
                "additionalProperties": false,
                "properties": {
                    "keep_for": { "type": "string", "pattern": "[0-9]", "description": "By age: a duration such as \"90d\" or \"24h\", at least \"1h\"." },
                    "keep": { "type": "integer", "minimum": 1, "maximum": i64::MAX, "description": "By count: so many of each." }
                }
            },
            "profile": {
                "type": "object",
                "description": "One app in one environment.",
                "additionalProperties": false,
                "required": ["region"],
                "properties": {
                    "region": { "enum": regions, "description": "Where pushes go." },
                    "endpoint": url,
                    "endpoints": { "type": "object", "additionalProperties": false, "properties": endpoints },
                    "package": { "type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)+$" },
                    "multi_device": { "enum": MultiDevice::ALL.map(MultiDevice::as_str), "description": "How many devices of one user may be logged in." },
                    "default_certificate": { "$ref": "#/$defs/id" },
                    "certificate": { "type": "array", "items": { "$ref": "#/$defs/certificate" } },
                    "im": { "$ref": "#/$defs/im" }
                },
                "not": { "required": ["endpoint", "endpoints"] }
            },
            "id": { "type": "integer", "minimum": 1, "maximum": i64::MAX },
            "certificate": {
                "type": "object",
                "description": "OPPO credentials, channel and click target under a certificate ID.",
                "additionalProperties": false,
                "required": ["id", "app_id", "app_key", "master_secret"],
                "properties": {
                    "id": { "$ref": "#/$defs/id", "description": "The certificate ID; 1 to 999 are local." },
                    "name": { "$ref": "#/$defs/opaque" },
                    "app_id": { "$ref": "#/$defs/opaque" },
                    "app_key": { "$ref": "#/$defs/opaque" },
                    "app_secret": { "$ref": "#/$defs/secret" },
                    "master_secret": { "$ref": "#/$defs/secret" },
                    "channel_id": { "$ref": "#/$defs/opaque" },
                    "click": { "$ref": "#/$defs/click" },
                    "saved_at": { "type": "string", "format": "date-time", "description": "A TOML date and time with offset, without quotes." }
                }
            },
            "im": {
                "type": "object",
                "description": "The app's side of the IM server, for opush im.",
                "additionalProperties": false,
                "required": ["sdk_app_id", "admin", "secret_key"],
                "properties": {
                    "sdk_app_id": { "type": "integer", "minimum": 1, "maximum": u32::MAX },
                    "admin": { "$ref": "#/$defs/opaque", "description": "UserID of an administrator of the app." },
                    "secret_key": { "$ref": "#/$defs/secret" },
                    "region": { "enum": im_regions, "description": "Where the IM server keeps the app's data." },
                    "endpoint": url
                },
                "not": { "required": ["region", "endpoint"] }
            },
            "secret": {
                "oneOf": [
                    { "$ref": "#/$defs/opaque" },
                    one("env", json!({ "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" })),
                    one("file", json!({ "$ref": "#/$defs/opaque" })),
                    one("command", json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 }))
                ]
            },
            "click": {
                "oneOf": [
                    action("open-app", None),
                    action("url", Some("url")),
                    action("activity", Some("activity")),
                    action("intent", Some("intent"))
                ]
            }
        }
    })
}

fn one(key: &str, value: Value) -> Value {
    json!({ "type": "object", "additionalProperties": false, "required": [key], "properties": { key: value } })
}

fn action(name: &str, companion: Option<&str>) -> Value {
    match companion {
        None => one("action", json!({ "const": name })),
        Some(key) => json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["action", key],
            "properties": { "action": { "const": name }, key: { "type": "string", "minLength": 1 } }
        }),
    }
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
