//! Faults on purpose: what is to go wrong, for whom, how often; kept in the sandbox's database until cleared.
//! How a fault shows on the wire belongs to the server, `vendor` and `im`, which ask here whether one strikes.

mod check;
mod effect;
mod fate;
mod keep;
mod strike;
mod table;

#[cfg(test)]
mod tests;

pub use check::New;
pub(crate) use effect::Effect;
pub(crate) use fate::{Fate, invalid, of_message, of_push};
pub(crate) use keep::Fault;
pub use keep::clear;
pub(crate) use keep::list;
pub use keep::set;
pub(super) use strike::words;
pub(crate) use strike::{About, Manner, Struck, answer, page, strikes};
pub use table::CALLS;
pub(crate) use table::Kind;
pub(crate) use table::Row;
pub use table::Side;
pub use table::TABLE;
pub use table::Where;
pub(crate) use table::row;

/// `met` counts the calls that a fault was meant for, `struck` those it struck.
/// `fault_push` remembers what became of a push by a fault, `fault_tally` how many a device had today.
pub(crate) const SCHEMA: &str = "
CREATE TABLE fault (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    fault  TEXT NOT NULL,
    app    TEXT,
    call   TEXT,
    reg_id TEXT,
    user   TEXT,
    share  INTEGER NOT NULL,
    most   INTEGER,
    met    INTEGER NOT NULL DEFAULT 0,
    struck INTEGER NOT NULL DEFAULT 0,
    set_at INTEGER NOT NULL
) STRICT;
CREATE TABLE fault_push (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL,
    app_id     TEXT NOT NULL,
    reg_id     TEXT NOT NULL,
    fate       TEXT NOT NULL,
    at         INTEGER NOT NULL
) STRICT;
CREATE INDEX fault_push_message ON fault_push (message_id);
CREATE INDEX fault_push_app ON fault_push (app_id, fate);
CREATE TABLE fault_tally (
    fault  INTEGER NOT NULL REFERENCES fault (id) ON DELETE CASCADE,
    reg_id TEXT NOT NULL,
    day    INTEGER NOT NULL,
    count  INTEGER NOT NULL,
    PRIMARY KEY (fault, reg_id)
) STRICT;
";
