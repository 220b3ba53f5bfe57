//! The "token is empty" case: what leaves an app without a regId at report time, in the order in which to look.
//! Data for people; where it is shown is not decided here.

use crate::failure::{Kind, Problem};

/// Causes and what tells them apart (IM reference, sections 4.1 and 13; OPPO reference, section 10).
const CAUSES: [&str; 6] = [
    "register was not called, or its onRegister has not come yet: report inside onRegister as well as after login",
    "onRegister came with a code other than 0: log it; 14 is a wrong AppKey, 16 a wrong AppSecret, -1 a service that is away",
    "the manifest lacks OPPO's two services or its permissions: then register never answers",
    "register or isSupportPush was called before init",
    "the app is not approved for PUSH in OPPO's console, or the phone has no ColorOS 3.1 or later",
    "the app reported before its login had succeeded: the IM server answers that with 21005",
];

/// The message for an empty regId.
pub(super) fn problem() -> Problem {
    let causes: Vec<String> = CAUSES.iter().map(|cause| format!("- {cause}")).collect();
    let next =
        "log code and regId in the app's onRegister, and report once the regId is there; usual causes:";
    Problem::new(
        Kind::EmptyToken,
        "the regId is empty: at that moment the app had no token to report",
        format!("{next}\n{}", causes.join("\n")),
    )
    .at("--reg-id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_is_named() {
        let problem = problem();
        for word in ["onRegister", "manifest", "init", "console", "login", "21005"] {
            assert!(problem.hint.sentence().contains(word), "{word}");
        }
    }
}
