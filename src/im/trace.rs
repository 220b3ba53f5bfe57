//! The trace of one push, and why pushes were lost: the push service's own diagnosis (IM reference, section 10).

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::client::commands::{NORMAL_PUSH_LOSS, NORMAL_PUSH_TRACE};
use super::codes::{self, Area};
use super::envelope::{int, objects, text};
use super::{Client, ImError};
use crate::clock::Timestamp;

/// One device that a push went to.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub(crate) struct Instance {
    /// Model, system and its version, as far as known.
    pub(crate) device: String,
    /// The vendor's name, such as OPPO, or the number where it is not known.
    pub(crate) platform: Option<String>,
    pub(crate) certificate_id: Option<String>,
    /// The token it was pushed to; for OPPO the regId.
    pub(crate) token: Option<String>,
    /// As the server gives it, in its own time zone.
    pub(crate) push_time: Option<String>,
    /// The phone's notification switch at that moment; 1 is on, other numbers are not documented.
    pub(crate) notification_status: Option<i64>,
    pub(crate) links: Vec<Link>,
}

/// One link of the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Link {
    /// The server's names, such as OfflinePushStat.ChannelStat.
    pub(crate) name: String,
    /// 1 is good; the meaning of other numbers is not documented.
    pub(crate) status: Option<i64>,
    pub(crate) code: Option<String>,
    pub(crate) info: Option<String>,
    pub(crate) at: Option<String>,
}

/// Pushes that were lost for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Loss {
    /// The server's name: ReadyToSendLoss, PostSendDeliveredLoss, PlatformReadyToSendLoss ...
    pub(crate) stage: String,
    /// The vendor's name, where the stage is counted by vendor.
    pub(crate) platform: Option<String>,
    /// The server's or the vendor's code.
    pub(crate) code: String,
    pub(crate) count: i64,
    /// The server's own words.
    pub(crate) info: String,
    /// What opush knows about the code.
    pub(crate) meaning: Option<&'static str>,
}

/// PushPlatform's numbers (IM reference, section 9).
pub(crate) fn platform_name(number: i64) -> Option<&'static str> {
    let names = ["unknown", "APNs", "Xiaomi", "Huawei", "FCM", "Meizu", "OPPO", "vivo", "Honor"];
    usize::try_from(number).ok().and_then(|number| names.get(number).copied())
}

fn platform(value: Option<&Value>) -> Option<String> {
    match int(value).and_then(platform_name) {
        Some(name) => Some(name.to_owned()),
        None => text(value),
    }
}

impl Client {
    /// The ways of one chat push to the receiver's devices; kept for 7 days.
    pub(crate) async fn trace(&self, push_id: &str) -> Result<Vec<Instance>, ImError> {
        let answer = self.call(NORMAL_PUSH_TRACE, &json!({ "PushID": push_id })).await?;
        if !answer.body.contains_key("InstanceTrace") {
            return Err(self.lacks(NORMAL_PUSH_TRACE, "InstanceTrace"));
        }
        Ok(objects(&answer.body, "InstanceTrace").map(instance).collect())
    }

    /// Why pushes were lost from `from` to `to`, at most 7 days apart.
    pub(crate) async fn losses(&self, from: Timestamp, to: Timestamp) -> Result<Vec<Loss>, ImError> {
        let body = json!({ "StartTime": from.as_second(), "EndTime": to.as_second() });
        let answer = self.call(NORMAL_PUSH_LOSS, &body).await?;
        let stages: Vec<_> = answer.body.iter().filter(|(name, _)| name.ends_with("Loss")).collect();
        if stages.is_empty() {
            return Err(self.lacks(NORMAL_PUSH_LOSS, "any list of losses"));
        }
        let mut losses = Vec::new();
        for (name, value) in stages {
            collect(name, None, value, &mut losses);
        }
        Ok(losses)
    }
}

fn instance(entry: &Map<String, Value>) -> Instance {
    let parts =
        ["DeviceModel", "System", "SystemVersion"].map(|key| text(entry.get(key)).unwrap_or_default());
    let device: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let mut links = Vec::new();
    for (name, value) in entry {
        link(name, value, &mut links);
    }
    Instance {
        push_time: text(entry.get("PushTime")),
        device: device.join(" "),
        platform: platform(entry.get("PushPlatform")),
        token: text(entry.get("Token")),
        certificate_id: text(entry.get("CertId")),
        notification_status: int(entry.get("NotificationStatus")),
        links,
    }
}

/// Every object that has a PushStatus, however deep, in the order of the answer: the copies of the page name only some.
fn link(name: &str, value: &Value, links: &mut Vec<Link>) {
    let Value::Object(object) = value else { return };
    if object.contains_key("PushStatus") {
        links.push(Link {
            name: super::envelope::cut(name),
            status: int(object.get("PushStatus")),
            code: text(object.get("ErrorCode")),
            info: text(object.get("ErrorInfo")).filter(|info| !info.is_empty()),
            at: text(object.get("EventTime")),
        });
    }
    for (key, value) in object {
        link(&format!("{name}.{key}"), value, links);
    }
}

/// Entries of a list of losses, also of one list for each platform.
fn collect(stage: &str, outer: Option<&str>, value: &Value, losses: &mut Vec<Loss>) {
    match value {
        Value::Array(entries) => entries.iter().for_each(|entry| collect(stage, outer, entry, losses)),
        Value::Object(entry) => {
            let own = platform(entry.get("PushPlatform"));
            let platform = own.as_deref().or(outer);
            match (text(entry.get("ErrCode")), int(entry.get("ErrCount"))) {
                (Some(code), Some(count)) => {
                    let row = code.parse().ok().and_then(codes::find).filter(|row| row.area == Area::Push);
                    losses.push(Loss {
                        stage: super::envelope::cut(stage),
                        platform: platform.map(str::to_owned),
                        code,
                        count,
                        info: text(entry.get("ErrInfo")).unwrap_or_default(),
                        meaning: row.map(|row| row.meaning),
                    });
                }
                _ => entry
                    .values()
                    .filter(|value| value.is_array() || value.is_object())
                    .for_each(|value| collect(stage, platform, value, losses)),
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_is_found_however_deep() {
        let entry = json!({
            "InstanceId": 1, "PushTime": "2024-01-01 10:00:00", "DeviceModel": "PHN110", "System": "Android",
            "SystemVersion": "14", "PushPlatform": 6, "Token": "CN_5e", "CertId": "7005", "NotificationStatus": 1,
            "IMCommitStat": { "IMStat": { "PushStatus": 1, "ErrorCode": 0, "ErrorInfo": "", "EventTime": "10:00:00" } },
            "OfflinePushStat": {
                "OfflineStat": { "PushStatus": 1 },
                "ChannelStat": { "PushStatus": 2, "ErrorCode": "10000", "ErrorInfo": "Invalid Registration_id" },
            },
        });
        let instance = instance(entry.as_object().unwrap());
        assert_eq!(
            (instance.device.as_str(), instance.platform.as_deref()),
            ("PHN110 Android 14", Some("OPPO"))
        );
        assert_eq!(instance.certificate_id.as_deref(), Some("7005"));
        let names: Vec<&str> = instance.links.iter().map(|link| link.name.as_str()).collect();
        assert_eq!(
            names,
            ["IMCommitStat.IMStat", "OfflinePushStat.OfflineStat", "OfflinePushStat.ChannelStat"]
        );
        assert_eq!(instance.links[2].code.as_deref(), Some("10000"));
        assert_eq!(instance.links[0].info, None);
    }

    #[test]
    fn losses_are_read_flat_and_by_platform() {
        let mut losses = Vec::new();
        let flat = json!([{ "ErrCode": "-2", "ErrCount": 3, "ErrInfo": "no token" }, { "ErrCode": 410, "ErrCount": "1" }]);
        collect("ReadyToSendLoss", None, &flat, &mut losses);
        let nested = json!([{ "PushPlatform": 6, "LossList": [{ "ErrCode": "1", "ErrCount": 2, "ErrInfo": "regid_invalid" }] }]);
        collect("PlatformReadyToSendLoss", None, &nested, &mut losses);
        let own = json!([{ "PushPlatform": 99, "ErrCode": "1", "ErrCount": 2 }, 7, null]);
        collect("PlatformPostSendDeliveredLoss", None, &own, &mut losses);
        let rows: Vec<_> =
            losses.iter().map(|loss| (loss.platform.as_deref(), loss.code.as_str(), loss.count)).collect();
        assert_eq!(rows, [(None, "-2", 3), (None, "410", 1), (Some("OPPO"), "1", 2), (Some("99"), "1", 2)]);
    }
}
