//! Whether the user is an account of the IM app: a message to an unknown one is refused, and no push is made.
//! Whether the IM server can be asked at all belongs to the link `IM server`.

use crate::config::Origin;
use crate::diagnose::evidence::LiveAnswer;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::store::deliveries::Status;

/// The user does not exist (tencent-im-push reference, section 12).
const NO_SUCH_USER: i64 = 70107;

pub(super) const TITLE: &str = "the IM server knows the user";
pub(super) const REMEDY: Remedy = Remedy::run(
    "import the account (account_import), or correct the user ID; this shows what the IM server knows",
    "im account <USER>",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let user = evidence.user()?;
    let unknown = |problem: Option<&crate::failure::Problem>| {
        problem.is_some_and(|problem| problem.code == Some(NO_SUCH_USER))
    };
    let said = if unknown(evidence.account.failed()) || unknown(evidence.im_state.failed()) {
        "70107"
    } else if matches!(evidence.account, LiveAnswer::Answered(false)) {
        "NotImported"
    } else {
        evidence.account.answered()?;
        return Ok(Finding::pass(format!("{user} is an account of the IM app")));
    };
    let message = format!("the IM server knows no account {user}: {said}");
    // The built-in profile has an IM server that was not asked for; what went through without it is not broken.
    let built_in = evidence.subject()?.profile.origin == Origin::BuiltIn;
    if built_in && evidence.last_sent().is_ok_and(|last| last.status == Status::Accepted) {
        return Ok(Finding::warn(
            message,
            "opush itself uses its own records; a message through the IM server would be refused",
        ));
    }
    Ok(Finding::fail(
        message,
        "the user ID is mistyped, or the account was never imported, or is of another app",
    )
    .plainly(format!("the IM server knows no account {user}"))
    .remedy(REMEDY.with("USER", user)))
}
