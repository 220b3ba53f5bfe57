//! What the keys of the configuration mean. Every problem of a file is collected before any is reported.

mod certificate;
mod click;
mod context;
mod history;
mod im;
mod profile;
mod secret;
mod syntax;

use super::text::Text;
use super::{Configuration, keys, suggest};
use crate::failure::{Kind, Problem};
use std::path::Path;
use toml::de::DeTable;

pub(crate) use context::{Context, Entry, Table};
pub(crate) use syntax::report as report_syntax;

const ENV_IS_NO_DEFAULT: &str =
    "choose the built-in profile env by OPUSH_PROFILE=env; it cannot be a file's default";

/// Reads a whole file. With problems, the configuration is only what could be made of it.
/// `base` is the file's folder, to which paths in it are relative.
pub(super) fn read(text: &Text, base: &Path, home: Option<&Path>) -> (Configuration, Vec<Problem>) {
    let (document, errors) = DeTable::parse_recoverable(text.as_str());
    let mut context = Context::new(text, base, home);
    let broken = syntax::report(&mut context, &errors);
    let root = Table { entries: document.get_ref(), what: keys::ROOT.what, key: 0..0 };
    let configuration = root_table(&mut context, &root);
    (configuration, context.finish(&broken))
}

fn root_table(context: &mut Context, root: &Table) -> Configuration {
    root.compare(context, &keys::ROOT);
    let mut configuration = Configuration::default();
    if let Some(entry) = root.get("profile")
        && let Some(table) = entry.table(context, "the profiles")
    {
        let mut profiles: Vec<_> = table.entries().collect();
        profiles.sort_by_key(|entry| entry.key.start);
        configuration.profiles = profiles.iter().filter_map(|entry| profile::read(context, entry)).collect();
    }
    // What is said for the whole file holds for every profile.
    let mut needs_trust = Vec::new();
    root.needing_trust(context, &keys::ROOT, "", &mut needs_trust);
    for profile in configuration.profiles.iter_mut().filter(|_| !needs_trust.is_empty()) {
        profile.needs_trust.extend(needs_trust.iter().cloned());
    }
    if let Some(entry) = root.get("history") {
        configuration.history = history::read(context, &entry);
    }
    if let Some(entry) = root.get("default_profile")
        && let Some(name) = entry.text(context)
    {
        let known: Vec<String> = root.get("profile").map(|profiles| profiles.names()).unwrap_or_default();
        if name.value == "sandbox" || known.contains(&name.value) {
            configuration.default_profile = Some(name);
        } else {
            let candidates = known.iter().map(String::as_str).chain(["sandbox"]);
            let hint = match name.value.as_str() {
                "env" => ENV_IS_NO_DEFAULT.to_owned(),
                name => suggest::hint(name, candidates),
            };
            let message = format!("there is no profile {:?}", name.value);
            context.report(Kind::UnknownProfile, entry.span(), message, hint);
        }
    }
    configuration
}

#[cfg(test)]
mod tests;
