//! Adding and removing profiles, and naming the default one.

use super::draft::{Draft, unknown_profile};
use super::{place, remove, values};
use crate::config::app_path::below;
use crate::config::{self, Field, SecretRef, Values, rules};
use crate::failure::{Failure, Kind, Problem};
use toml_edit::{Item, Table, TableLike, Value};

/// Keys of the IM settings begin with this.
const IM: &str = "im.";

impl Draft {
    /// Adds `[profile.NAME]`; it becomes the default if it is the first.
    pub(crate) fn add_profile(&mut self, name: &str, values: &Values<SecretRef>) -> Result<(), Failure> {
        rules::profile_name(name).map_err(|flaw| flaw.of_flag("NAME"))?;
        let profiles = self.document.entry("profile").or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        let first = profiles.as_table_like().is_none_or(TableLike::is_empty);
        if profiles.get(name).is_some() {
            let message = format!("there is a profile {name:?} already");
            return Err(Problem::new(Kind::DuplicateId, message, "choose another name").at("NAME").into());
        }
        let pairs =
            values::pairs(values, Field::PROFILE)?.into_iter().filter(|(key, _)| !key.starts_with(IM));
        match profiles {
            Item::Table(profiles) => {
                profiles.insert(name, Item::Table(pairs.collect()));
                let last = place::last_position(&self.document);
                if let Some(table) = self.document["profile"][name].as_table_mut() {
                    table.set_position(Some(last + 1));
                }
                place::put_behind_end(&mut self.document, |document| {
                    document["profile"][name].as_table_mut()
                });
            }
            Item::Value(Value::InlineTable(profiles)) => {
                values::set_inline(profiles, name, Value::InlineTable(pairs.collect()));
            }
            _ => return Err(unknown_profile(self.configuration(), name)),
        }
        if first && self.document.get("default_profile").is_none() {
            self.write_default(name);
        }
        // Only now its table is there.
        self.edit_profile(name, values, &[])
    }

    /// Changes values of a profile, those of its IM settings too, and takes out those of `unset`.
    pub(crate) fn edit_profile(
        &mut self,
        name: &str,
        change: &Values<SecretRef>,
        unset: &[Field],
    ) -> Result<(), Failure> {
        self.profile(name)?;
        let whole_im = Field::IM.iter().all(|field| unset.contains(field));
        if whole_im {
            remove::key(&mut self.document, Some(name), "im");
        }
        for key in unset.iter().map(|field| field.row().key) {
            match key.strip_prefix(IM) {
                Some(_) if whole_im => {}
                Some(key) => match self.profile(name)?.get_mut("im") {
                    Some(Item::Value(Value::InlineTable(im))) => values::remove_inline(im, key),
                    Some(Item::Table(im)) => {
                        let (position, kept) = remove::key_of(im, key);
                        place::put_above_next(&mut self.document, position, &kept);
                    }
                    _ => {}
                },
                None => remove::key(&mut self.document, Some(name), key),
            }
        }
        let change = &self.app_below(change);
        for (key, value) in values::pairs(change, Field::PROFILE)? {
            match key.strip_prefix(IM) {
                Some(key) => self.set_in_im(name, key, value)?,
                None if values::differs(self.profile(name)?, key, &value) => {
                    self.set_in_profile(name, key, value)?;
                }
                None => {}
            }
        }
        Ok(())
    }

    /// An app file in the folder of the configuration file is named from there, so that a checkout elsewhere has it too.
    fn app_below(&self, change: &Values<SecretRef>) -> Values<SecretRef> {
        match change.text(Field::App) {
            Some(path) => {
                let path = below(self.file().parent(), path).to_owned();
                change.clone().with(Field::App, config::Value::Text(path))
            }
            None => change.clone(),
        }
    }

    fn set_in_im(&mut self, name: &str, key: &str, value: Value) -> Result<(), Failure> {
        let inline = self.is_inline(name);
        let table = self.profile(name)?;
        if !table.contains_key("im") {
            if inline {
                return self.set_in_profile(
                    name,
                    "im",
                    Value::InlineTable([(key, value)].into_iter().collect()),
                );
            }
            table.insert("im", Item::Table(Table::new()));
        }
        match table.get_mut("im") {
            Some(Item::Value(Value::InlineTable(im))) => values::set_inline(im, key, value),
            Some(im) => {
                if let Some(im) = im.as_table_like_mut()
                    && values::differs(im, key, &value)
                {
                    values::set(im, key, value);
                }
            }
            None => {}
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
