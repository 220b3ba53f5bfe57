//! The tag calls of the device API (OPPO reference, section 7), and what a tag's name may be.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::ask::Question;
use super::{Call, RegId};
use crate::failure::{Kind, Problem, Warning};

/// A tag's name. OPPO's limits are not known; a semicolon separates tags on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag(String);

impl Tag {
    pub(crate) fn parse(text: &str) -> Result<Tag, Problem> {
        let hint = "use the tag's name as it was made";
        if text.trim().is_empty() {
            Err(Problem::new(Kind::Empty, "the tag is empty", hint))
        } else if text.trim() != text {
            Err(Problem::new(Kind::SurroundingSpace, "the tag has white space around it", hint))
        } else if text.chars().any(char::is_control) {
            Err(Problem::new(Kind::ControlCharacter, "the tag has a control character", hint))
        } else if text.contains(';') {
            let message = "the tag has a semicolon, which OPPO uses to separate tags";
            Err(Problem::new(Kind::BadName, message, "give each tag as a word of its own"))
        } else {
            Ok(Tag(text.to_owned()))
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Which tags a broadcast goes to, as JSON: `{"and":["a","b"]}`. Operators other than `and` are not confirmed.
#[derive(Clone, Debug)]
pub(crate) struct TagExpression {
    pub(crate) json: String,
    pub(crate) warnings: Vec<Warning>,
}

impl TagExpression {
    /// One tag alone means `{"and":[TAG]}`.
    pub(crate) fn parse(text: &str) -> Result<TagExpression, Problem> {
        let hint = "write a tag alone, or an expression such as {\"and\": [\"sport\", \"news\"]}";
        if !text.trim_start().starts_with(['{', '[', '"']) {
            let tag = Tag::parse(text)?;
            return Ok(TagExpression {
                json: json!({ "and": [tag.as_str()] }).to_string(),
                warnings: Vec::new(),
            });
        }
        let value: Value = serde_json::from_str(text).map_err(|error| {
            Problem::new(Kind::NotJson, format!("the tag expression is not JSON: {error}"), hint)
        })?;
        let mut operators = BTreeSet::new();
        if !value.is_object() {
            let message = "the tag expression is JSON, but not an object with an operator";
            return Err(Problem::new(Kind::NotAnObject, message, hint));
        }
        walk(&value, &mut operators)?;
        operators.remove("and");
        let warnings = operators.into_iter().map(|operator| {
            let message = format!("the operator {operator} of a tag expression is not confirmed");
            let hint = "use and alone, or try it with few phones first";
            Warning::new(message, hint).with_id("tag-operator-unconfirmed")
        });
        Ok(TagExpression { json: value.to_string(), warnings: warnings.collect() })
    }
}

/// Each operator has an array of tags or of further objects.
fn walk(value: &Value, operators: &mut BTreeSet<String>) -> Result<(), Problem> {
    let wrong = |message: String| {
        let hint = "give each operator an array of tags, such as {\"and\": [\"sport\"]}";
        Problem::new(Kind::WrongFieldType, message, hint)
    };
    match value {
        Value::String(tag) => Tag::parse(tag).map(drop),
        Value::Object(members) if !members.is_empty() => {
            for (operator, listed) in members {
                let parts = listed.as_array().filter(|parts| !parts.is_empty());
                let parts =
                    parts.ok_or_else(|| wrong(format!("the operator {operator:?} has no list of tags")))?;
                operators.insert(operator.clone());
                parts.iter().try_for_each(|part| walk(part, operators))?;
            }
            Ok(())
        }
        _ => Err(wrong("the tag expression has something that is neither a tag nor an operator".to_owned())),
    }
}

impl Question {
    pub(crate) fn add_tag(tag: &Tag, description: Option<&str>) -> Question {
        let question = Question::new(Call::AddTag).with("name", tag.as_str());
        match description {
            Some(description) => question.with("desc", description),
            None => question,
        }
    }

    pub(crate) fn subscribe_tags(reg_id: &RegId, tags: &[Tag]) -> Question {
        of_reg_id(Call::SubscribeTags, reg_id, tags)
    }

    pub(crate) fn unsubscribe_tags(reg_id: &RegId, tags: &[Tag]) -> Question {
        of_reg_id(Call::UnsubscribeTags, reg_id, tags)
    }

    pub(crate) fn all_tags(reg_id: &RegId) -> Question {
        Question::new(Call::AllTags).with("registration_id", reg_id.as_str())
    }
}

fn of_reg_id(call: Call, reg_id: &RegId, tags: &[Tag]) -> Question {
    let tags: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    Question::new(call).with("registration_id", reg_id.as_str()).with("tags", &tags.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_one_name() {
        for (text, kind) in [
            ("", Kind::Empty),
            (" ", Kind::Empty),
            (" a", Kind::SurroundingSpace),
            ("a\nb", Kind::ControlCharacter),
            ("a;b", Kind::BadName),
        ] {
            assert_eq!(Tag::parse(text).expect_err(text).kind, kind, "{text:?}");
        }
        assert_eq!(Tag::parse("体育 news").expect("a tag").as_str(), "体育 news");
    }

    #[test]
    fn an_expression_is_a_tag_or_operators_with_lists() {
        assert_eq!(TagExpression::parse("sport").expect("a tag").json, r#"{"and":["sport"]}"#);
        let nested = TagExpression::parse(r#" {"and": ["a", {"or": ["b"]}]} "#).expect("an expression");
        assert_eq!((nested.json.as_str(), nested.warnings.len()), (r#"{"and":["a",{"or":["b"]}]}"#, 1));
        for (text, kind) in [
            ("", Kind::Empty),
            ("a;b", Kind::BadName),
            ("{", Kind::NotJson),
            ("[\"a\"]", Kind::NotAnObject),
            ("{}", Kind::WrongFieldType),
            (r#"{"and":[]}"#, Kind::WrongFieldType),
            (r#"{"and":"a"}"#, Kind::WrongFieldType),
            (r#"{"and":[1]}"#, Kind::WrongFieldType),
            (r#"{"and":[" "]}"#, Kind::Empty),
        ] {
            assert_eq!(TagExpression::parse(text).expect_err(text).kind, kind, "{text}");
        }
    }
}
