//! A curl command as people paste it: its words as a POSIX shell has them, and the body that it would send.
//! Nothing is run, and no file that it names is read.

/// What a curl command sends.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Curl {
    /// Joined with `&`, as curl joins them.
    pub(super) body: String,
    /// Files that the body or a field would come from.
    pub(super) files: Vec<String>,
}

/// The command in this text, if there is one.
pub(super) fn read(text: &str) -> Option<Curl> {
    let start = start_of(text)?;
    let mut words = words(&text[start..]).into_iter().skip(1);
    let (mut curl, mut parts) = (Curl::default(), Vec::new());
    while let Some(word) = words.next() {
        let Some((flag, value)) = flag(&word) else { continue };
        let Some(value) = value.or_else(|| words.next()) else { break };
        match flag {
            // `=value`, `name=value`, or a text by itself.
            Flag::UrlEncode => match value.split_once('=') {
                Some((name, value)) => {
                    parts.push(format!("{name}{}{}", if name.is_empty() { "" } else { "=" }, encoded(value)))
                }
                None => match value.split_once('@') {
                    Some((_, file)) => curl.files.push(file.to_owned()),
                    None => parts.push(encoded(&value)),
                },
            },
            Flag::Form => match value.split_once('=') {
                Some((_, file)) if file.starts_with(['@', '<']) => curl.files.push(file[1..].to_owned()),
                Some((name, value)) => parts.push(format!("{name}={}", encoded(value))),
                None => {}
            },
            Flag::Raw => parts.push(value),
            Flag::Data => match value.strip_prefix('@') {
                Some(file) => curl.files.push(file.to_owned()),
                None => parts.push(value),
            },
        }
    }
    curl.body = parts.join("&");
    Some(curl)
}

/// Where the word curl begins a command.
fn start_of(text: &str) -> Option<usize> {
    text.match_indices("curl").map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + 4..].chars().next();
        before.is_none_or(|c| c.is_whitespace() || "$+`;|&(".contains(c))
            && after.is_some_and(char::is_whitespace)
    })
}

#[derive(Clone, Copy)]
enum Flag {
    Data,
    Raw,
    UrlEncode,
    Form,
}

/// A flag that gives a part of the body, and its value where the word holds it too.
fn flag(word: &str) -> Option<(Flag, Option<String>)> {
    const LONG: [(&str, Flag); 7] = [
        ("--data-urlencode", Flag::UrlEncode),
        ("--data-raw", Flag::Raw),
        ("--data-binary", Flag::Data),
        ("--data-ascii", Flag::Data),
        ("--data", Flag::Data),
        ("--json", Flag::Data),
        ("--form", Flag::Form),
    ];
    for (name, flag) in LONG {
        match word.strip_prefix(name) {
            Some("") => return Some((flag, None)),
            Some(rest) if rest.starts_with('=') => return Some((flag, Some(rest[1..].to_owned()))),
            _ => {}
        }
    }
    let (flag, rest) = match word.strip_prefix("-d") {
        Some(rest) => (Flag::Data, rest),
        None => (Flag::Form, word.strip_prefix("-F")?),
    };
    Some((flag, Some(rest.to_owned()).filter(|rest| !rest.is_empty())))
}

fn encoded(value: &str) -> String {
    url::form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

/// Words as a POSIX shell splits them. A quote that is never closed ends with the text.
fn words(text: &str) -> Vec<String> {
    let (mut all, mut word, mut open) = (Vec::new(), None::<String>, None::<char>);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (open, c) {
            (Some('\''), '\'') | (Some('"'), '"') | (Some('$'), '\'') => open = None,
            (Some('"' | '$'), '\\') => escape(open, &mut chars, word.get_or_insert_default()),
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '$') if chars.peek() == Some(&'\'') => {
                chars.next();
                word.get_or_insert_default();
                open = Some('$');
            }
            (None, '\'' | '"') => {
                word.get_or_insert_default();
                open = Some(c);
            }
            (None, '\\') => match chars.next() {
                // The end of a line goes on in the next one.
                Some('\n') => {}
                Some('\r') => drop(chars.next_if_eq(&'\n')),
                Some(c) => word.get_or_insert_default().push(c),
                None => {}
            },
            (None, '\n' | ';' | '|') if word.is_some() || !all.is_empty() => {
                all.extend(word.take());
                // The next command is not this one.
                return all;
            }
            (None, c) if c.is_whitespace() => all.extend(word.take()),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    all.extend(word);
    all
}

/// Behind a backslash in double quotes, or in the quotes of `$'…'`.
fn escape(open: Option<char>, chars: &mut std::iter::Peekable<std::str::Chars<'_>>, word: &mut String) {
    match (open, chars.next()) {
        (_, Some('\n')) if open == Some('"') => {}
        (Some('"'), Some(c @ ('"' | '\\' | '$' | '`'))) => word.push(c),
        (Some('$'), Some('n')) => word.push('\n'),
        (Some('$'), Some('t')) => word.push('\t'),
        (Some('$'), Some(c @ ('\'' | '"' | '\\'))) => word.push(c),
        (_, Some(c)) => word.extend(['\\', c]),
        (_, None) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_body_is_what_curl_would_send() {
        for (command, body) in [
            ("curl -d a=1 -d 'b=2' https://h/", "a=1&b=2"),
            (
                "$ curl https://h/ \\\n  --data-urlencode 'message={\"a\": 1}' \\\n  -d auth_token=x",
                "message=%7B%22a%22%3A+1%7D&auth_token=x",
            ),
            ("curl --data-raw '{\"title\":\"it'\\''s\"}' h", r#"{"title":"it's"}"#),
            (r#"+ curl -X POST -H "A: b" -d "{\"t\":\"$x\"}" h"#, r#"{"t":"$x"}"#),
            (r#"curl --data=$'{"t":"a\'b"}' h"#, r#"{"t":"a'b"}"#),
            ("curl -F 'message={}' h; rm x -d y", "message=%7B%7D"),
            ("curl h", ""),
        ] {
            assert_eq!(read(command).unwrap().body, body, "{command}");
        }
        assert_eq!(read("the word curls is not it -d x"), None);
    }

    #[test]
    fn a_file_is_named_and_not_read() {
        let curl = read("curl -d @/etc/passwd --data-urlencode message@m.json -F file=@p.png h").unwrap();
        assert_eq!((curl.body.as_str(), curl.files.join(" ").as_str()), ("", "/etc/passwd m.json p.png"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = read(&format!("curl {text}"));
        }

        #[test]
        fn single_quotes_carry_anything(body in "[^'\0@]{1,60}") {
            prop_assert_eq!(read(&format!("curl --data-raw '{body}' h")).unwrap().body, body);
        }
    }
}
