//! Profiles and certificates in TOML: find, load, validate with positions, edit in place, resolve secrets.
//! What a click target, a region's hosts or a notification may be belongs to `click`, `oppo` and `notification`.

mod builtin;
mod certificate;
mod diff;
pub mod edit;
mod environment;
mod excerpt;
pub mod files;
mod find;
mod history;
mod im;
mod in_force;
mod load;
mod lock;
mod mask;
mod paths;
mod profile;
pub mod read;
mod region;
pub mod rules;
mod schema;
mod secret;
mod secret_command;
mod secret_files;
mod secret_ref;
mod source;
pub mod suggest;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod trust;

pub use builtin::{env_is_meant, sandbox_profile};
pub use certificate::{Activity, Certificate, CertificateId, TAKES_EFFECT_AFTER};
pub use diff::diff;
pub use environment::Environment;
pub use find::{Found, How, find, find_for_writing};
pub use history::HistorySettings;
pub use im::{ImRegion, ImSettings};
pub use in_force::{Asked, Because};
pub use load::{Configuration, File, check, load, load_despite_default, masked_file, text_of_file};
pub use lock::Lock;
pub use paths::Paths;
pub use profile::{Endpoints, MultiDevice, Origin, Profile};
pub use region::Region;
pub use schema::schema;
pub use secret::Secret;
pub use secret_files::{Which, discard_secret, orphans, write_secret};
pub use secret_ref::{Resolved, SecretFile, SecretRef};
pub use source::{Source, Sourced};
pub use text::Text;
pub use trust::{Trust, trust};
