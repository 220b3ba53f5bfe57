//! `logcat`: which lines speak of push, and what in them may be a regId.

/// Words of OPPO's SDK, of its system service and of the adapters that wrap it, in small letters.
const OF_PUSH: [&str; 18] = [
    "heytap",
    "mcssdk",
    "coloros.mcs",
    "mcs_msg",
    "onregister",
    "registerid",
    "register id",
    "register_id",
    "registrationid",
    "regid",
    "reg_id",
    "oppopush",
    "oppo_push",
    "oppo push",
    "offlinepush",
    "timpush",
    "pushmanager",
    "pushservice",
];

/// Where one of these is in a line, a long word in it may be a regId.
const OF_REGISTRATION: [&str; 8] = [
    "onregister",
    "registerid",
    "register id",
    "register_id",
    "registrationid",
    "regid",
    "reg_id",
    "offlinepushtoken",
];

pub(crate) fn is_of_push(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    OF_PUSH.iter().any(|word| lower.contains(word))
}

/// The words of a line that may be a regId, where the line speaks of one; an AppKey looks the same.
pub(crate) fn reg_id_words(line: &str) -> impl Iterator<Item = &str> {
    let lower = line.to_ascii_lowercase();
    let speaks = OF_REGISTRATION.iter().filter_map(|word| lower.find(word)).min();
    // Offsets are the same: only ASCII letters were changed.
    let rest = speaks.and_then(|at| line.get(at..)).unwrap_or_default();
    rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| word.len() >= 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REG_ID: &str = "CN_0123456789abcdef0123456789abcdef";

    #[test]
    fn a_reg_id_is_found_only_where_the_line_speaks_of_one() {
        let words = |line: &str| reg_id_words(line).map(str::to_owned).collect::<Vec<_>>();
        let line = format!("I/OppoPush( 1): onRegister responseCode : 0, registerID : {REG_ID}");
        assert_eq!(words(&line), [REG_ID]);
        assert_eq!(words(&format!("appKey=8c1d4e5f6a7b8c9d0e1f2a3b4c5d6e7f regId={REG_ID},x")), [REG_ID]);
        assert!(words("appKey=8c1d4e5f6a7b8c9d0e1f2a3b4c5d6e7f").is_empty());
        assert!(words("é onRegister(0, )").is_empty());
    }

    #[test]
    fn lines_of_push_are_told_from_others() {
        assert!(is_of_push("D/mcssdk---(123): register"));
        assert!(is_of_push("I/com.heytap.mcs: notify"));
        assert!(!is_of_push("D/WifiStateMachine: connected"));
    }
}
