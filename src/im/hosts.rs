//! The IM server's hosts by region, main and standby (IM reference, section 5).
//! Which one a profile means belongs to `config`.

use crate::config::ImRegion;

/// The two hosts of a region, as base URLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hosts {
    pub(crate) main: &'static str,
    /// For when the main one can't be reached; never taken silently, because a call might then arrive twice.
    pub(crate) standby: &'static str,
}

/// The hosts of a region.
pub(crate) fn of(region: ImRegion) -> Hosts {
    let (main, standby) = match region {
        ImRegion::China => ("https://console.tim.qq.com", "https://adminapi.my-imcloud.com"),
        ImRegion::Singapore => ("https://adminapisgp.im.qcloud.com", "https://adminapisgp.my-imcloud.com"),
        ImRegion::Seoul => ("https://adminapikr.im.qcloud.com", "https://adminapikr.my-imcloud.com"),
        ImRegion::Frankfurt => ("https://adminapiger.im.qcloud.com", "https://adminapiger.my-imcloud.com"),
        ImRegion::SiliconValley => {
            ("https://adminapiusa.im.qcloud.com", "https://adminapiusa.my-imcloud.com")
        }
        ImRegion::Jakarta => ("https://adminapiidn.im.qcloud.com", "https://adminapiidn.my-imcloud.com"),
    };
    Hosts { main, standby }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use url::Url;

    #[test]
    fn every_region_has_two_hosts_of_its_own_over_https() {
        let all: BTreeSet<&str> = <ImRegion as strum::VariantArray>::VARIANTS
            .iter()
            .copied()
            .flat_map(|region| [of(region).main, of(region).standby])
            .collect();
        assert_eq!(all.len(), 12);
        for text in all {
            assert_eq!(Url::parse(text).expect("a URL").scheme(), "https");
        }
    }
}
