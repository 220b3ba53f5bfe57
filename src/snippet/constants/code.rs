//! Constants in Java or Kotlin: a name, `=`, and a text or number that is written out. Everything else is left out.

use super::pair::Pair;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Number(String),
    /// `=` alone.
    Is,
    Mark(char),
}

pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let tokens = tokens(text);
    let token = |at: usize| tokens.get(at).map(|(token, _)| token);
    let mut pairs = Vec::new();
    for (at, (is, line)) in tokens.iter().enumerate() {
        if *is != Token::Is || at == 0 {
            continue;
        }
        let value = match token(at + 1) {
            Some(Token::Text(value) | Token::Number(value)) => value.clone(),
            _ => continue,
        };
        // A part of a larger expression is not the whole value.
        if matches!(token(at + 2), Some(Token::Mark('+' | '.' | '?' | '-' | '*' | '['))) {
            continue;
        }
        if let Some(name) = name(&tokens, at) {
            pairs.push(Pair { name, value, line: *line });
        }
    }
    pairs
}

/// The name before `=`; Kotlin may have a type between: `NAME: Long =`, `NAME: String? =`.
fn name(tokens: &[(Token, usize)], is: usize) -> Option<String> {
    let before = |back: usize| is.checked_sub(back).and_then(|at| tokens.get(at)).map(|(token, _)| token);
    let optional = usize::from(before(1) == Some(&Token::Mark('?')));
    let typed = before(2 + optional) == Some(&Token::Mark(':'));
    match before(if typed { 3 + optional } else { 1 }) {
        Some(Token::Word(name)) => Some(name.clone()),
        _ => None,
    }
}

/// Each with its line; comments are left out.
fn tokens(text: &str) -> Vec<(Token, usize)> {
    let (mut tokens, mut line, mut rest) = (Vec::new(), 1, text);
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '/' if rest.starts_with("//") => (None, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (None, rest.find("*/").map_or(rest.len(), |end| end + 2)),
            '"' => text_token(rest),
            '\'' => (None, quoted(rest, '\'').1),
            '=' if rest.starts_with("==") => (Some(Token::Mark('=')), 2),
            '=' => (Some(Token::Is), 1),
            c if c.is_alphabetic() || c == '_' => {
                let length = word(rest);
                (rest.get(..length).map(|word| Token::Word(word.to_owned())), length)
            }
            c if c.is_ascii_digit() => {
                let length = word(rest);
                let digits = rest.get(..length).unwrap_or_default().trim_end_matches(['L', 'l']);
                (Some(Token::Number(digits.replace('_', ""))), length)
            }
            c if c.is_whitespace() => (None, c.len_utf8()),
            c => (Some(Token::Mark(c)), c.len_utf8()),
        };
        tokens.extend(token.map(|token| (token, line)));
        let (passed, left) = rest.split_at_checked(length.max(1)).unwrap_or((rest, ""));
        line += passed.matches('\n').count();
        rest = left;
    }
    tokens
}

fn word(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
}

fn text_token(rest: &str) -> (Option<Token>, usize) {
    const RAW: &str = "\"\"\"";
    if let Some(raw) = rest.strip_prefix(RAW) {
        let end = raw.find(RAW).unwrap_or(raw.len());
        let text = raw.get(..end).unwrap_or_default().to_owned();
        return (Some(Token::Text(text)), (end + 2 * RAW.len()).min(rest.len()));
    }
    let (text, length) = quoted(rest, '"');
    (Some(Token::Text(text)), length)
}

/// What is between the quotes, and how long it is with them. It ends with its line at the latest.
fn quoted(rest: &str, quote: char) -> (String, usize) {
    let (mut text, mut escaped) = (String::new(), false);
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return (text, at),
            c if escaped => {
                text.push(match c {
                    'n' => '\n',
                    't' => '\t',
                    other => other,
                });
                escaped = false;
            }
            '\\' => escaped = true,
            c if c == quote => return (text, at + c.len_utf8()),
            c => text.push(c),
        }
    }
    (text, rest.len())
}
