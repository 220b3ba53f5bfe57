//! Texts about which no rule has anything to say, told quickly: most rows of a large file have nothing else.

use super::fields::{Field, Type};

/// Whether this text of `field` is right and gives no warning, whatever the other fields are. `false` where only the
/// whole check can tell.
pub(crate) fn is_plain(field: Field, text: &str) -> bool {
    let Type::Shown(limit) = field.row().kind else { return false };
    let limits = [limit.warn, limit.max, limit.long_text];
    let Some(most) = limits.into_iter().flatten().min() else { return false };
    let (mut units, mut shows) = (0, false);
    for c in text.chars() {
        if c.is_control() {
            return false;
        }
        units += c.len_utf16();
        shows |= !c.is_whitespace();
    }
    shows && units <= most
}

#[cfg(test)]
mod tests {
    use super::super::{Draft, Origin, TargetKind};
    use super::*;
    use crate::clock::Timestamp;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_whole_check_agrees(text in "[ -~\\n你😀\u{7f}]{0,60}", style in 1..=2i64) {
            for field in [Field::Title, Field::Content] {
                let other = if field == Field::Title { Field::Content } else { Field::Title };
                let mut draft = Draft::new();
                draft.put(Field::Style, style, Origin::Row("style".into()));
                draft.put(other, "x", Origin::Row("other".into()));
                draft.put(Field::ChannelId, "c", Origin::Row("channel".into()));
                draft.put(field, text.as_str(), Origin::Row("it".into()));
                let checked = draft.check(Timestamp::UNIX_EPOCH, TargetKind::RegId);
                if is_plain(field, &text) {
                    prop_assert!(checked.is_ok_and(|checked| checked.warnings().is_empty()));
                }
            }
        }
    }
}
