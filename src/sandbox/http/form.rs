//! application/x-www-form-urlencoded bodies and queries (OPPO reference, section 3).

/// The decoded fields, in the order sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) fields: Vec<(String, String)>,
    /// Why a field was left out: it is badly encoded.
    pub(crate) flaw: Option<String>,
}

impl Form {
    pub(crate) fn parse(text: &[u8]) -> Form {
        let mut form = Form::default();
        for pair in text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &[][..]),
            };
            match decode(name).and_then(|name| Ok((name, decode(value)?))) {
                Ok(field) => form.fields.push(field),
                Err(flaw) => form.flaw = form.flaw.or(Some(flaw)),
            }
        }
        form
    }

    /// The first field of this name.
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The first field of this name unless it is empty, which counts as missing.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.first(name).filter(|value| !value.is_empty())
    }

    /// The first of these names that is there twice.
    pub(crate) fn twice<'n>(&self, names: &[&'n str]) -> Option<&'n str> {
        let times = |name: &str| self.fields.iter().filter(|(field, _)| field == name).count();
        names.iter().copied().find(|name| times(name) > 1)
    }

    /// The names that are none of these, as the log lists them; `None` where there are none.
    pub(crate) fn unknown(&self, known: &[&str]) -> Option<String> {
        let names = self.fields.iter().map(|(name, _)| name.as_str());
        let unknown: Vec<&str> = names.filter(|name| !known.contains(name)).collect();
        (!unknown.is_empty()).then(|| format!("unknown-fields: {}", unknown.join(", ")))
    }
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
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// An encoded text as a person reads it; what is not encoded stays as it is.
pub(crate) fn readable(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        bytes.push(match (byte, after) {
            (b'+', _) => b' ',
            (b'%', [high, low, after @ ..]) => match (hex_digit(high), hex_digit(low)) {
                (Some(high), Some(low)) => {
                    rest = after;
                    high << 4 | low
                }
                _ => b'%',
            },
            _ => *byte,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Encodes one value as a form does.
pub(crate) fn encode(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        let fields = pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        Form { fields, flaw: None }
    }

    #[test]
    fn fields_are_read_as_browsers_write_them() {
        assert_eq!(
            Form::parse(b"a=1+2&&b=%E4%BD%A0&c&d=x=y"),
            form(&[("a", "1 2"), ("b", "你"), ("c", ""), ("d", "x=y")])
        );
        assert_eq!(Form::parse("raw=你".as_bytes()), form(&[("raw", "你")]));
        assert_eq!(Form::parse(b""), Form::default());
    }

    #[test]
    fn an_encoded_text_becomes_readable() {
        assert_eq!(readable("a=%E4%BD%A0+b&c=%zz%4"), "a=你 b&c=%zz%4");
    }

    #[test]
    fn badly_encoded_fields_are_left_out_and_named() {
        for body in [&b"a=%"[..], b"a=%2", b"a=%zz", b"a=%E4%BD", b"a=\xff", b"%ff=a"] {
            let form = Form::parse(&[body, b"&b=1"].concat());
            assert!(form.flaw.is_some() && form.fields.len() == 1, "{body:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(name in ".+", value in ".*") {
            let body = format!("{}={}", encode(&name), encode(&value));
            prop_assert_eq!(Form::parse(body.as_bytes()), form(&[(&name, &value)]));
        }

        #[test]
        fn any_body_is_read(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Form::parse(&body);
        }
    }
}
