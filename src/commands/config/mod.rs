//! `opush config`: the configuration file itself.
//! What it may contain belongs to `config`.

pub(crate) mod check;
pub(crate) mod path;
pub(crate) mod schema;
pub(crate) mod trust;

use super::noun::noun;

noun! {
    Check = check,
    Path = path,
    Schema = schema,
    Trust = trust,
}
