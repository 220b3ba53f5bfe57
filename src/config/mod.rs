//! Profiles and certificates in TOML: find, load, validate with positions, edit in place, resolve secrets.
//! What a click target, a region's hosts or a notification may be belongs to `click`, `oppo` and `notification`.

mod region;
mod secret;

pub use region::Region;
pub use secret::Secret;
