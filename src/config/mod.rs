//! Profiles and certificates in TOML: find, load, validate with positions, edit in place, resolve secrets.
//! What a click target, a region's hosts or a notification may be belongs to `click`, `oppo` and `notification`.

mod builtin;
mod certificate;
pub(crate) mod console;
mod diff;
pub(crate) mod edit;
mod environment;
mod excerpt;
pub(crate) mod files;
mod find;
mod history;
mod im;
mod in_force;
mod load;
mod lock;
mod mask;
mod new_secret;
mod paths;
mod profile;
pub(crate) mod read;
mod region;
pub(crate) mod rules;
mod schema;
mod secret;
mod secret_command;
mod secret_files;
mod secret_ref;
mod source;
pub(crate) mod suggest;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod trust;

pub(crate) use builtin::{env_is_meant, sandbox_profile};
pub(crate) use certificate::{Activity, Certificate, CertificateId, TAKES_EFFECT_AFTER};
pub(crate) use diff::diff;
pub(crate) use environment::Environment;
pub(crate) use find::{Found, How, find, find_for_writing};
pub(crate) use history::HistorySettings;
pub(crate) use im::{ImRegion, ImSettings};
pub(crate) use in_force::{Asked, Because};
pub(crate) use load::{Configuration, File, check, load, load_despite_default, masked_file, text_of_file};
pub(crate) use new_secret::{NewSecret, NewSecrets, discard_orphans};
pub(crate) use paths::Paths;
pub(crate) use profile::Endpoints;
pub use profile::MultiDevice;
pub(crate) use profile::Origin;
pub(crate) use profile::Profile;
pub use region::Region;
pub(crate) use schema::schema;
pub use secret::Secret;
pub(crate) use secret_files::{Which, discard_secret, orphans, write_secret};
pub(crate) use secret_ref::{Resolved, SecretFile, SecretRef};
pub(crate) use source::{Source, Sourced};
pub(crate) use text::Text;
pub(crate) use trust::{Trust, trust};
