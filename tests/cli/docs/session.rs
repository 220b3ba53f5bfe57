//! What a `console` block of a document says: commands, their exit codes, and, where it is to be checked, their output.

use super::pages::Block;
use super::words::{self, Line};

/// How the output of a block is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// `console`: not at all.
    Not,
    /// `console check`: letter by letter.
    Exactly,
    /// `console like`: but for what differs from run to run, and what `…` stands for.
    Likewise,
    /// `console asked`: as `like`, at a terminal where the questions are answered as shown.
    Asked,
}

impl Compared {
    fn of(kind: &str) -> Compared {
        match kind {
            "console check" => Compared::Exactly,
            "console like" => Compared::Likewise,
            "console asked" => Compared::Asked,
            _ => Compared::Not,
        }
    }
}

/// One command of a block and what is expected of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// The number of its line in the page.
    pub at: usize,
    pub command: Line,
    pub code: i32,
    /// What it must print, in blocks whose output is compared.
    pub output: Option<String>,
    pub compared: Compared,
}

/// The steps of a block: `$ opush …`, a backslash carries on to the next line, `$ echo $?` and a number below it give
/// the exit code of the command above, 0 otherwise.
pub fn steps(block: &Block) -> Result<Vec<Step>, String> {
    let compared = Compared::of(&block.kind);
    let mut steps: Vec<Step> = Vec::new();
    let mut lines = block.lines.iter().enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        let at = block.line + number;
        let Some(command) = line.strip_prefix("$ ") else {
            let step = steps.last_mut().ok_or(format!("line {at}: output without a command above it"))?;
            if let Some(output) = &mut step.output {
                output.push_str(line);
                output.push('\n');
            }
            continue;
        };
        if command == "echo $?" {
            let code = lines.next().and_then(|(_, line)| line.parse().ok());
            let step = steps.last_mut().ok_or(format!("line {at}: no command above it"))?;
            step.code = code.ok_or(format!("line {at}: no number below it"))?;
            continue;
        }
        let mut whole = command.to_owned();
        while whole.ends_with('\\') {
            whole.pop();
            let (_, next) = lines.next().ok_or(format!("line {at}: nothing follows the backslash"))?;
            whole.push_str(next.trim_start());
        }
        let command =
            words::split(&whole).map_err(|reason| format!("line {at}: {reason}; use a text block"))?;
        if command.words.first().is_none_or(|word| word != "opush") {
            return Err(format!("line {at}: only opush is run; use a text block"));
        }
        steps.push(Step {
            at,
            command,
            code: 0,
            output: (compared != Compared::Not).then(String::new),
            compared,
        });
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: &str, text: &str) -> Block {
        Block { kind: kind.into(), line: 10, lines: text.lines().map(str::to_owned).collect() }
    }

    #[test]
    fn commands_with_their_codes_and_output() {
        let text = "$ opush a\nsomething\n$ echo $?\n4\n$ opush b \\\n    --c\n\nmore\n";
        let found = steps(&block("console check", text)).unwrap();
        assert_eq!((found[0].at, found[0].code, found[0].output.as_deref()), (10, 4, Some("something\n")));
        assert_eq!(found[1].command.words, ["opush", "b", "--c"]);
        assert_eq!((found[1].at, found[1].code, found[1].output.as_deref()), (14, 0, Some("\nmore\n")));
        assert_eq!(steps(&block("console", text)).unwrap()[0].output, None);
    }

    #[test]
    fn a_block_that_would_not_run_is_refused() {
        for text in [
            "output",
            "$ echo $?\n0",
            "$ opush a\n$ echo $?",
            "$ opush a | cat",
            "$ printf x",
            "$ opush a \\",
        ] {
            assert!(steps(&block("console", text)).is_err(), "{text}");
        }
    }
}
