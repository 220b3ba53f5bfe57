//! What one unicast is: to whom, with what notification (OPPO reference, section 4.1).
//! The notification's own rules belong to `notification`; the user behind a regId, to `push`.

use super::RegId;
use crate::failure::{Explain, Kind, Problem};
use serde_json::{Map, Value};

/// At most this many characters in an alias (OPPO reference, section 7).
pub(crate) const MAX_ALIAS: usize = 64;

/// A name that the app gave to its regId: at most 64 characters, no `;`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Alias(String);

/// Why a text is not an alias.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AliasError {
    #[error("the alias is empty")]
    Empty,
    #[error("the alias has {0} characters, OPPO takes {MAX_ALIAS}")]
    TooLong(usize),
    #[error("the alias contains a semicolon, which OPPO uses to separate aliases")]
    Semicolon,
    #[error("the alias contains a control character")]
    ControlCharacter,
}

/// The one addressee of a unicast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    RegId(RegId),
    Alias(Alias),
}

/// One notification to one target.
#[derive(Clone, Debug)]
pub struct Push<'a> {
    pub target: &'a Target,
    /// The wire form, snake_case, with its `app_message_id`.
    pub notification: &'a Map<String, Value>,
    /// Ask the phone to drop the message if its own regId differs.
    pub verify_registration_id: bool,
}

impl Alias {
    pub fn parse(text: &str) -> Result<Alias, AliasError> {
        let length = text.chars().count();
        if text.trim().is_empty() {
            Err(AliasError::Empty)
        } else if length > MAX_ALIAS {
            Err(AliasError::TooLong(length))
        } else if text.contains(';') {
            Err(AliasError::Semicolon)
        } else if text.chars().any(char::is_control) {
            Err(AliasError::ControlCharacter)
        } else {
            Ok(Alias(text.to_owned()))
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Target {
    /// 2 regId, 5 alias.
    pub(crate) fn target_type(&self) -> u8 {
        match self {
            Target::RegId(_) => 2,
            Target::Alias(_) => 5,
        }
    }

    pub(crate) fn value(&self) -> &str {
        match self {
            Target::RegId(reg_id) => reg_id.as_str(),
            Target::Alias(alias) => alias.as_str(),
        }
    }
}

impl Push<'_> {
    /// The vendor sends one `app_message_id` to one target once (OPPO reference, section 5), so a repeat of such a push
    /// cannot notify twice. For an alias, this is not relied upon: its regId may change between the tries.
    pub(super) fn repeat_is_harmless(&self) -> bool {
        let id = self.notification.get("app_message_id");
        matches!(self.target, Target::RegId(_)) && id.and_then(Value::as_str).is_some_and(|id| !id.is_empty())
    }
}

impl Explain for AliasError {
    fn explain(self) -> Problem {
        let (kind, hint) = match self {
            AliasError::Empty => (Kind::Empty, "give the alias that the app set for its regId".to_owned()),
            AliasError::TooLong(_) => {
                (Kind::TooLong, format!("use an alias of at most {MAX_ALIAS} characters"))
            }
            AliasError::Semicolon => {
                (Kind::BadAlias, "send to each alias by a command of its own".to_owned())
            }
            AliasError::ControlCharacter => {
                (Kind::ControlCharacter, "type the alias as the app set it".to_owned())
            }
        };
        Problem::new(kind, self.to_string(), hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_alias_has_64_characters_and_no_semicolon() {
        assert!(Alias::parse(&"你".repeat(64)).is_ok());
        assert_eq!(Alias::parse(&"a".repeat(65)), Err(AliasError::TooLong(65)));
        assert_eq!(Alias::parse("a;b"), Err(AliasError::Semicolon));
        assert_eq!(Alias::parse("  "), Err(AliasError::Empty));
        assert_eq!(Alias::parse("a\tb"), Err(AliasError::ControlCharacter));
        assert_eq!(AliasError::Semicolon.explain().kind, Kind::BadAlias);
    }

    #[test]
    fn only_a_reg_id_with_an_app_message_id_is_repeated_without_harm() {
        let reg_id = Target::RegId(RegId::parse("00000000000000000000000000000001").expect("valid"));
        let alias = Target::Alias(Alias::parse("alice").expect("valid"));
        let with = json!({"title": "t", "app_message_id": "m1"});
        let without = json!({"title": "t"});
        let harmless = |target: &Target, notification: &Value| {
            let notification = notification.as_object().expect("an object");
            Push { target, notification, verify_registration_id: false }.repeat_is_harmless()
        };
        assert!(harmless(&reg_id, &with));
        assert!(!harmless(&reg_id, &without));
        assert!(!harmless(&alias, &with));
    }
}
