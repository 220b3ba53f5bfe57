//! The tables. Names are those of each service's own documents and SDKs, read in November and December 2026.

use super::wrapper::To::{self, Field as Is, Fields, Target};
use super::wrapper::{Row, Wrapper};
use crate::lint::kind::PayloadKind;
use crate::notification::Field;

const fn row(from: &'static str, to: To) -> Row {
    Row { from, to }
}

/// In the order in which they are looked for.
pub(super) const WRAPPERS: &[Wrapper] = &[
    // doc.yunxin.163.com, "push payload": oppoField is OPPO's notification, pushTitle the title for all vendors.
    Wrapper {
        kind: PayloadKind::Nim,
        marks: &["oppoField"],
        rows: &[
            row("oppoField", Fields),
            row("pushTitle", Is(Field::Title)),
            row("pushContent", Is(Field::Content)),
        ],
        clicks: &[],
    },
    // docs.jiguang.cn, REST API v3 push; Go and Node clients of it: options.third_party_channel.oppo.
    Wrapper {
        kind: PayloadKind::Jpush,
        marks: &[
            "options.third_party_channel.oppo",
            "third_party_channel.oppo",
            "notification.android.alert",
        ],
        rows: JPUSH,
        clicks: &[],
    },
    // docs.getui.com, REST v2, third_party: push_channel.android.ups with options.OP.
    Wrapper {
        kind: PayloadKind::Getui,
        marks: &[
            "push_channel.android.ups",
            "android.ups.notification",
            "android.ups.options",
            "ups.notification",
        ],
        rows: GETUI,
        clicks: GETUI_CLICKS,
    },
    // dcloudio/unidocs-zh, uni-cloud-push: sendMessage takes title, content, payload and options by vendor.
    Wrapper {
        kind: PayloadKind::Unipush,
        marks: &["options.OP", "options.android.ups.options.OP", "push_clientid", "OP./channel_id"],
        rows: UNIPUSH,
        clicks: GETUI_CLICKS,
    },
    // doc.easemob.com, server-side/push_extension: ext.em_push_ext and ext.em_android_push_ext.
    Wrapper {
        kind: PayloadKind::Easemob,
        marks: &["ext.em_android_push_ext", "ext.em_push_ext", "em_android_push_ext", "em_push_ext"],
        rows: EASEMOB,
        clicks: &[],
    },
    // developer.umeng.com, U-Push API; Java and Python clients of it: payload.body and channel_properties.
    Wrapper {
        kind: PayloadKind::Umeng,
        marks: &[
            "channel_properties.oppo_channel_id",
            "channel_properties.oppo_category",
            "payload.body.after_open",
            "payload.display_type",
        ],
        rows: UMENG,
        clicks: &[("go_app", 0), ("go_url", 2), ("go_activity", 4), ("go_custom", 0)],
    },
    // help.aliyun.com, Mobile Push, action Push of 2016-08-01; SDKs write the same names with a small first letter.
    Wrapper {
        kind: PayloadKind::Aliyun,
        marks: &[
            "AndroidMessageOppoCategory",
            "AndroidNotificationChannel",
            "AndroidOppoPrivateMsgTemplateId",
            "AndroidOpenType",
            "AndroidPopupActivity",
        ],
        rows: ALIYUN,
        clicks: &[("APPLICATION", 0), ("ACTIVITY", 4), ("URL", 2), ("NONE", 0)],
    },
];

const JPUSH: &[Row] = &[
    row("notification.android.title", Is(Field::Title)),
    row("notification.title", Is(Field::Title)),
    row("notification.android.alert", Is(Field::Content)),
    row("notification.alert", Is(Field::Content)),
    row("notification.android.intent.url", Target(Field::ClickActionUrl, 5)),
    row("notification.android.extras", Is(Field::ActionParameters)),
    row("options.third_party_channel.oppo.channel_id", Is(Field::ChannelId)),
    row("third_party_channel.oppo.channel_id", Is(Field::ChannelId)),
    row("notification.android.channel_id", Is(Field::ChannelId)),
    row("options.third_party_channel.oppo.category", Is(Field::Category)),
    row("third_party_channel.oppo.category", Is(Field::Category)),
    row("options.third_party_channel.oppo.notify_level", Is(Field::NotifyLevel)),
    row("third_party_channel.oppo.notify_level", Is(Field::NotifyLevel)),
    row("options.third_party_channel.oppo.private_msg_template_id", Is(Field::PrivateMsgTemplateId)),
    row("third_party_channel.oppo.private_msg_template_id", Is(Field::PrivateMsgTemplateId)),
    row("options.third_party_channel.oppo.private_title_parameters", Is(Field::PrivateTitleParameters)),
    row("third_party_channel.oppo.private_title_parameters", Is(Field::PrivateTitleParameters)),
    row("options.third_party_channel.oppo.private_content_parameters", Is(Field::PrivateContentParameters)),
    row("third_party_channel.oppo.private_content_parameters", Is(Field::PrivateContentParameters)),
    row("options.time_to_live", Is(Field::OffLineTtl)),
];

const GETUI_CLICKS: &[(&str, i64)] =
    &[("url", 2), ("intent", 5), ("startapp", 0), ("payload", 0), ("payload_custom", 0), ("none", 0)];

const GETUI: &[Row] = &[
    row("push_channel.android.ups.notification.title", Is(Field::Title)),
    row("android.ups.notification.title", Is(Field::Title)),
    row("ups.notification.title", Is(Field::Title)),
    row("push_channel.android.ups.notification.body", Is(Field::Content)),
    row("android.ups.notification.body", Is(Field::Content)),
    row("ups.notification.body", Is(Field::Content)),
    row("push_channel.android.ups.notification.click_type", Is(Field::ClickActionType)),
    row("android.ups.notification.click_type", Is(Field::ClickActionType)),
    row("ups.notification.click_type", Is(Field::ClickActionType)),
    row("push_channel.android.ups.notification.intent", Target(Field::ClickActionUrl, 5)),
    row("android.ups.notification.intent", Target(Field::ClickActionUrl, 5)),
    row("ups.notification.intent", Target(Field::ClickActionUrl, 5)),
    row("push_channel.android.ups.notification.url", Target(Field::ClickActionUrl, 2)),
    row("android.ups.notification.url", Target(Field::ClickActionUrl, 2)),
    row("ups.notification.url", Target(Field::ClickActionUrl, 2)),
    row("push_channel.android.ups.options.OP", Fields),
    row("android.ups.options.OP", Fields),
    row("ups.options.OP", Fields),
];

const UNIPUSH: &[Row] = &[
    row("title", Is(Field::Title)),
    row("content", Is(Field::Content)),
    row("click_type", Is(Field::ClickActionType)),
    row("intent", Target(Field::ClickActionUrl, 5)),
    row("options.OP", Fields),
    row("options.android.ups.options.OP", Fields),
    row("OP", Fields),
];

const EASEMOB: &[Row] = &[
    row("ext.em_push_ext.title", Is(Field::Title)),
    row("em_push_ext.title", Is(Field::Title)),
    row("ext.em_push_ext.content", Is(Field::Content)),
    row("em_push_ext.content", Is(Field::Content)),
    row("ext.em_android_push_ext.oppo_channel_id", Is(Field::ChannelId)),
    row("em_android_push_ext.oppo_channel_id", Is(Field::ChannelId)),
    row("ext.em_android_push_ext.oppo_click_activity", Target(Field::ClickActionActivity, 4)),
    row("em_android_push_ext.oppo_click_activity", Target(Field::ClickActionActivity, 4)),
    row("ext.em_android_push_ext.oppo_category", Is(Field::Category)),
    row("em_android_push_ext.oppo_category", Is(Field::Category)),
    row("ext.em_android_push_ext.oppo_notify_level", Is(Field::NotifyLevel)),
    row("em_android_push_ext.oppo_notify_level", Is(Field::NotifyLevel)),
];

const UMENG: &[Row] = &[
    row("payload.body.title", Is(Field::Title)),
    row("payload.body.text", Is(Field::Content)),
    row("payload.body.after_open", Is(Field::ClickActionType)),
    row("payload.body.url", Target(Field::ClickActionUrl, 2)),
    row("payload.body.activity", Target(Field::ClickActionActivity, 4)),
    row("payload.extra", Is(Field::ActionParameters)),
    row("channel_properties.oppo_channel_id", Is(Field::ChannelId)),
    row("channel_properties.oppo_category", Is(Field::Category)),
    row("channel_properties.oppo_notify_level", Is(Field::NotifyLevel)),
    row("channel_properties.channel_activity", Target(Field::ClickActionActivity, 4)),
];

const ALIYUN: &[Row] = &[
    row("AndroidPopupTitle", Is(Field::Title)),
    row("Title", Is(Field::Title)),
    row("AndroidPopupBody", Is(Field::Content)),
    row("Body", Is(Field::Content)),
    row("AndroidOpenType", Is(Field::ClickActionType)),
    row("AndroidOpenUrl", Target(Field::ClickActionUrl, 2)),
    row("AndroidActivity", Target(Field::ClickActionActivity, 4)),
    row("AndroidPopupActivity", Target(Field::ClickActionActivity, 4)),
    row("AndroidExtParameters", Is(Field::ActionParameters)),
    row("AndroidNotificationChannel", Is(Field::ChannelId)),
    row("AndroidMessageOppoCategory", Is(Field::Category)),
    row("AndroidMessageOppoNotifyLevel", Is(Field::NotifyLevel)),
    row("AndroidOppoPrivateMsgTemplateId", Is(Field::PrivateMsgTemplateId)),
    row("AndroidOppoPrivateTitleParameters", Is(Field::PrivateTitleParameters)),
    row("AndroidOppoPrivateContentParameters", Is(Field::PrivateContentParameters)),
];
