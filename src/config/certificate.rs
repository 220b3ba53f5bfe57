//! A certificate: OPPO credentials, channel and click target as the IM console knows them, and the ten-minute rule.

use super::{CertificateId, Field, SecretRef, Sourced, Value};
use crate::click;
use crate::clock::Timestamp;
use std::fmt;
use std::time::Duration;

/// How long after it is saved in the IM console a certificate takes effect (tencent-im-push reference, section 4.4).
/// It is the IM server's rule; OPPO itself knows no certificates.
pub(crate) const TAKES_EFFECT_AFTER: Duration = Duration::from_secs(600);

/// One certificate of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Certificate {
    pub(crate) id: Sourced<CertificateId>,
    /// "certificate 7005" where the file gives none.
    pub(crate) name: Sourced<String>,
    /// OPPO's AppID: opaque text, usually digits; a message_id begins with it.
    pub app_id: Sourced<String>,
    pub(crate) app_key: Sourced<String>,
    /// Only the app itself needs it.
    pub(crate) app_secret: Option<Sourced<SecretRef>>,
    pub(crate) master_secret: Sourced<SecretRef>,
    pub channel_id: Option<Sourced<String>>,
    /// What a tap opens unless a push says otherwise; open-app by default.
    pub click: Sourced<click::Target>,
    /// When the IM console saved it.
    pub saved_at: Option<Sourced<Timestamp>>,
}

/// Whether a certificate has taken effect at the IM server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Activity {
    Active,
    /// It takes effect after this long.
    In(Duration),
    /// When it was saved is not known.
    Unknown,
}

impl Certificate {
    /// When it takes effect at the IM server; `None` if it is not known when it was saved.
    pub(crate) fn active_at(&self) -> Option<Timestamp> {
        // Beyond the end of time it never takes effect; the end of time says so well enough.
        self.saved_at.as_ref().map(|saved| saved.checked_add(TAKES_EFFECT_AFTER).unwrap_or(Timestamp::MAX))
    }

    /// What it holds of this field.
    pub(crate) fn value(&self, field: Field) -> Option<Sourced<Value<SecretRef>>> {
        fn of<T: Clone>(
            value: &Sourced<T>,
            make: impl FnOnce(T) -> Value<SecretRef>,
        ) -> Option<Sourced<Value<SecretRef>>> {
            Some(value.clone().map(make))
        }
        match field {
            Field::Id => of(&self.id, |id| Value::Number(id.get())),
            Field::Name => of(&self.name, Value::Text),
            Field::AppId => of(&self.app_id, Value::Text),
            Field::AppKey => of(&self.app_key, Value::Text),
            Field::AppSecret => of(self.app_secret.as_ref()?, Value::Secret),
            Field::MasterSecret => of(&self.master_secret, Value::Secret),
            Field::ChannelId => of(self.channel_id.as_ref()?, Value::Text),
            Field::Click => of(&self.click, Value::Click),
            Field::SavedAt => of(self.saved_at.as_ref()?, Value::Time),
            _ => None,
        }
    }

    /// Each key of the file with what it holds, a secret as where it is kept; `None` where it is not set.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&'static str, Option<Sourced<String>>)> {
        let shown = |field: &Field| self.value(*field).map(|value| value.map(|value| value.shown()));
        Field::CERTIFICATE.iter().map(move |field| (field.row().key, shown(field)))
    }

    pub(crate) fn activity(&self, now: Timestamp) -> Activity {
        match self.active_at() {
            None => Activity::Unknown,
            Some(at) if at <= now => Activity::Active,
            Some(at) => Activity::In(Duration::try_from(at.duration_since(now)).unwrap_or_default()),
        }
    }
}

impl fmt::Display for Activity {
    /// "active", "active in 7m 12s"; part of a second counts as a whole one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let left = match self {
            Activity::Active => return f.write_str("active"),
            Activity::Unknown => return f.write_str("not known when saved"),
            Activity::In(left) => left,
        };
        let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
        let (days, hours, minutes, seconds) =
            (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
        f.write_str("active in ")?;
        match (days, hours, minutes) {
            (0, 0, 0) => write!(f, "{seconds}s"),
            (0, 0, _) => write!(f, "{minutes}m {seconds}s"),
            (0, _, _) => write!(f, "{hours}h {minutes}m"),
            _ => write!(f, "{days}d {hours}h"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::sandbox_profile;
    use crate::config::source::Source;

    #[test]
    fn ids_are_positive_and_the_first_999_are_local() {
        assert_eq!(CertificateId::new(0), None);
        assert_eq!(CertificateId::parse("7005").map(CertificateId::get), Some(7005));
        for bad in ["", "0", "-1", "+1", "9223372036854775808", "7 ", "0x1"] {
            assert_eq!(CertificateId::parse(bad), None, "{bad}");
        }
        assert!(CertificateId::new(999).unwrap().is_local() && !CertificateId::new(1000).unwrap().is_local());
    }

    #[test]
    fn it_takes_effect_ten_minutes_after_it_was_saved() {
        let mut certificate = sandbox_profile().certificates.remove(0);
        let saved: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let after = |seconds: i64| Timestamp::from_second(saved.as_second() + seconds).unwrap();
        assert_eq!(certificate.activity(saved).to_string(), "not known when saved");
        certificate.saved_at = Some(Sourced::new(saved, Source::Default));
        assert_eq!(certificate.activity(after(168)).to_string(), "active in 7m 12s");
        assert_eq!(certificate.activity(after(599)).to_string(), "active in 1s");
        assert_eq!(certificate.activity(after(600)), Activity::Active);
        assert_eq!(certificate.activity(after(-86_400)).to_string(), "active in 1d 0h");
        certificate.saved_at = Some(Sourced::new(Timestamp::MAX, Source::Default));
        assert_eq!(certificate.active_at(), Some(Timestamp::MAX));
    }
}
