//! A phone as the control API answers it: with the session on it, which phones themselves know nothing of.

use super::super::im;
use super::super::moment::Moment;
use super::super::phone::Phone;

pub(super) fn with_session(at: Moment<'_>, mut phone: Phone) -> rusqlite::Result<Phone> {
    phone.session = im::show(at, &phone.name)?;
    Ok(phone)
}
