//! One HTTP request as it came, before anything in it is believed. Its body is parsed at most once.

use std::sync::OnceLock;

use hyper::body::Bytes;
use serde_json::Value;

use super::form::Form;
use crate::listen::{self, Fault};

/// The members of a JSON object.
pub(crate) type Object = serde_json::Map<String, Value>;

/// What of a request is logged, without the values behind the names of secrets.
pub(super) struct Masked {
    pub(super) target: String,
    pub(super) whole: String,
}

pub(crate) struct Request {
    pub(super) raw: listen::Request,
    fault: Option<Fault>,
    form: OnceLock<Form>,
    json: OnceLock<Result<Value, String>>,
    /// The media type and the charset.
    content_type: OnceLock<(String, Option<String>)>,
    /// For the log.
    pub(super) masked: OnceLock<Masked>,
}

impl Request {
    /// `fault`: why the body did not come whole.
    pub(crate) fn new(raw: listen::Request, fault: Option<Fault>) -> Request {
        let (form, json, masked) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Request { raw, fault, form, json, content_type: OnceLock::new(), masked }
    }

    pub(crate) fn method(&self) -> &hyper::Method {
        &self.raw.method
    }

    pub(crate) fn path(&self) -> &str {
        self.raw.path()
    }

    pub(crate) fn query(&self) -> Option<&str> {
        self.raw.query()
    }

    /// The first header of this name, without white space around its value.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let value = self.raw.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
    }

    /// The media type and the charset, both lower-case.
    pub(crate) fn content_type(&self) -> (&str, Option<&str>) {
        let (media, charset) = self.content_type.get_or_init(|| {
            let value = self.header("content-type").unwrap_or_default().to_ascii_lowercase();
            let mut parts = value.split(';').map(str::trim);
            let media = parts.next().unwrap_or_default().to_owned();
            let charset = parts
                .find_map(|part| part.strip_prefix("charset="))
                .map(|charset| charset.trim_matches('"').into());
            (media, charset)
        });
        (media, charset.as_deref())
    }

    pub(crate) fn body(&self) -> Result<&Bytes, Fault> {
        self.fault.clone().map_or(Ok(&self.raw.body), Err)
    }

    /// Parses the body now, as its content type says, and not when it is first asked for.
    pub(super) fn parse(&self) {
        match self.content_type().0 {
            "application/x-www-form-urlencoded" => drop(self.form()),
            "application/json" => drop(self.json()),
            _ => {}
        }
    }

    /// The body as a form, whatever its content type.
    pub(crate) fn form(&self) -> &Form {
        self.form.get_or_init(|| Form::parse(&self.raw.body))
    }

    /// The body as JSON, whatever its content type; or why it is none.
    pub(crate) fn json(&self) -> Result<&Value, &str> {
        let parse = || match &self.fault {
            Some(fault) => Err(fault.to_string()),
            None => serde_json::from_slice(&self.raw.body).map_err(|error| error.to_string()),
        };
        self.json.get_or_init(parse).as_ref().map_err(String::as_str)
    }
}
