//! The form of single values: names, packages, endpoints, credentials. The file, the variables and the prompts share them.

use super::{CertificateId, Region, suggest};
use crate::clock::Timestamp;
use crate::failure::{Kind, Problem, Remedy};
use std::net::{Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Names that a file's profile cannot have.
pub(crate) const RESERVED: [&str; 2] = ["env", "sandbox"];

/// What is wrong with one value; `message` continues a sentence that begins with the value's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Flaw {
    /// The kind when the value came from a flag or a prompt.
    pub(crate) kind: Kind,
    pub(crate) message: String,
    pub(crate) hint: Box<Remedy>,
}

impl Flaw {
    fn new(kind: Kind, message: impl Into<String>, hint: impl Into<Remedy>) -> Flaw {
        Flaw { kind, message: message.into(), hint: Box::new(hint.into()) }
    }

    /// As the problem of a flag: `place` is the flag, and begins the sentence.
    pub(crate) fn of_flag(self, place: &str) -> Problem {
        self.named(place, place)
    }

    /// As the problem of a place that is shown before the message.
    pub(crate) fn at(self, place: &str) -> Problem {
        Problem::new(self.kind, self.message, self.hint).at(place)
    }

    /// As the problem of a flag, in a sentence that begins with the value's own name.
    pub(crate) fn named(self, word: &str, place: &str) -> Problem {
        Problem::new(self.kind, format!("{word} {}", self.message), self.hint).at(place)
    }

    /// What is wrong and what to do, as the reply to an answer.
    pub(crate) fn reply(&self) -> String {
        format!("{}; {}", self.message, self.hint)
    }

    /// The kind when the value came from the configuration: exit code 3 instead of 4.
    pub(crate) fn kind_in_configuration(&self) -> Kind {
        match self.kind {
            Kind::InsecureEndpoint => Kind::InsecureEndpoint,
            _ => Kind::BadValue,
        }
    }
}

/// Credentials and other opaque text: not empty, no control characters, no white space around it, nothing assumed.
/// The text itself is never in the message.
pub(crate) fn opaque(text: &str) -> Result<(), Flaw> {
    if text.is_empty() {
        return Err(Flaw::new(Kind::Empty, "is empty", "give it as the console shows it"));
    }
    if text.trim() != text {
        return Err(Flaw::new(Kind::SurroundingSpace, "has white space around it", "remove the white space"));
    }
    if let Some(at) = text.chars().position(char::is_control) {
        return Err(Flaw::new(
            Kind::ControlCharacter,
            format!("has a control character at character {}", at + 1),
            "copy it again, as plain text",
        ));
    }
    Ok(())
}

/// The rule, giving the text that passed it.
pub(crate) fn owned(rule: fn(&str) -> Result<(), Flaw>) -> impl Fn(&str) -> Result<String, Flaw> {
    move |text| rule(text).map(|()| text.to_owned())
}

/// A UserID of the IM server has at most this many bytes (IM reference, section 5).
pub(crate) const USER_ID_BYTES: usize = 32;

/// A UserID of the IM server: opaque text of at most 32 bytes. What is not printable ASCII is for a warning.
pub(crate) fn user_id(text: &str) -> Result<(), Flaw> {
    if text.len() > USER_ID_BYTES {
        return Err(Flaw::new(
            Kind::TooLong,
            format!("has {} bytes; a UserID has at most {USER_ID_BYTES}", text.len()),
            "give the UserID that the app logs in with",
        ));
    }
    opaque(text)
}

/// A profile's name: letters, digits, `-`, `_`, 1 to 64 of them, and not that of a built-in profile.
pub(crate) fn profile_name(name: &str) -> Result<(), Flaw> {
    if RESERVED.contains(&name) {
        return Err(Flaw::new(
            Kind::BadName,
            format!("{name:?} is the name of the built-in profile"),
            format!("choose another name; the built-in profile is there without a file: --profile {name}"),
        ));
    }
    let fits = (1..=64).contains(&name.len())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if fits {
        Ok(())
    } else {
        Err(Flaw::new(
            Kind::BadName,
            format!("{name:?} is not a profile name"),
            "use 1 to 64 letters, digits, - and _",
        ))
    }
}

/// The word of a region.
pub(crate) fn region(word: &str) -> Result<Region, Flaw> {
    word.parse().map_err(|_| {
        let hint = suggest::hint(word, suggest::words::<Region>());
        Flaw::new(Kind::BadName, format!("{word:?} is not a region"), hint)
    })
}

/// One of a few words.
pub(crate) fn one_of(word: &str, words: &[&'static str]) -> Result<(), Flaw> {
    if words.contains(&word) {
        return Ok(());
    }
    let hint = suggest::hint(word, words.iter().copied());
    Err(Flaw::new(Kind::BadName, format!("there is no {word:?}"), hint))
}

/// An SDKAppID of the IM server as a person types it.
pub(crate) fn sdk_app_id(digits: &str) -> Result<i64, Flaw> {
    digits.parse::<u32>().ok().filter(|number| *number > 0).map(i64::from).ok_or_else(|| {
        let message = format!("{} is not an SDKAppID", crate::click::quoted(digits));
        Flaw::new(Kind::OutOfRange, message, "give the number that the IM console shows, such as 1400000001")
    })
}

/// A certificate ID as a person types it.
pub(crate) fn certificate_id(digits: &str) -> Result<CertificateId, Flaw> {
    CertificateId::parse(digits).ok_or_else(|| {
        let message = format!("{} is not a certificate ID", crate::click::quoted(digits));
        Flaw::new(Kind::OutOfRange, message, "give the number that the IM console shows, such as 7005")
    })
}

/// When the IM console saved a certificate: `now`, or a time with its offset.
pub(crate) fn saved_at(text: &str, now: Timestamp) -> Result<Timestamp, Flaw> {
    if text == "now" {
        return Ok(whole_second(now));
    }
    text.parse().map_err(|_| {
        let message = format!("{} is not a time", crate::click::quoted(text));
        Flaw::new(Kind::BadTime, message, "give now, or a time with its offset, such as 2026-01-31T08:00:00Z")
    })
}

/// The console counts in minutes: fractions of a second would only be noise in the file.
pub(crate) fn whole_second(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

/// An Android package name.
pub(crate) fn package(name: &str) -> Result<(), Flaw> {
    let segment = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    if name.contains('.') && name.split('.').all(segment) {
        Ok(())
    } else {
        Err(Flaw::new(
            Kind::BadName,
            format!("{name:?} is not a package name"),
            "write the app's applicationId, such as com.example.chat",
        ))
    }
}

/// The base URL of a vendor host: https, or http to loopback; no credentials, query or fragment. Without a final slash.
pub(crate) fn endpoint(text: &str) -> Result<String, Flaw> {
    let flaw = |message: String, hint: &'static str| Flaw::new(Kind::BadUrl, message, hint);
    opaque(text)?;
    // The URL standard would silently drop these.
    if text.contains(char::is_whitespace) || text.contains('\\') {
        return Err(flaw(format!("{text:?} is not a URL"), "remove the white space and backslashes"));
    }
    let url = Url::parse(text).map_err(|error| {
        flaw(format!("{text:?} is not a URL: {error}"), "write it like https://host:port")
    })?;
    if !url.username().is_empty() || url.password().is_some() {
        // The URL is not repeated: it holds a password.
        return Err(flaw("has credentials in it".into(), "remove what is before the @"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(flaw(format!("{text:?} has a query or a fragment"), "end it before the ? or #"));
    }
    let loopback = match url.host() {
        None => return Err(flaw(format!("{text:?} has no host"), "write it like https://host:port")),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address == Ipv6Addr::LOCALHOST,
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
    };
    match url.scheme() {
        "https" => {}
        "http" if loopback => {}
        "http" => {
            return Err(Flaw::new(
                Kind::InsecureEndpoint,
                format!("{text:?} would send credentials in the clear"),
                format!(
                    "use https://; plain http only to loopback ({}, ::1, localhost)",
                    Ipv4Addr::LOCALHOST
                ),
            ));
        }
        scheme => return Err(flaw(format!("{text:?} begins with {scheme}:"), "use https://")),
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Whether a variable can have this name. 32 hex digits are refused: that is a secret written in the wrong place.
/// Of characters beyond ASCII any visible one will do, a placeholder's `…` too: whether it is set is asked on use.
pub(crate) fn is_variable_name(name: &str) -> bool {
    let looks_like_a_secret = name.len() >= 24 && name.chars().all(|c| c.is_ascii_hexdigit());
    let beyond_ascii = |c: char| !c.is_ascii() && !c.is_control() && !c.is_whitespace();
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || beyond_ascii(c))
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || beyond_ascii(c))
        && !looks_like_a_secret
}

/// Whether a text can only be the path of a file: a folder or an ending is in it, and nothing that looks like a secret.
pub(crate) fn looks_like_path(text: &str) -> bool {
    let ending = |(stem, ending): (&str, &str)| {
        !stem.is_empty() && ending.len() <= 8 && ending.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let named = text.contains('/') || text.rsplit_once('.').is_some_and(ending);
    let of_secret = |run: &str| {
        run.len() >= 20
            && run.contains(|c: char| c.is_ascii_digit())
            && run.contains(|c: char| c.is_ascii_alphabetic())
    };
    named && !text.contains(['+', '=']) && !text.split(|c: char| !c.is_ascii_alphanumeric()).any(of_secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opaque_text_may_be_anything_visible() {
        for good in ["x", "a b", "密钥", "!\"§$%&/()=", "0"] {
            assert_eq!(opaque(good), Ok(()), "{good}");
        }
        let kind = |text| opaque(text).unwrap_err().kind;
        assert_eq!(kind(""), Kind::Empty);
        assert_eq!(kind(" x"), Kind::SurroundingSpace);
        assert_eq!(kind("x\u{3000}"), Kind::SurroundingSpace);
        assert_eq!(kind("a\tb"), Kind::ControlCharacter);
        assert_eq!(kind("a\u{7f}b"), Kind::ControlCharacter);
        assert!(!opaque("hun\tter2").unwrap_err().message.contains("ter2"));
    }

    #[test]
    fn endpoints_are_https_or_loopback() {
        assert_eq!(endpoint("https://api.example.com/").as_deref(), Ok("https://api.example.com"));
        for good in [
            "http://127.0.0.1:8765",
            "http://127.9.9.9",
            "http://[::1]:1",
            "http://localhost:80",
            "https://h/p",
        ] {
            assert!(endpoint(good).is_ok(), "{good}");
        }
        for (bad, kind) in [
            ("http://example.com", Kind::InsecureEndpoint),
            ("http://127.0.0.1.example.com", Kind::InsecureEndpoint),
            ("http://[::2]", Kind::InsecureEndpoint),
            ("http://0.0.0.0", Kind::InsecureEndpoint),
            ("http://localhost.example.com", Kind::InsecureEndpoint),
            ("https://u:hunter2@h", Kind::BadUrl),
            ("https://h?x", Kind::BadUrl),
            ("https://h#x", Kind::BadUrl),
            ("ftp://h", Kind::BadUrl),
            ("h:80", Kind::BadUrl),
            ("api.example.com", Kind::BadUrl),
            ("https://a b", Kind::BadUrl),
            ("", Kind::Empty),
        ] {
            let flaw = endpoint(bad).unwrap_err();
            assert_eq!(flaw.kind, kind, "{bad}");
            assert!(!flaw.message.contains("hunter2"));
        }
    }

    #[test]
    fn names() {
        assert!(profile_name("chat-prod_2").is_ok());
        for bad in ["", "a b", "é", "sandbox", "env", &"a".repeat(65)] {
            assert_eq!(profile_name(bad).unwrap_err().kind, Kind::BadName, "{bad}");
        }
        assert!(package("com.example.demo_2").is_ok());
        for bad in ["demo", "com..x", ".com.x", "com.2x", "com.ex-ample", "com.example.", ""] {
            assert!(package(bad).is_err(), "{bad}");
        }
        for path in
            ["~/.config/opush/secrets/chat-prod-7005", "/run/secrets/oppo", "key.pem", "../a b/master-secret"]
        {
            assert!(looks_like_path(path), "{path}");
        }
        for other in [
            "hunter2",
            "8c1d0e5ab37f42d6a1b9c4e8f0725d63",
            "keys/8c1d0e5ab37f42d6a1b9c4e8f0725d63",
            "c2VjcmV0L3NlY3JldC9z/ZWNyZXQvc2Vj+cmV0L3M=",
            "abc.8c1d0e5ab37f42d6",
        ] {
            assert!(!looks_like_path(other), "{other}");
        }
        assert!(is_variable_name("OPUSH_X1") && is_variable_name("_a") && is_variable_name("…"));
        for bad in [
            "",
            "a\u{a0}b",
            "a\u{85}b",
            "1A",
            "A-B",
            "0123456789abcdef0123456789abcdef",
            "abcdefabcdefabcdefabcdefabcdefab",
        ] {
            assert!(!is_variable_name(bad), "{bad}");
        }
    }
}
