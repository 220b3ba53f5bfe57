//! The envelope of every REST answer, in all the odd shapes that documents and servers have (IM reference, sections 5, 8).
//! What is beside it belongs to each call.

use serde_json::{Map, Value};

/// Longest text of the server's that is repeated to a person.
const WORDS: usize = 300;

/// What an answer says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Envelope {
    /// ErrorCode 0. `partly`: ActionStatus says that not all of it was done.
    Done {
        partly: bool,
        body: Map<String, Value>,
    },
    Refused {
        code: i64,
        info: String,
    },
    /// Not the envelope; why continues "the answer is".
    Unreadable(String),
}

/// Reads an answer. ErrorInfo is never compared: documents spell "succeed" in several ways, or leave it out.
pub(crate) fn read(status: u16, content_type: Option<&str>, body: &[u8]) -> Envelope {
    if content_type.is_some_and(|kind| kind.contains("html")) || body.trim_ascii_start().starts_with(b"<") {
        return Envelope::Unreadable(format!(
            "an HTML page, not the IM server's JSON (HTTP {status}): a proxy or another server answered"
        ));
    }
    if body.trim_ascii().is_empty() {
        return Envelope::Unreadable(format!("empty (HTTP {status})"));
    }
    let body = match serde_json::from_slice(body) {
        Ok(Value::Object(body)) => body,
        Ok(_) => return Envelope::Unreadable(format!("JSON, but not an object (HTTP {status})")),
        Err(_) => return Envelope::Unreadable(format!("not JSON (HTTP {status})")),
    };
    let action = text(body.get("ActionStatus")).unwrap_or_default();
    let code = match body.get("ErrorCode") {
        Some(value) => match int(Some(value)) {
            Some(code) => Some(code),
            None => return Envelope::Unreadable(format!("without a number in ErrorCode (HTTP {status})")),
        },
        None => None,
    };
    match (code, action.as_str()) {
        (Some(0), "FAIL") => {
            Envelope::Unreadable("contradictory: ActionStatus FAIL with ErrorCode 0".to_owned())
        }
        (Some(code), _) if code != 0 => Envelope::Refused { code, info: info(&body) },
        (Some(_), _) | (None, "OK" | "SomeError") if !(200..300).contains(&status) => {
            Envelope::Unreadable(format!("success, but with HTTP {status}"))
        }
        (Some(_), _) | (None, "OK" | "SomeError") => Envelope::Done { partly: action == "SomeError", body },
        (None, _) => {
            Envelope::Unreadable(format!("not the IM server's envelope: it has no ErrorCode (HTTP {status})"))
        }
    }
}

/// ErrorInfo, or the ErrorDisplay that some versions add.
fn info(body: &Map<String, Value>) -> String {
    let words = text(body.get("ErrorInfo")).filter(|words| !words.is_empty());
    words.or_else(|| text(body.get("ErrorDisplay"))).unwrap_or_default()
}

/// A whole number, also one that is written as a string or with a fraction of zero.
pub(crate) fn int(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Number(number) => number.as_i64().or_else(|| {
            number
                .as_f64()
                .filter(|float| float.fract() == 0.0 && float.abs() < 9e15)
                .map(|float| float as i64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A text, cut to a length that fits a message. Numbers are given as text.
pub(crate) fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some(cut(&text))
}

/// The same for any text of the server's.
pub(crate) fn cut(text: &str) -> String {
    text.chars().take(WORDS).collect()
}

/// The objects of a list.
pub(crate) fn objects<'a>(
    body: &'a Map<String, Value>,
    key: &str,
) -> impl Iterator<Item = &'a Map<String, Value>> {
    body.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(body: &str) -> Envelope {
        read(200, Some("application/json"), body.as_bytes())
    }

    /// "done", "partly", the code with its words, or what is unreadable.
    fn said(body: &str) -> String {
        match of(body) {
            Envelope::Done { partly: false, .. } => "done".into(),
            Envelope::Done { partly: true, .. } => "partly".into(),
            Envelope::Refused { code, info } => format!("{code} {info}"),
            Envelope::Unreadable(why) => why,
        }
    }

    #[test]
    fn the_odd_shapes_of_the_reference() {
        for (body, expected) in [
            (r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#, "done"),
            (r#"{"ActionStatus":"OK","ErrorCode":0}"#, "done"),
            (r#"{"ErrorCode":0,"ErrorInfo":"OK"}"#, "done"),
            (r#"{"ActionStatus":"OK","ErrorInfo":"sucess","ErrorCode":0}"#, "done"),
            (r#"{"ActionStatus":"OK","ErrorCode":"0"}"#, "done"),
            (r#"{"ActionStatus":"OK","ErrorCode":0.0}"#, "done"),
            (r#"{"ActionStatus":"OK"}"#, "done"),
            (r#"{"ActionStatus":"SomeError","ErrorCode":0,"ErrorInfo":""}"#, "partly"),
            (
                r#"{"ActionStatus":"FAIL","ErrorInfo":"Fail to Parse json data of body, Please check it","ErrorCode":90001}"#,
                "90001 Fail to Parse json data of body, Please check it",
            ),
            (r#"{"ActionStatus":"FAIL","ErrorCode":"70001"}"#, "70001 "),
            (
                r#"{"ActionStatus":"FAIL","ErrorCode":70003,"ErrorInfo":"","ErrorDisplay":"shown"}"#,
                "70003 shown",
            ),
            (r#"{"ActionStatus":"OK","ErrorCode":70107,"ErrorInfo":7}"#, "70107 7"),
            (r#"{"ErrorCode":-1,"ErrorInfo":"a\nb"}"#, "-1 a\nb"),
        ] {
            assert_eq!(said(body), expected, "{body}");
        }
    }

    #[test]
    fn what_is_not_the_envelope() {
        for (body, expected) in [
            ("", "empty (HTTP 200)"),
            ("ok", "not JSON (HTTP 200)"),
            ("[]", "JSON, but not an object (HTTP 200)"),
            ("{}", "not the IM server's envelope: it has no ErrorCode (HTTP 200)"),
            (
                r#"{"code":0,"message":"Success"}"#,
                "not the IM server's envelope: it has no ErrorCode (HTTP 200)",
            ),
            (r#"{"ActionStatus":"FAIL"}"#, "not the IM server's envelope: it has no ErrorCode (HTTP 200)"),
            (r#"{"ActionStatus":"FAIL","ErrorCode":0}"#, "contradictory: ActionStatus FAIL with ErrorCode 0"),
            (r#"{"ActionStatus":"OK","ErrorCode":null}"#, "without a number in ErrorCode (HTTP 200)"),
            (r#"{"ActionStatus":"OK","ErrorCode":"zero"}"#, "without a number in ErrorCode (HTTP 200)"),
            (
                "  <html>502</html>",
                "an HTML page, not the IM server's JSON (HTTP 200): a proxy or another server answered",
            ),
        ] {
            assert_eq!(said(body), expected, "{body}");
        }
        let ok = br#"{"ActionStatus":"OK","ErrorCode":0}"#;
        assert_eq!(read(502, None, ok), Envelope::Unreadable("success, but with HTTP 502".into()));
        assert!(matches!(read(200, Some("text/html"), ok), Envelope::Unreadable(_)));
        let no = br#"{"ActionStatus":"FAIL","ErrorCode":60008}"#;
        assert_eq!(read(502, None, no), Envelope::Refused { code: 60008, info: String::new() });
    }

    #[test]
    fn long_and_deep_answers_are_bounded() {
        let long = format!(r#"{{"ErrorCode":1,"ErrorInfo":"{}"}}"#, "x".repeat(10_000));
        assert_eq!(said(&long).len(), 2 + WORDS);
        assert_eq!(said(&"{\"a\":".repeat(50_000)), "not JSON (HTTP 200)");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), status in 100u16..600) {
            let _ = read(status, None, &bytes);
        }
    }
}
