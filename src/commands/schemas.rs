//! The JSON Schema of what each command prints with `--json`, made from the structs that are printed.
//! docs/schemas/ holds them as files; a test keeps those current.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use crate::output::ErrorJson;

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

/// The schema of what is written: a key that is left out at times is not required.
fn schema_of<T: JsonSchema>() -> Schema {
    SchemaSettings::default().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// Command words joined by dashes, and the schema of the output.
pub fn all() -> Vec<(&'static str, Schema)> {
    macro_rules! table {
        ($($name:literal => $printed:ty,)*) => {
            vec![$(($name, schema_of::<Printed<$printed>>()),)*]
        };
    }
    table! {
        "cert-add" => super::cert::Added,
        "cert-edit" => super::cert::Changed,
        "cert-list" => super::cert::Listed,
        "cert-remove" => super::cert::Removed,
        "cert-show" => super::cert::Shown,
        "cert-verify" => super::cert::Verified,
        "click-check" => super::click::Printed,
        "completions" => super::completions::Script,
        "config-check" => super::config::Checked,
        "config-path" => super::config::Located,
        "config-schema" => super::config::ConfigSchema,
        "config-trust" => super::config::Trusted,
        "demo" => super::demo::DemoView,
        "diagnose" => super::diagnose::DiagnosisView,
        "doctor" => super::diagnose::DiagnosisView,
        "error" => Nothing,
        "explain" => super::explain::Explained,
        "history-export" => super::history::Exported,
        "history-list" => super::history::ListJson,
        "history-list-event" => super::history::Event,
        "history-prune" => super::history::Pruned,
        "history-show" => super::history::Shown,
        "im-account" => super::im::Accounts,
        "im-check" => super::im::Checked,
        "im-kick" => super::im::Kicked,
        "im-loss" => super::im::Losses,
        "im-send" => super::im::Sent,
        "im-state" => super::im::States,
        "im-trace" => super::im::Traced,
        "im-usersig" => super::im::UserSig,
        "im-webhook-listen" => super::im::Listened,
        "presence-explain" => super::presence::Told,
        "presence-set" => super::presence::Set,
        "presence-show" => super::presence::Shown,
        "sandbox-calls" => super::sandbox::Calls,
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
        "sandbox-reset" => super::sandbox::Reset,
        "sandbox-run" => super::sandbox::Ran,
        "send" => super::send::SendJson,
        "smoke-list" => super::smoke::Listed,
        "smoke-new" => super::smoke::Written,
        "smoke-run" => super::smoke::Ran,
        "man" => super::man::Printed,
        "profile-add" => super::profile::Added,
        "profile-list" => super::profile::Listed,
        "profile-remove" => super::profile::Removed,
        "profile-show" => super::profile::Shown,
        "profile-use" => super::profile::Used,
        "receipt-list" => super::receipt::Listed,
        "receipt-listen" => super::receipt::Listened,
        "snippet" => super::snippet::Written,
        "token-check" => super::token::Checked,
        "token-export" => super::token::Bindings,
        "token-import" => super::token::ImportJson,
        "token-list" => super::token::Bindings,
        "token-listen" => super::token::Listened,
        "token-remove" => super::token::Bindings,
        "token-report" => super::token::Reported,
        "token-show" => super::token::Bindings,
    }
}
