//! What a person is to know about a run, as values, in the order in which it came up.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::failure::Warning;

/// One thing to know; how and whether it is shown is not decided here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Remark {
    Warning(Warning),
    Note(String),
    Detail(String),
}

#[derive(Debug, Default)]
pub(super) struct Remarks {
    waiting: RefCell<Vec<Remark>>,
    /// Place and message of each warning.
    warned: RefCell<BTreeSet<(String, String)>>,
}

impl Remarks {
    pub(super) fn add(&self, remark: Remark) {
        self.waiting.borrow_mut().push(remark);
    }

    /// The same warning is given once.
    pub(super) fn warn(&self, warning: Warning) {
        if self.warned.borrow_mut().insert((warning.place.clone(), warning.message.clone())) {
            self.add(Remark::Warning(warning));
        }
    }

    pub(super) fn take(&self) -> Vec<Remark> {
        self.waiting.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn a_warning_is_given_once_and_everything_in_its_order() {
        let remarks = Remarks::default();
        let warning = Warning::new("the disk is slow", "wait");
        remarks.add(Remark::Note("first".into()));
        remarks.warn(warning.clone());
        assert_eq!(remarks.take(), [Remark::Note("first".into()), Remark::Warning(warning.clone())]);
        remarks.warn(warning);
        assert_eq!(remarks.take(), []);
    }
}
