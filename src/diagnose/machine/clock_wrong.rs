//! Whether this machine's clock agrees with the servers' Date headers.
//! What OPPO says to a wrong time belongs to `diagnose`.

use super::evidence::{Endpoint, Machine};
use crate::diagnose::{Finding, Skipped};
use crate::failure::Remedy;
use crate::oppo::ClockDifference;

pub(super) const TITLE: &str = "the clock agrees with the servers'";
pub(super) const REMEDY: Remedy = Remedy::say("set the clock by the network: timedatectl set-ntp true");

/// Beyond this OPPO refuses the timestamp of an auth call (OPPO reference, section 2).
const REFUSED: u64 = 600;

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    let told = machine.endpoints()?.iter().filter_map(|one| Some((one, one.clock?)));
    let worst = told.max_by_key(|(_, clock)| clock.vendor_ahead_seconds.unsigned_abs());
    let Some((one, clock)) = worst else {
        return Err(Skipped::because("no endpoint gave its time"));
    };
    let words = words(one, clock);
    let cause =
        "OPPO refuses timestamps more than ten minutes off, and a UserSig is not valid yet, or not any more";
    Ok(match clock.vendor_ahead_seconds.unsigned_abs() {
        seconds if seconds >= REFUSED => Finding::fail(words, cause),
        _ if clock.is_worrying() => Finding::warn(words, cause),
        _ => Finding::pass(words),
    })
}

fn words(one: &Endpoint, clock: ClockDifference) -> String {
    let host = &one.probed.host;
    match clock.vendor_ahead_seconds {
        0 => format!("less than 1 s apart from {host}"),
        ahead if ahead > 0 => format!("this machine is {ahead} s behind {host}"),
        behind => format!("this machine is {} s ahead of {host}", behind.unsigned_abs()),
    }
}
