//! Adding, changing, renumbering and removing certificates.

use super::draft::{Draft, ids};
use super::{place, remove, values};
use crate::click::Target;
use crate::clock::Timestamp;
use crate::config::{CertificateId, SecretRef};
use crate::failure::{Failure, Kind, Problem, Remedy};
use toml_edit::{ArrayOfTables, InlineTable, Item, Table, Value};

/// A certificate to be added.
#[derive(Clone, Debug)]
pub(crate) struct NewCertificate {
    pub(crate) id: CertificateId,
    pub(crate) name: Option<String>,
    pub(crate) app_id: String,
    pub(crate) app_key: String,
    pub(crate) app_secret: Option<SecretRef>,
    pub(crate) master_secret: SecretRef,
    pub(crate) channel_id: Option<String>,
    pub(crate) click: Target,
    pub(crate) saved_at: Option<Timestamp>,
}

/// What is to change in a certificate; `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Change {
    pub(crate) name: Option<String>,
    pub(crate) app_id: Option<String>,
    pub(crate) app_key: Option<String>,
    pub(crate) app_secret: Option<SecretRef>,
    /// Counts as changed even if the reference is the same: the secret behind it may be new.
    pub(crate) master_secret: Option<SecretRef>,
    pub(crate) channel_id: Option<String>,
    pub(crate) click: Option<Target>,
    pub(crate) saved_at: Option<Timestamp>,
}

impl Draft {
    /// Adds a certificate behind the others of the profile.
    pub(crate) fn add_certificate(&mut self, profile: &str, new: &NewCertificate) -> Result<(), Failure> {
        self.refuse_taken(profile, new.id)?;
        // An only certificate is the default, and stays it.
        if let [only] = ids(self.profile(profile)?)[..]
            && let Some(only) = CertificateId::new(only)
            && !self.profile(profile)?.contains_key("default_certificate")
        {
            self.set_default_certificate(profile, only)?;
        }
        let mut pairs = vec![("id", Value::from(new.id.get()))];
        pairs.extend(new.name.as_deref().map(|name| ("name", name.into())));
        pairs.push(("app_id", new.app_id.as_str().into()));
        pairs.push(("app_key", new.app_key.as_str().into()));
        pairs.extend(new.app_secret.as_ref().map(|secret| ("app_secret", values::secret(secret))));
        pairs.push(("master_secret", values::secret(&new.master_secret)));
        pairs.extend(new.channel_id.as_deref().map(|channel| ("channel_id", channel.into())));
        pairs.push(("click", values::click(&new.click)));
        if let Some(saved_at) = new.saved_at {
            pairs.push(("saved_at", values::time(saved_at)?));
        }
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
        change: &Change,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let text = |text: &Option<String>| text.as_deref().map(Value::from);
        let secret = |reference: &Option<SecretRef>| reference.as_ref().map(values::secret);
        // What the IM server has to learn begins the ten minutes again.
        let changes = [
            (true, "app_id", text(&change.app_id)),
            (true, "app_key", text(&change.app_key)),
            (true, "master_secret", secret(&change.master_secret)),
            (true, "channel_id", text(&change.channel_id)),
            (true, "click", change.click.as_ref().map(values::click)),
            (false, "name", text(&change.name)),
            (false, "app_secret", secret(&change.app_secret)),
        ];
        let mut certificate = self.certificate(profile, id)?;
        let mut restarted = false;
        for (restarts, key, value) in changes {
            let Some(value) = value else { continue };
            let differs = values::differs(certificate.table(), key, &value);
            restarted |= restarts && (differs || key == "master_secret");
            if differs {
                certificate.set(key, value);
            }
        }
        // What the IM console has not saved has no ten minutes to begin again.
        let restarted = restarted && (!id.is_local() || certificate.table().contains_key("saved_at"));
        if let Some(time) = change.saved_at.or(restarted.then_some(now)) {
            certificate.set("saved_at", values::time(time)?);
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
