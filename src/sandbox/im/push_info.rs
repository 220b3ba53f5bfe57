//! `OfflinePushInfo`: every documented field held to its type (IM reference, section 7).

use serde_json::Value;

use super::super::http::context::Context;
use super::super::http::notes::Stop;
use super::super::http::request::Object as Members;
use super::super::rules::YesNo;
use super::fields::FieldType::{Https, Object, OneOf, Text, Texts, Whole, Word};
use super::fields::{self, FieldType};

const TOP: &[(&str, FieldType)] = &[
    ("PushFlag", OneOf(&[0, 1])),
    ("Title", Text),
    ("Desc", Text),
    ("Ext", Text),
    ("AndroidInfo", Object),
    ("ApnsInfo", Object),
];

const ANDROID: &[(&str, FieldType)] = &[
    ("Sound", Text),
    ("PushStyle", OneOf(&[0, 1])),
    ("HuaWeiChannelID", Text),
    ("XiaoMiChannelID", Text),
    ("OPPOChannelID", Text),
    ("GoogleChannelID", Text),
    ("OPPOCategory", Text),
    ("OPPONotifyLevel", OneOf(&[1, 2, 16])),
    ("OPPOPrivateMsgTemplateId", Text),
    ("OPPOPrivateTitleParameters", Texts),
    ("OPPOPrivateContentParameters", Texts),
    ("VIVOClassification", OneOf(&[0, 1])),
    ("VIVOCategory", Text),
    ("VIVONotifyType", Whole),
    ("HuaWeiCategory", Text),
    ("HuaWeiImportance", Text),
    ("HonorImportance", Text),
    ("ExtAsHuaweiIntentParam", OneOf(&[0, 1])),
    ("HuaWeiImage", Text),
    ("HonorImage", Text),
    ("GoogleImage", Text),
    ("GooglePriority", Text),
    ("MeiZuNoticeMsgType", OneOf(&[0, 1])),
];

const APNS: &[(&str, FieldType)] = &[
    ("Sound", Text),
    ("BadgeMode", OneOf(&[0, 1])),
    ("Title", Text),
    ("SubTitle", Text),
    ("Image", Text),
    ("MutableContent", OneOf(&[0, 1])),
    ("InterruptionLevel", Text),
    ("ContentAvailable", OneOf(&[0, 1])),
];

/// What the documents list for fields of other vendors, which the server may not look at.
const LISTED: &[(&str, FieldType)] = &[
    ("VIVONotifyType", OneOf(&[1, 2, 3, 4])),
    ("HuaWeiImportance", Word(&["LOW", "NORMAL"])),
    ("HonorImportance", Word(&["LOW", "NORMAL"])),
    ("HuaWeiImage", Https),
    ("HonorImage", Https),
    ("GoogleImage", Https),
    ("GooglePriority", Word(&["normal", "high"])),
    ("InterruptionLevel", Word(&["passive", "active", "time-sensitive", "critical"])),
];

/// What it says about a push to an OPPO phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PushInfo {
    pub(crate) no_push: bool,
    pub(crate) title: Option<String>,
    pub(crate) desc: Option<String>,
    pub(crate) ext: Option<String>,
    pub(crate) long_text: bool,
    pub(crate) channel_id: Option<String>,
    pub(crate) category: Option<String>,
    pub(crate) notify_level: Option<i64>,
    pub(crate) template_id: Option<String>,
    pub(crate) title_parameters: Option<Value>,
    pub(crate) content_parameters: Option<Value>,
}

/// The members in their documented form; `code` for one that has none.
fn members(
    context: &mut Context<'_>,
    mut object: Members,
    code: i32,
    kinds: &[(&str, FieldType)],
) -> Result<Members, Stop> {
    for kinds in [LISTED, kinds] {
        fields::documented(context, &mut object, kinds);
    }
    fields::unknown(context, &object, code, &[kinds])?;
    fields::check(context, &object, code, kinds)?;
    if context.rules.im_listed_values == YesNo::Yes {
        fields::check(context, &object, code, LISTED)?;
    }
    Ok(object)
}

/// Reads it; 90043 for whatever is malformed.
pub(super) fn read(context: &mut Context<'_>, value: &Value) -> Result<PushInfo, Stop> {
    const CODE: i32 = 90043;
    const NAME: &str = "OfflinePushInfo";
    let Value::Object(top) = value else {
        return Err(context.notes.refuse(NAME, CODE, "not an object"));
    };
    let top = &members(context, top.clone(), CODE, TOP)?;
    let below = |name: &str| top.get(name).and_then(Value::as_object).cloned().unwrap_or_default();
    let android = &members(context, below("AndroidInfo"), CODE, ANDROID)?;
    members(context, below("ApnsInfo"), CODE, APNS)?;
    if android.contains_key("OPPONotifyLevel") && fields::text(android, "OPPOCategory").is_none() {
        let detail = "OPPOCategory is required with it";
        return Err(context.notes.refuse("OPPONotifyLevel", CODE, detail));
    }
    context.notes.pass(NAME, "");
    Ok(PushInfo {
        no_push: fields::whole(top, "PushFlag") == Some(1),
        title: fields::text(top, "Title"),
        desc: fields::text(top, "Desc"),
        ext: fields::text(top, "Ext"),
        long_text: fields::whole(android, "PushStyle") == Some(1),
        channel_id: fields::text(android, "OPPOChannelID"),
        category: fields::text(android, "OPPOCategory"),
        notify_level: fields::whole(android, "OPPONotifyLevel"),
        template_id: fields::text(android, "OPPOPrivateMsgTemplateId"),
        title_parameters: android.get("OPPOPrivateTitleParameters").cloned(),
        content_parameters: android.get("OPPOPrivateContentParameters").cloned(),
    })
}
