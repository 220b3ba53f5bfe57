//! The IM console's form for an OPPO certificate, field by field, in the console's words and order.
//! No public API registers certificates (tencent-im-push reference, 2.3), so a person types them there.

use schemars::JsonSchema;
use serde::Serialize;

use crate::click::Target;
use crate::config::{Certificate, Paths, SecretRef};
use crate::output::Page;

/// One line of the form.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Entry {
    /// The console's own word.
    field: String,
    /// What to type or choose; for MasterSecret, where it is.
    value: String,
}

/// The whole form (tencent-im-push reference, 2.1 and 3).
pub(crate) fn entries(certificate: &Certificate, paths: &Paths) -> Vec<Entry> {
    let entry = |field: &str, value: String| Entry { field: field.to_owned(), value };
    let channel = certificate.channel_id.as_ref().map(|channel| channel.value.clone());
    vec![
        entry("Push platform", "OPPO".into()),
        entry("AppKey", certificate.app_key.value.clone()),
        entry("AppID", certificate.app_id.value.clone()),
        entry("MasterSecret", whereabouts(&certificate.master_secret.value, paths)),
        entry("ChannelID", channel.unwrap_or_else(|| "none; Android 8 and later then show nothing".into())),
        entry("Click event", click_event(&certificate.click.value)),
    ]
}

fn whereabouts(secret: &SecretRef, paths: &Paths) -> String {
    match secret {
        SecretRef::Plain(_) => "in the configuration file, as plain text".into(),
        SecretRef::Env(name) => format!("in the environment variable {name}"),
        SecretRef::File(file) => format!("in {}", paths.friendly(&file.path)),
        SecretRef::Command(words) => {
            format!("printed by {}", words.first().map_or("its command", String::as_str))
        }
    }
}

pub(crate) fn click_event(target: &Target) -> String {
    match target {
        Target::OpenApp => "Open app".into(),
        Target::Url(url) => format!("Open URL › {url}"),
        Target::Activity(class) => format!("Open specific app interface › Activity › {class}"),
        Target::Intent(action) => format!("Open specific app interface › Intent › {action}"),
    }
}

/// The form below its heading, then the commands to run.
pub(crate) fn page(page: &mut Page, form: &[Entry], local: bool, next: &[String]) {
    let button = if local { "Add a certificate" } else { "its certificate" };
    page.line(format!("In the IM console › your app › Android push › {button}:"));
    let pairs: Vec<(&str, &str)> =
        form.iter().map(|entry| (entry.field.as_str(), entry.value.as_str())).collect();
    page.pairs(&pairs);
    page.line(if local {
        "The console then shows a certificate ID, and uses it from 10 minutes after saving it. Next:"
    } else {
        "Next:"
    });
    next.iter().for_each(|command| page.line(format!("  {command}")));
}

/// The two commands that follow.
pub(crate) fn next(id: i64, local: bool, again: &str) -> Vec<String> {
    if local {
        vec![format!("opush cert edit {id}{again} --id ID"), format!("opush cert verify ID{again}")]
    } else {
        vec![
            format!("opush cert verify {id}{again}"),
            format!(
                "opush send{again} --certificate {id} --reg-id REGID --title Hello --content \"first push\""
            ),
        ]
    }
}

/// The commands that follow in the sandbox: nobody has a regId there before there is a phone.
pub(crate) fn next_in_sandbox(id: i64, again: &str) -> Vec<String> {
    vec![
        format!("opush sandbox phone add{again} --certificate {id} --alias alice"),
        format!("opush send{again} --certificate {id} --alias alice --title Hello --content \"first push\""),
    ]
}
