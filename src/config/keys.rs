//! The keys of the configuration file, table by table. Reading, suggestions and the schema share them.

use super::{ImRegion, MultiDevice, Region, suggest::words};

/// The keys of one table.
pub(super) struct Keys {
    pub(super) about: &'static str,
    pub(super) keys: &'static [Key],
    /// Two keys that exclude each other.
    pub(super) exclusive: Option<[&'static str; 2]>,
}

pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) required: bool,
    /// For editors; empty where the name says it.
    pub(super) about: &'static str,
}

/// What a key's value looks like.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Text,
    /// Text that is not empty and has no white space around it.
    Opaque,
    Url,
    Package,
    Duration,
    /// From 1 to this.
    Number(i64),
    Time,
    Word(fn() -> Vec<&'static str>),
    Secret,
    Click,
    Table(&'static Keys),
    /// An array of tables.
    Tables(&'static Keys),
    /// Tables by their profile's name.
    Profiles(&'static Keys),
}
use Form::*;

pub(super) const ROOT: Keys = Keys {
    about: "",
    keys: &[
        key("default_profile", Text).about("The current profile unless another is named."),
        key("history", Table(&HISTORY)),
        key("profile", Profiles(&PROFILE)),
    ],
    exclusive: None,
};

pub(super) const HISTORY: Keys = Keys {
    about: "How long deliveries, receipts and the IM server's events are kept.",
    keys: &[
        key("keep_for", Duration).about("By age: a duration such as \"90d\" or \"24h\", at least \"1h\"."),
        key("keep", Number(i64::MAX)).about("By count: so many of each."),
    ],
    exclusive: None,
};

pub(super) const PROFILE: Keys = Keys {
    about: "One app in one environment.",
    keys: &[
        key("region", Word(|| words::<Region>().collect())).required().about("Where pushes go."),
        key("endpoint", Url),
        key("endpoints", Table(&ENDPOINTS)),
        key("package", Package),
        key("multi_device", Word(|| words::<MultiDevice>().collect()))
            .about("How many devices of one user may be logged in."),
        key("default_certificate", Number(i64::MAX)),
        key("certificate", Tables(&CERTIFICATE)),
        key("im", Table(&IM)),
    ],
    exclusive: Some(["endpoint", "endpoints"]),
};

/// The four hosts of OPPO.
pub(super) const ENDPOINTS: Keys = Keys {
    about: "",
    keys: &[key("push", Url), key("device", Url), key("media", Url), key("feedback", Url)],
    exclusive: None,
};

pub(super) const CERTIFICATE: Keys = Keys {
    about: "OPPO credentials, channel and click target under a certificate ID.",
    keys: &[
        key("id", Number(i64::MAX)).required().about("The certificate ID; 1 to 999 are local."),
        key("name", Opaque),
        key("app_id", Opaque).required(),
        key("app_key", Opaque).required(),
        key("app_secret", Secret),
        key("master_secret", Secret).required(),
        key("channel_id", Opaque),
        key("click", Click),
        key("saved_at", Time).about("A TOML date and time with offset, without quotes."),
    ],
    exclusive: None,
};

pub(super) const IM: Keys = Keys {
    about: "The app's side of the IM server, for opush im.",
    keys: &[
        key("sdk_app_id", Number(u32::MAX as i64)).required(),
        key("admin", Opaque).required().about("UserID of an administrator of the app."),
        key("secret_key", Secret).required(),
        key("region", Word(|| words::<ImRegion>().collect()))
            .about("Where the IM server keeps the app's data."),
        key("endpoint", Url),
    ],
    exclusive: Some(["region", "endpoint"]),
};

impl Keys {
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }
}

impl Key {
    const fn required(self) -> Key {
        Key { required: true, ..self }
    }

    const fn about(self, about: &'static str) -> Key {
        Key { about, ..self }
    }
}

const fn key(name: &'static str, form: Form) -> Key {
    Key { name, form, required: false, about: "" }
}
