//! Every field of a message and of its OfflinePushInfo, with its type and limits (IM reference, sections 7 and 8).
//! Rules between fields are in `check` and `push_rules`; docs/commands/im.md says the same for people, and a test compares.

/// What a field may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    Text,
    /// A text that may not be empty, such as a UserID.
    User,
    Int {
        min: i64,
        max: i64,
    },
    OneOf(&'static [i64]),
    Word(&'static [&'static str]),
    /// A list of these words.
    Words(&'static [&'static str]),
    /// An object with texts as values.
    Texts,
    /// The address of a picture.
    Https,
    Object(&'static [Field]),
    /// The elements of the message.
    Elements,
}

/// One field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// The name on the wire and in message files.
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    /// The flag of `opush im send` for it, if it has one.
    pub(crate) flag: Option<&'static str>,
}

/// The path of the field that a flag gives.
pub(super) fn of_flag(flag: &str) -> Option<String> {
    fn path(fields: &[Field], flag: &str) -> Option<String> {
        fields.iter().find_map(|field| match field.shape {
            _ if field.flag == Some(flag) => Some(field.name.to_owned()),
            Shape::Object(fields) => Some(format!("{}.{}", field.name, path(fields, flag)?)),
            _ => None,
        })
    }
    path(MESSAGE, flag)
}

const fn field(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, flag: None }
}

const fn flag(name: &'static str, shape: Shape, flag: &'static str) -> Field {
    Field { name, shape, flag: Some(flag) }
}

const U32: Shape = Shape::Int { min: 0, max: u32::MAX as i64 };
const SWITCH: Shape = Shape::OneOf(&[0, 1]);

/// Longest and default MsgLifeTime, in seconds: 7 days.
pub(super) const LIFE_TIME: i64 = 604_800;

/// The request of `openim/sendmsg`.
pub(crate) const MESSAGE: &[Field] = &[
    field("SyncOtherMachine", Shape::OneOf(&[1, 2])),
    flag("From_Account", Shape::User, "--from"),
    flag("To_Account", Shape::User, "--to"),
    flag("OnlineOnlyFlag", SWITCH, "--online-only"),
    flag("MsgLifeTime", Shape::Int { min: 0, max: LIFE_TIME }, "--life-time"),
    field("MsgSeq", U32),
    field("MsgRandom", U32),
    field("MsgTimeStamp", U32),
    field(
        "ForbidCallbackControl",
        Shape::Words(&["ForbidBeforeSendMsgCallback", "ForbidAfterSendMsgCallback"]),
    ),
    field("SendMsgControl", Shape::Words(&["NoUnread", "NoLastMsg", "WithMuteNotifications"])),
    flag("MsgBody", Shape::Elements, "--text"),
    field("CloudCustomData", Shape::Text),
    field("OfflinePushInfo", Shape::Object(OFFLINE_PUSH)),
    field("SupportMessageExtension", SWITCH),
    field("IsNeedReadReceipt", SWITCH),
];

/// `OfflinePushInfo`.
pub(crate) const OFFLINE_PUSH: &[Field] = &[
    flag("PushFlag", SWITCH, "--push-flag"),
    flag("Title", Shape::Text, "--title"),
    flag("Desc", Shape::Text, "--desc"),
    flag("Ext", Shape::Text, "--ext"),
    field("AndroidInfo", Shape::Object(ANDROID)),
    field("ApnsInfo", Shape::Object(APNS)),
];

const IMPORTANCE: Shape = Shape::Word(&["LOW", "NORMAL"]);

/// `OfflinePushInfo.AndroidInfo`.
pub(crate) const ANDROID: &[Field] = &[
    field("Sound", Shape::Text),
    field("PushStyle", SWITCH),
    field("HuaWeiChannelID", Shape::Text),
    field("XiaoMiChannelID", Shape::Text),
    flag("OPPOChannelID", Shape::Text, "--channel-id"),
    field("GoogleChannelID", Shape::Text),
    flag("OPPOCategory", Shape::Text, "--category"),
    flag("OPPONotifyLevel", Shape::OneOf(&[1, 2, 16]), "--notify-level"),
    field("OPPOPrivateMsgTemplateId", Shape::Text),
    field("OPPOPrivateTitleParameters", Shape::Texts),
    field("OPPOPrivateContentParameters", Shape::Texts),
    field("VIVOClassification", SWITCH),
    field("VIVOCategory", Shape::Text),
    field("VIVONotifyType", Shape::OneOf(&[1, 2, 3, 4])),
    field("HuaWeiCategory", Shape::Text),
    field("HuaWeiImportance", IMPORTANCE),
    field("HonorImportance", IMPORTANCE),
    field("ExtAsHuaweiIntentParam", SWITCH),
    field("HuaWeiImage", Shape::Https),
    field("HonorImage", Shape::Https),
    field("GoogleImage", Shape::Https),
    field("GooglePriority", Shape::Word(&["normal", "high"])),
    field("MeiZuNoticeMsgType", SWITCH),
];

/// `OfflinePushInfo.ApnsInfo`.
pub(crate) const APNS: &[Field] = &[
    field("Sound", Shape::Text),
    field("BadgeMode", SWITCH),
    field("Title", Shape::Text),
    field("SubTitle", Shape::Text),
    field("Image", Shape::Text),
    field("MutableContent", SWITCH),
    field("InterruptionLevel", Shape::Word(&["passive", "active", "time-sensitive", "critical"])),
    field("ContentAvailable", SWITCH),
];
