//! Whether the endpoints take a connection.
//! What is spoken on it belongs to `tls_failed` and `no_http`; a proxy, to `proxy_broken`.

use super::evidence::Machine;
use crate::diagnose::finding::{Check, Finding, Skipped};

pub(crate) const CHECK: Check<Machine> = Check {
    id: "port-closed",
    link: "connection",
    title: "the endpoints take a connection",
    remedy: "check the endpoint's port and the firewall; where only a proxy leads outside, set HTTPS_PROXY",
    page: include_str!("../../../docs/checks/port-closed.md"),
    examine,
};

fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    let cause = "nobody listens there, or a firewall is in between";
    machine.way(
        |probed| probed.own(&probed.connection),
        |one, why| format!("{} ({}) takes no connection: {why}", one.probed.host, one.names),
        cause,
    )
}
