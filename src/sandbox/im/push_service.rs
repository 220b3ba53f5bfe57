//! The push service's trace and loss, from the sandbox's own records (IM reference, section 10).

use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use super::super::calendar;
use super::super::faults::{self, PushLoss};
use super::super::http::context::{Context, Reply};
use super::super::http::notes::Stop;
use super::super::http::request::Object;
use super::super::phone::{self, Stage, Wanted};
use super::app::ImApp;
use super::envelope;
use super::fields;
use super::pushes::{self, Attempt};

const WEEK: i64 = 7 * 86_400;
/// PushPlatform 6 is OPPO (IM reference, section 9).
const OPPO: i64 = 6;

/// `normal_push_trace`: the state of one push, link by link.
pub(super) fn trace(context: &mut Context<'_>, app: &ImApp, body: &Object) -> Result<Reply, Stop> {
    let Some(push_id) = fields::text(body, "PushID") else {
        return Err(context.notes.refuse("PushID", 90001, "not a string with a PushID in it"));
    };
    let mut instances = Vec::new();
    for attempt in pushes::by_push_id(context.tx, app.sdk_app_id, &push_id)? {
        if context.now - attempt.at <= WEEK * 1000 {
            instances.push(instance(context, &attempt)?);
        }
    }
    context.notes.pass("PushID", "");
    Ok(envelope::ok(Map::from_iter([("InstanceTrace".to_owned(), instances.into())])))
}

fn instance(context: &Context<'_>, attempt: &Attempt) -> Result<Value, Stop> {
    let device = match &attempt.phone {
        Some(name) => phone::find(context.tx, context.now, name)?,
        None => None,
    };
    let message = match (&attempt.phone, &attempt.message_id) {
        (Some(name), Some(id)) => {
            let wanted =
                Wanted { phone: Some(name.clone()), message_id: Some(id.clone()), ..Wanted::default() };
            phone::messages(context.tx, context.now, &wanted)?.pop()
        }
        _ => None,
    };
    let decided = attempt.reason.is_none() || attempt.oppo_code.is_some();
    let shown = message.as_ref().is_some_and(|message| message.shown_at.is_some());
    let mut lost = message.as_ref().and_then(|message| message.reason.clone()).unwrap_or_default();
    // What OPPO's receipts tell the IM server.
    if let Some(receipt) = receipt_of(context.tx, attempt)? {
        lost = receipt.1.to_owned();
    }
    let opened = message.as_ref().is_some_and(|message| message.stage == Stage::Opened);
    let why = attempt.reason.clone().unwrap_or_default();
    Ok(json!({
        "InstanceId": attempt.id.to_string(),
        "PushTime": date_time(attempt.at),
        "DeviceModel": device.as_ref().map(|phone| phone.model.clone()).unwrap_or_default(),
        "System": "Android",
        "SystemVersion": device.as_ref().map(|phone| phone.android.to_string()).unwrap_or_default(),
        "PushPlatform": OPPO,
        "Token": attempt.reg_id.clone().unwrap_or_default(),
        "CertId": attempt.certificate_id.map(|id| id.to_string()).unwrap_or_default(),
        "NotificationStatus": i64::from(device.as_ref().is_some_and(|phone| phone.notifications)),
        "IMCommitStat": { "IMStat": link(decided, 0, &why, attempt.at) },
        "OfflinePushStat": {
            "OfflineStat": link(decided, 0, &why, attempt.at),
            "ChannelStat": link(attempt.oppo_code == Some(0), attempt.oppo_code.unwrap_or(0), &attempt.detail, attempt.at),
            "DeviceStat": link(shown, 0, &lost, message.as_ref().map_or(0, |message| message.at)),
            "ClickStat": link(opened, 0, "", if opened { message.map_or(0, |message| message.at) } else { 0 }),
        },
    }))
}

/// Code and words of the receipt that a push which a fault struck has: code 1 is known, the other one is not.
fn receipt_of(
    tx: &Transaction<'_>,
    attempt: &Attempt,
) -> rusqlite::Result<Option<(&'static str, &'static str)>> {
    let Some(message_id) = &attempt.message_id else { return Ok(None) };
    Ok(match faults::of_message(tx, message_id)? {
        Some(PushLoss::StaleRegId) => Some(("1", "regid_invalid")),
        Some(PushLoss::DailyLimit) => Some(("2", "user_daily_limit")),
        // What the IM server makes of the event that is not documented is not known.
        Some(PushLoss::NightControl | PushLoss::LostPush) | None => None,
    })
}

/// The four fields that every link has. 1 is good; the other values are not known.
fn link(good: bool, code: i32, info: &str, at: i64) -> Value {
    let info = if good { "" } else { info };
    json!({
        "PushStatus": i64::from(good),
        "ErrorCode": code,
        "ErrorInfo": info,
        "EventTime": if at == 0 { String::new() } else { date_time(at) },
    })
}

/// `YYYY-MM-DD hh:mm:ss` in GMT+8, the server's time zone.
fn date_time(ms: i64) -> String {
    const CHINA: i64 = 8 * 3600;
    let seconds = ms.div_euclid(1000) + CHINA;
    let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = calendar::date(days);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}", of_day / 3600, of_day / 60 % 60, of_day % 60)
}

/// `normal_push_loss`: how many pushes were lost before and after OPPO was called, and why.
pub(super) fn loss(context: &mut Context<'_>, app: &ImApp, body: &Object) -> Result<Reply, Stop> {
    let mut time = |name: &str| match fields::whole(body, name) {
        Some(time) if (0..=9_999_999_999).contains(&time) => Ok(time),
        _ => Err(context.notes.refuse(name, 90001, "not Unix seconds")),
    };
    let (start, end) = (time("StartTime")?, time("EndTime")?);
    if start > end || end - start > WEEK {
        return Err(context.notes.refuse(
            "EndTime",
            90001,
            "not after StartTime, or more than 7 days after it",
        ));
    }
    context.notes.pass("StartTime", "");
    let mut ready = Counts::default();
    let mut sent = Counts::default();
    for attempt in pushes::between(context.tx, app.sdk_app_id, start * 1000, end * 1000 + 999)? {
        match (&attempt.reason, attempt.oppo_code) {
            (Some(reason), None) => match reason.as_str() {
                "certificate-missing" => ready.add("-1", "no certificate ID set"),
                "no-report" => ready.add("-2", "no token uploaded"),
                "ext-not-json" | "certificate-not-yet-active" => ready.add("-3", reason),
                // The receiver does not wait for a push: nothing is lost.
                _ => {}
            },
            (Some(_), Some(10000 | 10001)) => sent.add("1", "regid_invalid"),
            (Some(_), Some(code)) => sent.add(&code.to_string(), &attempt.detail),
            (None, _) => {
                if let Some((code, info)) = receipt_of(context.tx, &attempt)? {
                    sent.add(code, info);
                }
            }
        }
    }
    Ok(envelope::ok(Map::from_iter([
        ("ReadyToSendLoss".to_owned(), ready.list(false)),
        ("PostSendDeliveredLoss".to_owned(), sent.list(false)),
        ("PlatformReadyToSendLoss".to_owned(), ready.list(true)),
        ("PlatformPostSendDeliveredLoss".to_owned(), sent.list(true)),
    ])))
}

/// Losses by code, in the order of their first.
#[derive(Default)]
struct Counts(Vec<(String, String, i64)>);

impl Counts {
    fn add(&mut self, code: &str, info: &str) {
        match self.0.iter_mut().find(|(known, ..)| known == code) {
            Some((.., count)) => *count += 1,
            None => self.0.push((code.to_owned(), info.to_owned(), 1)),
        }
    }

    fn list(&self, platform: bool) -> Value {
        let entries = self.0.iter().map(|(code, info, count)| {
            let mut entry = json!({ "ErrCode": code, "ErrCount": count, "ErrInfo": info });
            if platform {
                entry["PushPlatform"] = OPPO.into();
            }
            entry
        });
        entries.collect::<Vec<_>>().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_gmt_8() {
        for (ms, text) in [
            (0, "1970-01-01 08:00:00"),
            (1_700_000_000_123, "2023-11-15 06:13:20"),
            (1_709_136_000_000, "2024-02-29 00:00:00"),
            (1_735_660_799_000, "2024-12-31 23:59:59"),
            (4_102_444_800_000, "2100-01-01 08:00:00"),
        ] {
            assert_eq!(date_time(ms), text);
        }
    }
}
