//! Rates and quotas, off unless a rule sets them (OPPO reference, section 9).

use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};

use super::super::http::context::Context;
use super::super::http::notes::Stop;
use super::super::rules::PermitNames;
use super::envelope;

/// OPPO's day begins at midnight of GMT+8.
const CHINA_MS: i64 = 8 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// The day's public pushes of an app with fewer users than this; one with more has two for each (OPPO reference, section 9).
const FEW_USERS: i64 = 50_000;
const FEW_USERS_QUOTA: i64 = 100_000;

/// Counts one call of the app, whatever its kind: the rate is shared by all interfaces.
pub(crate) fn count_call(context: &mut Context<'_>, app_id: &str) -> Result<(), Stop> {
    let code = i32::try_from(context.rules.call_rate_code.0).unwrap_or(13);
    context.count_call(app_id, "call", context.rules.call_rate, code)
}

/// How many pushes the app has made today.
pub(super) fn used(context: &Context<'_>, app_id: &str) -> rusqlite::Result<i64> {
    let used = context
        .tx
        .prepare_cached("SELECT count FROM tally WHERE app_id = ?1 AND what = 'push' AND period = ?2")?
        .query_row(params![app_id, today(context)], |row| row.get(0))
        .optional()?;
    Ok(used.unwrap_or(0))
}

/// The pushes of one call.
pub(super) fn add(context: &Context<'_>, app_id: &str, pushes: i64) -> rusqlite::Result<()> {
    if pushes == 0 {
        return Ok(());
    }
    context
        .tx
        .prepare_cached(
            "INSERT INTO tally (app_id, what, period, count) VALUES (?1, 'push', ?2, ?3)
             ON CONFLICT (app_id, what) DO UPDATE SET
                count = excluded.count + CASE WHEN period = excluded.period THEN count ELSE 0 END,
                period = excluded.period",
        )?
        .execute(params![app_id, today(context), pushes])?;
    Ok(())
}

fn today(context: &Context<'_>) -> i64 {
    (context.now + CHINA_MS).div_euclid(DAY_MS)
}

/// Refuses a picture more than a rule lets through today.
pub(super) fn count_picture(context: &mut Context<'_>, app_id: &str) -> Result<(), Stop> {
    let Some(most) = context.rules.pictures_per_day else { return Ok(()) };
    if context.count(app_id, "picture", today(context))? > i64::from(most) {
        return Err(context.notes.refuse("pictures-per-day", 34, format!("more than {most} pictures today")));
    }
    context.notes.pass("pictures-per-day", "");
    Ok(())
}

/// `GET /server/v1/feedback/fetch_push_permit`: what of the day's pushes is left. The names in it are not known.
pub(super) fn permit(context: &mut Context<'_>, app_id: &str) -> Result<Value, Stop> {
    let users: i64 = context
        .tx
        .prepare_cached("SELECT count(*) FROM phone WHERE app_id = ?1")?
        .query_row([app_id], |row| row.get(0))?;
    let public = if users < FEW_USERS { FEW_USERS_QUOTA } else { users * 2 };
    let total = context.rules.daily_quota.map_or(public, i64::from);
    let used = used(context, app_id)?;
    let left = (total - used).max(0);
    context.notes.pass("permit", format!("{used} of {total} used"));
    let data = match context.rules.permit_names {
        PermitNames::Snake => json!({ "total_count": total, "used_count": used, "remain_count": left }),
        PermitNames::Camel => json!({ "totalCount": total, "usedCount": used, "remainCount": left }),
    };
    Ok(envelope::success("success", Some(data)))
}
