//! A region as an answer to choose.

use crate::config::Region;
use crate::oppo::{Endpoints, Overrides};

/// A region as an answer to choose.
pub(crate) fn region_choice(region: Region) -> String {
    let hosts = Endpoints::resolve(region, &Overrides::default()).ok();
    let host = hosts.as_ref().and_then(|hosts| hosts.push.host_str()).unwrap_or_default();
    match region {
        Region::Cn => format!("China ({host})"),
        Region::CnLegacy => format!("China, the older host ({host})"),
        Region::Intl => format!("Outside China ({host})"),
        Region::Sandbox => "Sandbox (the simulator on this machine)".to_owned(),
    }
}
