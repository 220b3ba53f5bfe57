//! The number by which the IM console knows a certificate.

use std::fmt;

/// The certificate ID: a positive integer, unique within a profile. `businessID` in the IM SDKs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CertificateId(i64);

impl CertificateId {
    /// The IDs that opush gives by itself, until the IM console's is known.
    pub(crate) const LOCAL: std::ops::RangeInclusive<i64> = 1..=999;

    pub(crate) fn new(number: i64) -> Option<CertificateId> {
        (number >= 1).then_some(CertificateId(number))
    }

    /// Reads the digits of a flag.
    pub(crate) fn parse(digits: &str) -> Option<CertificateId> {
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten().and_then(CertificateId::new)
    }

    pub(crate) fn get(self) -> i64 {
        self.0
    }

    /// Whether opush gave this ID by itself: the IM server does not know it.
    pub(crate) fn is_local(self) -> bool {
        CertificateId::LOCAL.contains(&self.0)
    }
}

impl fmt::Display for CertificateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
