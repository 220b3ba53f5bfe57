//! The values that a person gives for a profile or a certificate: one table for flags, questions, forms, lists and edits.
//! Where each is in the file, and what it may hold there, is in `keys`.

use strum::VariantArray;

use super::suggest;

/// One value, in the order in which the file has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub(crate) enum Field {
    ProfileName,
    Region,
    Package,
    Endpoint,
    CaFile,
    App,
    MultiDevice,
    ReportsComplete,
    ImSdkAppId,
    ImAdmin,
    ImSecretKey,
    ImRegion,
    ImEndpoint,
    Id,
    Name,
    AppId,
    AppKey,
    AppSecret,
    MasterSecret,
    ChannelId,
    Click,
    SavedAt,
}
use Field::*;

/// What is said of a field, wherever it is named.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// Its key in the file; below a profile's `im` with `im.` before it.
    pub(crate) key: &'static str,
    /// As OPPO and the IM console call it.
    pub(crate) word: &'static str,
    /// Without the two hyphens; of a secret, what `-env`, `-file` and `-stdin` follow.
    pub(crate) flag: &'static str,
    pub(crate) value_name: &'static str,
    /// The help of its flag.
    pub(crate) help: &'static str,
    /// What to give where it is required.
    pub(crate) give: &'static str,
    /// What a person should know before answering; empty where the word says it.
    pub(crate) about: &'static str,
}

const fn row(
    key: &'static str,
    word: &'static str,
    (flag, value_name): (&'static str, &'static str),
    help: &'static str,
    give: &'static str,
) -> Row {
    Row { key, word, flag, value_name, help, give, about: "" }
}

const TABLE: &[Row] = &[
    row(
        "",
        "Profile name",
        ("profile", "NAME"),
        "Name of the profile: letters, digits, - and _",
        "such as chat",
    ),
    row(
        "region",
        "Region",
        ("region", "REGION"),
        "Where its pushes go: cn, cn-legacy, intl or sandbox",
        "cn, cn-legacy, intl or sandbox",
    ),
    row(
        "package",
        "App package",
        ("package", "PACKAGE"),
        "The app's package name",
        "the app's applicationId",
    ),
    row(
        "endpoint",
        "Endpoint",
        ("endpoint", "URL"),
        "Base URL in the place of the region's hosts: https, or http to loopback",
        "a URL",
    ),
    row(
        "ca_file",
        "CA file",
        ("ca-file", "FILE"),
        "PEM file of certificate authorities to trust beside the system's",
        "a PEM file",
    ),
    row(
        "app",
        "App file",
        ("app", "FILE"),
        "The app's manifest, APK or AAB, or its Gradle project: click targets are judged by it",
        "a path",
    ),
    row(
        "multi_device",
        "Devices of one user",
        ("multi-device", "RULE"),
        "How many devices of one user may be logged in: one, per-platform or several",
        "one, per-platform or several",
    ),
    row(
        "reports_complete",
        "Reports complete",
        ("reports-complete", "BOOL"),
        "Whether every token report of the app reaches opush: true or false",
        "true or false",
    ),
    row(
        "im.sdk_app_id",
        "SDKAppID",
        ("im-sdk-app-id", "ID"),
        "SDKAppID of the app at the IM server",
        "as the IM console shows it",
    ),
    row(
        "im.admin",
        "Administrator",
        ("im-admin", "USER"),
        "UserID of an administrator of the IM app",
        "such as administrator",
    ),
    row(
        "im.secret_key",
        "IM secret key",
        ("im-secret-key", "NAME"),
        "the IM app's secret key",
        "by --im-secret-key-env, -file or -stdin",
    ),
    row(
        "im.region",
        "IM region",
        ("im-region", "REGION"),
        "Where the IM server keeps the app's data",
        "one of its regions",
    ),
    row(
        "im.endpoint",
        "IM endpoint",
        ("im-endpoint", "URL"),
        "Base URL in the place of the IM region's host",
        "a URL",
    ),
    Row {
        about: "The IM console shows a certificate ID once it has saved one. Empty if there is none yet.",
        ..row(
            "id",
            "Certificate ID",
            ("id", "ID"),
            "Certificate ID of the IM console; a new one without it gets a local ID from 1 to 999",
            "the number that the IM console shows",
        )
    },
    row("name", "Name", ("name", "NAME"), "A name for people", "a name"),
    row(
        "app_id",
        "AppId",
        ("app-id", "ID"),
        "AppId, as OPPO's console shows it",
        "as OPPO's console shows it",
    ),
    row("app_key", "AppKey", ("app-key", "KEY"), "AppKey", "as OPPO's console shows it"),
    row("app_secret", "AppSecret", ("app-secret", "NAME"), "AppSecret", "as OPPO's console shows it"),
    row(
        "master_secret",
        "MasterSecret",
        ("master-secret", "NAME"),
        "MasterSecret",
        "by --master-secret-env, --master-secret-file or --master-secret-stdin",
    ),
    Row {
        about: "The id of the NotificationChannel that the app creates. Without it, or with another one, Android 8 and later show nothing.",
        ..row(
            "channel_id",
            "ChannelID",
            ("channel-id", "ID"),
            "ChannelID: the app's NotificationChannel",
            "the NotificationChannel that the app creates",
        )
    },
    row("click", "Click event", ("click", "TARGET"), "", "a click target"),
    row(
        "saved_at",
        "Saved at",
        ("saved-at", "TIME"),
        "When the IM console saved it: now, or a time such as 2026-01-31T08:00:00Z",
        "now, or a time",
    ),
];

impl Field {
    /// Of a certificate.
    pub(crate) const CERTIFICATE: &[Field] =
        &[Id, Name, AppId, AppKey, AppSecret, MasterSecret, ChannelId, Click, SavedAt];
    /// Of a profile, its certificates aside.
    pub(crate) const PROFILE: &[Field] = &[
        Region,
        Package,
        Endpoint,
        CaFile,
        App,
        MultiDevice,
        ReportsComplete,
        ImSdkAppId,
        ImAdmin,
        ImSecretKey,
        ImRegion,
        ImEndpoint,
    ];
    /// Of a profile, its side of the IM server.
    pub(crate) const IM: &[Field] = &[ImSdkAppId, ImAdmin, ImSecretKey, ImRegion, ImEndpoint];

    pub(crate) fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    pub(crate) fn is_secret(self) -> bool {
        matches!(self, AppSecret | MasterSecret | ImSecretKey)
    }

    /// The IM server holds it too: a change begins the ten minutes again.
    pub(crate) fn is_at_im_server(self) -> bool {
        matches!(self, AppId | AppKey | MasterSecret | ChannelId | Click)
    }

    /// Its flag, as a place; of a secret the first of the three.
    pub(crate) fn place(self) -> String {
        format!("--{}{}", self.row().flag, if self.is_secret() { "-env" } else { "" })
    }

    /// The words that it may be, where it is one of a few.
    pub(crate) fn words(self) -> Vec<&'static str> {
        match self {
            Region => suggest::words::<super::Region>().collect(),
            MultiDevice => suggest::words::<super::MultiDevice>().collect(),
            ReportsComplete => vec!["true", "false"],
            ImRegion => suggest::words::<super::ImRegion>().collect(),
            _ => Vec::new(),
        }
    }
}
