//! `opush oppo alias`: the name by which a regId can be addressed. This file is its root.

pub(crate) mod delete;
pub(crate) mod set;

use super::super::noun::noun;

noun! {
    #[command(after_help = "Examples:
  opush oppo alias set alice --reg-id CN_0123456789abcdef0123456789abcdef
  opush oppo alias delete alice

An alias belongs to one regId. Setting it again moves it to the newest.")]
    Set = set,
    Delete = delete,
}
