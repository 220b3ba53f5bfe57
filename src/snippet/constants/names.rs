//! The names that apps and plugins give to the values of an OPPO certificate, however they are written.

use strum::VariantArray;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub(crate) enum Meaning {
    CertificateId,
    AppId,
    AppKey,
    ChannelId,
    Package,
    Region,
    Click,
    AppSecret,
    MasterSecret,
}

/// In capitals, letters and digits only. The push plugin spells "Bussiness" so.
const NAMES: &[(&str, Meaning)] = &[
    ("OPPOPUSHBUZID", Meaning::CertificateId),
    ("OPPOPUSHBUSSINESSID", Meaning::CertificateId),
    ("OPPOPUSHBUSINESSID", Meaning::CertificateId),
    ("OPPOPUSHBUSIID", Meaning::CertificateId),
    ("OPPOPUSHCERTIFICATEID", Meaning::CertificateId),
    ("OPPOBUZID", Meaning::CertificateId),
    ("OPPOBUSSINESSID", Meaning::CertificateId),
    ("OPPOBUSINESSID", Meaning::CertificateId),
    ("OPPOCERTIFICATEID", Meaning::CertificateId),
    ("OPPOPUSHAPPID", Meaning::AppId),
    ("OPPOAPPID", Meaning::AppId),
    ("OPPOPUSHAPPKEY", Meaning::AppKey),
    ("OPPOAPPKEY", Meaning::AppKey),
    ("OPPOPUSHCHANNELID", Meaning::ChannelId),
    ("OPPOCHANNELID", Meaning::ChannelId),
    ("PACKAGE", Meaning::Package),
    ("OPPOPUSHAPPSECRET", Meaning::AppSecret),
    ("OPPOAPPSECRET", Meaning::AppSecret),
    ("OPPOPUSHMASTERSECRET", Meaning::MasterSecret),
    ("OPPOMASTERSECRET", Meaning::MasterSecret),
    // The variables of the built-in profile env.
    ("OPUSHAPPID", Meaning::AppId),
    ("OPUSHAPPKEY", Meaning::AppKey),
    ("OPUSHCHANNELID", Meaning::ChannelId),
    ("OPUSHPACKAGE", Meaning::Package),
    ("OPUSHREGION", Meaning::Region),
    ("OPUSHCLICK", Meaning::Click),
    ("OPUSHMASTERSECRET", Meaning::MasterSecret),
];

impl Meaning {
    /// The meaning of a name such as `oppoPushAppKey`, `OPPO_PUSH_APPKEY` or `oppo.push.app-key`.
    pub(super) fn of(name: &str) -> Option<Meaning> {
        let bare = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
        let bare: String = bare.collect();
        NAMES.iter().find(|(known, _)| *known == bare).map(|(_, meaning)| *meaning)
    }

    pub(super) fn is_secret(self) -> bool {
        matches!(self, Meaning::AppSecret | Meaning::MasterSecret)
    }
}
