//! Values by their field, as given or as kept. A secret is what was given (`NewSecret`) or where it is kept (`SecretRef`).

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{CertificateId, Field, Paths, Secret, SecretRef, Sourced};
use crate::click::Target;
use crate::clock::Timestamp;

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value<S> {
    Text(String),
    Number(i64),
    Bool(bool),
    Time(Timestamp),
    Click(Target),
    Secret(S),
}

/// A secret as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NewSecret {
    /// Kept elsewhere, in an environment variable.
    Env(String),
    /// Kept elsewhere, in this file; absolute.
    File(PathBuf),
    /// The secret itself, typed or piped in; to be kept as a private file.
    Typed(Secret),
}

impl NewSecret {
    pub(crate) fn typed(&self) -> Option<&str> {
        match self {
            NewSecret::Typed(secret) => Some(secret.reveal()),
            _ => None,
        }
    }
}

/// Values by their field.
#[derive(Clone, Debug)]
pub(crate) struct Values<S>(BTreeMap<Field, Value<S>>);

impl<S> Default for Values<S> {
    fn default() -> Self {
        Values(BTreeMap::new())
    }
}

impl<S> Values<S> {
    pub(crate) fn get(&self, field: Field) -> Option<&Value<S>> {
        self.0.get(&field)
    }

    pub(crate) fn has(&self, field: Field) -> bool {
        self.0.contains_key(&field)
    }

    pub(crate) fn insert(&mut self, field: Field, value: Value<S>) {
        self.0.insert(field, value);
    }

    pub(crate) fn remove(&mut self, field: Field) {
        self.0.remove(&field);
    }

    /// The same with this value.
    pub(crate) fn with(mut self, field: Field, value: Value<S>) -> Self {
        self.insert(field, value);
        self
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Field, &Value<S>)> {
        self.0.iter().map(|(field, value)| (*field, value))
    }

    pub(crate) fn text(&self, field: Field) -> Option<&str> {
        match self.get(field)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn id(&self) -> Option<CertificateId> {
        match self.get(Field::Id)? {
            Value::Number(number) => CertificateId::new(*number),
            _ => None,
        }
    }

    /// The same with those of these fields that `other` has, secrets aside.
    pub(crate) fn with_those_of<T>(mut self, other: &Values<T>, fields: &[Field]) -> Self {
        for (field, value) in other.iter().filter(|(field, _)| fields.contains(field)) {
            if let Some(value) = value.open() {
                self.insert(field, value);
            }
        }
        self
    }

    /// Leaves out what is as it was.
    pub(crate) fn drop_known(&mut self, known: impl Fn(Field) -> Option<Sourced<Value<SecretRef>>>) {
        self.0.retain(|field, value| {
            value.open().is_none_or(|value| known(*field).is_none_or(|known| known.value != value))
        });
    }

    /// The same values with their secrets as `refer` keeps them.
    pub(crate) fn kept<T, E>(self, mut refer: impl FnMut(Field, S) -> Result<T, E>) -> Result<Values<T>, E> {
        let keep = |(field, value): (Field, Value<S>)| {
            let value = match value {
                Value::Secret(secret) => Value::Secret(refer(field, secret)?),
                Value::Text(text) => Value::Text(text),
                Value::Number(number) => Value::Number(number),
                Value::Bool(bool) => Value::Bool(bool),
                Value::Time(time) => Value::Time(time),
                Value::Click(target) => Value::Click(target),
            };
            Ok((field, value))
        };
        self.0.into_iter().map(keep).collect::<Result<_, E>>().map(Values)
    }
}

impl<S> Value<S> {
    /// The same value, if it is not a secret.
    fn open<T>(&self) -> Option<Value<T>> {
        Some(match self {
            Value::Text(text) => Value::Text(text.clone()),
            Value::Number(number) => Value::Number(*number),
            Value::Bool(bool) => Value::Bool(*bool),
            Value::Time(time) => Value::Time(*time),
            Value::Click(target) => Value::Click(target.clone()),
            Value::Secret(_) => return None,
        })
    }

    /// What a person typed of text and numbers.
    pub(crate) fn typed(&self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(bool) => Some(bool.to_string()),
            _ => None,
        }
    }

    /// As a flag takes it; a secret by `secret`.
    fn text(&self, secret: impl Fn(&S) -> String) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(bool) => bool.to_string(),
            Value::Time(time) => time.to_string(),
            Value::Click(target) => target.to_string(),
            Value::Secret(one) => secret(one),
        }
    }
}

impl Value<SecretRef> {
    /// In lists and JSON; a secret as "set (env OPUSH_X)".
    pub(crate) fn shown(&self) -> String {
        self.text(SecretRef::describe)
    }

    /// In the words of the IM console; a secret as where it is.
    pub(crate) fn in_console(&self, paths: &Paths) -> String {
        match self {
            Value::Click(target) => click_event(target),
            _ => self.text(|secret| whereabouts(secret, paths)),
        }
    }
}

impl Value<NewSecret> {
    /// The same before it is saved.
    pub(crate) fn in_summary(&self, paths: &Paths) -> String {
        match self {
            Value::Click(target) => click_event(target),
            _ => self.text(|secret| match secret {
                NewSecret::Env(name) => format!("in the environment variable {name}"),
                NewSecret::File(path) => format!("in {}", paths.friendly(path)),
                NewSecret::Typed(_) => "given; it becomes a private file".to_owned(),
            }),
        }
    }
}

fn whereabouts(secret: &SecretRef, paths: &Paths) -> String {
    match secret {
        SecretRef::Plain(_) => "in the configuration file, as plain text".into(),
        SecretRef::Env(name) => format!("in the environment variable {name}"),
        SecretRef::File(file) if file.shown() == file.written => format!("in {}", paths.friendly(&file.path)),
        SecretRef::File(_) => "in a file".into(),
        SecretRef::Command(words) => {
            format!("printed by {}", words.first().map_or("its command", String::as_str))
        }
    }
}

fn click_event(target: &Target) -> String {
    match target {
        Target::OpenApp => "Open app".into(),
        Target::Url(url) => format!("Open URL › {url}"),
        Target::Activity(class) => format!("Open specific app interface › Activity › {class}"),
        Target::Intent(action) => format!("Open specific app interface › Intent › {action}"),
        Target::Scheme(_) => {
            "Open app: the form has no scheme URL, so the IM server's pushes open the app; those of opush open the URL"
                .into()
        }
    }
}
