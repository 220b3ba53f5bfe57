//! A notification being put together from the certificate's defaults, a message file and the command line, each value
//! with its origin. `check` decides whether the whole is right.

use super::fields::{BIG_PICTURE, Field, SCHEDULED, WINDOW};
use super::origin::{Given, Layer, Origin};
use super::read::{self, Read};
use super::unknown;
use crate::click::{Target, quoted};
use crate::failure::{Kind, Problem, Remedy, Warning};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use strum::VariantArray;

/// A notification in the making. Values may come in any order: the command line wins over the message file, that over
/// the certificate. What goes wrong is kept and comes out of [`Draft::check`], all at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Draft {
    /// It is for a broadcast, which can carry more.
    pub(super) broadcast: bool,
    /// Each value has the type that the table gives its field.
    pub(super) values: BTreeMap<Field, Given<Value>>,
    pub(super) click: Option<Given<Target>>,
    /// Custom content by key; becomes `action_parameters`.
    pub(super) extras: BTreeMap<String, Given<Value>>,
    /// Fields from `--set`, sent as they are.
    pub(super) set_fields: BTreeMap<String, Value>,
    /// Fields that were not written as documented and are taken all the same.
    pub(super) notes: Vec<(Note, Field, Origin)>,
    pub(super) problems: Vec<Problem>,
    pub(super) warnings: Vec<Warning>,
    /// Fields with a value that could not be read; they are not reported as missing as well.
    pub(super) unreadable: BTreeSet<Field>,
}

/// How a field differs from its documented form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub(super) enum Note {
    /// Null, empty, or a 0 that says nothing: it counts as not set.
    Unset,
    /// A number or boolean as text, a boolean as 0 or 1.
    Converted,
}

impl Draft {
    pub(crate) fn new() -> Draft {
        Draft::default()
    }

    /// One that is saved for a broadcast: fields and values that a push to one phone can't carry are taken.
    pub(crate) fn for_broadcast() -> Draft {
        Draft { broadcast: true, ..Draft::default() }
    }

    /// Keeps what is wrong.
    pub(super) fn wrong(
        &mut self,
        kind: Kind,
        message: impl Into<String>,
        hint: impl Into<Remedy>,
        place: impl ToString,
    ) -> &mut Self {
        self.problems.push(Problem::new(kind, message, hint).at(place.to_string()));
        self
    }

    /// A field's value; what has another type than the field is reported.
    pub(crate) fn put(&mut self, field: Field, value: impl Into<Value>, origin: Origin) -> &mut Self {
        let value = match read::read(field, value.into(), self.broadcast) {
            Ok(Read::AsDocumented(value)) => value,
            Ok(Read::Converted(value)) => {
                self.notes.push((Note::Converted, field, origin.clone()));
                value
            }
            // Whoever types a flag means to set something.
            Ok(Read::Unset) if matches!(origin, Origin::Flag(_)) => {
                self.unreadable.insert(field);
                let message = format!("{} is empty", field.name());
                return self.wrong(Kind::Empty, message, "give a value, or leave the flag out", origin);
            }
            Ok(Read::Unset) => {
                self.notes.push((Note::Unset, field, origin));
                return self;
            }
            Err(problem) => {
                self.unreadable.insert(field);
                self.problems.push(problem.at(origin.to_string()));
                return self;
            }
        };
        match value {
            Value::Object(pairs) if field == Field::ActionParameters => return self.extras(pairs, origin),
            value => {
                let old = self.values.get(&field).map(|given| given.origin.clone());
                if self.takes(field.name(), old, &origin) {
                    self.values.insert(field, Given { value, origin });
                }
            }
        }
        self
    }

    /// A field's value from its flag.
    pub(crate) fn flag(&mut self, field: Field, value: impl Into<Value>) -> &mut Self {
        self.put(field, value, Origin::Flag(field.given_by()))
    }

    /// A field by its wire name. A name that a notification does not have is explained.
    pub(crate) fn field(&mut self, name: &str, value: Value, origin: Origin) -> &mut Self {
        match Field::named(name) {
            _ if origin.is_set() => return self.set_field(name, value, origin),
            Some(field) => return self.put(field, value, origin),
            None => self.problems.push(unknown::explain(name, &origin)),
        }
        self
    }

    /// How long OPPO keeps it for a phone that is offline.
    pub(crate) fn off_line_ttl(&mut self, ttl: Duration, origin: Origin) -> &mut Self {
        if ttl.subsec_nanos() != 0 {
            let message = format!("off_line_ttl is {ttl:?}; OPPO takes whole seconds");
            self.wrong(Kind::OutOfRange, message, "round it to whole seconds", &origin);
        }
        self.put(Field::OffLineTtl, i64::try_from(ttl.as_secs()).unwrap_or(i64::MAX), origin)
    }

    /// What a tap opens, from a flag or the certificate.
    pub(crate) fn click(&mut self, target: Target, origin: Origin) -> &mut Self {
        let old = self.click.as_ref().map(|given| given.origin.clone());
        if self.takes("click", old, &origin) {
            self.click = Some(Given { value: target, origin });
        }
        self
    }

    /// The certificate's defaults.
    pub(crate) fn certificate(&mut self, channel_id: Option<&str>, click: Option<&Target>) -> &mut Self {
        if let Some(channel_id) = channel_id {
            self.put(Field::ChannelId, channel_id, Origin::Certificate("channel_id"));
        }
        if let Some(click) = click {
            self.click(click.clone(), Origin::Certificate("click"));
        }
        self
    }

    /// Adds pairs to the custom content.
    pub(crate) fn extras(&mut self, pairs: Map<String, Value>, origin: Origin) -> &mut Self {
        for (key, value) in pairs {
            self.extra(key, value, origin.clone());
        }
        self
    }

    pub(super) fn extra(&mut self, key: String, value: Value, origin: Origin) {
        if key.is_empty() {
            let message = "a pair of the custom content has an empty key";
            let hint = "give each pair a key: the app reads it by that name";
            self.wrong(Kind::Empty, message, hint, origin);
            return;
        }
        let old = self.extras.get(&key).map(|given| given.origin.clone());
        match old {
            Some(old)
                if old.layer() == Layer::CommandLine
                    && origin.layer() == Layer::CommandLine
                    && !origin.is_row() =>
            {
                self.given_twice(&format!("the custom content's {}", quoted(&key)), &old, &origin);
            }
            Some(old) if old.layer() > origin.layer() => {}
            _ => drop(self.extras.insert(key, Given { value, origin })),
        }
    }

    /// Whether a new value is kept. On the command line, giving it by a flag and by `--set` is a mistake.
    fn takes(&mut self, name: &str, old: Option<Origin>, new: &Origin) -> bool {
        let Some(old) = old else { return true };
        if old.layer() == new.layer() && (old.is_set() || new.is_set()) {
            self.given_twice(name, &old, new);
            return false;
        }
        old.layer() <= new.layer()
    }

    pub(super) fn given_twice(&mut self, name: &str, old: &Origin, new: &Origin) {
        let message = format!("{name} is given twice, by {old} and by {new}");
        self.wrong(Kind::DuplicateField, message, "keep one of the two", new);
    }

    /// Whether a receipt URL is given, be it usable or not.
    pub(crate) fn has_call_back_url(&self) -> bool {
        !self.lacks(Field::CallBackUrl)
    }

    /// Whether a field is missing. One that is there and could not be read is not.
    pub(crate) fn lacks(&self, field: Field) -> bool {
        !self.values.contains_key(&field) && !self.unreadable.contains(&field)
    }

    pub(super) fn text(&self, field: Field) -> Option<(&str, &Origin)> {
        let given = self.values.get(&field)?;
        Some((given.value.as_str()?, &given.origin))
    }

    pub(super) fn number(&self, field: Field) -> Option<(i64, &Origin)> {
        let given = self.values.get(&field)?;
        Some((given.value.as_i64()?, &given.origin))
    }

    /// Whether the show window applies: its times are used.
    pub(super) fn has_window(&self) -> bool {
        self.number(Field::ShowTimeType).is_some_and(|(kind, _)| kind == WINDOW)
    }

    /// Whether it is sent at a time of its own.
    pub(super) fn is_scheduled(&self) -> bool {
        self.number(Field::PushTimeType).is_some_and(|(kind, _)| kind == SCHEDULED)
    }

    pub(super) fn is_big_picture(&self) -> bool {
        self.number(Field::Style).is_some_and(|(style, _)| style == BIG_PICTURE)
    }

    /// Where a field that is true or false has this value.
    pub(super) fn is(&self, field: Field, value: bool) -> Option<&Origin> {
        self.values.get(&field).filter(|given| given.value == value).map(|given| &given.origin)
    }

    /// A message file that could not be read may have held any field, so that none is missing for sure.
    pub(crate) fn nothing_of_file(&mut self) -> &mut Self {
        self.unreadable.extend(Field::unicast());
        self
    }

    /// A field that is there and could not be read, which its reader has reported: it is not missing.
    pub(crate) fn nothing_of_field(&mut self, name: &str) {
        self.unreadable.extend(Field::named(name));
    }
}
