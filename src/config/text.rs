//! The text of a configuration file with its name: positions, and the source of a value in it.

use super::excerpt;
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
    secrets: Vec<Range<usize>>,
}

impl Text {
    pub(crate) fn new(name: impl Into<String>, text: impl Into<String>) -> Text {
        let text = Zeroizing::new(text.into());
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let secrets = mask::secrets(&text);
        Text { name: name.into(), text, line_starts, secrets }
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
        (line, self.text[start..offset].chars().count() + 1)
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
        let line = self.text[from..to].trim_end_matches('\r');
        let within = start - from..(end - from).min(line.len());
        let secrets: Vec<_> = self
            .secrets
            .iter()
            .filter(|secret| secret.start < from + line.len() && secret.end > from)
            .map(|secret| secret.start.saturating_sub(from)..(secret.end - from).min(line.len()))
            .collect();
        excerpt::draw(&self.place(start), number, line, within, &secrets, label)
    }
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
    }
}
