//! What a user and a device may be called in a token report.
//! Whether such a user exists is known to the IM server alone.

use crate::failure::{Kind, Problem, Warning};

/// A UserID has at most this many bytes (IM reference, section 5).
const USER_BYTES: usize = 32;

/// Our own limit: a device name is only a label.
const DEVICE_CHARACTERS: usize = 64;

/// What is wrong with a UserID; empty if nothing is.
pub(crate) fn user_problems(user: &str) -> Vec<Problem> {
    let length = user.len();
    let message = format!("the user has {length} bytes; a UserID has at most {USER_BYTES}");
    let hint = "give the UserID that the app logs in with";
    let too_long = (length > USER_BYTES).then(|| Problem::new(Kind::TooLong, message, hint));
    problems("--user", "the user", user, hint, too_long)
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
    let length = device.chars().count();
    let message = format!("the device name has {length} characters; it may have {DEVICE_CHARACTERS}");
    let too_long = Problem::new(Kind::TooLong, message, "give a shorter name");
    let hint = "give a name such as phone, or leave it out for the device called default";
    problems("--device", "the device name", device, hint, (length > DEVICE_CHARACTERS).then_some(too_long))
}

fn problems(
    flag: &str,
    what: &str,
    text: &str,
    if_empty: &'static str,
    too_long: Option<Problem>,
) -> Vec<Problem> {
    if text.trim().is_empty() {
        return vec![Problem::new(Kind::Empty, format!("{what} is empty"), if_empty).at(flag)];
    }
    let untidy = if text.chars().any(char::is_control) {
        let hint = "type it again; a copied line end is the usual cause";
        Some(Problem::new(Kind::ControlCharacter, format!("{what} holds a control character"), hint))
    } else if text.trim() != text {
        let message = format!("{what} has white space around it");
        Some(Problem::new(Kind::SurroundingSpace, message, "take it away"))
    } else {
        None
    };
    too_long.into_iter().chain(untidy).map(|problem| problem.at(flag)).collect()
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
