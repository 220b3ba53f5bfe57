//! Which cached auth token belongs to which endpoint and credentials.

use super::credentials::hex_sha256;
use super::{Credentials, Endpoints};
use crate::config::CaFile;
use url::Url;

/// What a token belongs to: the hosts that it goes to, the authorities that may vouch for them, AppKey and MasterSecret. Only a digest is kept, so a changed secret
/// misses, and so does a changed host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenKey {
    digest: String,
}

impl TokenKey {
    pub fn new(endpoints: &Endpoints, credentials: &Credentials) -> TokenKey {
        let secret = hex_sha256(&[credentials.master_secret.reveal()]);
        let host = |url: &Option<Url>| url.as_ref().map(Url::to_string).unwrap_or_default();
        let Endpoints { push, device, media, feedback, ca_file } = endpoints;
        let [device, media, feedback] = [device, media, feedback].map(host);
        // Neither a URL nor a credential has a line break in it, so no two keys run into each other.
        let mut parts = vec![push.as_str(), &device, &media, &feedback, &credentials.app_key, &secret];
        let authorities = ca_file.as_ref().map(CaFile::digest);
        parts.extend(authorities.as_deref());
        TokenKey { digest: hex_sha256(&[&parts.join("\n")]) }
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

    #[test]
    fn a_token_is_for_every_host_that_it_was_made_for_and_no_other() {
        let credentials =
            Credentials { app_id: "1".to_owned(), app_key: "k".to_owned(), master_secret: Secret::new("s") };
        let with = |change: fn(&mut Overrides, Url)| {
            let mut overrides = Overrides::default();
            change(&mut overrides, Url::parse("https://other.example").expect("a URL"));
            TokenKey::new(&Endpoints::resolve(Region::Cn, &overrides).expect("known"), &credentials)
        };
        let keys = [
            with(|_, _| {}),
            with(|overrides, url| overrides.push = Some(url)),
            with(|overrides, url| overrides.device = Some(url)),
            with(|overrides, url| overrides.media = Some(url)),
            with(|overrides, url| overrides.feedback = Some(url)),
            with(|overrides, url| overrides.all = Some(url)),
        ];
        let different: std::collections::BTreeSet<&str> = keys.iter().map(TokenKey::digest).collect();
        assert_eq!(different.len(), keys.len());
    }
}
