//! A step of the offline-push rule about presence says no: one check for each step.

use crate::diagnose::{Check, Evidence, Link, app_state};
use crate::failure::Remedy;
use crate::push::DecisionKind;

pub(crate) const LOGGED_OUT: Check<Evidence> = Check {
    id: "logged-out",
    link: Link::Presence,
    title: "the user did not log out",
    remedy: Remedy::say("let the user log in again in the app"),
    page: include_str!("../../../docs/checks/logged-out.md"),
    examine: |evidence| app_state::step(evidence, DecisionKind::LoggedOut, "a logout ends offline push"),
};

pub(crate) const KICKED: Check<Evidence> = Check {
    id: "kicked",
    link: Link::Presence,
    title: "no other login kicked the user",
    remedy: Remedy::say(
        "let the user log in again in the app; the profile's multi_device says how many devices may be logged in",
    ),
    page: include_str!("../../../docs/checks/kicked.md"),
    examine: |evidence| {
        app_state::step(evidence, DecisionKind::Kicked, "a kick ends offline push on that device")
    },
};

pub(crate) const EXPIRED_7_DAYS: Check<Evidence> = Check {
    id: "expired-7-days",
    link: Link::Presence,
    title: "the app was connected in the last seven days",
    remedy: Remedy::say("let the user open the app once"),
    page: include_str!("../../../docs/checks/expired-7-days.md"),
    examine: |evidence| {
        app_state::step(
            evidence,
            DecisionKind::Expired,
            "seven days without a connection end the login, and offline push with it",
        )
    },
};

pub(crate) const ONLINE: Check<Evidence> = Check {
    id: "online",
    link: Link::Presence,
    title: "the app is not connected in the foreground",
    remedy: Remedy::say("kill the app and wait a minute, or let it call doBackground when it is hidden"),
    page: include_str!("../../../docs/checks/online.md"),
    examine: |evidence| {
        app_state::step(
            evidence,
            DecisionKind::Online,
            "a connected app gets the message itself, and no push is made; a network cut is seen only after 400 s",
        )
    },
};
