//! The form body of a call: fields in order, encoded for the wire, and masked for people (OPPO reference, section 3).
//! Which fields a call has belongs to `request`.

use crate::config::Secret;
use crate::masking::{self, MASK};
use url::form_urlencoded;
use zeroize::Zeroizing;

/// One field of a form. A secret one is sent, and never shown.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(crate) name: &'static str,
    pub(crate) value: FieldValue,
}

#[derive(Clone, Debug)]
pub(super) enum FieldValue {
    Plain(String),
    Secret(Secret),
}

impl Field {
    pub(crate) fn plain(name: &'static str, value: impl Into<String>) -> Field {
        Field { name, value: FieldValue::Plain(value.into()) }
    }

    pub(crate) fn secret(name: &'static str, value: Secret) -> Field {
        Field { name, value: FieldValue::Secret(value) }
    }

    /// Name and value as they may be shown.
    pub(crate) fn masked(&self) -> (String, String) {
        let value = match &self.value {
            FieldValue::Plain(value) => masking::in_paths(value),
            FieldValue::Secret(_) => MASK.to_owned(),
        };
        (self.name.to_owned(), value)
    }

    fn revealed(&self) -> &str {
        match &self.value {
            FieldValue::Plain(value) => value,
            FieldValue::Secret(secret) => secret.reveal(),
        }
    }
}

/// `application/x-www-form-urlencoded`, UTF-8: a space is `+`, everything but letters, digits and `*-._` is
/// percent-encoded.
pub(super) fn encode(fields: &[Field]) -> Zeroizing<String> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for field in fields {
        form.append_pair(field.name, field.revealed());
    }
    Zeroizing::new(form.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            let body = encode(&[Field::plain("message", value.clone())]);
            let (name, encoded) = body.split_once('=').expect("a pair");
            prop_assert_eq!(name, "message");
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"*-._+%".contains(&b)));
            prop_assert_eq!(decode(encoded), value);
        }
    }
}
