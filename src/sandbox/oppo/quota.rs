//! Rates and quotas, off unless a rule sets them (OPPO reference, section 9).

use super::super::faults::{self, About, Kind};
use super::super::http::context::Context;
use super::super::http::notes::Stop;

/// OPPO's day begins at midnight of GMT+8.
const CHINA_MS: i64 = 8 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// Counts one call of the app, whatever its kind: the rate is shared by all interfaces.
pub(crate) fn count_call(context: &mut Context<'_>, app_id: &str) -> Result<(), Stop> {
    let code = i32::try_from(context.rules.call_rate_code.0).unwrap_or(13);
    context.count_call(app_id, "call", context.rules.call_rate, code)
}

/// Counts one push that would be accepted; `about` where faults are set.
pub(crate) fn count_push(context: &mut Context<'_>, app_id: &str, about: Option<&About>) -> Result<(), Stop> {
    if let Some(about) = about
        && let Some(fault) = faults::strikes(context.tx, about, Kind::Quota)?
    {
        return Err(context.notes.refuse("fault", 33, faults::words(&fault)));
    }
    let Some(most) = context.rules.daily_quota else { return Ok(()) };
    let period = (context.now + CHINA_MS).div_euclid(DAY_MS);
    if context.count(app_id, "push", period)? > i64::from(most) {
        return Err(context.notes.refuse("daily-quota", 33, format!("more than {most} pushes today")));
    }
    context.notes.pass("daily-quota", "");
    Ok(())
}
