//! `opush click`: click targets, by themselves and in an app.
//! What makes one valid belongs to `click`.

pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod finding;
pub(crate) mod in_app;
pub(crate) mod list;

use super::noun::noun;

noun! {
    Check = check,
    Explain = explain,
    List = list,
}
