//! Names of other SDKs and of older documents, and the field of the REST API that says the same (IM reference, section 7.4).

use super::fields::{Field, MESSAGE, Shape};

/// Names, in small letters and digits alone, that are not only spelt otherwise.
const ELSEWHERE: [(&str, &str); 21] = [
    ("description", "OfflinePushInfo.Desc"),
    ("descr", "OfflinePushInfo.Desc"),
    ("content", "OfflinePushInfo.Desc"),
    ("extension", "OfflinePushInfo.Ext"),
    ("actionparameters", "OfflinePushInfo.Ext"),
    ("disablepush", "OfflinePushInfo.PushFlag"),
    ("title", "OfflinePushInfo.Title"),
    ("fcmchannelid", "OfflinePushInfo.AndroidInfo.GoogleChannelID"),
    ("channelid", "OfflinePushInfo.AndroidInfo.OPPOChannelID"),
    ("category", "OfflinePushInfo.AndroidInfo.OPPOCategory"),
    ("notifylevel", "OfflinePushInfo.AndroidInfo.OPPONotifyLevel"),
    ("oppotemplateid", "OfflinePushInfo.AndroidInfo.OPPOPrivateMsgTemplateId"),
    ("oppotitleparam", "OfflinePushInfo.AndroidInfo.OPPOPrivateTitleParameters"),
    ("oppocontentparam", "OfflinePushInfo.AndroidInfo.OPPOPrivateContentParameters"),
    ("sound", "OfflinePushInfo.AndroidInfo.Sound"),
    ("iossound", "OfflinePushInfo.ApnsInfo.Sound"),
    ("ignoreiosbadge", "OfflinePushInfo.ApnsInfo.BadgeMode"),
    ("fcmpriority", "OfflinePushInfo.AndroidInfo.GooglePriority"),
    ("to", "To_Account"),
    ("from", "From_Account"),
    ("random", "MsgRandom"),
];

/// The path of the field that a name means, if it is known under another spelling or elsewhere.
pub(crate) fn meant(name: &str) -> Option<String> {
    let plain = plain(name);
    let bare = plain.strip_prefix("android").filter(|rest| !rest.is_empty() && *rest != "info");
    let bare = bare.unwrap_or(&plain);
    let known = ELSEWHERE.iter().find(|(other, _)| *other == bare).map(|(_, path)| (*path).to_owned());
    known.or_else(|| path_of(MESSAGE, bare))
}

fn path_of(fields: &[Field], plain_name: &str) -> Option<String> {
    let here = fields.iter().find(|field| plain(field.name) == plain_name);
    here.map(|field| field.name.to_owned()).or_else(|| {
        fields.iter().find_map(|field| match field.shape {
            Shape::Object(inner) => Some(format!("{}.{}", field.name, path_of(inner, plain_name)?)),
            _ => None,
        })
    })
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
