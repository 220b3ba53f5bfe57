//! Finds in the evidence what OPPO reported of the newest delivery.
//! What is reported of an older one is history: it was pushed to after that.

use super::Evidence;
use crate::diagnose::finding::{Finding, Skipped};
use crate::store::deliveries::Delivery;
use crate::store::receipts::{Event, Receipt};

impl Evidence {
    /// The receipts of one delivery, newest first.
    fn receipts_of<'a>(&'a self, delivery: &'a Delivery) -> impl Iterator<Item = &'a Receipt> {
        self.receipts.iter().filter(move |receipt| {
            receipt.delivery_id == Some(delivery.id)
                || delivery.message_id.as_deref() == Some(receipt.receipt.message_id.as_str())
        })
    }

    /// What OPPO reported of one delivery last; an event that its documents do not have tells nothing.
    pub(crate) fn event_of<'a>(&'a self, delivery: &'a Delivery) -> Option<(Event, &'a Receipt)> {
        self.receipts_of(delivery).find_map(|receipt| Some((receipt.known_event()?, receipt)))
    }

    /// What OPPO reported last of the newest delivery; where nothing was sent from here, of the regId's pushes of others.
    pub(crate) fn last_event(&self) -> Result<(Event, &Receipt), Skipped> {
        self.subject()?;
        let event = match self.last_sent() {
            Ok(last) => self.event_of(last),
            Err(_) => {
                let mut others = self.receipts.iter().filter(|receipt| receipt.delivery_id.is_none());
                others.find_map(|receipt| Some((receipt.known_event()?, receipt)))
            }
        };
        event.ok_or_else(|| match self.receipts.is_empty() {
            true => Skipped::because("no receipt came"),
            false => Skipped::because("no receipt came for the newest push"),
        })
    }

    /// For the checks of receipts: fails where the newest push's tells of this event.
    pub(crate) fn fails_on(&self, event: Event, cause: &str) -> Result<Finding, Skipped> {
        let (newest, receipt) = self.last_event()?;
        if newest != event {
            return Ok(Finding::pass(format!("the newest receipt says {newest}")));
        }
        let reg_id = &receipt.receipt.reg_id;
        let seen = format!("OPPO's receipt of {:.0} says {} for {reg_id}", receipt.received_at, event);
        Ok(Finding::fail(seen, cause))
    }

    /// How many of these deliveries reached their phone.
    pub(crate) fn arrived(&self, deliveries: &[&Delivery]) -> usize {
        deliveries.iter().filter(|one| matches!(self.event_of(one), Some((Event::Arrived, _)))).count()
    }
}
