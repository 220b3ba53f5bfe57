//! `opush oppo picture`: pictures for notifications. This file is its root.

pub(crate) mod upload;

use super::super::noun::noun;

noun! {
    #[command(after_help = "Examples:
  opush oppo picture upload banner.png --kind big-picture
  opush oppo picture upload icon.png --kind small-picture --ttl 90d")]
    Upload = upload,
}
