//! Three wrong versions of the rule, for the test that must notice each; only there with the feature `mutations`.
//! Without it every question here is answered by a constant, and nothing is read from the environment.

use super::rule::Step;

/// Names the mutation in force, 1 to 3.
#[cfg(feature = "mutations")]
const VARIABLE: &str = "OPUSH_MUTATION";

/// The seven days are counted from the last login.
pub(super) const DAYS_FROM_LOGIN: u8 = 1;
/// An app that called doBackground counts as one in the foreground.
pub(super) const BACKGROUND_IS_ONLINE: u8 = 2;
/// What was reported is asked before where the app stands.
const REPORT_FIRST: u8 = 3;

#[cfg(feature = "mutations")]
pub(super) fn is(mutation: u8) -> bool {
    std::env::var(VARIABLE).is_ok_and(|value| value == mutation.to_string())
}

#[cfg(not(feature = "mutations"))]
pub(super) const fn is(_: u8) -> bool {
    false
}

/// The steps in the order in which they are asked.
pub(super) fn order(rule: &'static [Step]) -> Vec<&'static Step> {
    let mut steps: Vec<&Step> = rule.iter().collect();
    if is(REPORT_FIRST) {
        steps.sort_by_key(|step| step.answer != super::Answer::NoReport);
    }
    steps
}
