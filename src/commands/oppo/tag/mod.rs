//! `opush oppo tag`: the tags that a broadcast can go to. This file is its root.

pub(crate) mod add;
pub(crate) mod list;
mod of_reg_id;
pub(crate) mod subscribe;
pub(crate) mod unsubscribe;

use super::super::noun::noun;

noun! {
    #[command(after_help = "Examples:
  opush oppo tag add sport --desc \"wants news of sport\"
  opush oppo tag subscribe sport news --reg-id CN_0123456789abcdef0123456789abcdef
  opush oppo tag list --reg-id CN_0123456789abcdef0123456789abcdef")]
    Add = add,
    Subscribe = subscribe,
    Unsubscribe = unsubscribe,
    List = list,
}
