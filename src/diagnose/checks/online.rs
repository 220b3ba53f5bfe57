//! Whether the app is connected: then the message reaches the app itself, and no push is made for it.
//! What the app does with the message is its own business; a network cut is seen by the server only after 400 seconds.

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};
use crate::diagnose::standing;
use crate::push::Answer;

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "online",
    link: "presence",
    title: "the app is not connected in the foreground",
    remedy: "kill the app and wait a minute, or let it call doBackground when it is hidden",
    page: include_str!("../../../docs/checks/online.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    standing::step(
        evidence,
        Answer::Online,
        "a connected app gets the message itself, and no push is made; a network cut is seen only after 400 s",
    )
}
