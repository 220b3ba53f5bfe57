//! What a user and a device may be called in a token report.
//! Whether such a user exists is known to the IM server alone.

use crate::failure::{Kind, Problem, Warning};

/// A UserID has at most this many bytes (IM reference, section 5).
const USER_BYTES: usize = 32;

/// Our own limit: a device name is only a label.
const DEVICE_CHARACTERS: usize = 64;

/// What is wrong with a UserID; empty if nothing is.
pub(crate) fn user_problems(user: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    if user.trim().is_empty() {
        problems.push(Problem::new(
            Kind::Empty,
            "the user is empty",
            "give the UserID that the app logs in with",
        ));
        return at("--user", problems);
    }
    if user.len() > USER_BYTES {
        problems.push(Problem::new(
            Kind::TooLong,
            format!("the user has {} bytes; a UserID has at most {USER_BYTES}", user.len()),
            "give the UserID that the app logs in with",
        ));
    }
    problems.extend(untidy("the user", user));
    at("--user", problems)
}

/// What the client SDK would object to, though the server may take it.
pub(super) fn user_warning(user: &str) -> Option<Warning> {
    let odd = user.chars().find(|c| !c.is_ascii_graphic() && !c.is_control())?;
    let message = format!(
        "the UserID holds {odd:?}; the IM SDK's own check takes printable ASCII only and fails with 7003"
    );
    Some(Warning::new(message, "UserIDs of printable ASCII work everywhere").at("--user"))
}

/// What is wrong with a device's name; empty if nothing is.
pub(super) fn device_problems(device: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    if device.trim().is_empty() {
        problems.push(Problem::new(
            Kind::Empty,
            "the device name is empty",
            "give a name such as phone, or leave it out for the device called default",
        ));
        return at("--device", problems);
    }
    let length = device.chars().count();
    if length > DEVICE_CHARACTERS {
        problems.push(Problem::new(
            Kind::TooLong,
            format!("the device name has {length} characters; it may have {DEVICE_CHARACTERS}"),
            "give a shorter name",
        ));
    }
    problems.extend(untidy("the device name", device));
    at("--device", problems)
}

fn untidy(what: &str, text: &str) -> Option<Problem> {
    if text.chars().any(char::is_control) {
        Some(Problem::new(
            Kind::ControlCharacter,
            format!("{what} holds a control character"),
            "type it again; a copied line end is the usual cause",
        ))
    } else if text.trim() != text {
        Some(Problem::new(
            Kind::SurroundingSpace,
            format!("{what} has white space around it"),
            "take it away",
        ))
    } else {
        None
    }
}

fn at(place: &str, problems: Vec<Problem>) -> Vec<Problem> {
    problems.into_iter().map(|problem| problem.at(place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(problems: Vec<Problem>) -> Vec<Kind> {
        problems.iter().map(|problem| problem.kind).collect()
    }

    #[test]
    fn a_user_has_one_to_thirty_two_bytes() {
        assert!(user_problems("a").is_empty());
        assert!(user_problems(&"a".repeat(32)).is_empty());
        assert_eq!(kinds(user_problems(&"a".repeat(33))), [Kind::TooLong]);
        assert_eq!(kinds(user_problems(&"中".repeat(11))), [Kind::TooLong]);
        assert_eq!(kinds(user_problems("")), [Kind::Empty]);
        assert_eq!(kinds(user_problems(" ")), [Kind::Empty]);
    }

    #[test]
    fn an_untidy_user_is_refused_and_an_odd_one_warned_about() {
        assert_eq!(kinds(user_problems("ali\nce")), [Kind::ControlCharacter]);
        assert_eq!(kinds(user_problems("alice ")), [Kind::SurroundingSpace]);
        assert_eq!(
            kinds(user_problems(&format!(" {}", "a".repeat(32)))),
            [Kind::TooLong, Kind::SurroundingSpace]
        );
        assert!(user_problems("中文").is_empty());
        assert!(user_warning("中文").unwrap().message.contains("7003"));
        assert!(user_warning("a b").is_some());
        assert_eq!(user_warning("alice@example_1"), None);
    }

    #[test]
    fn a_device_has_a_short_name() {
        assert!(device_problems("default").is_empty());
        assert!(device_problems(&"中".repeat(64)).is_empty());
        assert_eq!(kinds(device_problems(&"d".repeat(65))), [Kind::TooLong]);
        assert_eq!(kinds(device_problems("")), [Kind::Empty]);
        assert_eq!(kinds(device_problems("a\u{7}")), [Kind::ControlCharacter]);
    }
}
