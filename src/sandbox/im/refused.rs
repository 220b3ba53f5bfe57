//! Why a phone's session can't be changed as wanted.

/// A change of a phone's session that is not made, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SessionRefusal {
    /// Kebab-case, as the control API gives it.
    pub(crate) id: &'static str,
    pub(crate) message: String,
}

impl SessionRefusal {
    pub(super) fn new(id: &'static str, message: impl Into<String>) -> SessionRefusal {
        SessionRefusal { id, message: message.into() }
    }
}

/// A change, or why there is none; the outer error is the database's.
pub(crate) type SessionChange<T> = rusqlite::Result<Result<T, SessionRefusal>>;
