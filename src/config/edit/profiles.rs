//! Adding and removing profiles, and naming the default one.

use super::draft::{Draft, unknown_profile};
use super::{place, remove, values};
use crate::config::{Region, rules};
use crate::failure::{Failure, Kind, Problem};
use toml_edit::{Item, Table, TableLike, Value};

/// A profile to be added.
#[derive(Clone, Debug)]
pub(crate) struct NewProfile {
    pub(crate) name: String,
    pub(crate) region: Region,
    pub(crate) package: Option<String>,
    /// In the place of the region's four hosts.
    pub(crate) endpoint: Option<String>,
}

impl Draft {
    /// Adds `[profile.NAME]`; it becomes the default if it is the first.
    pub(crate) fn add_profile(&mut self, new: &NewProfile) -> Result<(), Failure> {
        rules::profile_name(&new.name).map_err(|flaw| flaw.of_flag("NAME"))?;
        let profiles = self.document.entry("profile").or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        let first = profiles.as_table_like().is_none_or(TableLike::is_empty);
        if profiles.get(&new.name).is_some() {
            let message = format!("there is a profile {:?} already", new.name);
            return Err(Problem::new(Kind::DuplicateId, message, "choose another name").at("NAME").into());
        }
        let mut pairs = vec![("region", Value::from(new.region.as_str()))];
        pairs.extend(new.endpoint.as_deref().map(|endpoint| ("endpoint", endpoint.into())));
        pairs.extend(new.package.as_deref().map(|package| ("package", package.into())));
        match profiles {
            Item::Table(profiles) => {
                profiles.insert(&new.name, Item::Table(pairs.into_iter().collect()));
                let last = place::last_position(&self.document);
                if let Some(table) = self.document["profile"][&new.name].as_table_mut() {
                    table.set_position(Some(last + 1));
                }
                place::put_behind_end(&mut self.document, |document| {
                    document["profile"][&new.name].as_table_mut()
                });
            }
            Item::Value(Value::InlineTable(profiles)) => {
                values::set_inline(profiles, &new.name, Value::InlineTable(pairs.into_iter().collect()));
            }
            _ => return Err(unknown_profile(self.configuration(), &new.name)),
        }
        if first && self.document.get("default_profile").is_none() {
            self.write_default(&new.name);
        }
        Ok(())
    }

    /// Writes a key of the profile's own table.
    pub(super) fn set_in_profile(&mut self, name: &str, key: &str, value: Value) -> Result<(), Failure> {
        self.profile(name)?;
        match &mut self.document["profile"][name] {
            Item::Value(Value::InlineTable(table)) => values::set_inline(table, key, value),
            item => {
                if let Some(table) = item.as_table_like_mut() {
                    values::set(table, key, value);
                }
            }
        }
        Ok(())
    }

    /// Writes `default_profile`.
    pub(crate) fn set_default_profile(&mut self, name: &str) -> Result<(), Failure> {
        if name != "sandbox" && self.profile(name).is_err() {
            return Err(unknown_profile(self.configuration(), name));
        }
        self.write_default(name);
        Ok(())
    }

    fn write_default(&mut self, name: &str) {
        let table = self.document.as_table_mut();
        let new = !table.contains_key("default_profile");
        values::set(table, "default_profile", name.into());
        // Top-level keys are above every table; the comment that heads the file stays at its head.
        if new && table.iter().filter(|(_, item)| item.is_value()).count() == 1 {
            place::make_room_below(&mut self.document, "default_profile");
        }
    }

    /// Removes a profile, its certificates, and `default_profile` if it names it.
    pub(crate) fn remove_profile(&mut self, name: &str) -> Result<(), Failure> {
        self.profile(name)?;
        remove::profile(&mut self.document, name);
        if self.document.get("default_profile").and_then(Item::as_str) == Some(name) {
            remove::key(&mut self.document, None, "default_profile");
        }
        Ok(())
    }
}
