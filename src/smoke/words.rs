//! The hints of `send` speak of flags; a scenario has keys. Here the one becomes the other.
//! What is hinted at belongs to whoever found the problem.

/// `drop --notify-level` as `drop notify_level`. A hint that names a command to paste stays as it is.
pub(super) fn in_keys(hint: &str) -> String {
    if hint.contains("opush ") {
        return hint.to_owned();
    }
    let word = |word: &str| match word.strip_prefix("--") {
        Some(flag) => flag.replace('-', "_"),
        None => word.to_owned(),
    };
    hint.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn flags_become_keys_but_not_in_commands() {
    assert_eq!(
        in_keys("apply for it, or drop --category and --notify-level"),
        "apply for it, or drop category and notify_level"
    );
    assert_eq!(in_keys("opush cert edit ID --app-key"), "opush cert edit ID --app-key");
}
