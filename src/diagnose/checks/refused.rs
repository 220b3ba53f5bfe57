//! OPPO refused the newest delivery: one check for each group of codes that many people meet (OPPO reference, section 8).

use crate::diagnose::{Check, Evidence, Link};
use crate::failure::Remedy;

/// The checks of this table.
pub(super) const ALL: [&Check<Evidence>; 6] = [
    &REG_ID_INVALID,
    &REG_ID_UNSUBSCRIBED,
    &QUOTA_USED_UP,
    &RATE_LIMITED,
    &CATEGORY_REFUSED,
    &TEMPLATE_MISSING,
];

pub(crate) const REG_ID_INVALID: Check<Evidence> = Check {
    id: "reg-id-invalid",
    link: Link::Deliveries,
    title: "OPPO takes the regId",
    remedy: Remedy::run(
        "let the app register again and report its new regId",
        "token report --user <USER> --reg-id <REG-ID>",
    ),
    page: include_str!("../../../docs/checks/reg-id-invalid.md"),
    examine: |evidence| {
        evidence.refused_with(&[10000, 10002, 10004, 10005], "the regId is of another app, or no longer valid: the app was uninstalled, or its data was cleared")
    },
};

pub(crate) const REG_ID_UNSUBSCRIBED: Check<Evidence> = Check {
    id: "reg-id-unsubscribed",
    link: Link::Deliveries,
    title: "push is switched on for the regId",
    remedy: Remedy::say("ask the user to switch notifications on; the app may call OPPO's resumePush"),
    page: include_str!("../../../docs/checks/reg-id-unsubscribed.md"),
    examine: |evidence| {
        evidence.refused_with(
            &[10001, 10003],
            "the user switched push off for the app, or the app called unRegister or pausePush",
        )
    },
};

pub(crate) const QUOTA_USED_UP: Check<Evidence> = Check {
    id: "quota-used-up",
    link: Link::Deliveries,
    title: "OPPO's daily quota is not used up",
    remedy: Remedy::say(
        "wait until tomorrow, or send personal messages with a category of the service kind, which has no daily limit",
    ),
    page: include_str!("../../../docs/checks/quota-used-up.md"),
    examine: |evidence| {
        evidence.refused_with(&[33], "the app sent more public messages today than OPPO allows")
    },
};

pub(crate) const RATE_LIMITED: Check<Evidence> = Check {
    id: "rate-limited",
    link: Link::Deliveries,
    title: "OPPO does not throttle the app",
    remedy: Remedy::run(
        "send more slowly, then send it again; this shows how often it happened",
        "history list --code 13",
    ),
    page: include_str!("../../../docs/checks/rate-limited.md"),
    examine: |evidence| evidence.refused_with(&[13, 55, -2], "more pushes a second than OPPO allows the app"),
};

pub(crate) const CATEGORY_REFUSED: Check<Evidence> = Check {
    id: "category-refused",
    link: Link::Deliveries,
    title: "the category is granted",
    remedy: Remedy::say(
        "apply for the category in OPPO's console, or send without --notify-level or with another --category",
    ),
    page: include_str!("../../../docs/checks/category-refused.md"),
    examine: |evidence| {
        evidence.refused_with(&[67], "the category is not granted to the app, or notify level 16 is not")
    },
};

pub(crate) const TEMPLATE_MISSING: Check<Evidence> = Check {
    id: "template-missing",
    link: Link::Deliveries,
    title: "the private template is given",
    remedy: Remedy::say(
        "give private_msg_template_id in the message file, with a template approved in OPPO's console whose parameters are title and desc",
    ),
    page: include_str!("../../../docs/checks/template-missing.md"),
    examine: |evidence| {
        evidence.refused_with(&[54], "the category needs an approved private template, and none was given")
    },
};
