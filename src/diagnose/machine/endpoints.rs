//! How far the endpoints are reached: one check for each step of the way.

use super::evidence::Machine;
use crate::diagnose::{Check, Link, check};
use crate::failure::Remedy;

pub(crate) const NAME_NOT_RESOLVED: Check<Machine> = check!(
    "name-not-resolved",
    Name,
    "the names of the endpoints are known here",
    Remedy::say(
        "check the spelling of the endpoint, the name server (/etc/resolv.conf), and whether this machine is online",
    ),
    |machine| {
        machine.reached(
            |probed| probed.own(&probed.name),
            "has no address",
            "this machine is offline, its name server does not answer, or the name is misspelt",
        )
    }
);

pub(crate) const PORT_CLOSED: Check<Machine> = check!(
    "port-closed",
    Connection,
    "the endpoints take a connection",
    Remedy::say(
        "check the endpoint's port and the firewall; where only a proxy leads outside, set HTTPS_PROXY",
    ),
    |machine| {
        machine.reached(
            |probed| probed.own(&probed.connection),
            "takes no connection",
            "nothing listens there, or a firewall is in between",
        )
    }
);

pub(crate) const TLS_FAILED: Check<Machine> = check!(
    "tls-failed",
    Tls,
    "the endpoints have valid certificates",
    Remedy::say(
        "if a proxy or a server of your own has a certificate of another authority, name that in ca_file of the profile or by --ca-file; check the clock; never turn verification off",
    ),
    |machine| {
        machine.reached(|probed| &probed.tls, "makes no secure connection", "something in between re-encrypts the traffic, the root certificates are missing, or the server is another one")
    }
);

pub(crate) const NO_HTTP: Check<Machine> = check!(
    "no-http",
    Http,
    "the endpoints answer in HTTP",
    Remedy::say("check the endpoint: its port belongs to another service"),
    |machine| {
        machine.reached(
            |probed| &probed.answer,
            "does not answer in HTTP",
            "another service listens there, or something in between cuts the answer off",
        )
    }
);
