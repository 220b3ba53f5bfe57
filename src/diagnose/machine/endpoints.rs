//! How far the endpoints are reached: one check for each step of the way.

use super::evidence::Machine;
use crate::diagnose::{Check, Link};
use crate::failure::Remedy;

pub(crate) const NAME_NOT_RESOLVED: Check<Machine> = Check {
    id: "name-not-resolved",
    link: Link::Name,
    title: "the names of the endpoints are known here",
    remedy: Remedy::say(
        "check the spelling of the endpoint, the name server (/etc/resolv.conf), and whether this machine is online",
    ),
    page: include_str!("../../../docs/checks/name-not-resolved.md"),
    examine: |machine| {
        machine.reached(
            |probed| probed.own(&probed.name),
            "has no address",
            "this machine is offline, its name server does not answer, or the name is misspelt",
        )
    },
};

pub(crate) const PORT_CLOSED: Check<Machine> = Check {
    id: "port-closed",
    link: Link::Connection,
    title: "the endpoints take a connection",
    remedy: Remedy::say(
        "check the endpoint's port and the firewall; where only a proxy leads outside, set HTTPS_PROXY",
    ),
    page: include_str!("../../../docs/checks/port-closed.md"),
    examine: |machine| {
        machine.reached(
            |probed| probed.own(&probed.connection),
            "takes no connection",
            "nothing listens there, or a firewall is in between",
        )
    },
};

pub(crate) const TLS_FAILED: Check<Machine> = Check {
    id: "tls-failed",
    link: Link::Tls,
    title: "the endpoints have valid certificates",
    remedy: Remedy::say(
        "if a proxy of your own re-encrypts the traffic, name its root certificate in SSL_CERT_FILE; check the clock; never turn verification off",
    ),
    page: include_str!("../../../docs/checks/tls-failed.md"),
    examine: |machine| {
        machine.reached(|probed| &probed.tls, "makes no secure connection", "something in between re-encrypts the traffic, the root certificates are missing, or the server is another one")
    },
};

pub(crate) const NO_HTTP: Check<Machine> = Check {
    id: "no-http",
    link: Link::Http,
    title: "the endpoints answer in HTTP",
    remedy: Remedy::say("check the endpoint: its port belongs to another service"),
    page: include_str!("../../../docs/checks/no-http.md"),
    examine: |machine| {
        machine.reached(
            |probed| &probed.answer,
            "does not answer in HTTP",
            "another service listens there, or something in between cuts the answer off",
        )
    },
};
