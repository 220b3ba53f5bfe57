//! Each deliberate mistake in the rule must be noticed by the random histories, run again in a process of its own.
//! Only with the feature `mutations`; the mistakes stand in src/push/decision/mutation.rs.

use std::process::Command;

fn histories(mutation: &str) -> (bool, String) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "story::every_history_is_decided_as_the_model_decides", "--quiet"])
        .env("OPUSH_MUTATION", mutation)
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&printed).into_owned())
}

#[test]
fn each_of_the_three_is_noticed() {
    for mutation in ["1", "2", "3"] {
        let (passed, printed) = histories(mutation);
        assert!(!passed, "mutation {mutation} went unnoticed");
        assert!(printed.contains(super::story::DISAGREE), "mutation {mutation}: {printed}");
    }
}

#[test]
fn without_one_they_agree() {
    let (passed, printed) = histories("0");
    assert!(passed && printed.contains("1 passed"), "{printed}");
}
