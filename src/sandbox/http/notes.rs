//! What the vendor's side looked at while it handled one call, and how handling stops early.

use super::calls::Check;

/// Why a call is not carried out.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The vendor's return code. What was wrong is in the notes.
    Refused(i32),
    /// The sandbox's own trouble.
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Stop::Database(error)
    }
}

/// The notes on one call.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) app_id: Option<String>,
    pub(crate) checks: Vec<Check>,
    pub(crate) dialects: Vec<String>,
    /// Text that must not appear in the log.
    pub(crate) secrets: Vec<String>,
    /// Notes only what failed: one of many items, which would fill the log.
    only_failed: bool,
}

/// So many checks of items are listed; the others are counted.
const LISTED: usize = 50;

impl Notes {
    /// For one of a call's many items.
    pub(crate) fn of_item() -> Notes {
        Notes { only_failed: true, ..Notes::default() }
    }

    /// Takes in what was noted of an item of a list, up to a number that can be looked at.
    pub(crate) fn take_in(&mut self, list: &str, at: usize, notes: Notes) {
        for check in notes.checks {
            if self.checks.len() < LISTED {
                self.fail(&format!("{list}[{at}].{}", check.name), check.detail);
            }
        }
        notes.dialects.into_iter().for_each(|dialect| self.dialect(dialect));
    }

    /// Adds what was noted elsewhere of the same call.
    pub(crate) fn append(&mut self, later: Notes) {
        self.checks.extend(later.checks);
        later.dialects.into_iter().for_each(|dialect| self.dialect(dialect));
    }

    /// Notes a check that found everything in order.
    pub(crate) fn pass(&mut self, name: &str, detail: impl Into<String>) {
        if self.only_failed {
            return;
        }
        self.checks.push(Check {
            name: name.into(),
            ok: true,
            detail: detail.into(),
            section: String::new(),
        });
    }

    /// Notes a check that failed, and stops with its return code.
    pub(crate) fn refuse(&mut self, name: &str, code: i32, detail: impl Into<String>) -> Stop {
        self.fail(name, detail);
        Stop::Refused(code)
    }

    /// Notes a check that failed without deciding the answer.
    pub(crate) fn fail(&mut self, name: &str, detail: impl Into<String>) {
        self.checks.push(Check {
            name: name.into(),
            ok: false,
            detail: detail.into(),
            section: String::new(),
        });
    }

    /// Notes, once, a form that is not the documented one and is taken all the same (OPPO reference, section 11).
    pub(crate) fn dialect(&mut self, name: impl Into<String>) {
        let name = name.into();
        if !self.dialects.contains(&name) {
            self.dialects.push(name);
        }
    }

    pub(crate) fn secret(&mut self, text: &str) {
        if !text.is_empty() && !self.secrets.iter().any(|known| known == text) {
            self.secrets.push(text.into());
        }
    }
}
