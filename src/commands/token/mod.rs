//! `opush token`: token reports, the binding of a user, a certificate ID and a regId.
//! Which reports are taken belongs to `push`, where they are kept to `store`.

pub(crate) mod binding;
pub(crate) mod check;
pub(crate) mod export;
pub(crate) mod import;
mod list;
pub(crate) mod listen;
mod remove;
pub(crate) mod report;
mod show;

use super::noun::noun;

noun! {
    #[command(after_help = "Examples:
  opush token report --user alice --certificate 7005 --reg-id CN_0123456789abcdef0123456789abcdef --brand oppo
  opush token list
  opush token import tokens.csv
  opush token listen
  opush token check CN_0123456789abcdef0123456789abcdef")]
    Report = report,
    List = list,
    Show = show,
    Remove = remove,
    Check = check,
    Import = import,
    Export = export,
    Listen = listen,
}
