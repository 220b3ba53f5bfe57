//! Whether the endpoints answer in HTTP.
//! What OPPO and the IM server say to credentials belongs to `opush cert verify`, `im check` and `diagnose`.

use super::evidence::Machine;
use crate::diagnose::finding::{Check, Finding, Skipped};

pub(crate) const CHECK: Check<Machine> = Check {
    id: "no-http",
    link: "HTTP",
    title: "the endpoints answer in HTTP",
    remedy: "check the endpoint: its port belongs to another service",
    page: include_str!("../../../docs/checks/no-http.md"),
    examine,
};

fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    let cause = "another service listens there, or something in between cuts the answer off";
    machine.way(
        |probed| &probed.answer,
        |one, why| format!("{} ({}) does not answer in HTTP: {why}", one.probed.host, one.names),
        cause,
    )
}
