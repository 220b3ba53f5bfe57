//! A step of the offline-push rule about presence says no: one check for each step.

use crate::diagnose::{Check, Evidence, Link, app_state, check};
use crate::failure::Remedy;
use crate::push::DecisionKind;

pub(crate) const LOGGED_OUT: Check<Evidence> = check!(
    "logged-out",
    Presence,
    "the user did not log out",
    Remedy::say("let the user log in again in the app"),
    |evidence| app_state::step(evidence, DecisionKind::LoggedOut, "a logout ends offline push")
);

pub(crate) const KICKED: Check<Evidence> = check!(
    "kicked",
    Presence,
    "no other login kicked the user",
    Remedy::say(
        "let the user log in again in the app; the profile's multi_device says how many devices may be logged in",
    ),
    |evidence| { app_state::step(evidence, DecisionKind::Kicked, "a kick ends offline push on that device") }
);

pub(crate) const EXPIRED_7_DAYS: Check<Evidence> = check!(
    "expired-7-days",
    Presence,
    "the app was connected in the last seven days",
    Remedy::say("let the user open the app once"),
    |evidence| {
        app_state::step(
            evidence,
            DecisionKind::Expired,
            "seven days without a connection end the login, and offline push with it",
        )
    }
);

pub(crate) const ONLINE: Check<Evidence> = check!(
    "online",
    Presence,
    "the app is not connected in the foreground",
    Remedy::say("kill the app and wait a minute, or let it call doBackground when it is hidden"),
    |evidence| {
        app_state::step(
            evidence,
            DecisionKind::Online,
            "a connected app gets the message itself, and no push is made; a network cut is seen only after 400 s",
        )
    }
);
