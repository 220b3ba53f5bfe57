//! A notification being put together from the certificate's defaults, a message file and the command line, each value
//! with its origin. Reading untyped values is in `read` and `file`; whether the whole is right, in `check`.

use super::values::{Network, NotifyLevel, ShowTime, Style};
use super::{Checked, Given, Origin, TargetKind, check, limits};
use crate::click::Target;
use crate::clock::Timestamp;
use crate::failure::{Kind, Problem, Warning};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

macro_rules! draft {
    ($($(#[$doc:meta])* $field:ident: $type:ty = $name:literal,)*) => {
        /// A notification in the making. Setters may be called in any order: the command line wins over the message
        /// file, that over the certificate. What goes wrong is kept and comes out of [`Draft::check`], all at once.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct Draft {
            $(pub(super) $field: Option<Given<$type>>,)*
            pub(super) click: Option<Given<Target>>,
            /// Custom content by key; becomes `action_parameters`.
            pub(super) extras: BTreeMap<String, Given<Value>>,
            /// Fields from `--set` that are not known, sent as they are.
            pub(super) set_fields: BTreeMap<String, Value>,
            pub(super) problems: Vec<Problem>,
            pub(super) warnings: Vec<Warning>,
            /// Known fields whose value could not be read; they are not reported as missing as well.
            pub(super) unreadable: BTreeSet<&'static str>,
        }

        impl Draft {
            $(
                $(#[$doc])*
                pub(crate) fn $field(&mut self, value: $type, origin: Origin) -> &mut Self {
                    put(&mut self.$field, $name, value, origin, &mut self.problems);
                    self
                }
            )*
        }
    };
}

draft! {
    /// The id by which OPPO drops repeats to one target.
    app_message_id: String = "app_message_id",
    style: Style = "style",
    title: String = "title",
    sub_title: String = "sub_title",
    content: String = "content",
    /// The vendor's number of the click action; for message files. Flags and certificates use [`Draft::click`].
    click_action_type: i64 = "click_action_type",
    click_action_activity: String = "click_action_activity",
    click_action_url: String = "click_action_url",
    show_time_type: ShowTime = "show_time_type",
    show_start_time: Timestamp = "show_start_time",
    show_end_time: Timestamp = "show_end_time",
    /// Keep it for a phone that is offline.
    off_line: bool = "off_line",
    /// How long it is kept for a phone that is offline; whole seconds, ten days at most.
    off_line_ttl: Duration = "off_line_ttl",
    push_time_type: i64 = "push_time_type",
    fix_speed: bool = "fix_speed",
    network_type: Network = "network_type",
    /// Where OPPO posts receipts; http or https.
    call_back_url: String = "call_back_url",
    /// What receipts bring back.
    call_back_parameter: String = "call_back_parameter",
    /// The Android notification channel.
    channel_id: String = "channel_id",
    /// How long it stays shown; whole seconds.
    show_ttl: Duration = "show_ttl",
    /// A notification with the same number replaces the one shown.
    notify_id: i64 = "notify_id",
    /// OPPO's message classification.
    category: String = "category",
    notify_level: NotifyLevel = "notify_level",
    private_msg_template_id: String = "private_msg_template_id",
    private_title_parameters: Map<String, Value> = "private_title_parameters",
    private_content_parameters: Map<String, Value> = "private_content_parameters",
    small_picture_id: String = "small_picture_id",
    badge_operation_type: i64 = "badge_operation_type",
    badge_message_count: i64 = "badge_message_count",
    /// A third party's audit result; text or object.
    audit_response: Value = "auditResponse",
}

impl Draft {
    pub(crate) fn new() -> Draft {
        Draft::default()
    }

    /// What a tap opens, as a flag or the certificate says it.
    pub(crate) fn click(&mut self, target: Target, origin: Origin) -> &mut Self {
        put(&mut self.click, "click", target, origin, &mut self.problems);
        self
    }

    /// Whether anything says where receipts go, be it usable or not.
    pub(crate) fn has_call_back_url(&self) -> bool {
        self.call_back_url.is_some() || self.unreadable.contains("call_back_url")
    }

    /// The certificate's defaults.
    pub(crate) fn certificate(&mut self, channel_id: Option<&str>, click: Option<&Target>) -> &mut Self {
        if let Some(channel_id) = channel_id {
            self.channel_id(channel_id.to_owned(), Origin::Certificate("channel_id"));
        }
        if let Some(click) = click {
            self.click(click.clone(), Origin::Certificate("click"));
        }
        self
    }

    /// Show it only between these times.
    pub(crate) fn show_window(&mut self, start: Timestamp, end: Timestamp, origin: Origin) -> &mut Self {
        self.show_time_type(ShowTime::Window, origin.clone());
        self.show_start_time(start, origin.clone());
        self.show_end_time(end, origin)
    }

    /// A choice given as a number by a flag: `--style 2`, `--notify-level 16`.
    pub(crate) fn number(&mut self, field: &str, number: i64, origin: Origin) -> &mut Self {
        self.put_value(field, Value::from(number), origin)
    }

    /// One field by its wire name, from a file that is not a message file.
    pub(crate) fn field(&mut self, name: &str, value: Value, origin: Origin) -> &mut Self {
        self.put_value(name, value, origin)
    }

    /// Whether all rules hold: the wire form, or every violation at once, each with its place.
    pub(crate) fn check(&self, now: Timestamp, target: TargetKind) -> Result<Checked, Vec<Problem>> {
        check::check(self, now, target)
    }
}

/// Keeps the value of the higher layer. On the command line, saying it twice by a flag and `--set` is a mistake.
pub(super) fn put<T>(
    slot: &mut Option<Given<T>>,
    name: &str,
    value: T,
    origin: Origin,
    problems: &mut Vec<Problem>,
) {
    if let Some(old) = slot {
        if old.origin.layer() > origin.layer() {
            return;
        }
        if old.origin.layer() == origin.layer() && (old.origin.is_set() || origin.is_set()) {
            let message = format!("{name} is given twice, by {} and by {origin}", old.origin);
            problems.push(
                Problem::new(Kind::DuplicateField, message, "Keep one of the two").at(origin.to_string()),
            );
            return;
        }
    }
    *slot = Some(Given { value, origin });
}

/// The entry of a known field.
pub(super) fn known(name: &str) -> Option<&'static limits::Field> {
    limits::FIELDS.iter().find(|field| field.name == name)
}
