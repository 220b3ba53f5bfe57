//! Strict reading of what a call is sent: a form, a JSON object or a query (OPPO reference, sections 3 and 7).

use serde_json::{Map, Value};

use super::super::http::form::Form;
use super::super::http::notes::{Notes, Stop};
use super::super::http::request::{Object, Request};
use super::fields::is_camel_case;
use super::multipart::{self, Part};

pub(super) const FORM: &str = "application/x-www-form-urlencoded";

static NO_FIELDS: Form = Form { fields: Vec::new(), flaw: None };

/// The body's form. A body of another type has no fields, as with any servlet; 25 for one that is not UTF-8 or badly
/// encoded, 41 for one that did not arrive or has a field of `known` twice.
pub(super) fn form<'r>(request: &'r Request, known: &[&str], notes: &mut Notes) -> Result<&'r Form, Stop> {
    request.body().map_err(|fault| notes.refuse("body", 41, fault.to_string()))?;
    let (media, charset) = request.content_type();
    if let Some(charset) = charset.filter(|charset| !["utf-8", "utf8"].contains(charset)) {
        return Err(notes.refuse("encoding", 25, format!("charset {charset}")));
    }
    if media != FORM {
        let detail = format!("`{media}` is not application/x-www-form-urlencoded: no fields are read");
        notes.fail("content-type", detail);
        return Ok(&NO_FIELDS);
    }
    notes.pass("content-type", "");
    let form = request.form();
    if let Some(flaw) = &form.flaw {
        return Err(notes.refuse("encoding", 25, flaw));
    }
    notes.pass("encoding", "");
    if let Some(name) = form.twice(known) {
        return Err(notes.refuse("fields", 41, format!("{name} is given twice")));
    }
    // A camelCase name is seen where the fields are read.
    let names = form.fields.iter().map(|(name, _)| name.as_str());
    let is_known = |name: &str| known.iter().any(|known| *known == name || is_camel_case(name, known));
    let mut unknown: Vec<&str> = names.filter(|name| !is_known(name)).collect();
    unknown.dedup();
    if !unknown.is_empty() {
        notes.dialect(format!("unknown-fields: {}", unknown.join(", ")));
    }
    Ok(form)
}

/// The body as an object; what is missing from it is seen later. 25 and 41 for one that can't be read.
pub(super) fn object(request: &Request, notes: &mut Notes) -> Result<Object, Stop> {
    let body = request.body().map_err(|fault| notes.refuse("body", 41, fault.to_string()))?;
    let Ok(text) = std::str::from_utf8(body) else {
        return Err(notes.refuse("encoding", 25, "not UTF-8"));
    };
    if text.trim().is_empty() {
        return Ok(Map::new());
    }
    let (media, _) = request.content_type();
    if media != "application/json" {
        return Err(notes.refuse("content-type", 41, format!("`{media}` is not application/json")));
    }
    match request.json() {
        Ok(Value::Object(object)) => {
            notes.pass("body", "");
            Ok(object.clone())
        }
        Ok(_) => Err(notes.refuse("body", 41, "not a JSON object")),
        Err(error) => Err(notes.refuse("body", 41, format!("not JSON: {error}"))),
    }
}

/// The parts of a multipart body; 51 for a body of another form, as for a picture that is none.
pub(super) fn parts<'r>(request: &'r Request, notes: &mut Notes) -> Result<Vec<Part<'r>>, Stop> {
    let body = request.body().map_err(|fault| notes.refuse("body", 51, fault.to_string()))?;
    let given = request.header("content-type").unwrap_or_default();
    let boundary = multipart::boundary(&given).filter(|_| request.content_type().0 == "multipart/form-data");
    let Some(boundary) = boundary else {
        return Err(notes.refuse("content-type", 51, "not multipart/form-data with a boundary"));
    };
    notes.pass("content-type", "");
    let parts = multipart::parts(body, &boundary).map_err(|why| notes.refuse("body", 51, why))?;
    notes.pass("body", "");
    Ok(parts)
}

/// The query; what is not in `known` is noted.
pub(super) fn query(request: &Request, known: &[&str], notes: &mut Notes) -> Form {
    let query = Form::parse(request.query().unwrap_or_default().as_bytes());
    query.unknown(known).into_iter().for_each(|names| notes.dialect(names));
    query
}
