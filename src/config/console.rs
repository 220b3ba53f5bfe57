//! The IM console's form for a certificate, field by field, in the console's words and order.
//! No public API registers certificates (tencent-im-push reference, 2.3), so a person types them there.

use super::{Certificate, Field, Paths};

/// Each field by its word there, in its order (reference, 2.1 and 3).
const FORM: [(&str, Field); 5] = [
    ("AppKey", Field::AppKey),
    ("AppID", Field::AppId),
    ("MasterSecret", Field::MasterSecret),
    ("ChannelID", Field::ChannelId),
    ("Click event", Field::Click),
];

/// Each field, and what to type or choose there; for MasterSecret, where it is.
pub(crate) fn form(certificate: &Certificate, paths: &Paths) -> Vec<(&'static str, String)> {
    let none = || "none; Android 8 and later then show nothing".to_owned();
    let entry = |(word, field)| {
        (word, certificate.value(field).map_or_else(none, |value| value.value.in_console(paths)))
    };
    [("Push platform", "OPPO".to_owned())].into_iter().chain(FORM.map(entry)).collect()
}
