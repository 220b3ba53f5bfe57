//! `opush profile`: one app in one environment, as a table of the configuration.
//! What a profile is and which one is current belongs to `config`.

pub(crate) mod add;
pub(crate) mod edit;
pub(crate) mod list;
pub(crate) mod remove;
pub(crate) mod show;
pub(crate) mod r#use;

use super::noun::noun;

noun! {
    #[command(after_help = "Examples:
  opush profile add chat --region cn --package com.example.chat
  opush profile list
  opush profile show chat
  opush profile use chat")]
    Add = add,
    Edit = edit,
    List = list,
    Show = show,
    Use = r#use,
    Remove = remove,
}
