//! Strict reading of an application/x-www-form-urlencoded body (OPPO reference, section 3).
//! Which fields a call wants belongs to the call.

use super::notes::{Notes, Stop};
use super::request::Request;

/// The decoded fields, in the order sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the request's body. A body that is no form has no fields, as with any servlet; 25 for one that is not
    /// UTF-8 or badly encoded, 41 for a body that did not arrive or a field of `known` given twice.
    pub(crate) fn read(request: &Request, known: &[&str], notes: &mut Notes) -> Result<Form, Stop> {
        let body = match &request.body {
            Ok(body) => body,
            Err(fault) => return Err(notes.refuse("body", 41, fault.to_string())),
        };
        let (media, charset) = request.content_type();
        if charset.as_deref().is_some_and(|charset| charset != "utf-8" && charset != "utf8") {
            return Err(notes.refuse("encoding", 25, format!("charset {}", charset.unwrap_or_default())));
        }
        if media != "application/x-www-form-urlencoded" {
            let detail = format!("`{media}` is not application/x-www-form-urlencoded: no fields are read");
            notes.fail("content-type", detail);
            return Ok(Form::default());
        }
        notes.pass("content-type", "");
        let form = parse(body).map_err(|detail| notes.refuse("encoding", 25, detail))?;
        notes.pass("encoding", "");
        for name in known {
            if form.0.iter().filter(|(field, _)| field == name).count() > 1 {
                return Err(notes.refuse("fields", 41, format!("{name} is given twice")));
            }
        }
        let strangers: Vec<&str> =
            form.0.iter().map(|(name, _)| name.as_str()).filter(|name| !known.contains(name)).collect();
        if !strangers.is_empty() {
            notes.dialect(format!("unknown-fields: {}", strangers.join(", ")));
        }
        Ok(form)
    }

    /// A field that is there and not empty: an empty one counts as missing.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }
}

fn parse(body: &[u8]) -> Result<Form, String> {
    let mut fields = Vec::new();
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &[][..]),
        };
        fields.push((decode(name)?, decode(value)?));
    }
    Ok(Form(fields))
}

/// Percent-decodes one name or value; `+` is a space.
pub(crate) fn decode(text: &[u8]) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(&byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = (rest.next().and_then(hex_digit), rest.next().and_then(hex_digit));
                let (Some(high), Some(low)) = digits else {
                    return Err("a % is not followed by two hex digits".into());
                };
                high << 4 | low
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| "not UTF-8".into())
}

fn hex_digit(byte: &u8) -> Option<u8> {
    char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Encodes one value as a form does.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => encoded.push(byte.into()),
            b' ' => encoded.push('+'),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        Form(pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
    }

    #[test]
    fn fields_are_read_as_browsers_write_them() {
        assert_eq!(
            parse(b"a=1+2&&b=%E4%BD%A0&c&d=x=y"),
            Ok(form(&[("a", "1 2"), ("b", "你"), ("c", ""), ("d", "x=y")]))
        );
        assert_eq!(parse("raw=你".as_bytes()), Ok(form(&[("raw", "你")])));
        assert_eq!(parse(b""), Ok(Form::default()));
    }

    #[test]
    fn bad_encodings_are_refused() {
        for body in [&b"a=%"[..], b"a=%2", b"a=%zz", b"a=%E4%BD", b"a=\xff", b"%ff=a"] {
            assert!(parse(body).is_err(), "{body:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(name in ".+", value in ".*") {
            let body = format!("{}={}", encode(&name), encode(&value));
            prop_assert_eq!(parse(body.as_bytes()), Ok(form(&[(&name, &value)])));
        }

        #[test]
        fn any_body_is_answered(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&body);
        }
    }
}
