//! The credentials of one certificate, and the signature made of them (OPPO reference, section 2).
//! Where they come from, and how a secret is kept, belongs to `config`.

use crate::clock::Timestamp;
use crate::config::Secret;
use sha2::{Digest, Sha256};

/// What OPPO's push console gave for one app. AppSecret is missing on purpose: only the app itself needs it.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub app_id: String,
    pub app_key: String,
    pub master_secret: Secret,
}

impl Credentials {
    /// Lower-case hex SHA-256 of AppKey, timestamp (the same decimal milliseconds as in the form) and MasterSecret,
    /// put together without a separator.
    pub(super) fn sign(&self, at: Timestamp) -> Secret {
        let timestamp = at.as_millisecond().to_string();
        Secret::new(hex_sha256(&[&self.app_key, &timestamp, self.master_secret.reveal()]))
    }
}

/// Lower-case hex SHA-256 of the parts, put together without a separator.
pub(super) fn hex_sha256(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.as_bytes());
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_references_vector() {
        let credentials = Credentials {
            app_id: "30001".to_owned(),
            app_key: "demo-app-key".to_owned(),
            master_secret: Secret::new("demo-master-secret"),
        };
        let at = Timestamp::from_millisecond(1_700_000_000_000).expect("in range");
        assert_eq!(
            credentials.sign(at).reveal(),
            "0c313fd797b0533eb741368a49e44afc60c7820758e1dc737a8235319a3c8f83"
        );
        assert!(!format!("{credentials:?}").contains("demo-master-secret"));
    }
}
