//! The hints of `send` speak of flags; a scenario has keys. Here the one becomes the other.
//! What is hinted at belongs to whoever found the problem.

/// `drop --notify-level` as `drop notify_level`.
pub(super) fn in_keys(hint: &str) -> String {
    let word = |word: &str| match word.strip_prefix("--") {
        Some(flag) => flag.replace('-', "_"),
        None => word.to_owned(),
    };
    hint.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn flags_become_keys() {
    assert_eq!(
        in_keys("apply for it, or drop --category and --notify-level"),
        "apply for it, or drop category and notify_level"
    );
}
