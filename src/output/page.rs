//! A page of text for a person: lines, label-and-value pairs, tables without boxes, colour only for ok, warning, broken.
//! The commands decide what is on it.

use super::escape::{coloured, line, line as one_line, lines};
use super::table;
use super::typed_flags::TypedFlags;
use super::wrap::{hang_of, wrapped};
use super::zone::Zone;
use crate::failure::Remedy;

/// The few meanings that have a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Ok,
    Warn,
    Broken,
    Faint,
}

/// Text that is being laid out; printed at the end in one go.
pub(crate) struct Page {
    text: String,
    width: Option<usize>,
    colour: bool,
    typed: TypedFlags,
    zone: Zone,
}

impl Page {
    /// `width` is `None` where nothing may be wrapped.
    pub(crate) fn new(width: Option<usize>, colour: bool) -> Self {
        Page {
            text: String::new(),
            width,
            colour,
            typed: TypedFlags::default(),
            zone: Zone::of_person(false),
        }
    }

    /// The commands on it repeat what was typed, and times are those of the zone.
    pub(super) fn for_person(self, typed: &TypedFlags, zone: Zone) -> Self {
        Page { typed: typed.clone(), zone, ..self }
    }

    /// A time of RFC 3339: local on a terminal.
    pub(crate) fn time(&self, at: &str) -> String {
        self.zone.time(at)
    }

    /// A column of times, newest first or not: its title, which names the offset, and its cells.
    pub(crate) fn times<'a>(
        &self,
        title: &str,
        times: impl Iterator<Item = Option<&'a str>>,
    ) -> (String, Vec<String>) {
        self.zone.column(title, &times.collect::<Vec<_>>())
    }

    /// A remedy as a person reads it; several lines where its sentence has several.
    pub(crate) fn remedy(&self, remedy: &Remedy) -> String {
        self.typed.text(remedy)
    }

    /// Commands to run next, a line each.
    pub(crate) fn commands(&mut self, next: &[Remedy]) {
        for command in next {
            self.line(format!("  {}", self.typed.text(command)));
        }
    }

    /// One line, whoever wrote what is in it; on a terminal several, where it is too long.
    pub(crate) fn line(&mut self, text: impl AsRef<str>) {
        let text = line(text.as_ref());
        wrapped(&text, self.width, hang_of(&text)).iter().for_each(|line| self.whole(line));
    }

    /// A line that is laid out already.
    fn whole(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Text that has lines of its own, such as code.
    pub(crate) fn lines(&mut self, text: &str) {
        self.text.push_str(&lines(text.trim_end()));
        self.text.push('\n');
    }

    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// The words in the tone's colour, or as they are where colour is off.
    pub(crate) fn tone(&self, tone: Tone, words: &str) -> String {
        if !self.colour {
            return words.to_owned();
        }
        let code = match tone {
            Tone::Ok => "32",
            Tone::Warn => "33",
            Tone::Broken => "31",
            Tone::Faint => "2",
        };
        coloured(code, words)
    }

    /// Labels in a column of their own, indented by two, each value beside its label.
    pub(crate) fn pairs<L: AsRef<str>, V: AsRef<str>>(&mut self, pairs: &[(L, V)]) {
        let widest =
            pairs.iter().map(|(label, _)| console::measure_text_width(label.as_ref())).max().unwrap_or(0);
        for (label, value) in pairs {
            let gap = widest - console::measure_text_width(label.as_ref());
            let indent = " ".repeat(widest + 4);
            let label = format!("  {}{}  ", label.as_ref(), " ".repeat(gap));
            let hang = widest + 4;
            for (number, text) in
                value.as_ref().lines().chain(value.as_ref().is_empty().then_some("")).enumerate()
            {
                let head = if number == 0 { &label } else { &indent };
                let text = line(&format!("{head}{text}"));
                wrapped(text.trim_end(), self.width, hang).iter().for_each(|line| self.whole(line));
            }
        }
    }

    /// Links of a chain: name, what was seen, and in a column of its own its state. Long text is wrapped on a terminal.
    pub(crate) fn links(&mut self, links: &[(&str, &str, &str, Option<Tone>)]) {
        let measure = console::measure_text_width;
        let names = links.iter().map(|link| measure(link.0)).max().unwrap_or(0);
        let words = links.iter().map(|link| measure(link.2)).max().unwrap_or(0);
        let room = self.width.map(|width| width.saturating_sub(names + words + 6).max(20));
        let shown: Vec<Vec<String>> = links.iter().map(|link| wrapped(&line(link.1), room, 0)).collect();
        let texts = shown.iter().flatten().map(|line| measure(line)).max().unwrap_or(0);
        for ((name, _, word, tone), lines) in links.iter().zip(&shown) {
            let word = tone.map_or_else(|| (*word).to_owned(), |tone| self.tone(tone, word));
            for (number, line) in lines.iter().enumerate() {
                let name = if number == 0 { name } else { "" };
                let pad = |text: &str, to: usize| " ".repeat(to.saturating_sub(measure(text)));
                let head = format!("  {name}{}  {line}", pad(name, names));
                match number {
                    0 => self.whole(&format!("{head}{}  {}", pad(line, texts), one_line(&word))),
                    _ => self.whole(&head),
                }
            }
        }
    }

    /// A table with a header line. `tones` colours the last cell of each row; it may be shorter than `rows`.
    pub(crate) fn table(&mut self, header: &[&str], rows: &[Vec<String>], tones: &[Option<Tone>]) {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| line(cell)).collect()).collect();
        let header: Vec<String> = header.iter().map(|title| title.to_uppercase()).collect();
        for (row, cells) in table::laid_out(&header, &rows, self.width) {
            let tone = row.and_then(|row| tones.get(row).copied().flatten());
            match (tone, cells.split_last()) {
                (Some(tone), Some((last, before))) if !last.is_empty() => {
                    self.whole(&one_line(&format!("{}{}", before.concat(), self.tone(tone, last))));
                }
                _ => self.whole(&one_line(cells.concat().trim_end())),
            }
        }
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<String>> {
        vec![
            vec!["7005".into(), "演示".into(), "active".into()],
            vec!["1".into(), "b".into(), "active in 7m 12s".into()],
        ]
    }

    #[test]
    fn a_table_is_aligned_and_has_no_box() {
        let mut page = Page::new(None, false);
        page.table(&["id", "name", "state"], &rows(), &[]);
        assert_eq!(page.into_text(), "ID    NAME  STATE\n7005  演示  active\n1     b     active in 7m 12s\n");
    }

    #[test]
    fn colour_marks_the_last_cell_only() {
        let mut page = Page::new(None, true);
        page.table(&["id", "name", "state"], &rows(), &[Some(Tone::Ok), Some(Tone::Warn)]);
        let text = page.into_text();
        assert!(text.contains("演示  \u{1b}[32mactive\u{1b}[0m\n"), "{text:?}");
        assert!(text.contains("\u{1b}[33mactive in 7m 12s\u{1b}[0m"), "{text:?}");
    }

    #[test]
    fn links_are_wrapped_beside_their_name_and_say_how_they_stand() {
        let mut page = Page::new(Some(40), false);
        page.links(&[
            ("report", "certificate 7004 was removed on Friday", "broken", None),
            ("phone", "not known", "ok", None),
        ]);
        let expected = "  report  certificate 7004 was  broken\n          removed on Friday\n  phone   not known             ok\n";
        assert_eq!(page.into_text(), expected);
    }

    #[test]
    fn pairs_line_up() {
        let mut page = Page::new(None, false);
        page.pairs(&[("AppKey", "a"), ("ChannelID", "b\nc")]);
        assert_eq!(page.into_text(), "  AppKey     a\n  ChannelID  b\n             c\n");
    }
}
