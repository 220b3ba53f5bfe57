//! The text of a configuration file with its name: positions, and the source of a value in it.

use super::excerpt::{self, Part};
use super::mask;
use super::source::Source;
use std::fmt;
use std::ops::Range;
use zeroize::Zeroizing;

/// A file's text without its byte order mark. It may hold plain secrets: wiped on drop, not shown by `Debug`.
#[derive(Clone)]
pub(crate) struct Text {
    name: String,
    text: Zeroizing<String>,
    line_starts: Vec<usize>,
    /// The characters before every [`STEP`] bytes, so that a column in a long line is found without counting all of it.
    counted: Vec<usize>,
    secrets: Vec<Range<usize>>,
}

const STEP: usize = 1024;

/// Bytes of a line that are looked at before and behind the start of what is meant: more than an excerpt can show.
const BEFORE: usize = 120;
const BEHIND: usize = 320;

impl Text {
    pub(crate) fn new(name: impl Into<String>, text: impl Into<String>) -> Text {
        let text = Zeroizing::new(text.into());
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut before = 0;
        let counted = text.as_bytes().chunks(STEP).map(|chunk| {
            let here = before;
            before += characters(chunk);
            here
        });
        let counted = counted.collect();
        let secrets = mask::secrets(&text);
        Text { name: name.into(), text, line_starts, counted, secrets }
    }

    /// The path as places name it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The nearest position that shows something: inside the text, on a character, not on the empty line that
    /// follows the last line end.
    fn settle(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        if offset > 0 && offset == self.text.len() && self.text.ends_with('\n') {
            offset -= 1;
            if self.text[..offset].ends_with('\r') {
                offset -= 1;
            }
        }
        offset
    }

    /// Line and column, both from 1; columns count characters.
    pub(crate) fn position(&self, offset: usize) -> (usize, usize) {
        let offset = self.settle(offset);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self.line_starts[line - 1];
        let before = match offset - start {
            0..=STEP => characters(&self.text.as_bytes()[start..offset]),
            _ => self.characters_before(offset) - self.characters_before(start),
        };
        (line, before + 1)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let whole = (offset / STEP).min(self.counted.len().saturating_sub(1));
        let counted = self.counted.get(whole).copied().unwrap_or(0);
        counted + characters(&self.text.as_bytes()[whole * STEP..offset])
    }

    /// `opush.toml:9:1`
    pub(crate) fn place(&self, offset: usize) -> String {
        let (line, column) = self.position(offset);
        format!("{}:{line}:{column}", self.name)
    }

    /// The source of the value at this span.
    pub(crate) fn source(&self, span: Range<usize>) -> Source {
        let (line, column) = self.position(span.start);
        Source::File { path: self.name.clone(), line, column, span }
    }

    /// The line of the span with carets below it and `label` beside them; secrets in the line are masked.
    pub(crate) fn excerpt(&self, span: Range<usize>, label: &str) -> String {
        let start = self.settle(span.start);
        let end = self.settle(span.end.max(start)).max(start);
        let (number, _) = self.position(start);
        let from = self.line_starts[number - 1];
        let to = self.line_starts.get(number).map_or(self.text.len(), |next| next - 1);
        let to = from + self.text[from..to].trim_end_matches('\r').len();
        let (mut first, mut last) = (from.max(start.saturating_sub(BEFORE)), to.min(start + BEHIND));
        while !self.text.is_char_boundary(first) {
            first -= 1;
        }
        while !self.text.is_char_boundary(last) {
            last += 1;
        }
        let part = Part {
            text: &self.text[first..last],
            meant: start - first..(end - first).min(last - first),
            goes_on: (first > from, last < to),
        };
        let hidden = self.secrets.partition_point(|secret| secret.end <= first);
        let hidden = self.secrets[hidden..].iter().take_while(|secret| secret.start < last);
        let secrets: Vec<_> = hidden
            .map(|secret| secret.start.saturating_sub(first)..(secret.end - first).min(last - first))
            .collect();
        excerpt::draw(&self.place(start), number, part, &secrets, label)
    }
}

/// Every byte but those that continue a character.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text").field("name", &self.name).field("bytes", &self.text.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_from_one_in_characters() {
        let text = Text::new("f", "a\r\n你好x\n");
        assert_eq!(text.position(0), (1, 1));
        assert_eq!(text.position(3), (2, 1));
        assert_eq!(text.position(9), (2, 3));
        assert_eq!(text.position(4), (2, 1));
        assert_eq!(text.position(999), (2, 4));
        assert_eq!(Text::new("f", "").position(0), (1, 1));
        let long = format!("a\n{}b", "你x".repeat(3000));
        let text = Text::new("f", long.as_str());
        assert_eq!(text.position(long.len() - 1), (2, 6001));
        assert_eq!(text.position(long.len()), (2, 6002));
    }
}
