//! Which known sender writes such requests (OPPO reference, section 11): found from what the log of calls keeps of one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::http::form::Form;

/// One line per sender makes its variant, its word and its row; the first that fits is the one.
macro_rules! senders {
    ($($(#[doc = $doc:literal])* $name:ident, $marked_by:literal, $fits:expr;)*) => {
        /// A sender that is known, or what is said of one that is not.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr)]
        #[serde(rename_all = "kebab-case")]
        #[strum(serialize_all = "kebab-case")]
        pub enum Dialect { $($(#[doc = $doc])* $name,)* }

        impl Dialect {
            pub fn as_str(self) -> &'static str {
                self.into()
            }
        }

        /// Every dialect and what it is known by, in the order in which they are looked for.
        pub const DIALECTS: &[(Dialect, &str)] = &[$((Dialect::$name, $marked_by),)*];

        fn first_that_fits(seen: &Seen<'_>) -> Dialect {
            $(if ($fits as fn(&Seen<'_>) -> bool)(seen) { return Dialect::$name; })*
            Dialect::Other
        }
    };
}

senders! {
    /// opush itself.
    Opush, "the header User-Agent", |seen| seen.header("user-agent").is_some_and(|agent| agent.starts_with("opush/"));
    /// OPPO's own Java SDK.
    OppoJavaSdk, "the field sdk_version", |seen| seen.field("sdk_version").is_some();
    /// chainlesschain, Node.
    Chainlesschain, "auth_token as a header and as a field", |seen| seen.in_header() && seen.in_form();
    /// iamtang/push-oppo, Node.
    PushOppo, "auth_token as a header, and a numeric app_message_id or the fields list, sleep, success, fail, finish",
        |seen| seen.in_header()
            && (seen.took("numeric-app-message-id")
                || ["list", "sleep", "success", "fail", "finish"].iter().any(|name| seen.field(name).is_some()));
    /// ups-oppo-push-java-sdk, Java.
    UpsJava, "auth_token as a header, and action_parameters as an object, target_type as a text, or tags of type 4",
        |seen| seen.in_header()
            && (seen.took("action-parameters-object")
                || seen.took("target-type-4")
                || seen.message().contains("\"target_type\":\""));
    /// meetleev/go-multipush, Go.
    GoMultipush, "auth_token as a header, and template parameters as objects",
        |seen| seen.in_header()
            && ["private_title_parameters\":{", "private_content_parameters\":{"]
                .iter()
                .any(|form| seen.message().contains(form));
    /// a289459798/jjpush, PHP.
    Jjpush, "auth_token as a header, and tags as a text or JSON to the device host",
        |seen| seen.in_header() && (seen.took("tags-as-text") || seen.path.contains("/device/"));
    /// Clients that differ from the documents in the header alone: Julive's PHP helper, Node clients.
    HeaderToken, "auth_token as a header", |seen| seen.in_header();
    /// Gekkoou/oppo-push-php, PHP.
    OppoPushPhp, "auth_token as the last field of several", |seen| {
        seen.form.fields.len() > 1 && seen.form.fields.last().is_some_and(|(name, _)| name == "auth_token")
    };
    /// curltech/go-push-sdk, Go.
    CurltechGo, "targets with commas between them, or click_action_type as a text", |seen| {
        seen.took("comma-separated-targets") || seen.message().contains("\"click_action_type\":\"")
    };
    /// 316014408/oppo-push and its forks, Go.
    OppoPushGo, "off_line false, or message_id in a save", |seen| {
        seen.message().contains("\"off_line\":false")
            || seen.field("off_line") == Some("false")
            || seen.path.ends_with("/save_message_content") && seen.field("message_id").is_some()
    };
    /// Clients that write the keys of the notification as OPPO's own example does.
    CamelCase, "camelCase keys", |seen| seen.took("camel-case-keys");
    /// The documented form, as modood/pushapi and octo-server send it.
    Documented, "nothing that differs", |seen| seen.dialects.is_empty();
    /// Something else differs.
    Other, "something else", |_| true;
}

/// What the log keeps of a request.
struct Seen<'a> {
    path: &'a str,
    head: &'a str,
    form: Form,
    dialects: &'a [String],
}

impl Seen<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.form.first(name)
    }

    fn in_header(&self) -> bool {
        self.header("auth_token").is_some()
    }

    fn in_form(&self) -> bool {
        self.field("auth_token").is_some()
    }

    /// Whether this was noted as taken all the same.
    fn took(&self, dialect: &str) -> bool {
        self.dialects.iter().any(|noted| noted == dialect)
    }

    /// The message or messages of a unicast, as they were written.
    fn message(&self) -> &str {
        self.field("message").or_else(|| self.field("messages")).unwrap_or_default()
    }
}

/// Whose request it looks like; `None` where the path is none of OPPO's.
pub(in crate::sandbox) fn recognise(path: &str, request: &str, dialects: &[String]) -> Option<Dialect> {
    let path = path.split('?').next().unwrap_or_default();
    if !super::path::is_oppos(path) {
        return None;
    }
    let (head, body) = request.split_once("\r\n\r\n").unwrap_or((request, ""));
    let is_form = !body.trim_start().starts_with(['{', '[', '(']);
    let form = if is_form { Form::parse(body.as_bytes()) } else { Form::default() };
    Some(first_that_fits(&Seen { path, head, form, dialects }))
}
