//! Splits a command line of a document into words, as a POSIX shell would, as far as documents need it.
//! What a shell could do beyond that (pipes, expansions) is refused, so that no line runs as something else.

/// Variables set for the one command, and its words.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    pub variables: Vec<(String, String)>,
    pub words: Vec<String>,
}

/// Splits a line; the message says what about it can't be run without a shell.
pub fn split(line: &str) -> Result<Line, String> {
    let mut words: Vec<String> = Vec::new();
    let mut variables = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    loop {
        let next = characters.next();
        match next {
            None | Some(' ' | '\t') => {
                if let Some(word) = word.take() {
                    match assignment(&word).filter(|_| words.is_empty() && !quoted) {
                        Some(pair) => variables.push(pair),
                        None => words.push(word),
                    }
                }
                quoted = false;
                if next.is_none() {
                    return Ok(Line { variables, words });
                }
            }
            Some('\'') => {
                let word = word.get_or_insert_default();
                quoted |= word.is_empty();
                loop {
                    match characters.next().ok_or("a single quote is not closed")? {
                        '\'' => break,
                        other => word.push(other),
                    }
                }
            }
            Some('"') => {
                let word = word.get_or_insert_default();
                quoted |= word.is_empty();
                loop {
                    match characters.next().ok_or("a double quote is not closed")? {
                        '"' => break,
                        '\\' => match characters.next().ok_or("a double quote is not closed")? {
                            escaped @ ('$' | '`' | '"' | '\\') => word.push(escaped),
                            other => word.extend(['\\', other]),
                        },
                        shell @ ('$' | '`') => return Err(format!("{shell} needs a shell")),
                        other => word.push(other),
                    }
                }
            }
            Some('\\') => {
                let escaped = characters.next().ok_or("a backslash ends the line")?;
                word.get_or_insert_default().push(escaped);
            }
            Some(shell @ ('|' | '&' | ';' | '<' | '>' | '(' | ')' | '$' | '`' | '*' | '?' | '[')) => {
                return Err(format!("{shell} needs a shell"));
            }
            Some('#' | '~') if word.is_none() => return Err("# and ~ need a shell".into()),
            Some(other) => word.get_or_insert_default().push(other),
        }
    }
}

fn assignment(word: &str) -> Option<(String, String)> {
    let (name, value) = word.split_once('=')?;
    let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    (!name.is_empty() && name.chars().all(plain)).then(|| (name.into(), value.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(line: &str) -> Vec<String> {
        split(line).unwrap().words
    }

    #[test]
    fn quotes_and_backslashes_are_a_shell_s() {
        assert_eq!(words("opush send  --title Hello"), ["opush", "send", "--title", "Hello"]);
        assert_eq!(words(r#"a "see you at 8?" 'x "y" $z'"#), ["a", "see you at 8?", r#"x "y" $z"#]);
        assert_eq!(words(r#"--ext extKey="ext content""#), ["--ext", "extKey=ext content"]);
        assert_eq!(words(r#"a\ b "c\"d\$e\n" ''"#), ["a b", r#"c"d$e\n"#, ""]);
        assert_eq!(words(r#"--ext-json '{"a":{"b":[1]}}'"#), ["--ext-json", r#"{"a":{"b":[1]}}"#]);
    }

    #[test]
    fn variables_before_the_command_are_set_for_it() {
        let line = split("OPUSH_JSON=1 OPUSH_A=\"b c\" opush X=1").unwrap();
        assert_eq!(line.variables, [("OPUSH_JSON".into(), "1".into()), ("OPUSH_A".into(), "b c".into())]);
        assert_eq!(line.words, ["opush", "X=1"]);
    }

    #[test]
    fn what_needs_a_shell_is_refused() {
        for line in [
            "a | b",
            "a > b",
            "a; b",
            "a $HOME",
            "a \"$HOME\"",
            "a `b`",
            "a *.toml",
            "a 'b",
            "a \"b",
            "a \\",
            "a # b",
        ] {
            assert!(split(line).is_err(), "{line}");
        }
    }

    proptest! {
        #[test]
        fn quoted_words_come_back(given in proptest::collection::vec("[^']{0,12}", 1..5)) {
            let line: Vec<String> = given.iter().map(|word| format!("'{word}'")).collect();
            prop_assert_eq!(words(&line.join(" ")), given);
        }

        #[test]
        fn never_panics(line in ".{0,60}") {
            let _ = split(&line);
        }
    }
}
