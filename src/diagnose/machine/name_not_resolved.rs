//! Whether the names of the profile's endpoints have addresses.
//! Connecting to them belongs to `port_closed`; the name of a proxy, to `proxy_broken`.

use super::evidence::Machine;
use crate::diagnose::finding::{Check, Finding, Skipped};

pub(crate) const CHECK: Check<Machine> = Check {
    id: "name-not-resolved",
    link: "name",
    title: "the names of the endpoints are known here",
    remedy: "check the spelling of the endpoint, the name server (/etc/resolv.conf), and whether this machine is online",
    page: include_str!("../../../docs/checks/name-not-resolved.md"),
    examine,
};

fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    let cause = "this machine is offline, its name server does not answer, or the name is misspelt";
    machine.way(
        |probed| probed.own(&probed.name),
        |one, why| format!("{} ({}) has no address: {why}", one.probed.host, one.names),
        cause,
    )
}
