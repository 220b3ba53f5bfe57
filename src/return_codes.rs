//! The vendor's return codes: number, name, meaning, cause, remedy. Data only, the one thing client and sandbox share.
//! What a client does about a code (retry, renew) belongs to `oppo`; the sandbox decides by itself when to give one.

/// One row of OPPO's return-code table (OPPO reference, section 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnCode {
    pub code: i32,
    /// The vendor's message text. Branch on the code, never on this.
    pub name: &'static str,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// What usually causes it.
    pub cause: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

/// The row of a code, if OPPO's table has one.
pub fn find(code: i32) -> Option<&'static ReturnCode> {
    TABLE.iter().find(|row| row.code == code)
}

/// Every code known, ascending.
pub const TABLE: &[ReturnCode] = &[ReturnCode {
    code: 0,
    name: "Success",
    meaning: "OPPO accepted the call",
    cause: "the call was right",
    remedy: "nothing to do",
}];
