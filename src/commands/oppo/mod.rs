//! `opush oppo`: OPPO's own administration for a certificate. This file is its root.

pub(crate) mod alias;
pub(crate) mod ask;
pub(crate) mod changed;
pub(crate) mod invalid_reg_ids;
pub(crate) mod picture;
pub(crate) mod quota;
pub(crate) mod statistics;
pub(crate) mod tag;
pub(crate) mod token;

use super::noun::noun;

noun! {
    #[command(after_help = "Examples:
  opush oppo token
  opush oppo alias set alice --reg-id CN_0123456789abcdef0123456789abcdef
  opush oppo tag subscribe sport --reg-id CN_0123456789abcdef0123456789abcdef
  opush oppo invalid-reg-ids --prune
  opush oppo quota")]
    Token = token,
    InvalidRegIds = invalid_reg_ids,
    Quota = quota,
    Statistics = statistics,
    ;
    Alias = alias,
    Tag = tag,
    Picture = picture,
}
