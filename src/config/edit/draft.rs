//! A configuration file while it is changed, and how to get at its parts.

use crate::config::{CertificateId, Configuration, Found, Profile, suggest};
use crate::failure::{Failure, Kind, Problem, Remedy};
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::{remove, values};

/// A configuration file while it is changed.
pub(crate) struct Draft {
    pub(super) document: DocumentMut,
    configuration: Configuration,
    file: PathBuf,
}

impl Draft {
    pub(super) fn new(document: DocumentMut, configuration: Configuration, found: &Found) -> Draft {
        Draft { document, configuration, file: found.path.clone() }
    }

    pub(super) fn text(&self) -> String {
        self.document.to_string()
    }

    /// What the file held before the change.
    pub(crate) fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// Its path.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// A profile as the file has it now.
    pub(crate) fn known_profile(&mut self, name: &str) -> Result<Profile, Failure> {
        self.profile(name)?;
        self.configuration.find(name).cloned().ok_or_else(|| unknown_profile(&self.configuration, name))
    }

    pub(super) fn is_inline(&self, profile: &str) -> bool {
        self.document.get("profile").and_then(|profiles| profiles.get(profile)).is_none_or(Item::is_value)
    }

    pub(super) fn profile(&mut self, name: &str) -> Result<&mut dyn TableLike, Failure> {
        let unknown = || unknown_profile(&self.configuration, name);
        self.document
            .get_mut("profile")
            .and_then(Item::as_table_like_mut)
            .and_then(|profiles| profiles.get_mut(name))
            .and_then(Item::as_table_like_mut)
            .ok_or_else(unknown)
    }

    pub(super) fn certificate(&mut self, profile: &str, id: CertificateId) -> Result<Element<'_>, Failure> {
        let choices: Vec<String> = ids(self.profile(profile)?).iter().map(ToString::to_string).collect();
        let is_it = |table: &dyn TableLike| table.get("id").and_then(Item::as_integer) == Some(id.get());
        let element = match self.profile(profile)?.get_mut("certificate") {
            Some(Item::ArrayOfTables(tables)) => {
                tables.iter_mut().find(|table| is_it(*table)).map(Element::Table)
            }
            Some(Item::Value(Value::Array(array))) => array
                .iter_mut()
                .filter_map(Value::as_inline_table_mut)
                .find(|table| is_it(*table))
                .map(Element::Inline),
            _ => None,
        };
        element.ok_or_else(|| {
            let hint = match choices.as_slice() {
                [] => Remedy::run("it has none; add one", "cert add"),
                some => format!("it has {}", suggest::list(some.iter().map(String::as_str))).into(),
            };
            let message = format!("profile {profile} has no certificate {id}");
            Problem::new(Kind::UnknownCertificate, message, hint).at("ID").into()
        })
    }
}

/// A certificate, in either way to write it.
pub(super) enum Element<'d> {
    Table(&'d mut Table),
    Inline(&'d mut InlineTable),
}

impl Element<'_> {
    pub(crate) fn set(&mut self, key: &str, value: Value) {
        match self {
            Element::Table(table) => values::set(*table, key, value),
            Element::Inline(table) => values::set_inline(table, key, value),
        }
    }

    /// Removes a key; gives what `remove::key_of` gives.
    pub(super) fn remove(&mut self, key: &str) -> (isize, String) {
        match self {
            Element::Table(table) => remove::key_of(table, key),
            Element::Inline(table) => {
                values::remove_inline(table, key);
                (isize::MIN, String::new())
            }
        }
    }

    pub(crate) fn table(&self) -> &dyn TableLike {
        match self {
            Element::Table(table) => *table,
            Element::Inline(table) => *table,
        }
    }
}

/// The IDs of a profile's certificates.
pub(super) fn ids(profile: &dyn TableLike) -> Vec<i64> {
    let id = |table: &dyn TableLike| table.get("id").and_then(Item::as_integer);
    match profile.get("certificate") {
        Some(Item::ArrayOfTables(tables)) => tables.iter().filter_map(|table| id(table)).collect(),
        Some(Item::Value(Value::Array(array))) => {
            array.iter().filter_map(Value::as_inline_table).filter_map(|table| id(table)).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn unknown_profile(configuration: &Configuration, name: &str) -> Failure {
    let names: Vec<&str> = configuration.profiles.iter().map(|profile| profile.name.as_str()).collect();
    let hint = match name {
        "env" | "sandbox" => {
            Remedy::run("the built-in profiles can't be changed; make one of your own", "profile add")
        }
        _ if names.is_empty() => Remedy::run("make one", "profile add"),
        _ => suggest::hint(name, names).into(),
    };
    Problem::new(Kind::UnknownProfile, format!("the file has no profile {name:?}"), hint)
        .at("--profile")
        .into()
}
