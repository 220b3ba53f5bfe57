//! Whether the endpoints prove who they are.
//! What they answer then belongs to `no_http`.

use super::evidence::Machine;
use crate::diagnose::finding::{Check, Finding, Skipped};

pub(crate) const CHECK: Check<Machine> = Check {
    id: "tls-failed",
    link: "TLS",
    title: "the endpoints have valid certificates",
    remedy: "if a proxy of your own re-encrypts the traffic, name its root certificate in SSL_CERT_FILE; check the clock; never turn verification off",
    page: include_str!("../../../docs/checks/tls-failed.md"),
    examine,
};

fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    let cause = "something in between re-encrypts the traffic, the root certificates are missing, or the server is another one";
    machine.way(
        |probed| &probed.tls,
        |one, why| format!("no secure connection to {} ({}): {why}", one.probed.host, one.names),
        cause,
    )
}
