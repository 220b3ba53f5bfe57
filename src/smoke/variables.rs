//! `${NAME}` from the environment and `${matrix.NAME}` from a matrix, in the texts of a scenario.
//! Which texts may hold them belongs to `read`; which names may not be used, to `secrets`.

/// What is wrong with a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// `${` that no name and `}` follow.
    Malformed,
    /// The environment has no such variable, or an empty one.
    NotSet(String),
    NotUtf8(String),
    /// The case has no such matrix key.
    NoSuchKey(String),
}

/// The text with every reference replaced by the value of its name, or everything that is wrong with them. `$${` is
/// `${` itself.
pub(crate) fn expand(
    text: &str,
    value_of: impl Fn(&str) -> Result<String, Flaw>,
) -> Result<String, Vec<Flaw>> {
    let (mut out, mut flaws) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let (before, from) = rest.split_at(at);
        if let Some(before) = before.strip_suffix('$') {
            out.push_str(before);
            out.push_str("${");
            rest = &from[2..];
            continue;
        }
        out.push_str(before);
        let Some(name) = name_at(from) else {
            flaws.push(Flaw::Malformed);
            rest = &from[2..];
            continue;
        };
        match value_of(name) {
            Ok(value) => out.push_str(&value),
            Err(flaw) => flaws.push(flaw),
        }
        rest = &from[name.len() + 3..];
    }
    out.push_str(rest);
    if flaws.is_empty() { Ok(out) } else { Err(flaws) }
}

/// The names that a text refers to, those of a matrix with their `matrix.`.
pub(crate) fn names(text: &str) -> Vec<&str> {
    let starts = text.match_indices("${").filter(|(at, _)| !text[..*at].ends_with('$'));
    starts.filter_map(|(at, _)| name_at(&text[at..])).collect()
}

/// The one name, if the text is a reference and nothing else: its value may then be a number.
pub(crate) fn whole(text: &str) -> Option<&str> {
    name_at(text).filter(|name| text.len() == name.len() + 3)
}

/// The name of the reference that `text` begins with.
fn name_at(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("${")?;
    let name = &inside[..inside.find('}')?];
    let plain = name.strip_prefix("matrix.").unwrap_or(name);
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let good =
        !plain.is_empty() && plain.chars().all(fits) && !plain.starts_with(|c: char| c.is_ascii_digit());
    good.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn with(text: &str) -> Result<String, Vec<Flaw>> {
        expand(text, |name| match name {
            "USER_ID" => Ok("alice".into()),
            "BYTES" => Err(Flaw::NotUtf8(name.into())),
            "matrix.style" => Ok("2".into()),
            _ if name.starts_with("matrix.") => Err(Flaw::NoSuchKey(name[7..].into())),
            _ => Err(Flaw::NotSet(name.into())),
        })
    }

    #[test]
    fn references_are_replaced_once() {
        assert_eq!(with("to ${USER_ID} in ${matrix.style}"), Ok("to alice in 2".into()));
        assert_eq!(with("$${USER_ID} costs $5 {x}"), Ok("${USER_ID} costs $5 {x}".into()));
        assert_eq!(whole("${USER_ID}"), Some("USER_ID"));
        assert_eq!(whole("${USER_ID} "), None);
        assert_eq!(names("${A} $${B} ${matrix.c}"), ["A", "matrix.c"]);
    }

    #[test]
    fn every_flaw_is_named() {
        let flaws = with("${NO} ${ ${BYTES} ${matrix.no} ${9}").unwrap_err();
        let expected = [
            Flaw::NotSet("NO".into()),
            Flaw::Malformed,
            Flaw::NotUtf8("BYTES".into()),
            Flaw::NoSuchKey("no".into()),
            Flaw::Malformed,
        ];
        assert_eq!(flaws, expected);
    }

    proptest! {
        #[test]
        fn never_panics(text in r"[${}a-z.\PC]{0,40}") {
            let _ = (with(&text), names(&text), whole(&text));
        }
    }
}
