//! The JSON Schema of what each command prints with `--json`, made from the structs that are printed.
//! docs/schemas/ holds them as files; a test keeps those current.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::json;

use super::sandbox::WithTimes;
use crate::output::ErrorJson;
use crate::sandbox::http::calls::LoggedCall;

/// What a command prints: its result, or the failure that kept it from having one.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is wanted")]
enum Printed<T> {
    Result(T),
    Failure { error: ErrorJson },
}

/// No result at all: only a failure fits.
#[derive(JsonSchema)]
enum Nothing {}

/// The schema of what is written: a key that is left out at times is not required, and `error` is always there.
fn schema_of<T: JsonSchema>() -> Schema {
    let mut generator = SchemaSettings::default().for_serialize().into_generator();
    let error = generator.subschema_for::<Option<ErrorJson>>();
    let mut schema = generator.into_root_schema_for::<Printed<T>>();
    schema.insert("properties".into(), json!({ "error": error }));
    schema.insert("required".into(), json!(["error"]));
    schema
}

/// The schema of a line on stderr.
fn schema_of_event<T: JsonSchema>() -> Schema {
    SchemaSettings::default().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// Command words joined by dashes, and the schema of the output.
pub fn all() -> Vec<(&'static str, Schema)> {
    let events = [
        ("device-log-event", schema_of_event::<super::device::log::Line>()),
        ("batch-run-event", schema_of_event::<super::batch::BatchEvent>()),
        ("history-list-event", schema_of_event::<super::history::Event>()),
        ("sandbox-calls-event", schema_of_event::<WithTimes<LoggedCall>>()),
    ];
    SCHEMAS.iter().map(|(name, schema)| (*name, schema())).chain(events).collect()
}

macro_rules! table {
    ($($name:literal => $printed:ty,)*) => {
        const SCHEMAS: &[(&str, fn() -> Schema)] = &[$(($name, schema_of::<$printed>),)*];
    };
}

table! {
    "batch-cancel" => super::batch::printed::RunJson,
    "batch-list" => super::batch::list::RunsJson,
    "batch-report" => super::batch::report::Reported,
    "batch-resume" => super::batch::printed::RunJson,
    "batch-run" => super::batch::printed::RunJson,
    "batch-status" => super::batch::printed::RunJson,
    "broadcast-save" => super::broadcast::save::SavedView,
    "broadcast-send" => super::broadcast::Broadcasts,
    "broadcast-status" => super::broadcast::status::BroadcastStatus,
    "cert-add" => super::cert::add::Added,
    "cert-edit" => super::cert::edit::Changed,
    "cert-export" => super::cert::export::Exported,
    "cert-import" => super::cert::import::Imported,
    "cert-list" => super::cert::list::Listed,
    "cert-remove" => super::cert::remove::Removed,
    "cert-show" => super::cert::show::Shown,
    "cert-use" => super::cert::r#use::Used,
    "cert-verify" => super::cert::verify::Verified,
    "click-check" => super::click::check::Printed,
    "click-explain" => super::click::explain::Explained,
    "click-list" => super::click::list::Listed,
    "completions" => super::completions::Script,
    "config-check" => super::config::check::Checked,
    "config-path" => super::config::path::Located,
    "config-schema" => super::config::schema::ConfigSchema,
    "config-trust" => super::config::trust::Trusted,
    "demo" => super::demo::DemoView,
    "device-check" => super::device::check::Checked,
    "device-kill" => super::device::kill::Killed,
    "device-log" => super::device::log::Followed,
    "device-tap" => super::device::tap::Tapped,
    "diagnose" => super::diagnose::DiagnosisView,
    "doctor" => super::diagnose::DiagnosisView,
    "error" => Nothing,
    "explain" => super::explain::Explained,
    "history-export" => super::history::Exported,
    "history-list" => super::history::ListJson,
    "history-prune" => super::history::Pruned,
    "history-resend" => super::send::SendJson,
    "history-show" => super::history::Shown,
    "im-account" => super::im::account::Accounts,
    "im-check" => super::im::check::Checked,
    "im-kick" => super::im::kick::Kicked,
    "im-loss" => super::im::loss::Losses,
    "im-send" => super::im::send::Sent,
    "im-state" => super::im::state::States,
    "im-trace" => super::im::trace::Traced,
    "im-usersig" => super::im::usersig::UserSig,
    "im-webhook-listen" => super::im::webhook::Listened,
    "oppo-alias-delete" => super::oppo::changed::Changed,
    "oppo-alias-set" => super::oppo::changed::Changed,
    "oppo-invalid-reg-ids" => super::oppo::invalid_reg_ids::InvalidList,
    "oppo-picture-upload" => super::oppo::picture::upload::UploadedPicture,
    "oppo-quota" => super::oppo::quota::Quota,
    "oppo-statistics" => super::oppo::statistics::Statistics,
    "oppo-tag-add" => super::oppo::changed::Changed,
    "oppo-tag-list" => super::oppo::tag::list::Tags,
    "oppo-tag-subscribe" => super::oppo::changed::Changed,
    "oppo-tag-unsubscribe" => super::oppo::changed::Changed,
    "lint" => super::lint::Printed,
    "oppo-token" => super::oppo::token::Granted,
    "presence-explain" => super::presence::explain::Explanation,
    "presence-set" => super::presence::set::Set,
    "presence-clear" => super::presence::printed::PresenceList,
    "presence-show" => super::presence::printed::PresenceList,
    "sandbox-calls" => super::sandbox::CallsJson,
    "sandbox-clock-advance" => super::sandbox::ClockView,
    "sandbox-clock-follow" => super::sandbox::ClockView,
    "sandbox-clock-set" => super::sandbox::ClockView,
    "sandbox-clock-show" => super::sandbox::ClockView,
    "sandbox-fault-clear" => super::sandbox::FaultClear,
    "sandbox-fault-list" => super::sandbox::FaultList,
    "sandbox-fault-set" => super::sandbox::FaultSet,
    "sandbox-phone-add" => super::sandbox::PhoneAdd,
    "sandbox-phone-background" => super::sandbox::PhoneSession,
    "sandbox-phone-dismiss" => super::sandbox::PhoneDismiss,
    "sandbox-phone-elapse" => super::sandbox::PhoneSession,
    "sandbox-phone-kill" => super::sandbox::PhoneSession,
    "sandbox-phone-list" => super::sandbox::PhoneList,
    "sandbox-phone-login" => super::sandbox::PhoneSession,
    "sandbox-phone-logout" => super::sandbox::PhoneSession,
    "sandbox-phone-offline" => super::sandbox::PhoneSession,
    "sandbox-phone-online" => super::sandbox::PhoneSession,
    "sandbox-phone-open" => super::sandbox::PhoneSession,
    "sandbox-phone-remove" => super::sandbox::PhoneRemove,
    "sandbox-phone-set" => super::sandbox::PhoneSet,
    "sandbox-phone-show" => super::sandbox::PhoneShow,
    "sandbox-phone-tap" => super::sandbox::PhoneTap,
    "sandbox-play" => super::sandbox::Story,
    "sandbox-release" => super::send::SendJson,
    "sandbox-reset" => super::sandbox::Reset,
    "sandbox-run" => super::sandbox::Ran,
    "send" => super::send::SendJson,
    "smoke-list" => super::smoke::Listed,
    "smoke-new" => super::smoke::Written,
    "smoke-run" => super::smoke::Ran,
    "man" => super::man::Printed,
    "profile-add" => super::profile::add::Added,
    "profile-edit" => super::profile::edit::Changed,
    "profile-list" => super::profile::list::Listed,
    "profile-remove" => super::profile::remove::Removed,
    "profile-show" => super::profile::show::Shown,
    "profile-use" => super::profile::r#use::Used,
    "receipt-list" => super::receipt::Listed,
    "receipt-listen" => super::receipt::Listened,
    "snippet" => super::snippet::Written,
    "snippet-check" => super::snippet_check::Checked,
    "token-check" => super::token::check::Checked,
    "token-export" => super::token::binding::Bindings,
    "token-import" => super::token::import::ImportJson,
    "token-list" => super::token::binding::Bindings,
    "token-listen" => super::token::listen::Listened,
    "token-remove" => super::token::binding::Bindings,
    "token-report" => super::token::report::Reported,
    "token-show" => super::token::binding::Bindings,
}
