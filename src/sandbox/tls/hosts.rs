//! The hosts that senders know by name (OPPO reference, section 1; IM reference, section 5).

pub(super) const OPPO: [&str; 6] = [
    "api-push-cn.heytapmobi.com",
    "api.push.oppomobile.com",
    "api-intl.push.oppomobile.com",
    "api-device.push.heytapmobi.com",
    "api-media.push.heytapmobi.com",
    "feedback.push.oppomobile.com",
];

pub(super) const IM: [&str; 14] = [
    "console.tim.qq.com",
    "adminapi.my-imcloud.com",
    "adminapisgp.im.qcloud.com",
    "adminapisgp.my-imcloud.com",
    "adminapikr.im.qcloud.com",
    "adminapikr.my-imcloud.com",
    "adminapiger.im.qcloud.com",
    "adminapiger.my-imcloud.com",
    "adminapiusa.im.qcloud.com",
    "adminapiusa.my-imcloud.com",
    "adminapiidn.im.qcloud.com",
    "adminapiidn.my-imcloud.com",
    "adminapiind.im.qcloud.com",
    "adminapiind.my-imcloud.com",
];

/// Which service answers under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamedService {
    Oppo,
    Im,
}

pub(crate) fn all() -> Vec<String> {
    OPPO.iter().chain(&IM).map(|name| (*name).to_owned()).collect()
}

/// The service of a Host header or of a name in a handshake; `None` for any other name.
pub(crate) fn service(host: &str) -> Option<NamedService> {
    let name = host.split(':').next().unwrap_or_default().trim_end_matches('.');
    let among = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    match (among(&OPPO), among(&IM)) {
        (true, _) => Some(NamedService::Oppo),
        (_, true) => Some(NamedService::Im),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_belongs_to_one_service_or_to_none() {
        assert_eq!(service("api.push.oppomobile.com"), Some(NamedService::Oppo));
        assert_eq!(service("API.push.oppomobile.com.:443"), Some(NamedService::Oppo));
        assert_eq!(service("console.tim.qq.com:443"), Some(NamedService::Im));
        for other in ["", "127.0.0.1:8765", "localhost", "a.api.push.oppomobile.com", "oppomobile.com"] {
            assert_eq!(service(other), None, "{other}");
        }
        let all: std::collections::BTreeSet<String> = all().into_iter().collect();
        assert_eq!(all.len(), OPPO.len() + IM.len());
    }
}
