//! How questions look: the label in a column, the default in brackets, the reason of a refusal indented below.
//! Which questions are asked, and in which order, belongs to the commands.

use std::fmt::{Result, Write};

use dialoguer::theme::Theme;

use super::escape;
use super::wrap::wrapped;

/// Columns of a label, and of the default behind it.
const LABEL: usize = 24;
const DEFAULT: usize = 8;
/// Below this a label gets a line of its own, so that the answer has room.
const NARROW: usize = 80;

/// Plain text, in the width of the terminal.
pub(crate) struct Plain {
    pub(crate) width: usize,
    pub(crate) colour: bool,
}

impl Plain {
    pub(crate) fn is_narrow(&self) -> bool {
        self.width < NARROW
    }

    /// The text in lines that fit, each indented by `indent`.
    pub(crate) fn wrapped(&self, text: &str, indent: usize) -> String {
        let text = format!("{:indent$}{}", "", escape::line(text));
        wrapped(&text, Some(self.width.saturating_sub(1).max(indent + 10)), indent).join("\n")
    }

    fn label(&self, f: &mut dyn Write, prompt: &str, default: Option<&str>) -> Result {
        if prompt.is_empty() {
            return Ok(());
        }
        let prompt = escape::line(prompt);
        let default = default.map(|default| format!("[{}]", escape::line(default))).unwrap_or_default();
        let (label, room) = if self.is_narrow() { (0, 0) } else { (LABEL, DEFAULT) };
        let gap = label.saturating_sub(width(&prompt));
        let rest = room.saturating_sub(width(&default));
        write!(f, "{prompt}{:gap$}{default}{:rest$} ", "", "")
    }
}

fn width(text: &str) -> usize {
    console::measure_text_width(text)
}

fn choice(default: Option<bool>) -> &'static str {
    match default {
        None => "(y/n)",
        Some(true) => "(Y/n)",
        Some(false) => "(y/N)",
    }
}

impl Theme for Plain {
    fn format_error(&self, f: &mut dyn Write, reason: &str) -> Result {
        let lines = self.wrapped(reason, 2);
        if self.colour { write!(f, "\u{1b}[33m{lines}\u{1b}[0m") } else { f.write_str(&lines) }
    }

    fn format_input_prompt(&self, f: &mut dyn Write, prompt: &str, default: Option<&str>) -> Result {
        self.label(f, prompt, default)?;
        f.write_str("› ")
    }

    fn format_input_prompt_selection(&self, f: &mut dyn Write, prompt: &str, answer: &str) -> Result {
        self.label(f, prompt, None)?;
        write!(f, "› {}", escape::line(answer))
    }

    fn format_confirm_prompt(&self, f: &mut dyn Write, prompt: &str, default: Option<bool>) -> Result {
        if !prompt.is_empty() {
            write!(f, "{} ", escape::line(prompt))?;
        }
        write!(f, "{} ", choice(default))
    }

    fn format_confirm_prompt_selection(
        &self,
        f: &mut dyn Write,
        prompt: &str,
        answer: Option<bool>,
    ) -> Result {
        if !prompt.is_empty() {
            write!(f, "{} ", escape::line(prompt))?;
        }
        f.write_str(if answer == Some(true) { "yes" } else { "no" })
    }

    fn format_select_prompt(&self, f: &mut dyn Write, prompt: &str) -> Result {
        let how = if self.is_narrow() { "" } else { " (arrow keys, then Enter)" };
        write!(f, "{}{how}", escape::line(prompt))
    }

    fn format_select_prompt_item(&self, f: &mut dyn Write, text: &str, active: bool) -> Result {
        write!(f, "{} {text}", if active { ">" } else { " " })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_in_a_column_with_their_default() {
        let theme = Plain { width: 80, colour: false };
        let mut lines = String::new();
        for (prompt, default) in [("Profile name", Some("demo")), ("App package", None), ("", None)] {
            theme.format_input_prompt(&mut lines, prompt, default).unwrap();
            lines.push_str("|\n");
        }
        let expected = "Profile name            [demo]   › |\nApp package                      › |\n› |\n";
        assert_eq!(lines, expected);
    }

    #[test]
    fn text_is_wrapped_to_the_width_and_nothing_is_lost() {
        let theme = Plain { width: 20, colour: false };
        let text = "AppId has white space around it; remove the white space";
        let wrapped = theme.wrapped(text, 2);
        assert!(wrapped.lines().all(|line| line.starts_with("  ") && line.chars().count() < 20), "{wrapped}");
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&wrapped), words(text));
    }
}
