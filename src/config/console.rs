//! The IM console's form for a certificate, field by field, in the console's words and order.
//! No public API registers certificates (tencent-im-push reference, 2.3), so a person types them there.

use super::{Certificate, Paths, SecretRef};
use crate::click::Target;

/// Each field, and what to type or choose there; for MasterSecret, where it is (reference, 2.1 and 3).
pub(crate) fn form(certificate: &Certificate, paths: &Paths) -> [(&'static str, String); 6] {
    let channel = certificate.channel_id.as_ref().map(|channel| channel.value.clone());
    [
        ("Push platform", "OPPO".into()),
        ("AppKey", certificate.app_key.value.clone()),
        ("AppID", certificate.app_id.value.clone()),
        ("MasterSecret", whereabouts(&certificate.master_secret.value, paths)),
        ("ChannelID", channel.unwrap_or_else(|| "none; Android 8 and later then show nothing".into())),
        ("Click event", click_event(&certificate.click.value)),
    ]
}

fn whereabouts(secret: &SecretRef, paths: &Paths) -> String {
    match secret {
        SecretRef::Plain(_) => "in the configuration file, as plain text".into(),
        SecretRef::Env(name) => format!("in the environment variable {name}"),
        SecretRef::File(file) if file.shown() == file.written => format!("in {}", paths.friendly(&file.path)),
        SecretRef::File(_) => "in a file".into(),
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
        Target::Scheme(_) => {
            "Open app: the form has no scheme URL, so the IM server's pushes open the app; those of opush open the URL"
                .into()
        }
    }
}
