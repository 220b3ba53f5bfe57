//! Lines that fit a terminal: broken at spaces, never inside a word, and never inside a command, which is to be copied.

/// Begins a command to paste; the rest of its line belongs to it.
const COMMAND: &str = "opush";

/// A word, and the spaces before it.
struct Word<'t> {
    space: &'t str,
    text: &'t str,
}

/// The lines of a text of one line. Those behind the first are indented by `hang`.
pub(super) fn wrapped(text: &str, width: Option<usize>, hang: usize) -> Vec<String> {
    let measure = console::measure_text_width;
    let Some(width) = width.filter(|width| measure(text) > *width) else { return vec![text.to_owned()] };
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut is_empty = true;
    let mut rest = text;
    while let Some(word) = next(&mut rest) {
        // A command is one word, with all that follows.
        let text = match word.text == COMMAND {
            true => format!("{}{}", word.text, std::mem::take(&mut rest)),
            false => word.text.to_owned(),
        };
        if is_empty || measure(&line) + word.space.len() + measure(&text) <= width {
            line.push_str(word.space);
        } else {
            lines.push(std::mem::replace(&mut line, " ".repeat(hang)));
        }
        line.push_str(&text);
        is_empty = false;
    }
    lines.push(line);
    lines
}

fn next<'t>(rest: &mut &'t str) -> Option<Word<'t>> {
    let begin = rest.find(|c| c != ' ')?;
    let (space, after) = rest.split_at(begin);
    let (text, after) = after.split_at(after.find(' ').unwrap_or(after.len()));
    *rest = after;
    Some(Word { space, text })
}

/// How far the lines behind the first of a paragraph are indented: as the first, and two more where that is indented.
pub(super) fn hang_of(text: &str) -> usize {
    let indent = text.len() - text.trim_start_matches(' ').len();
    if indent == 0 { 0 } else { indent + 2 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_and_commands_stay_whole() {
        let text = "accepted   30001-1-1-aa   once more: opush cert edit 7005 --saved-at TIME";
        assert_eq!(
            wrapped(text, Some(30), 0),
            ["accepted   30001-1-1-aa   once", "more:", "opush cert edit 7005 --saved-at TIME"]
        );
        assert_eq!(wrapped(text, None, 0), [text]);
        assert_eq!(wrapped("  a long line", Some(9), 4), ["  a long", "    line"]);
        assert_eq!(wrapped("", Some(9), 0), [""]);
        assert_eq!((hang_of("a"), hang_of("  a")), (0, 4));
    }

    proptest! {
        #[test]
        fn a_line_is_too_long_only_for_one_word(text in "( {0,3}[a-z你]{1,30}){0,12}", width in 20usize..80) {
            let hang = 2;
            let lines = wrapped(&text, Some(width), hang);
            for line in &lines {
                let fits = console::measure_text_width(line) <= width;
                prop_assert!(fits || line.split_whitespace().count() == 1, "{line:?}");
            }
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(words(&lines.join(" ")), words(&text));
        }
    }
}
