//! What the sandbox answers, with its times as every command prints them: the control API counts milliseconds.

use std::borrow::Cow;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::clock::Timestamp;

/// Keys of a time in milliseconds. Beside each, its number stays under `…_ms` for one version.
const TIMES: [&str; 8] = ["at", "at_ms", "arrived_at", "shown_at", "set_at", "since", "due_at", "until_ms"];

/// A time of the control API in RFC 3339 UTC; empty where the calendar has no such time.
pub(super) fn rfc3339(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map(|at| at.to_string()).unwrap_or_default()
}

#[derive(Debug)]
pub(crate) struct WithTimes<T>(pub(crate) T);

impl<T> Deref for WithTimes<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Serialize> Serialize for WithTimes<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut value = json!(self.0);
        each_object(&mut value, &|object| {
            for (key, old) in names() {
                let Some(at) = object.get(key).and_then(Value::as_i64) else { continue };
                let time = Timestamp::from_millisecond(at).ok().map(|time| time.to_string());
                object.insert(key.trim_end_matches("_ms").to_owned(), json!(time));
                object.insert(old, json!(at));
            }
        });
        value.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for WithTimes<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = T::json_schema(generator).to_value();
        each_object(&mut schema, &described);
        generator.definitions_mut().values_mut().for_each(|one| each_object(one, &described));
        Schema::try_from(schema).unwrap_or_default()
    }
}

/// The properties of a schema as the values are printed.
fn described(object: &mut Map<String, Value>) {
    let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (key, old) in names() {
        let is_number = properties.get(key).is_some_and(|one| one.to_string().contains("\"integer\""));
        let Some(mut property) = properties.get(key).cloned().filter(|_| is_number) else { continue };
        properties.insert(old.clone(), property.clone());
        if let Some(property) = property.as_object_mut() {
            property.insert("type".into(), json!(["string", "null"]));
            property.insert(
                "description".into(),
                json!(format!("RFC 3339 UTC; {old} goes with the next version.")),
            );
            property.remove("format");
        }
        properties.insert(key.trim_end_matches("_ms").to_owned(), property);
    }
}

fn names() -> impl Iterator<Item = (&'static str, String)> {
    TIMES.iter().map(|key| (*key, format!("{}_ms", key.trim_end_matches("_ms"))))
}

fn each_object(value: &mut Value, change: &impl Fn(&mut Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            change(object);
            // What an app sent is the app's.
            let ours =
                object.iter_mut().filter(|(key, _)| !["notification", "extras"].contains(&key.as_str()));
            ours.for_each(|(_, below)| each_object(below, change));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_object(item, change)),
        _ => {}
    }
}
