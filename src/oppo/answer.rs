//! Reads the vendor's envelope out of whatever came back (OPPO reference, section 3).
//! What a success of one call must hold belongs to that call; what a code means, to `return_codes`.

use serde_json::{Map, Value};

/// An answer, by what it says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    /// Code 0. `data` is empty where the vendor left it out; a list is kept under the empty name.
    Success { data: Map<String, Value> },
    /// Any other code, with the vendor's words (cut after 500 characters).
    Refused { code: i64, message: String },
    /// Not the vendor's envelope: why, in words that continue "OPPO's answer is ...".
    Unreadable(String),
}

/// A JSON text in a JSON string is unpacked this often: one client's code suggests that the vendor did it once.
const NESTED_TEXTS: usize = 2;

/// Reads a body of at most 1 MiB.
pub(crate) fn read(status: u16, body: &[u8]) -> Answer {
    match envelope(body) {
        Err(why) => Answer::Unreadable(format!("{why} (HTTP {status})")),
        Ok((0, fields)) if !(200..300).contains(&status) => {
            // The vendor does not say what another status means; a success that contradicts itself is none.
            Answer::Unreadable(format!(
                "code 0 with HTTP {status}, which contradict each other: {}",
                keys(&fields)
            ))
        }
        Ok((0, mut fields)) => Answer::Success { data: data(fields.remove("data")) },
        Ok((code, fields)) => Answer::Refused { code, message: words(fields.get("message")) },
    }
}

/// The id of a message, under whatever name (OPPO reference, sections 4.1 and 4.3).
pub(super) fn message_id(data: &Map<String, Value>) -> Option<String> {
    let value =
        ["messageId", "message_id", "messageID", "MessageId"].iter().find_map(|key| data.get(*key))?;
    let id = match value {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => return None,
    };
    is_usable_id(&id).then_some(id)
}

pub(super) fn is_usable_id(id: &str) -> bool {
    !id.trim().is_empty() && id.len() <= 256 && !id.chars().any(char::is_control)
}

fn envelope(body: &[u8]) -> Result<(i64, Map<String, Value>), String> {
    let text = std::str::from_utf8(body).map_err(|_| "not UTF-8".to_owned())?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err("empty".to_owned());
    }
    if text.starts_with('<') {
        return Err("a web page or XML, perhaps of a proxy, and not JSON".to_owned());
    }
    let mut value: Value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
    for _ in 0..NESTED_TEXTS {
        if let Value::String(inner) = &value {
            value = serde_json::from_str(inner).map_err(|_| "a JSON string and not an object".to_owned())?;
        }
    }
    let Value::Object(fields) = value else {
        return Err("JSON, but not an object".to_owned());
    };
    let code = fields.get("code").and_then(integer).ok_or("a JSON object without a numeric code")?;
    Ok((code, fields))
}

/// A whole number, also as a string or with a decimal point.
pub(super) fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number
            .as_i64()
            .or_else(|| number.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < 1e15).map(|n| n as i64)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn data(value: Option<Value>) -> Map<String, Value> {
    match value {
        Some(Value::Object(data)) => data,
        Some(list @ Value::Array(_)) => Map::from_iter([(String::new(), list)]),
        Some(Value::String(text)) => serde_json::from_str(&text).unwrap_or_default(),
        _ => Map::new(),
    }
}

fn words(message: Option<&Value>) -> String {
    let text = match message {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    text.chars().take(500).collect::<String>().trim().to_owned()
}

fn keys(fields: &Map<String, Value>) -> String {
    let keys: Vec<&str> = fields.keys().map(String::as_str).take(5).collect();
    format!("{{{}}}", keys.join(", ")).chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn success(text: &str) -> Option<String> {
        match read(200, text.as_bytes()) {
            Answer::Success { data } => message_id(&data),
            other => panic!("{text}: {other:?}"),
        }
    }

    fn refused(text: &str) -> (i64, String) {
        match read(200, text.as_bytes()) {
            Answer::Refused { code, message } => (code, message),
            other => panic!("{text}: {other:?}"),
        }
    }

    fn unreadable(status: u16, body: &[u8]) -> String {
        match read(status, body) {
            Answer::Unreadable(why) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_message_id_is_found_in_every_shape() {
        for text in [
            r#"{"code":0,"message":"","data":{"messageId":"1-1-1-a"}}"#,
            r#"{"code":0,"data":{"message_id":"1-1-1-a"}}"#,
            r#"{"code":"0","message":null,"data":{"messageId":"1-1-1-a"}}"#,
            r#"{"code":0.0,"data":{"messageId":"1-1-1-a","x":[1]}}"#,
            r#"{"code":0,"data":"{\"messageId\":\"1-1-1-a\"}"}"#,
            r#""{\"code\":0,\"data\":{\"messageId\":\"1-1-1-a\"}}""#,
            "\u{feff} {\"code\":0,\"data\":{\"messageId\":\"1-1-1-a\"}}\r\n",
        ] {
            assert_eq!(success(text).as_deref(), Some("1-1-1-a"), "{text}");
        }
        assert_eq!(success(r#"{"code":0,"data":{"messageId":17}}"#).as_deref(), Some("17"));
    }

    #[test]
    fn a_success_may_lack_one() {
        for text in [
            r#"{"code":0}"#,
            r#"{"code":0,"data":null}"#,
            r#"{"code":0,"data":[]}"#,
            r#"{"code":0,"data":{"messageId":""}}"#,
            r#"{"code":0,"data":{"messageId":null}}"#,
            r#"{"code":0,"data":{"messageId":{"a":1}}}"#,
            r#"{"code":0,"data":{"messageId":"a\u001b[2Jb"}}"#,
            r#"{"code":0,"data":"soon"}"#,
        ] {
            assert_eq!(success(text), None, "{text}");
        }
    }

    #[test]
    fn a_refusal_keeps_the_vendors_words() {
        assert_eq!(refused(r#"{"code":10000,"message":"Invalid"}"#), (10000, "Invalid".to_owned()));
        assert_eq!(refused(r#"{"code":"-1","message":"\u001b[31mred"}"#), (-1, "\u{1b}[31mred".to_owned()));
        assert_eq!(refused(r#"{"code":11}"#), (11, String::new()));
        assert_eq!(refused(r#"{"code":11,"message":{"a":1}}"#), (11, r#"{"a":1}"#.to_owned()));
        assert_eq!(refused(&format!(r#"{{"code":41,"message":"{}"}}"#, "x".repeat(9000))).1.len(), 500);
        assert!(matches!(read(500, br#"{"code":-1}"#), Answer::Refused { code: -1, .. }));
    }

    #[test]
    fn what_is_no_envelope_says_why() {
        assert_eq!(unreadable(204, b""), "empty (HTTP 204)");
        assert!(unreadable(502, b"<html>Bad Gateway</html>").starts_with("a web page"));
        assert_eq!(unreadable(200, b"{\"code\":0,\"message\":\"\xff\"}"), "not UTF-8 (HTTP 200)");
        assert!(unreadable(200, b"{\"code\":0,\"data\":{\"mess").starts_with("not JSON"));
        assert!(unreadable(200, b"[1]").starts_with("JSON, but not an object"));
        assert!(unreadable(200, b"{\"code\":true}").contains("without a numeric code"));
        assert!(unreadable(200, b"{\"code\":1.5}").contains("without a numeric code"));
        assert!(unreadable(200, b"\"hello\"").contains("a JSON string"));
        assert!(unreadable(200, "[".repeat(100_000).as_bytes()).starts_with("not JSON: recursion limit"));
        assert!(unreadable(500, br#"{"code":0,"data":{"messageId":"a"}}"#).contains("contradict"));
    }

    proptest! {
        #[test]
        fn no_body_makes_it_panic(status in 100u16..600, body in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Answer::Unreadable(why) = read(status, &body) {
                prop_assert!(!why.is_empty());
            }
        }

        #[test]
        fn every_code_is_read_as_number_and_as_text(code in any::<i32>()) {
            let expect_code = i64::from(code);
            for text in [format!(r#"{{"code":{code}}}"#), format!(r#"{{"code":" {code} "}}"#)] {
                match read(200, text.as_bytes()) {
                    Answer::Success { .. } => prop_assert_eq!(code, 0),
                    Answer::Refused { code, .. } => prop_assert_eq!(code, expect_code),
                    Answer::Unreadable(why) => prop_assert!(false, "{}", why),
                }
            }
        }
    }
}
