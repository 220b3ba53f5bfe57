//! What a payload is, and what was around it.

use schemars::JsonSchema;
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};

/// What a payload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum PayloadKind {
    /// OPPO's notification
    Notification,
    /// a whole message of OPPO's unicast: target and notification
    Message,
    /// messages of OPPO's unicast_batch
    MessageBatch,
    /// the flat fields of OPPO's save_message_content
    SavedMessage,
    /// a message of the IM server's REST API with OfflinePushInfo
    ImMessage,
    /// an OfflinePushInfo of the IM server's REST API by itself
    OfflinePushInfo,
    /// the push settings of an IM client SDK: Web, Android, iOS, Flutter or C
    ImSdk,
    /// a push payload of NetEase IM, with oppoField
    Nim,
    /// a push of JPush
    Jpush,
    /// a push of Getui
    Getui,
    /// a push of DCloud's uniPush
    Unipush,
    /// a message of Easemob with push settings
    Easemob,
    /// a push of Umeng
    Umeng,
    /// a push of Aliyun Mobile Push
    Aliyun,
    /// receipts that OPPO posts to a callback URL
    Receipt,
    /// an answer of OPPO
    OppoAnswer,
    /// an answer of the IM server
    ImAnswer,
    /// nothing that opush knows
    Unknown,
}

/// What was taken off to reach a payload, outermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Layer {
    /// text around the payload, such as a line of a log
    LogText,
    /// a curl command
    CurlCommand,
    /// a form body: names and values, percent-encoded
    FormBody,
    /// JSON inside of a text, with its quotes escaped
    JsonText,
    /// TOML, as a message file may be
    Toml,
}

impl PayloadKind {
    /// What it is, for a sentence.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            PayloadKind::Notification => "OPPO's notification",
            PayloadKind::Message => "a message of OPPO's unicast",
            PayloadKind::MessageBatch => "messages of OPPO's unicast_batch",
            PayloadKind::SavedMessage => "the fields of OPPO's save_message_content",
            PayloadKind::ImMessage => "a message of the IM server with OfflinePushInfo",
            PayloadKind::OfflinePushInfo => "an OfflinePushInfo of the IM server",
            PayloadKind::ImSdk => "push settings of an IM client SDK",
            PayloadKind::Nim => "a push payload of NetEase IM",
            PayloadKind::Jpush => "a push of JPush",
            PayloadKind::Getui => "a push of Getui",
            PayloadKind::Unipush => "a push of uniPush",
            PayloadKind::Easemob => "a message of Easemob",
            PayloadKind::Umeng => "a push of Umeng",
            PayloadKind::Aliyun => "a push of Aliyun",
            PayloadKind::Receipt => "receipts of OPPO",
            PayloadKind::OppoAnswer => "an answer of OPPO",
            PayloadKind::ImAnswer => "an answer of the IM server",
            PayloadKind::Unknown => "nothing that opush knows",
        }
    }

    /// Its sender may fill in the title and the content by itself.
    pub(super) fn fills_in_texts(self) -> bool {
        use PayloadKind::{Easemob, ImMessage, ImSdk, Jpush, Nim, OfflinePushInfo};
        matches!(self, Nim | Jpush | Easemob | ImMessage | OfflinePushInfo | ImSdk)
    }
}

impl Layer {
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Layer::LogText => "text around it",
            Layer::CurlCommand => "a curl command",
            Layer::FormBody => "a form body",
            Layer::JsonText => "JSON in a text",
            Layer::Toml => "TOML",
        }
    }
}
