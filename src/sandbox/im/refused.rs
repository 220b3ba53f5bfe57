//! Why a phone's session can't be changed as wanted.

/// Why a phone's session is not changed.
#[derive(Debug)]
pub(crate) enum SessionError {
    /// The id is kebab-case, as the control API gives it.
    Refused {
        id: &'static str,
        message: String,
    },
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for SessionError {
    fn from(error: rusqlite::Error) -> SessionError {
        SessionError::Database(error)
    }
}

pub(super) fn refused(id: &'static str, message: impl Into<String>) -> SessionError {
    SessionError::Refused { id, message: message.into() }
}

/// A change, or why there is none.
pub(crate) type SessionChange = Result<(), SessionError>;
