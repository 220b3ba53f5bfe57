//! The vendor's hosts by region, and what a profile may put in their place (OPPO reference, section 1).
//! An endpoint's place in a file, and its position in an error, belongs to `config`.

use super::call::Host;
use crate::config::{CaFile, Region};
use crate::failure::{Kind, Problem};
use crate::transport::{INSECURE, is_loopback};
use url::Url;

/// The base URLs used for one profile; paths of calls are added to them. `None`: no such host is known for the region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    pub(crate) push: Url,
    pub(crate) device: Option<Url>,
    pub(crate) media: Option<Url>,
    pub(crate) feedback: Option<Url>,
    /// Authorities that their certificates may be of, beside the system's.
    pub(crate) ca_file: Option<CaFile>,
}

/// A profile's own endpoints: a single one goes before `all`, which goes before the region's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    pub all: Option<Url>,
    pub push: Option<Url>,
    pub device: Option<Url>,
    pub media: Option<Url>,
    pub feedback: Option<Url>,
    pub ca_file: Option<CaFile>,
}

impl Endpoints {
    /// `None` where no such host is known for the region.
    pub(crate) fn base(&self, host: Host) -> Option<&Url> {
        match host {
            Host::Push => Some(&self.push),
            Host::Device => self.device.as_ref(),
            Host::Media => self.media.as_ref(),
            Host::Feedback => self.feedback.as_ref(),
        }
    }

    /// Each in DER.
    pub(super) fn authorities(&self) -> &[Vec<u8>] {
        self.ca_file.as_ref().map(CaFile::certificates).unwrap_or_default()
    }

    /// The region's hosts with the profile's overrides. Region `sandbox` has none: its URL comes in as `all`.
    pub fn resolve(region: Region, overrides: &Overrides) -> Result<Endpoints, Problem> {
        let [push, device, media, feedback] = known(region);
        let pick = |own: &Option<Url>, known: Option<&str>| -> Result<Option<Url>, Problem> {
            match own.as_ref().or(overrides.all.as_ref()) {
                Some(url) => check(url).map(|()| Some(url.clone())),
                None => Ok(known.map(constant)),
            }
        };
        Ok(Endpoints {
            push: pick(&overrides.push, push)?.ok_or_else(|| {
                let hint = "set endpoint in the profile to the URL of a running sandbox, or use the profile named sandbox";
                Problem::new(Kind::MissingKey, format!("region {region} has no host of its own"), hint)
            })?,
            device: pick(&overrides.device, device)?,
            media: pick(&overrides.media, media)?,
            feedback: pick(&overrides.feedback, feedback)?,
            ca_file: overrides.ca_file.clone(),
        })
    }
}

/// The hosts for pushes, devices, media and feedback.
fn known(region: Region) -> [Option<&'static str>; 4] {
    let china = |push| {
        let media = "https://api-media.push.heytapmobi.com";
        let feedback = "https://feedback.push.oppomobile.com";
        [Some(push), Some("https://api-device.push.heytapmobi.com"), Some(media), Some(feedback)]
    };
    match region {
        Region::Cn => china("https://api-push-cn.heytapmobi.com"),
        Region::CnLegacy => china("https://api.push.oppomobile.com"),
        // The other overseas hosts are not known (OPPO reference, section 1); uploads are not offered there.
        Region::Intl => [Some("https://api-intl.push.oppomobile.com"), None, None, None],
        Region::Sandbox => [None; 4],
    }
}

fn constant(text: &str) -> Url {
    Url::parse(text).expect("the table above holds URLs")
}

fn check(url: &Url) -> Result<(), Problem> {
    let problem = |kind, has: &str, hint: &'static str| {
        let mut url = url.clone();
        // A password in a mistaken endpoint is a secret as well.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        Err(Problem::new(kind, format!("{url} {has}"), hint))
    };
    if !url.username().is_empty() || url.password().is_some() {
        let has = "carries a user name or password";
        problem(Kind::BadValue, has, "remove user name and password from the URL")
    } else if !(url.scheme() == "https" && url.has_host() || url.scheme() == "http" && is_loopback(url)) {
        let has = "is neither https, nor http to this machine itself";
        problem(Kind::InsecureEndpoint, has, INSECURE)
    } else if url.query().is_some() || url.fragment().is_some() {
        let has = "carries a query or a fragment, and calls add a path to it";
        problem(Kind::BadValue, has, "leave only scheme, host, port and path in the URL")
    } else {
        Ok(())
    }
}

/// The base URL with a call's path added; a path prefix of the base is kept.
pub(super) fn join(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    let prefix = base.path().trim_end_matches('/');
    url.set_path(&format!("{prefix}{path}"));
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    #[test]
    fn each_region_has_the_references_hosts() {
        let host = |region| {
            let endpoints = Endpoints::resolve(region, &Overrides::default()).expect("known");
            endpoints.push.to_string()
        };
        assert_eq!(host(Region::Cn), "https://api-push-cn.heytapmobi.com/");
        assert_eq!(host(Region::CnLegacy), "https://api.push.oppomobile.com/");
        assert_eq!(host(Region::Intl), "https://api-intl.push.oppomobile.com/");
        let china = Endpoints::resolve(Region::Cn, &Overrides::default()).expect("known");
        assert_eq!(china.device, Some(url("https://api-device.push.heytapmobi.com")));
        assert_eq!(china.media, Some(url("https://api-media.push.heytapmobi.com")));
        assert_eq!(china.feedback, Some(url("https://feedback.push.oppomobile.com")));
    }

    #[test]
    fn the_sandbox_needs_its_url() {
        let error = Endpoints::resolve(Region::Sandbox, &Overrides::default()).expect_err("none known");
        assert_eq!(error.kind, Kind::MissingKey);
        let all = Some(url("http://127.0.0.1:8765"));
        let endpoints =
            Endpoints::resolve(Region::Sandbox, &Overrides { all, ..Default::default() }).expect("given");
        assert_eq!(endpoints.feedback, Some(url("http://127.0.0.1:8765")));
    }

    #[test]
    fn a_single_endpoint_goes_before_the_one_for_all() {
        let overrides = Overrides {
            all: Some(url("https://a.example")),
            push: Some(url("https://b.example/oppo/")),
            ..Default::default()
        };
        let endpoints = Endpoints::resolve(Region::Cn, &overrides).expect("both fine");
        assert_eq!(endpoints.push, url("https://b.example/oppo/"));
        assert_eq!(endpoints.device, Some(url("https://a.example")));
    }

    #[test]
    fn plain_http_goes_to_this_machine_only() {
        let problem = |text| {
            let overrides = Overrides { all: Some(url(text)), ..Default::default() };
            Endpoints::resolve(Region::Cn, &overrides).err().map(|problem| problem.kind)
        };
        for fine in [
            "http://127.0.0.1:1",
            "http://127.9.9.9",
            "http://[::1]:80",
            "http://localhost:8",
            "https://x.example/p",
        ] {
            assert_eq!(problem(fine), None, "{fine}");
        }
        for bad in [
            "http://x.example",
            "http://192.168.0.1",
            "http://localhost.example",
            "http://0.0.0.0",
            "ftp://127.0.0.1",
        ] {
            assert_eq!(problem(bad), Some(Kind::InsecureEndpoint), "{bad}");
        }
        assert_eq!(problem("https://x.example/?a=b"), Some(Kind::BadValue));
        let secret = Overrides { all: Some(url("https://me:hunter2@x.example")), ..Default::default() };
        let message = Endpoints::resolve(Region::Cn, &secret).expect_err("credentials").to_string();
        assert!(!message.contains("hunter2"), "{message}");
    }

    #[test]
    fn a_path_prefix_is_kept() {
        for (base, whole) in [
            ("https://x.example", "https://x.example/server/v1/auth"),
            ("https://x.example/", "https://x.example/server/v1/auth"),
            ("https://x.example/a/b/", "https://x.example/a/b/server/v1/auth"),
            ("http://[::1]:8/oppo", "http://[::1]:8/oppo/server/v1/auth"),
        ] {
            assert_eq!(join(&url(base), "/server/v1/auth").as_str(), whole);
        }
    }
}
