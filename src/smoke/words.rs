//! The hints of `send` name flags; here they become the keys of a scenario.

/// `drop --notify-level` as `drop notify_level`.
pub(super) fn in_keys(hint: &str) -> String {
    let word = |word: &str| match word.strip_prefix("--") {
        Some(flag) => flag.replace('-', "_"),
        None => word.to_owned(),
    };
    hint.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
