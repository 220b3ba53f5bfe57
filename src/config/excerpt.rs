//! Draws a line of a file with carets below the part that is meant, for an eye that knows rustc's messages.

use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// Columns of a line that are shown at most; a longer line is cut around the part that is meant.
const WIDTH: usize = 100;
/// Columns shown before the part that is meant when the line is cut.
const BEFORE: usize = 30;
/// A longer label goes on a line of its own.
const LABEL: usize = 60;

/// The part of a line around what is meant.
pub(super) struct Part<'l> {
    pub(super) text: &'l str,
    pub(super) meant: Range<usize>,
    /// Whether the line has more before it, and behind it.
    pub(super) goes_on: (bool, bool),
}

/// One thing drawn: its bytes and what is drawn for them.
struct Cell<'l> {
    bytes: Range<usize>,
    drawn: &'l str,
    width: usize,
}

pub(super) fn draw(
    place: &str,
    number: usize,
    part: Part<'_>,
    secrets: &[Range<usize>],
    label: &str,
) -> String {
    let cells = cut(cells(part.text, secrets), &part);
    let meant = part.meant;
    let before: usize =
        cells.iter().filter(|cell| cell.bytes.end <= meant.start).map(|cell| cell.width).sum();
    let below = |cell: &&Cell| cell.bytes.start < meant.end && cell.bytes.end > meant.start;
    let carets: usize = cells.iter().filter(below).map(|cell| cell.width).sum();
    let shown: String = cells.iter().map(|cell| cell.drawn).collect();

    // A file's name may have line breaks; what is drawn here has lines of its own.
    let place = place.replace('\n', "\\n").replace('\r', "\\r");
    let number = number.to_string();
    let gap = " ".repeat(number.len());
    let mut drawn = format!(
        "{gap} --> {place}\n {gap} |\n {number} | {}\n {gap} | {}{}",
        shown.trim_end(),
        " ".repeat(before),
        "^".repeat(carets.max(1)),
    );
    if label.chars().count() <= LABEL {
        drawn.push(' ');
        drawn.push_str(label);
    } else {
        drawn.push_str(&format!("\n {gap} = {label}"));
    }
    drawn
}

fn cells<'l>(line: &'l str, secrets: &[Range<usize>]) -> Vec<Cell<'l>> {
    let mut cells: Vec<Cell<'l>> = Vec::new();
    for (at, character) in line.char_indices() {
        let bytes = at..at + character.len_utf8();
        let itself = &line[bytes.clone()];
        if let Some(secret) = secrets.iter().find(|secret| secret.contains(&at)) {
            match cells.last_mut() {
                Some(last)
                    if last.bytes.start >= secret.start && last.bytes.end == at && at > secret.start =>
                {
                    last.bytes.end = bytes.end;
                }
                _ => {
                    cells.push(Cell { bytes, drawn: crate::masking::MASK, width: crate::masking::MASK.len() })
                }
            }
            continue;
        }
        let (drawn, width) = match character {
            '\t' => ("    ", 4),
            // Control and direction characters would draw something else than what is in the file.
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
                ("\u{fffd}", 1)
            }
            _ => match character.width() {
                Some(width) => (itself, width),
                None => ("\u{fffd}", 1),
            },
        };
        cells.push(Cell { bytes, drawn, width });
    }
    cells
}

/// Keeps what fits around the part that is meant.
fn cut<'l>(cells: Vec<Cell<'l>>, part: &Part<'l>) -> Vec<Cell<'l>> {
    let (meant, goes_on) = (&part.meant, part.goes_on);
    if goes_on == (false, false) && cells.iter().map(|cell| cell.width).sum::<usize>() <= WIDTH {
        return cells;
    }
    let ellipsis = |at: usize| Cell { bytes: at..at, drawn: "…", width: 1 };
    let first = cells.partition_point(|cell| cell.bytes.end <= meant.start);
    let mut from = first;
    let mut room = BEFORE;
    while from > 0 && cells[from - 1].width <= room {
        room -= cells[from - 1].width;
        from -= 1;
    }
    let mut to = from;
    let mut room = WIDTH;
    while to < cells.len() && cells[to].width <= room {
        room -= cells[to].width;
        to += 1;
    }
    let (cut_before, cut_after) = (from > 0 || goes_on.0, to < cells.len() || goes_on.1);
    let mut kept = Vec::with_capacity(to - from + 2);
    if cut_before {
        kept.push(ellipsis(0));
    }
    kept.extend(cells.into_iter().skip(from).take(to - from));
    if cut_after {
        kept.push(ellipsis(usize::MAX));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::text::Text;

    fn excerpt(text: &str, part: &str) -> String {
        let start = text.find(part).unwrap();
        Text::new("opush.toml", text).excerpt(start..start + part.len(), "here")
    }

    /// The columns of the carets, measured on the drawn line: what is above them.
    fn above_carets(drawn: &str) -> String {
        let lines: Vec<_> = drawn.lines().collect();
        let carets = lines[3];
        let (from, count) = (carets.find('^').unwrap(), carets.matches('^').count());
        let mut column = 0;
        let mut above = String::new();
        for character in lines[2].chars() {
            if column >= from && column < from + count {
                above.push(character);
            }
            column += unicode_width::UnicodeWidthChar::width(character).unwrap();
        }
        above
    }

    #[test]
    fn it_looks_like_the_storyboard() {
        insta::assert_snapshot!(excerpt("a = 1\nchanel_id = \"tuikit\"\n", "chanel_id"), @r#"
          --> opush.toml:2:1
           |
         2 | chanel_id = "tuikit"
           | ^^^^^^^^^ here
        "#);
    }

    #[test]
    fn carets_stand_below_the_part_after_tabs_wide_characters_and_cuts() {
        assert_eq!(above_carets(&excerpt("\t\tregion = \"xx\"", "\"xx\"")), "\"xx\"");
        assert_eq!(above_carets(&excerpt("name = \"你好\", x = 1", "x = 1")), "x = 1");
        assert_eq!(above_carets(&excerpt("name = \"你好吗\"", "好")), "好");
        let long = format!("a = \"{}\", bad = 1, c = \"{}\"", "你".repeat(400), "y".repeat(4000));
        let drawn = excerpt(&long, "bad");
        assert_eq!(above_carets(&drawn), "bad");
        assert!(drawn.lines().all(|line| line.chars().count() < 120), "{drawn}");
    }

    #[test]
    fn a_plain_secret_is_masked_and_the_carets_still_fit() {
        let drawn = excerpt("master_secert = \"hunter2\"  # mine\n", "\"hunter2\"");
        assert!(!drawn.contains("hunter2"));
        assert_eq!(above_carets(&drawn), "********");
        let drawn = excerpt("{ master_secert = \"hunter2\", app_id = 1 }\n", "app_id");
        assert_eq!(above_carets(&drawn), "app_id");
    }

    #[test]
    fn terminal_escapes_are_not_drawn() {
        let drawn = excerpt("a = \"\u{1b}[31m\u{202e}\"", "a");
        assert!(
            drawn.chars().all(|c| c == '\n' || !c.is_control()) && !drawn.contains('\u{202e}'),
            "{drawn:?}"
        );
    }

    #[test]
    fn a_long_label_goes_below() {
        let text = Text::new("f", "a = 1");
        assert!(text.excerpt(0..1, &"long ".repeat(20)).contains("\n   = long long"));
    }
}
