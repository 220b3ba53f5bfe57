//! The keys of the configuration file, table by table. Reading, suggestions and the schema share them.

use super::{ImRegion, MultiDevice, Region, suggest::words};

/// The keys of one table.
pub(super) struct Keys {
    /// For a sentence: "certificates", "the IM settings".
    pub(super) what: &'static str,
    /// For editors.
    pub(super) about: &'static str,
    pub(super) keys: &'static [Key],
    /// Two keys that exclude each other, and what to do about it.
    pub(super) exclusive: Option<([&'static str; 2], &'static str)>,
}

pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) form: Form,
    /// An example of its value, where it must be there.
    pub(super) required: Option<&'static str>,
    /// For editors; empty where the name says it.
    pub(super) about: &'static str,
    /// It can harm nobody, whatever its value, so a file that is not trusted may have it. A key that is not marked needs
    /// trust. A table is as its keys are; a secret is judged by its form.
    pub(super) harmless: bool,
}

/// What a key's value looks like.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Text,
    /// Text that is not empty and has no white space around it.
    Opaque,
    Url,
    Package,
    /// Path of an app file: a file that is not trusted may name one in its own folder, which is judged when it is used.
    AppFile,
    Duration,
    /// From 1 to this.
    Number(i64),
    Time,
    Boolean,
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
    what: "the configuration",
    about: "",
    keys: &[
        key("default_profile", Text).harmless().about("The current profile unless another is named."),
        key("history", Table(&HISTORY)),
        key("profile", Profiles(&PROFILE)),
    ],
    exclusive: None,
};

pub(super) const HISTORY: Keys = Keys {
    what: "the history",
    about: "How long deliveries, receipts and the IM server's events are kept.",
    keys: &[
        // A file that is not trusted has a state of its own.
        key("keep_for", Duration)
            .harmless()
            .about("By age: a duration such as \"90d\" or \"24h\", at least \"1h\"."),
        key("keep", Number(i64::MAX)).harmless().about("By count: so many of each."),
    ],
    exclusive: None,
};

pub(super) const PROFILE: Keys = Keys {
    what: "a profile",
    about: "One app in one environment.",
    keys: &[
        key("region", Word(|| words::<Region>().collect()))
            .harmless()
            .required("\"cn\"")
            .about("Where pushes go."),
        key("endpoint", Url),
        key("endpoints", Table(&ENDPOINTS)),
        key("ca_file", Opaque)
            .about("A PEM file of certificate authorities that its hosts may have beside the system's."),
        key("package", Package).harmless(),
        key("app", AppFile)
            .about("The app's manifest, APK or AAB, or the folder of its Gradle project: click targets are judged by it."),
        key("multi_device", Word(|| words::<MultiDevice>().collect()))
            .harmless()
            .about("How many devices of one user may be logged in."),
        key("reports_complete", Boolean)
            .harmless()
            .about("Every token report of the app reaches opush, so that none here means none at all."),
        key("rate", Number(1_000_000))
            .harmless()
            .about("Recipients per second that a run of opush batch may push to."),
        key("repeat_window", Duration)
            .harmless()
            .about("How long OPPO is trusted to drop a repeat, such as \"10m\"; \"0s\" is never."),
        key("default_certificate", Number(i64::MAX)).harmless(),
        key("certificate", Tables(&CERTIFICATE)),
        key("im", Table(&IM)),
    ],
    exclusive: Some((
        ["endpoint", "endpoints"],
        "keep endpoint for all four hosts, or endpoints for single ones",
    )),
};

/// The four hosts of OPPO.
pub(super) const ENDPOINTS: Keys = Keys {
    what: "endpoints",
    about: "",
    keys: &[key("push", Url), key("device", Url), key("media", Url), key("feedback", Url)],
    exclusive: None,
};

pub(super) const CERTIFICATE: Keys = Keys {
    what: "certificates",
    about: "OPPO credentials, channel and click target under a certificate ID.",
    keys: &[
        key("id", Number(i64::MAX))
            .harmless()
            .required("7005")
            .about("The certificate ID; 1 to 999 are local."),
        key("name", Opaque).harmless(),
        key("app_id", Opaque).harmless().required("\"30001\""),
        key("app_key", Opaque).harmless().required("\"…\""),
        key("app_secret", Secret),
        key("master_secret", Secret).required("{ env = \"…\" }"),
        key("channel_id", Opaque).harmless(),
        key("click", Click).harmless(),
        key("saved_at", Time).harmless().about("A TOML date and time with offset, without quotes."),
    ],
    exclusive: None,
};

pub(super) const IM: Keys = Keys {
    what: "the IM settings",
    about: "The app's side of the IM server, for opush im.",
    keys: &[
        key("sdk_app_id", Number(u32::MAX as i64)).harmless().required("1400000001"),
        key("admin", Opaque)
            .harmless()
            .required("\"administrator\"")
            .about("UserID of an administrator of the app."),
        key("secret_key", Secret).required("{ env = \"OPUSH_IM_SECRET_KEY\" }"),
        key("region", Word(|| words::<ImRegion>().collect()))
            .harmless()
            .about("Where the IM server keeps the app's data."),
        key("endpoint", Url),
    ],
    exclusive: Some((
        ["region", "endpoint"],
        "keep region for Tencent's hosts, or endpoint for one of your own",
    )),
};

impl Key {
    const fn required(self, example: &'static str) -> Key {
        Key { required: Some(example), ..self }
    }

    const fn harmless(self) -> Key {
        Key { harmless: true, ..self }
    }

    const fn about(self, about: &'static str) -> Key {
        Key { about, ..self }
    }
}

const fn key(name: &'static str, form: Form) -> Key {
    Key { name, form, required: None, about: "", harmless: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every leaf of the tables with its path.
    fn leaves(keys: &Keys, path: &str, found: &mut Vec<(String, bool)>) {
        for key in keys.keys {
            let path = format!("{path}{}", key.name);
            match key.form {
                Table(keys) | Tables(keys) => leaves(keys, &format!("{path}."), found),
                Profiles(keys) => leaves(keys, &format!("{path}.NAME."), found),
                _ => found.push((path, key.harmless)),
            }
        }
    }

    #[test]
    fn the_page_has_every_key() {
        let page = include_str!("../../docs/configuration.md");
        for (heading, keys) in [
            ("\n## `[history]`\n", &HISTORY),
            ("\n## `[profile.NAME]`\n", &PROFILE),
            ("\n## `[[profile.NAME.certificate]]`\n", &CERTIFICATE),
            ("\n## `[profile.NAME.im]`\n", &IM),
        ] {
            let section = page.split_once(heading).unwrap().1.split("\n#").next().unwrap();
            let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
            let mut documented: Vec<&str> = rows.collect();
            let mut known: Vec<&str> = keys.keys.iter().map(|key| key.name).collect();
            documented.sort_unstable();
            known.sort_unstable();
            assert_eq!(documented, known, "{heading}");
        }
        let trust = page.split_once("These keys need trust:").unwrap().1;
        let named: Vec<&str> = trust.lines().next().unwrap().split('`').skip(1).step_by(2).collect();
        assert_eq!(named, ["endpoint", "endpoints", "ca_file", "im.endpoint", "app", "{ command = … }"]);
    }

    #[test]
    fn every_key_is_harmless_or_needs_trust_and_a_new_one_needs_it() {
        assert!(!key("new", Text).harmless);
        let mut found = Vec::new();
        leaves(&ROOT, "", &mut found);
        let of = |harmless| {
            let keys = found.iter().filter(move |(_, is)| *is == harmless).map(|(path, _)| path.as_str());
            keys.collect::<Vec<_>>()
        };
        let profile =
            |names: &[&str]| names.iter().map(|name| format!("profile.NAME.{name}")).collect::<Vec<_>>();
        let mut harmless =
            vec!["default_profile".to_owned(), "history.keep_for".into(), "history.keep".into()];
        harmless.extend(profile(&[
            "region",
            "package",
            "multi_device",
            "reports_complete",
            "rate",
            "repeat_window",
            "default_certificate",
        ]));
        harmless.extend(profile(&["certificate.id", "certificate.name", "certificate.app_id"]));
        harmless.extend(profile(&["certificate.app_key", "certificate.channel_id", "certificate.click"]));
        harmless.extend(profile(&["certificate.saved_at", "im.sdk_app_id", "im.admin", "im.region"]));
        assert_eq!(of(true), harmless);
        let mut needing = profile(&["endpoint", "endpoints.push", "endpoints.device", "endpoints.media"]);
        needing.extend(profile(&[
            "endpoints.feedback",
            "ca_file",
            "app",
            "certificate.app_secret",
            "certificate.master_secret",
        ]));
        needing.extend(profile(&["im.secret_key", "im.endpoint"]));
        assert_eq!(of(false), needing);
    }
}
