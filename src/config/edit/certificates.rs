//! Adding, changing, renumbering and removing certificates.

use super::draft::{Draft, ids};
use super::{place, remove, values};
use crate::clock::Timestamp;
use crate::config::{self, CertificateId, Field, SecretRef, Values};
use crate::failure::{Failure, Kind, Problem, Remedy};
use toml_edit::{ArrayOfTables, InlineTable, Item, Table, Value};

impl Draft {
    /// Adds a certificate behind the others of the profile.
    pub(crate) fn add_certificate(
        &mut self,
        profile: &str,
        id: CertificateId,
        values: &Values<SecretRef>,
    ) -> Result<(), Failure> {
        self.refuse_taken(profile, id)?;
        // An only certificate is the default, and stays it.
        if let [only] = ids(self.profile(profile)?)[..]
            && let Some(only) = CertificateId::new(only)
            && !self.profile(profile)?.contains_key("default_certificate")
        {
            self.set_default_certificate(profile, only)?;
        }
        let values = values.clone().with(Field::Id, config::Value::Number(id.get()));
        let pairs = values::pairs(&values, Field::CERTIFICATE)?;
        let table = self.profile(profile)?;
        let written = table.get("certificate").map(Item::is_value);
        let inline = written.unwrap_or_else(|| self.is_inline(profile));
        let position = place::last_position_of(&self.document, profile);
        let end = place::last_position(&self.document);
        let table = self.profile(profile)?;
        if inline {
            let array = table.entry("certificate").or_insert(Item::Value(Value::Array(Default::default())));
            let Some(array) = array.as_array_mut() else { return Err(no_place(profile)) };
            let mut element = Value::InlineTable(pairs.into_iter().collect::<InlineTable>());
            if let Some(last) = array.iter().last() {
                *element.decor_mut() = last.decor().clone();
                if array.len() == 1 && last.decor().prefix().and_then(|prefix| prefix.as_str()) == Some("") {
                    element.decor_mut().set_prefix(" ");
                }
            }
            array.push_formatted(element);
        } else {
            let tables = table.entry("certificate").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
            let Some(tables) = tables.as_array_of_tables_mut() else { return Err(no_place(profile)) };
            let mut element: Table = pairs.into_iter().collect();
            element.set_position(position);
            tables.push(element);
            if position == Some(end) {
                place::put_behind_end(&mut self.document, |document| {
                    let tables = document["profile"][profile]["certificate"].as_array_of_tables_mut()?;
                    let last = tables.len().checked_sub(1)?;
                    tables.get_mut(last)
                });
            }
        }
        Ok(())
    }

    /// Changes a certificate. `Ok(true)` if the ten minutes until it takes effect begin again: then `saved_at` becomes
    /// `now`, unless the change gives it. A local ID without `saved_at` has no ten minutes.
    pub(crate) fn edit_certificate(
        &mut self,
        profile: &str,
        id: CertificateId,
        change: &Values<SecretRef>,
        unset: &[Field],
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let mut restarted = false;
        for field in unset {
            let mut certificate = self.certificate(profile, id)?;
            let key = field.row().key;
            restarted |= field.is_at_im_server() && certificate.table().contains_key(key);
            let (position, kept) = certificate.remove(key);
            place::put_above_next(&mut self.document, position, &kept);
        }
        let mut certificate = self.certificate(profile, id)?;
        let fields =
            change.iter().filter(|(field, _)| *field != Field::Id && Field::CERTIFICATE.contains(field));
        for (field, value) in fields {
            let (key, value) = (field.row().key, values::toml(value)?);
            let differs = values::differs(certificate.table(), key, &value);
            // The secret behind the same reference may be new.
            restarted |= field.is_at_im_server() && (differs || field == Field::MasterSecret);
            if differs {
                certificate.set(key, value);
            }
        }
        // What the IM console has not saved has no ten minutes to begin again.
        let restarted = restarted && (!id.is_local() || certificate.table().contains_key("saved_at"));
        if restarted && !change.has(Field::SavedAt) && !unset.contains(&Field::SavedAt) {
            certificate.set("saved_at", values::time(now)?);
        }
        Ok(restarted)
    }

    /// Gives a certificate another ID, in `default_certificate` too.
    pub(crate) fn renumber(
        &mut self,
        profile: &str,
        old: CertificateId,
        new: CertificateId,
    ) -> Result<(), Failure> {
        if old == new {
            return self.certificate(profile, old).map(|_| ());
        }
        self.certificate(profile, old)?;
        self.refuse_taken(profile, new)?;
        self.certificate(profile, old)?.set("id", new.get().into());
        let table = self.profile(profile)?;
        if table.get("default_certificate").and_then(Item::as_integer) == Some(old.get()) {
            values::set(table, "default_certificate", new.get().into());
        }
        Ok(())
    }

    /// Removes a certificate, and `default_certificate` if it names it.
    pub(crate) fn remove_certificate(&mut self, profile: &str, id: CertificateId) -> Result<(), Failure> {
        self.certificate(profile, id)?;
        remove::certificate(&mut self.document, profile, id.get());
        if self.profile(profile)?.get("default_certificate").and_then(Item::as_integer) == Some(id.get()) {
            remove::key(&mut self.document, Some(profile), "default_certificate");
        }
        Ok(())
    }

    /// Writes `default_certificate`.
    pub(crate) fn set_default_certificate(
        &mut self,
        profile: &str,
        id: CertificateId,
    ) -> Result<(), Failure> {
        self.certificate(profile, id)?;
        self.set_in_profile(profile, "default_certificate", id.get().into())
    }

    /// The lowest ID from 1 to 999 that the profile does not use yet.
    pub(crate) fn next_local_id(&mut self, profile: &str) -> Result<CertificateId, Failure> {
        let used = ids(self.profile(profile)?);
        CertificateId::LOCAL.filter_map(CertificateId::new).find(|id| !used.contains(&id.get())).ok_or_else(
            || {
                let message = format!("profile {profile} uses every local certificate ID");
                Problem::new(Kind::OutOfRange, message, "give the ID that the IM console shows: --id")
                    .at("--id")
                    .into()
            },
        )
    }

    fn refuse_taken(&mut self, profile: &str, id: CertificateId) -> Result<(), Failure> {
        if !ids(self.profile(profile)?).contains(&id.get()) {
            return Ok(());
        }
        let message = format!("profile {profile} has a certificate {id} already");
        let hint = Remedy::run("give another ID, or change that one", "cert edit <ID>").with("ID", id);
        Err(Problem::new(Kind::DuplicateId, message, hint).at("--id").into())
    }
}

fn no_place(profile: &str) -> Failure {
    let message = format!("profile {profile} has certificates written in a way that opush cannot add to");
    Problem::new(Kind::WrongType, message, "add it by hand").at("certificate").into()
}
