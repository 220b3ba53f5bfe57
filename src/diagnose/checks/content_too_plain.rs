//! Whether the newest delivery's text is so plain that vendors filter it.
//! Which texts are filtered is not documented; a whole sentence is not.

use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the text is a meaningful one";
pub(super) const REMEDY: Remedy = Remedy::say("send a whole sentence");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let sent = evidence.last_sent()?;
    let Some(notification) = sent::notification(sent) else {
        return Err(Skipped::because("its request was not kept"));
    };
    let content = notification.get("content").and_then(|content| content.as_str()).unwrap_or_default();
    if !is_plain(content) {
        return Ok(Finding::pass("the text of the newest delivery is more than a few characters"));
    }
    Ok(Finding::warn(
        format!("the newest delivery says only {content:?}"),
        "vendors filter meaningless texts, such as a single character or digits",
    ))
}

/// One character, the same one over and over, or digits alone (tencent-im-push reference, section 13, row 31).
fn is_plain(content: &str) -> bool {
    let mut characters = content.chars().filter(|c| !c.is_whitespace());
    let Some(first) = characters.next() else { return false };
    let rest: Vec<char> = characters.collect();
    rest.iter().all(|c| *c == first) || (first.is_numeric() && rest.iter().all(|c| c.is_numeric()))
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn single_characters_and_digits_are_plain_and_sentences_are_not() {
        for plain in ["1", "a", "测", "111", "12345", "aaaa", "1 2 3"] {
            assert!(is_plain(plain), "{plain}");
        }
        for meant in ["see you at 8?", "你好", "ok", "3 apples", ""] {
            assert!(!is_plain(meant), "{meant}");
        }
    }
}
