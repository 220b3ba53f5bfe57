//! The control API's OpenAPI 3.1 document, made from the table of operations and the types that go over the wire.

use std::collections::BTreeMap;

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::operations::{COMMON, OPERATIONS, Operation, PREFIX, REFUSALS};
use super::refusal::RefusalBody;

const ABOUT: &str = "The control API of the opush sandbox: phones, messages, faults and the clock of a simulated OPPO PUSH \
and of the IM server in front of it. Times are milliseconds since 1970-01-01 UTC. A path that is not listed answers 404 \
no-such-path, another method 405 method-not-allowed.";

/// Where the types that are answered are described.
const COMPONENTS: &str = "/components/schemas";
/// Where the refusals are described that any request may get, by their status.
const RESPONSES: &str = "/components/responses";

pub(super) fn document() -> Value {
    let mut answers = settings().for_serialize().into_generator();
    // What is taken and what is answered may differ in one type, so that the former is written where it is used.
    let mut bodies = settings().with(|settings| settings.inline_subschemas = true);
    bodies.transforms.push(Box::new(RecursiveTransform(bounded)));
    let mut bodies = bodies.for_deserialize().into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for operation in OPERATIONS {
        let described = describe(operation, &mut answers, &mut bodies);
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method.to_ascii_lowercase()] = described;
    }
    answers.subschema_for::<RefusalBody>();
    let common =
        by_status(COMMON.iter()).into_iter().map(|(status, rows)| (status.to_string(), refusal(&rows)));
    let common: BTreeMap<String, Value> = common.collect();
    json!({
        "openapi": "3.1.0",
        "info": { "title": "opush sandbox", "version": env!("CARGO_PKG_VERSION"), "description": ABOUT },
        "servers": [{ "url": PREFIX }],
        "security": [{}, { "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": answers.take_definitions(true),
            "responses": common,
        },
    })
}

fn settings() -> SchemaSettings {
    SchemaSettings::draft2020_12().with(|settings| {
        settings.meta_schema = None;
        settings.definitions_path = COMPONENTS.into();
    })
}

fn describe(operation: &Operation, answers: &mut SchemaGenerator, bodies: &mut SchemaGenerator) -> Value {
    let mut parameters = in_path(operation.path);
    for parameter in operation.query {
        let schema = (parameter.schema)(bodies);
        parameters.push(json!({
            "name": parameter.name, "in": "query", "required": false, "description": parameter.does, "schema": schema,
        }));
    }
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.does,
        "tags": [operation.path.split('/').nth(1).unwrap_or_default()],
        "parameters": parameters,
        "responses": responses(operation, answers),
    });
    if let Some(body) = operation.body {
        let mut schema = body(bodies);
        bodies.transforms_mut().for_each(|transform| transform.transform(&mut schema));
        let required =
            schema.get("required").and_then(Value::as_array).is_some_and(|fields| !fields.is_empty());
        described["requestBody"] =
            json!({ "required": required, "content": { "application/json": { "schema": schema } } });
    }
    described
}

fn in_path(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let described = names.map(|name| {
        let schema = match name {
            "name" => json!({ "type": "string", "minLength": 1 }),
            _ => json!({ "type": "integer", "minimum": 0, "maximum": i64::MAX }),
        };
        json!({ "name": name, "in": "path", "required": true, "schema": schema })
    });
    described.collect()
}

fn responses(operation: &Operation, answers: &mut SchemaGenerator) -> Value {
    let mut responses: BTreeMap<String, Value> = BTreeMap::new();
    let schema = (operation.answer)(answers);
    responses.insert(
        operation.status.to_string(),
        json!({ "description": "done", "content": { (operation.media): { "schema": schema } } }),
    );
    for (status, rows) in by_status(COMMON.iter().chain(operation.refusals)) {
        let common = rows.iter().all(|(id, ..)| COMMON.contains(id));
        let response =
            if common { json!({ "$ref": format!("#{RESPONSES}/{status}") }) } else { refusal(&rows) };
        responses.insert(status.to_string(), response);
    }
    json!(responses)
}

type Row = (&'static str, u16, &'static str);

fn by_status<'a>(ids: impl Iterator<Item = &'a &'static str>) -> BTreeMap<u16, Vec<Row>> {
    let mut by_status: BTreeMap<u16, Vec<Row>> = BTreeMap::new();
    for row in ids.filter_map(|id| REFUSALS.iter().find(|(known, ..)| known == id)) {
        by_status.entry(row.1).or_default().push(*row);
    }
    by_status
}

fn refusal(rows: &[Row]) -> Value {
    let words: Vec<String> = rows.iter().map(|(id, _, means)| format!("{id}: {means}")).collect();
    let ids: Vec<&str> = rows.iter().map(|(id, ..)| *id).collect();
    let of_ids = json!({ "properties": { "error": { "properties": { "id": { "enum": ids } } } } });
    let refusal = format!("#{COMPONENTS}/{}", RefusalBody::schema_name());
    let schema = json!({ "allOf": [{ "$ref": refusal }, of_ids] });
    json!({ "description": words.join("; "), "content": { "application/json": { "schema": schema } } })
}

/// Numbers end where those of the sandbox do.
fn bounded(schema: &mut Schema) {
    let format = schema.get("format").and_then(Value::as_str).map(str::to_owned);
    let bounds = match format.as_deref() {
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        Some("uint8") => (json!(0), json!(u8::MAX)),
        _ => return,
    };
    if let Some(object) = schema.as_object_mut() {
        object.entry("minimum").or_insert(bounds.0);
        object.entry("maximum").or_insert(bounds.1);
    }
}
