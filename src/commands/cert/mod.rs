//! `opush cert`: the certificates of a profile, as the IM console calls OPPO credentials with their channel and click event.
//! What a certificate is, and how a file is changed, belongs to `config`.

pub(crate) mod add;
pub(crate) mod edit;
pub(crate) mod export;
mod form;
pub(crate) mod import;
mod judging;
pub(crate) mod list;
mod named;
mod printed;
pub(crate) mod remove;
pub(crate) mod show;
pub(crate) mod r#use;

pub(super) use printed::CertificateState;
pub(crate) mod verify;

use super::noun::noun;

noun! {
    #[command(after_help = "Examples:
  opush cert add
  opush cert list
  opush cert show 7005 --console
  opush cert edit 1 --id 7005
  opush cert verify 7005")]
    Add = add,
    Edit = edit,
    Use = r#use,
    List = list,
    Show = show,
    Remove = remove,
    Verify = verify,
    Import = import,
    Export = export,
}
