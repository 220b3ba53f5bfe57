//! `opush oppo`: OPPO's own administration for a certificate. This file is its root.

pub(crate) mod token;

use super::noun::noun;

noun! {
    #[command(after_help = "Examples:
  opush oppo token
  opush oppo token --certificate 7005")]
    Token = token,
}
