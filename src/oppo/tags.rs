//! The tag calls of the device API (OPPO reference, section 7), and what a tag's name may be.

use super::ask::Question;
use super::{Call, RegId};
use crate::failure::{Kind, Problem};

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
}
