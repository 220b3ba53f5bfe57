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
}

impl Notes {
    /// Notes a check that found everything in order.
    pub(crate) fn pass(&mut self, name: &str, detail: impl Into<String>) {
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
