//! Whether this machine's clock and OPPO's agree: the auth call carries a timestamp, which may be 10 minutes off at most.
//! Whether the signature is right belongs to `master_secret_wrong`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::oppo::ClockDifference;

/// Invalid Timestamp (OPPO reference, section 8).
const INVALID_TIMESTAMP: i64 = 19;

pub(super) const TITLE: &str = "this machine's clock is right";
pub(super) const REMEDY: Remedy =
    Remedy::say("set the clock by a time server: sudo timedatectl set-ntp true");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.certificate_at_hand()?;
    let accepted = match evidence.auth()? {
        Ok(accepted) => accepted,
        Err(INVALID_TIMESTAMP) => {
            return Ok(Finding::fail(
                format!(
                    "OPPO refused the timestamp {:.0} of this machine just now: 19 Invalid Timestamp",
                    evidence.now
                ),
                "this machine's clock is more than 10 minutes off",
            )
            .plainly("this machine's clock is wrong, so that OPPO refuses it"));
        }
        Err(code) => {
            return Err(Skipped(format!(
                "OPPO refused the auth call with {code}, and said nothing of the time"
            )));
        }
    };
    Ok(match accepted.clock {
        Some(clock) if clock.is_worrying() => Finding::warn(
            format!("the clocks are apart: {clock}"),
            "from 10 minutes on OPPO refuses the auth call with 19, and then nothing can be pushed",
        ),
        Some(clock) => Finding::pass(format!("OPPO accepted the timestamp; the clocks are {}", near(clock))),
        None => Finding::pass("OPPO accepted the timestamp; its answer had no date to compare with"),
    })
}

fn near(clock: ClockDifference) -> String {
    match clock.vendor_ahead_seconds.unsigned_abs() {
        0 => "less than 1 s apart".to_owned(),
        seconds => format!("{seconds} s apart"),
    }
}
