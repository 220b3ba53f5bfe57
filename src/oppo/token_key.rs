//! Which cached auth token belongs to which endpoint and credentials.

use super::credentials::hex_sha256;
use super::{Credentials, Endpoints};

/// What a token belongs to: endpoint, AppKey and MasterSecret. Only a digest is kept, so a changed secret misses.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenKey {
    digest: String,
}

impl TokenKey {
    pub fn new(endpoints: &Endpoints, credentials: &Credentials) -> TokenKey {
        let secret = hex_sha256(&[credentials.master_secret.reveal()]);
        // Neither a URL nor a credential has a line break in it, so no two keys run into each other.
        TokenKey { digest: hex_sha256(&[endpoints.push.as_str(), "\n", &credentials.app_key, "\n", &secret]) }
    }

    /// 64 hex digits.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

#[cfg(test)]
mod tests {
    use super::super::Overrides;
    use super::*;
    use crate::config::{Region, Secret};

    fn key(region: Region, app_key: &str, secret: &str) -> TokenKey {
        let credentials = Credentials {
            app_id: "1".to_owned(),
            app_key: app_key.to_owned(),
            master_secret: Secret::new(secret),
        };
        TokenKey::new(&Endpoints::resolve(region, &Overrides::default()).expect("known"), &credentials)
    }

    #[test]
    fn a_changed_endpoint_app_key_or_secret_misses() {
        let one = key(Region::Cn, "k", "s");
        assert_eq!(one, key(Region::Cn, "k", "s"));
        for other in [key(Region::CnLegacy, "k", "s"), key(Region::Cn, "K", "s"), key(Region::Cn, "k", "S")] {
            assert_ne!(one, other);
        }
        assert_eq!(one.digest().len(), 64);
    }
}
