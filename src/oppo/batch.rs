//! One unicast_batch: up to 1,000 items in a form body that is made without an intermediate, and the answer item by item
//! (OPPO reference, section 4.2). Whether a call may be repeated belongs to `batch`.

use std::borrow::Cow;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::deadline::Deadline;
use super::http::Fault;
use super::{
    Answer, Call, CallError, Client, Credentials, Endpoints, Request, TokenCache, TokenKey, VendorError,
};
use super::{answer, hosts};
use crate::config::Secret;
use crate::masking;
use crate::transport::{Outgoing, Unsent};

/// At most this many items in a call.
pub(crate) const BATCH_ITEMS: usize = 1000;

/// The field `messages` as it goes over the wire. Texts are escaped for JSON and for the form in one go.
#[derive(Debug)]
pub(crate) struct BatchBody {
    form: String,
    items: usize,
}

/// What OPPO says of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ItemAnswer {
    Accepted {
        message_id: String,
    },
    Refused {
        code: i64,
        words: String,
    },
    /// Neither a message_id nor a code: that is not success.
    Silent,
}

/// What became of a call.
#[derive(Debug)]
pub(crate) enum BatchAnswer {
    /// Each item with the target that the answer names for it, in the order of the answer.
    Items(Vec<(Option<String>, ItemAnswer)>),
    /// Refused as a whole: nothing was taken.
    Refused(VendorError),
    /// No connection, so nothing left. The flag: another try could find one.
    NotSent(Unsent, bool),
    /// It may have been taken; why that is not known.
    Unknown(String),
}

impl BatchBody {
    pub(crate) fn new() -> Self {
        BatchBody { form: String::with_capacity(512 * 1024) + "messages=%5B", items: 0 }
    }

    /// Begins an item: its notification is written next, by [`BatchBody::json`] and [`BatchBody::text`].
    pub(crate) fn open(&mut self, target_type: u8, target_value: &str) {
        if self.items > 0 {
            self.form.push_str("%2C");
        }
        self.items += 1;
        self.json("{\"target_type\":");
        self.json(&target_type.to_string());
        self.json(",\"target_value\":");
        self.text(target_value);
        self.json(",\"notification\":");
    }

    pub(crate) fn close(&mut self) {
        self.json("}");
    }

    /// Text that is JSON already.
    pub(crate) fn json(&mut self, json: &str) {
        json.bytes().for_each(|byte| push_encoded(&mut self.form, byte));
    }

    /// A text as a JSON string.
    pub(crate) fn text(&mut self, text: &str) {
        self.form.push_str("%22");
        for byte in text.bytes() {
            match byte {
                b'"' => self.form.push_str("%5C%22"),
                b'\\' => self.form.push_str("%5C%5C"),
                b'\n' => self.form.push_str("%5Cn"),
                0..0x20 => {
                    self.form.push_str("%5Cu00");
                    self.form.push(char::from(HEX[usize::from(byte >> 4)]).to_ascii_lowercase());
                    self.form.push(char::from(HEX[usize::from(byte & 15)]).to_ascii_lowercase());
                }
                _ => push_encoded(&mut self.form, byte),
            }
        }
        self.form.push_str("%22");
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.items == 0
    }

    /// The value of the field, for a request that is only shown.
    pub(crate) fn shown(self) -> String {
        let form = self.form + "%5D";
        url::form_urlencoded::parse(form.as_bytes())
            .next()
            .map_or_else(String::new, |(_, value)| value.into())
    }

    fn with_token(self, token: &Secret) -> String {
        let mut form = self.form;
        form.push_str("%5D&auth_token=");
        token.reveal().bytes().for_each(|byte| push_encoded(&mut form, byte));
        form
    }
}

const HEX: &[u8; 16] = b"0123456789ABCDEF";

fn push_encoded(form: &mut String, byte: u8) {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => form.push(char::from(byte)),
        b' ' => form.push('+'),
        _ => {
            form.push('%');
            form.push(char::from(HEX[usize::from(byte >> 4)]));
            form.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

impl Request {
    /// The request as a dry run shows it; it has no token yet.
    pub(crate) fn unicast_batch(endpoints: &Endpoints, body: BatchBody) -> Request {
        Request::with_messages(endpoints, &body.shown())
    }
}

impl Client {
    /// A token in the place of one that the vendor has just refused, or the one that is good now.
    pub(crate) async fn token_for_batch(
        &self,
        credentials: &Credentials,
        cache: &dyn TokenCache,
        refused: Option<&Secret>,
    ) -> Result<Secret, CallError> {
        let mut exchanges = Vec::new();
        let deadline = Deadline::after(self.timeout);
        let token = self.token(credentials, cache, refused, &deadline, &mut exchanges).await;
        token.map_err(|cause| CallError { cause, exchanges })
    }

    /// The vendor refused it also when it was new: the next run shall not begin with it.
    pub(crate) fn forget_token(&self, credentials: &Credentials, cache: &dyn TokenCache, token: &Secret) {
        let _ = cache.forget(&TokenKey::new(&self.endpoints, credentials), token);
    }

    /// Requests one batch, once, and waits this long for its answer.
    pub(crate) async fn unicast_batch(
        &self,
        token: &Secret,
        body: BatchBody,
        limit: Duration,
    ) -> BatchAnswer {
        let url = hosts::join(&self.endpoints.push, Call::UnicastBatch.path());
        let outgoing = Outgoing::Post(body.with_token(token));
        match self.http.send(&url, &Request::FORM_HEADERS, outgoing, limit).await {
            Err(Fault::NotSent(unsent, again)) => BatchAnswer::NotSent(unsent, again),
            Err(fault) => BatchAnswer::Unknown(fault.words()),
            Ok(reply) if reply.redirect.is_some() => {
                BatchAnswer::Unknown(format!("a redirect (HTTP {})", reply.status))
            }
            Ok(reply) if !reply.whole => BatchAnswer::Unknown("an answer longer than 1 MiB".to_owned()),
            Ok(reply) => read(reply.status, &reply.body, token),
        }
    }
}

/// The documented form, read without a tree.
#[derive(Deserialize)]
struct Documented<'a> {
    code: i64,
    #[serde(borrow)]
    data: Vec<DocumentedItem<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DocumentedItem<'a> {
    #[serde(borrow)]
    message_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    registration_id: Option<Cow<'a, str>>,
    error_code: Option<i64>,
    #[serde(borrow)]
    error_message: Option<Cow<'a, str>>,
}

fn read(status: u16, body: &[u8], token: &Secret) -> BatchAnswer {
    let masked =
        |text: &str| masking::in_answer(text, &[token.reveal()]).chars().take(200).collect::<String>();
    if (200..300).contains(&status)
        && let Ok(Documented { code: 0, data }) = serde_json::from_slice(body)
        && data.iter().all(|item| item.message_id.is_some() || item.error_code.is_some())
    {
        let item = |item: DocumentedItem<'_>| {
            let target = item.registration_id.map(Cow::into_owned);
            let words = item.error_message.as_deref().map(masked).unwrap_or_default();
            (target, item_answer(item.message_id.as_deref(), item.error_code, words))
        };
        return BatchAnswer::Items(data.into_iter().map(item).collect());
    }
    match answer::read(status, body) {
        Answer::Unreadable(why) => BatchAnswer::Unknown(format!("OPPO's answer is {}", masked(&why))),
        Answer::Refused { code, message } => BatchAnswer::Refused(VendorError {
            call: Call::UnicastBatch,
            code,
            vendor_message: masked(&message),
        }),
        Answer::Success { data } => match data.get("") {
            Some(Value::Array(items)) => {
                BatchAnswer::Items(items.iter().map(|item| lenient(item, masked)).collect())
            }
            _ => BatchAnswer::Unknown("OPPO answered success, but without a list of items".to_owned()),
        },
    }
}

/// An item in another form than the documented one.
fn lenient(item: &Value, masked: impl Fn(&str) -> String) -> (Option<String>, ItemAnswer) {
    let none = Map::new();
    let fields = item.as_object().unwrap_or(&none);
    let named = |names: &[&str]| names.iter().find_map(|name| fields.get(*name));
    let text = |names: &[&str]| named(names).and_then(Value::as_str);
    let code = named(&["errorCode", "error_code"]).and_then(answer::integer);
    let words = text(&["errorMessage", "error_message"]).map(masked).unwrap_or_default();
    let target = text(&["registrationId", "registration_id"]).map(str::to_owned);
    (target, item_answer(answer::message_id(fields).as_deref(), code, words))
}

fn item_answer(message_id: Option<&str>, code: Option<i64>, words: String) -> ItemAnswer {
    match (code, message_id) {
        (Some(code), _) if code != 0 => ItemAnswer::Refused { code, words },
        (_, Some(id)) if answer::is_usable_id(id) => ItemAnswer::Accepted { message_id: id.to_owned() },
        _ => ItemAnswer::Silent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn items(body: &str) -> Vec<(Option<String>, ItemAnswer)> {
        match read(200, body.as_bytes(), &Secret::new("token-of-the-test")) {
            BatchAnswer::Items(items) => items,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn items_are_read_one_by_one_in_every_form() {
        let refused = ItemAnswer::Refused { code: 10000, words: "Invalid".to_owned() };
        for body in [
            r#"{"code":0,"message":"","data":[{"messageId":"m1","registrationId":"r1"},
                {"messageId":"m2","registrationId":"r2","errorCode":10000,"errorMessage":"Invalid"}]}"#,
            r#"{"code":"0","data":[{"message_id":"m1","registration_id":"r1"},
                {"registration_id":"r2","error_code":"10000","error_message":"Invalid"}]}"#,
        ] {
            let items = items(body);
            assert_eq!(items[0], (Some("r1".into()), ItemAnswer::Accepted { message_id: "m1".into() }));
            assert_eq!(items[1], (Some("r2".into()), refused.clone()));
        }
    }

    #[test]
    fn an_item_without_id_and_code_is_not_success() {
        for body in [
            r#"{"code":0,"data":[{}]}"#,
            r#"{"code":0,"data":[{"registrationId":"r1"}]}"#,
            r#"{"code":0,"data":[{"messageId":""}]}"#,
            r#"{"code":0,"data":[7]}"#,
        ] {
            assert_eq!(items(body)[0].1, ItemAnswer::Silent, "{body}");
        }
    }

    #[test]
    fn what_is_not_a_list_of_items_is_unknown_or_refused() {
        let read = |status, body: &str| read(status, body.as_bytes(), &Secret::new("token-of-the-test"));
        assert!(
            matches!(read(200, r#"{"code":33,"message":"x"}"#), BatchAnswer::Refused(error) if error.code == 33)
        );
        for (status, body) in
            [(200, "<html>"), (502, ""), (200, r#"{"code":0,"data":{}}"#), (500, r#"{"code":0,"data":[]}"#)]
        {
            assert!(matches!(read(status, body), BatchAnswer::Unknown(_)), "{body}");
        }
        let echoed = read(200, r#"{"code":40,"message":"bad token-of-the-test"}"#);
        assert!(matches!(echoed, BatchAnswer::Refused(error) if !error.vendor_message.contains("token-of")));
    }

    proptest! {
        #[test]
        fn any_text_survives_json_and_the_form(text in any::<String>(), token in "[ -~]{1,20}") {
            let mut body = BatchBody::new();
            body.open(2, "r1");
            body.json("{\"title\":");
            body.text(&text);
            body.json("}");
            body.close();
            let form = body.with_token(&Secret::new(token.as_str()));
            let pairs: Vec<(String, String)> =
                url::form_urlencoded::parse(form.as_bytes()).into_owned().collect();
            prop_assert_eq!(&pairs[1], &("auth_token".to_owned(), token));
            let messages: Value = serde_json::from_str(&pairs[0].1).expect("JSON");
            prop_assert_eq!(&messages[0]["notification"]["title"], &Value::from(text));
            prop_assert_eq!(&messages[0]["target_type"], 2);
        }
    }
}
