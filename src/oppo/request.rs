//! The vendor's calls as requests, made without any network, so that a dry run can show what would be sent.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Map, Value};
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use super::call::Carries;
use super::{Call, Credentials, Endpoints, Push, hosts};
use crate::clock::Timestamp;
use crate::config::Secret;
use crate::masking::{self, MASK};
use crate::transport::Outgoing;

/// One request, ready to be sent. Its `Debug` shows no secret.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(super) call: Call,
    pub(super) url: Url,
    pub(super) fields: Vec<Field>,
    pub(super) file: Option<Part>,
}

/// The file of an upload.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) bytes: Arc<[u8]>,
    /// png or jpeg.
    pub(super) format: &'static str,
    /// Between the parts; it is not in the file.
    pub(super) boundary: String,
}

impl Request {
    /// Sent with every form beside Host, Content-Length and User-Agent.
    pub(super) const FORM_HEADERS: [(&'static str, &'static str); 2] = [
        ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
        ("Accept", "application/json"),
    ];

    /// OPPO reference, section 2. `now` is both sent and signed.
    pub(crate) fn auth(endpoints: &Endpoints, credentials: &Credentials, now: Timestamp) -> Request {
        Request::new(
            Call::Auth,
            endpoints,
            vec![
                Field::plain("app_key", &credentials.app_key),
                Field::plain("timestamp", &now.as_millisecond().to_string()),
                Field::secret("sign", credentials.sign(now)),
            ],
        )
    }

    /// OPPO reference, section 4.1. A dry run has no token yet: any will do, it is never shown.
    pub(crate) fn unicast(endpoints: &Endpoints, auth_token: &Secret, push: &Push<'_>) -> Request {
        Request::new(
            Call::Unicast,
            endpoints,
            vec![Field::secret("auth_token", auth_token.clone()), Field::plain("message", &message(push))],
        )
    }

    /// OPPO reference, section 4.2, without a token: for showing.
    pub(super) fn with_messages(endpoints: &Endpoints, messages: &str) -> Request {
        let token = Field::secret("auth_token", Secret::new(""));
        Request::new(Call::UnicastBatch, endpoints, vec![token, Field::plain("messages", messages)])
    }

    fn new(call: Call, endpoints: &Endpoints, fields: Vec<Field>) -> Request {
        Request { call, url: hosts::join(&endpoints.push, call.path()), fields, file: None }
    }

    /// Those without a secret.
    pub(super) fn headers(&self) -> Vec<(&'static str, Cow<'static, str>)> {
        let [(_, form), accept] = Self::FORM_HEADERS;
        let accept = (accept.0, accept.1.into());
        let content_type = match self.call.carries() {
            Carries::Form => form.into(),
            Carries::Query => return vec![accept],
            Carries::Json => "application/json; charset=UTF-8".into(),
            Carries::Upload => {
                let boundary = self.file.as_ref().map_or("", |file| &file.boundary);
                format!("multipart/form-data; boundary={boundary}").into()
            }
        };
        vec![("Content-Type", content_type), accept]
    }

    /// The secret fields that are a header of their own.
    pub(super) fn secret_headers(&self) -> impl Iterator<Item = &Field> {
        let in_header = self.call.carries() == Carries::Json;
        self.fields.iter().filter(move |field| in_header && field.is_secret)
    }

    /// The fields in the body or the query.
    pub(super) fn body_fields(&self) -> impl Iterator<Item = &Field> {
        let in_header = self.call.carries() == Carries::Json;
        self.fields.iter().filter(move |field| !(in_header && field.is_secret))
    }

    /// URL and body as they go over the wire: the fields are in the one or in the other.
    pub(super) fn outgoing(&self) -> (Url, Outgoing) {
        match self.call.carries() {
            Carries::Form => (self.url.clone(), Outgoing::Post(encode(&self.fields).to_string())),
            Carries::Upload => (self.url.clone(), Outgoing::Upload(self.multipart())),
            Carries::Query => {
                let mut url = self.url.clone();
                url.set_query(Some(&encode(&self.fields)));
                (url, Outgoing::Get)
            }
            Carries::Json => {
                let pairs =
                    self.body_fields().map(|field| (field.name.to_string(), field.value.reveal().into()));
                let object: Map<String, Value> = pairs.collect();
                (self.url.clone(), Outgoing::Post(Value::Object(object).to_string()))
            }
        }
    }
}

impl Request {
    /// The fields as parts, and the file under a name that says nothing (OPPO reference, section 7).
    fn multipart(&self) -> Vec<u8> {
        let Some(file) = &self.file else { return Vec::new() };
        let Part { bytes, format, boundary } = file;
        let mut body = Vec::with_capacity(bytes.len() + 1024);
        for Field { name, value, .. } in &self.fields {
            let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.reveal().as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"picture.{format}\"\r\n\
             Content-Type: image/{format}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        body
    }
}

fn message(push: &Push<'_>) -> String {
    let mut message = Map::new();
    message.insert("target_type".to_owned(), push.target.target_type().into());
    message.insert("target_value".to_owned(), push.target.value().into());
    if push.verify_registration_id {
        message.insert("verify_registration_id".to_owned(), true.into());
    }
    message.insert("notification".to_owned(), Value::Object(push.notification.clone()));
    Value::Object(message).to_string()
}

/// One field of a form. A secret one is sent, and never shown.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: Cow<'static, str>,
    pub(super) value: Secret,
    pub(super) is_secret: bool,
}

impl Field {
    pub(super) fn plain(name: impl Into<Cow<'static, str>>, value: &str) -> Field {
        Field { name: name.into(), value: Secret::new(value), is_secret: false }
    }

    pub(super) fn secret(name: &'static str, value: Secret) -> Field {
        Field { name: name.into(), value, is_secret: true }
    }

    /// Name and value as they may be shown.
    pub(super) fn masked(&self) -> (String, String) {
        let value = if self.is_secret { MASK.to_owned() } else { masking::in_paths(self.value.reveal()) };
        (self.name.to_string(), value)
    }
}

/// `application/x-www-form-urlencoded`, UTF-8: a space is `+`, everything but letters, digits and `*-._` is
/// percent-encoded.
pub(super) fn encode(fields: &[Field]) -> Zeroizing<String> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for field in fields {
        form.append_pair(&field.name, field.value.reveal());
    }
    Zeroizing::new(form.finish())
}

#[cfg(test)]
mod tests {
    use super::super::{Alias, Overrides, Target};
    use super::*;
    use crate::config::Region;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn the_message_keeps_its_order_and_has_no_key_that_was_not_asked_for() {
        let endpoints = Endpoints::resolve(Region::Cn, &Overrides::default()).expect("known");
        let target = Target::Alias(Alias::parse("alice").expect("valid"));
        let notification = json!({"title": "b", "content": "a", "app_message_id": "m"});
        let push = Push {
            target: &target,
            notification: notification.as_object().expect("an object"),
            verify_registration_id: false,
        };
        let request = Request::unicast(&endpoints, &Secret::new("token-1"), &push);
        assert_eq!(
            request.url.as_str(),
            "https://api-push-cn.heytapmobi.com/server/v1/message/notification/unicast"
        );
        assert_eq!(
            request.fields[1].masked().1,
            r#"{"target_type":5,"target_value":"alice","notification":{"title":"b","content":"a","app_message_id":"m"}}"#
        );
        assert!(!format!("{request:?}").contains("token-1"));
    }

    #[test]
    fn a_secret_is_sent_and_not_shown() {
        let field = Field::secret("auth_token", Secret::new("hunter2"));
        assert_eq!(field.masked(), ("auth_token".to_owned(), MASK.to_owned()));
        assert!(!format!("{field:?}").contains("hunter2"));
        assert_eq!(encode(&[field]).as_str(), "auth_token=hunter2");
    }

    /// The inverse, written against the standard and not with the url crate.
    fn decode(text: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'+' => bytes.push(b' '),
                b'%' => {
                    let digits = [rest.next().expect("a digit"), rest.next().expect("a digit")];
                    let digits = std::str::from_utf8(&digits).expect("ASCII");
                    bytes.push(u8::from_str_radix(digits, 16).expect("hex"));
                }
                _ => bytes.push(byte),
            }
        }
        String::from_utf8(bytes).expect("UTF-8")
    }

    proptest! {
        #[test]
        fn any_value_survives_the_wire(value in any::<String>()) {
            let body = encode(&[Field::plain("message", &value)]);
            let (name, encoded) = body.split_once('=').expect("a pair");
            prop_assert_eq!(name, "message");
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"*-._+%".contains(&b)));
            prop_assert_eq!(decode(encoded), value);
        }
    }
}
