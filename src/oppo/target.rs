//! What one unicast is: to whom, with what notification (OPPO reference, section 4.1).
//! The notification's own rules belong to `notification`; the user behind a regId, to `push`.

use super::RegId;
use crate::failure::{Kind, Problem};
use serde_json::{Map, Value};

/// At most this many characters in an alias (OPPO reference, section 7).
pub(crate) const MAX_ALIAS: usize = 64;

/// A name that the app gave to its regId: at most 64 characters, no `;`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Alias(String);

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
    pub fn parse(text: &str) -> Result<Alias, Problem> {
        let length = text.chars().count();
        if text.trim().is_empty() {
            let hint = "give the alias that the app set for its regId";
            Err(Problem::new(Kind::Empty, "the alias is empty", hint))
        } else if length > MAX_ALIAS {
            let message = format!("the alias has {length} characters, OPPO takes {MAX_ALIAS}");
            let hint = format!("use an alias of at most {MAX_ALIAS} characters");
            Err(Problem::new(Kind::TooLong, message, hint))
        } else if text.contains(';') {
            let message = "the alias contains a semicolon, which OPPO uses to separate aliases";
            Err(Problem::new(Kind::BadAlias, message, "send to each alias by a command of its own"))
        } else if text.chars().any(char::is_control) {
            let message = "the alias contains a control character";
            Err(Problem::new(Kind::ControlCharacter, message, "type the alias as the app set it"))
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_alias_has_64_characters_and_no_semicolon() {
        assert!(Alias::parse(&"你".repeat(64)).is_ok());
        let kind = |text: &str| Alias::parse(text).err().map(|problem| problem.kind);
        assert_eq!(kind(&"a".repeat(65)), Some(Kind::TooLong));
        assert_eq!(kind("a;b"), Some(Kind::BadAlias));
        assert_eq!(kind("  "), Some(Kind::Empty));
        assert_eq!(kind("a\tb"), Some(Kind::ControlCharacter));
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
