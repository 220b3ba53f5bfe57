//! OPPO refused the newest delivery: one check for each group of codes that many people meet (OPPO reference, section 8).

use crate::diagnose::{Check, Evidence, Link, check};
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

pub(crate) const REG_ID_INVALID: Check<Evidence> = check!(
    "reg-id-invalid",
    Deliveries,
    "OPPO takes the regId",
    Remedy::run("let the app register again and report its new regId", "snippet token",),
    |evidence| {
        evidence.refused_with(&[10000, 10002, 10004, 10005], "the regId is of another app, or no longer valid: the app was uninstalled, or its data was cleared")
    }
);

pub(crate) const REG_ID_UNSUBSCRIBED: Check<Evidence> = check!(
    "reg-id-unsubscribed",
    Deliveries,
    "push is switched on for the regId",
    Remedy::say("ask the user to switch notifications on; the app may call OPPO's resumePush"),
    |evidence| {
        evidence.refused_with(
            &[10001, 10003],
            "the user switched push off for the app, or the app called unRegister or pausePush",
        )
    }
);

pub(crate) const QUOTA_USED_UP: Check<Evidence> = check!(
    "quota-used-up",
    Deliveries,
    "OPPO's daily quota is not used up",
    Remedy::say(
        "wait until tomorrow, or send personal messages with a category of the service kind, which has no daily limit",
    ),
    |evidence| { evidence.refused_with(&[33], "the app sent more public messages today than OPPO allows") }
);

pub(crate) const RATE_LIMITED: Check<Evidence> = check!(
    "rate-limited",
    Deliveries,
    "OPPO does not throttle the app",
    Remedy::run(
        "send more slowly, then send it again; this shows how often it happened",
        "history list --code 13",
    ),
    |evidence| evidence.refused_with(&[13, 55, -2], "more pushes a second than OPPO allows the app")
);

pub(crate) const CATEGORY_REFUSED: Check<Evidence> = check!(
    "category-refused",
    Deliveries,
    "the category is granted",
    Remedy::say(
        "apply for the category in OPPO's console, or send without --notify-level or with another --category",
    ),
    |evidence| {
        evidence.refused_with(&[67], "the category is not granted to the app, or notify level 16 is not")
    }
);

pub(crate) const TEMPLATE_MISSING: Check<Evidence> = check!(
    "template-missing",
    Deliveries,
    "the private template is given and approved",
    Remedy::say(
        "give private_msg_template_id in the message file, with a template approved in OPPO's console and the parameters of that template",
    ),
    |evidence| {
        evidence.refused_with(&[54], "the category needs an approved private template, and none was given")
    }
);
