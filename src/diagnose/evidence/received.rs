//! Finds in the evidence what OPPO reported of the newest delivery, and whether that explains its loss.
//! What is reported of an older one is history: it was pushed to after that.

use super::Evidence;
use crate::diagnose::finding::{Finding, Skipped};
use crate::diagnose::{im_message, sent};
use crate::store::deliveries::{Delivery, Status};
use crate::store::receipts::{Event, Receipt};

impl Evidence {
    /// The receipts of one delivery, newest first.
    fn receipts_of<'a>(&'a self, delivery: &'a Delivery) -> impl Iterator<Item = &'a Receipt> {
        self.receipts.iter().filter(move |receipt| {
            receipt.delivery_id == Some(delivery.id)
                || delivery.message_id.as_deref() == Some(receipt.receipt.message_id.as_str())
        })
    }

    /// What OPPO reported of one delivery last, with the event where it is known; one that is not known counts only
    /// where nothing else came.
    pub(crate) fn event_of<'a>(&'a self, delivery: &'a Delivery) -> Option<(Option<Event>, &'a Receipt)> {
        telling(self.receipts_of(delivery))
    }

    /// What OPPO reported last of the newest delivery; where nothing was sent from here, of the regId's pushes of others.
    pub(crate) fn last_event(&self) -> Result<(Option<Event>, &Receipt), Skipped> {
        self.subject()?;
        let event = match self.last_sent() {
            Ok(last) => self.event_of(last),
            Err(_) => telling(self.receipts.iter().filter(|receipt| receipt.delivery_id.is_none())),
        };
        event.ok_or_else(|| match self.receipts.is_empty() {
            true => Skipped::because("no receipt came"),
            false => Skipped::because("no receipt came for the newest push"),
        })
    }

    /// For the checks of receipts: fails where the newest push's tells of this event; `plainly` says so to everybody.
    pub(crate) fn fails_on(&self, event: Event, plainly: &str, cause: &str) -> Result<Finding, Skipped> {
        let (newest, receipt) = self.last_event()?;
        let name = &receipt.receipt.event;
        if newest != Some(event) {
            return Ok(Finding::pass(format!("the newest receipt says {name}")));
        }
        let reg_id = &receipt.receipt.reg_id;
        let seen = format!("OPPO's receipt of {:.0} says {name} for {reg_id}", receipt.received_at);
        Ok(Finding::fail(seen, cause).plainly(plainly))
    }

    /// How many of the deliveries that asked for a receipt reached their phone, in words.
    pub(crate) fn arrived(&self, deliveries: &[&Delivery]) -> String {
        let asked: Vec<&&Delivery> = deliveries.iter().filter(|one| sent::asks_for_receipt(one)).collect();
        let arrived = |one: &&&Delivery| matches!(self.event_of(one), Some((Some(Event::Arrived), _)));
        match asked.len() {
            0 => "none of them asked for a receipt".to_owned(),
            all => format!(
                "{} of the {all} that asked for a receipt arrived",
                asked.iter().filter(|one| arrived(one)).count()
            ),
        }
    }

    /// The newest push, where it went to OPPO directly and OPPO itself said why it was lost: a direct push asks neither
    /// for logins nor for presence.
    pub(crate) fn lost_directly(&self) -> Option<&Delivery> {
        let last =
            self.last_sent().ok().filter(|last| last.user.is_none() && im_message::newest(self).is_err())?;
        let reported = |event| !matches!(event, Some(Event::Arrived));
        let lost =
            last.status == Status::Refused || self.event_of(last).is_some_and(|(event, _)| reported(event));
        lost.then_some(last)
    }
}

fn telling<'a>(receipts: impl Iterator<Item = &'a Receipt>) -> Option<(Option<Event>, &'a Receipt)> {
    let receipts: Vec<&Receipt> = receipts.collect();
    let known = receipts.iter().find_map(|receipt| Some((Some(receipt.known_event()?), *receipt)));
    known.or_else(|| receipts.first().map(|receipt| (None, *receipt)))
}
