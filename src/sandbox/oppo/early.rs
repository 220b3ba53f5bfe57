//! What is read of a call before its turn, while others have theirs: its messages, as far as no state decides.

use serde_json::Value;

use super::super::http::form::Form;
use super::super::http::notes::{Notes, Stop};
use super::super::rules::Rules;
use super::message::Message;

/// What the messages of a call are read with: the rules, the time, the form.
pub(super) type Read = fn(&Rules, i64, &Form) -> Early;

/// A message of a call as it was read, or the code of what is wrong with it; and the target that it names.
pub(in crate::sandbox) struct Item {
    pub(super) named: Value,
    pub(super) message: Result<Message, i32>,
}

/// The messages of a call, or the code of what is wrong with all of them; with what was noted.
pub(in crate::sandbox) struct Early {
    notes: Notes,
    read: Result<Vec<Item>, i32>,
}

impl Early {
    /// What `read` gives. It has no state to ask, so that it only refuses.
    pub(super) fn new(read: impl FnOnce(&mut Notes) -> Result<Vec<Item>, Stop>) -> Early {
        let mut notes = Notes::default();
        let read = read(&mut notes).map_err(|stop| match stop {
            Stop::Refused(code) => code,
            Stop::Database(_) => 41,
        });
        Early { notes, read }
    }

    /// The messages; what was noted of them comes after these notes.
    pub(super) fn take(self, notes: &mut Notes) -> Result<Vec<Item>, Stop> {
        notes.append(self.notes);
        self.read.map_err(Stop::Refused)
    }
}
