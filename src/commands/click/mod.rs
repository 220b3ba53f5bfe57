//! `opush click`: click targets, looked at by themselves.
//! What makes one valid belongs to `click`.

pub(crate) mod check;

use super::noun::noun;

noun! {
    Check = check,
}
