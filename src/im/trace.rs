//! The trace of one push, and why pushes were lost: the push service's own diagnosis (IM reference, section 10).

use jiff::civil::DateTime;
use jiff::tz::Offset;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};
use strum::Display;

use super::client::commands::{NORMAL_PUSH_LOSS, NORMAL_PUSH_TRACE};
use super::codes::{self, Area};
use super::envelope::{int, objects, text};
use super::{Client, ImError};
use crate::clock::Timestamp;

/// A link of a push's way, as opush calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, Display)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum TraceLink {
    /// The IM server decided whether to push.
    ImServer,
    /// The push service took the push.
    PushService,
    /// OPPO, or another vendor, was called.
    Vendor,
    /// The phone showed it.
    Phone,
    /// The user tapped it.
    Tap,
    /// A link that the documents do not name.
    Other,
}

impl TraceLink {
    fn of(server_name: &str) -> TraceLink {
        let links = [
            ("DeviceStat", TraceLink::Phone),
            ("ClickStat", TraceLink::Tap),
            ("ChannelStat", TraceLink::Vendor),
            ("OfflineStat", TraceLink::PushService),
            ("IMStat", TraceLink::ImServer),
        ];
        let found = links.into_iter().find(|(part, _)| server_name.split('.').any(|one| one == *part));
        found.map_or(TraceLink::Other, |(_, link)| link)
    }
}

/// When a push was lost, as opush calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, Display)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum LossStage {
    /// Before the vendor was called.
    BeforeVendor,
    /// After the vendor took it.
    AfterVendor,
    /// At a stage that the documents do not name.
    OtherStage,
}

impl LossStage {
    fn of(server_name: &str) -> LossStage {
        match server_name.trim_start_matches("Platform") {
            "ReadyToSendLoss" => LossStage::BeforeVendor,
            "PostSendDeliveredLoss" => LossStage::AfterVendor,
            _ => LossStage::OtherStage,
        }
    }
}

/// One device that a push went to.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Instance {
    /// Model, system and its version, as far as known.
    pub(crate) device: String,
    /// The vendor's name, such as OPPO, or the number where it is not known.
    pub(crate) platform: Option<String>,
    pub(crate) certificate_id: Option<String>,
    /// The token it was pushed to; for OPPO the regId.
    pub(crate) token: Option<String>,
    /// As the server gives it.
    pub(crate) push_time: Option<String>,
    /// The phone's notification switch at that moment; 1 is on, other numbers are not documented.
    pub(crate) notification_status: Option<i64>,
    pub(crate) links: Vec<Link>,
}

/// One link of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) link: TraceLink,
    /// The server's names, such as OfflinePushStat.ChannelStat.
    pub(crate) name: String,
    /// 1 is good; the meaning of other numbers is not documented.
    pub(crate) status: Option<i64>,
    pub(crate) code: Option<String>,
    pub(crate) info: Option<String>,
    /// As the server gives it.
    pub(crate) at: Option<String>,
}

impl Link {
    pub(crate) fn new(name: &str, status: Option<i64>) -> Link {
        let name = super::envelope::cut(name);
        Link { link: TraceLink::of(&name), name, status, code: None, info: None, at: None }
    }

    /// Its name for a person; that of the server where opush has none.
    pub(crate) fn shown(&self) -> String {
        if self.link == TraceLink::Other { self.name.clone() } else { self.link.to_string() }
    }

    /// Whether it is evidence of the phone's screen: a push that got there was not lost on the way.
    pub(crate) fn is_on_phone(&self) -> bool {
        matches!(self.link, TraceLink::Phone | TraceLink::Tap)
    }
}

/// The moment that one of the server's times means: they are in China's time, GMT+8, and say so nowhere.
pub(crate) fn moment(text: &str) -> Option<Timestamp> {
    let time: DateTime = text.parse().ok()?;
    Offset::constant(8).to_timestamp(time).ok()
}

/// Pushes that were lost for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Loss {
    pub(crate) lost: LossStage,
    /// The server's name of it, for one version: ReadyToSendLoss, PostSendDeliveredLoss ...
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
        let given = |key: &str| text(object.get(key)).filter(|text| !text.is_empty());
        links.push(Link {
            code: text(object.get("ErrorCode")),
            info: given("ErrorInfo"),
            at: given("EventTime"),
            ..Link::new(name, int(object.get("PushStatus")))
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
                        lost: LossStage::of(stage),
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
        let shown: Vec<String> = instance.links.iter().map(Link::shown).collect();
        assert_eq!(shown, ["im-server", "push-service", "vendor"]);
        assert_eq!(Link::new("X.NewStat", None).shown(), "X.NewStat");
    }

    #[test]
    fn a_time_of_the_server_is_chinas() {
        assert_eq!(moment("2024-01-01 10:00:00").unwrap().to_string(), "2024-01-01T02:00:00Z");
        assert_eq!(moment("2024-02-29 00:30:00").unwrap().to_string(), "2024-02-28T16:30:00Z");
        for text in ["", "10:00:00", "soon", "2024-13-01 10:00:00"] {
            assert_eq!(moment(text), None, "{text}");
        }
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
