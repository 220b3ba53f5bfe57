//! The problems found so far, and tables and entries that report what is wrong with themselves.

use crate::config::keys::{Form, Keys};
use crate::config::rules::{self, Flaw};
use crate::config::text::Text;
use crate::config::{Source, Sourced, suggest};
use crate::failure::{Kind, Problem, Remedy};
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use strum::VariantArray;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// The lines with broken syntax.
#[derive(Default)]
pub(crate) struct Broken(pub(super) BTreeSet<usize>);

/// Where values are read from and what was wrong with them.
pub(crate) struct Context<'t> {
    pub(crate) text: &'t Text,
    pub(crate) base: &'t Path,
    pub(crate) home: Option<&'t Path>,
    problems: Vec<(usize, Problem)>,
}

impl<'t> Context<'t> {
    pub(crate) fn new(text: &'t Text, base: &'t Path, home: Option<&'t Path>) -> Self {
        Context { text, base, home, problems: Vec::new() }
    }

    pub(crate) fn report(
        &mut self,
        kind: Kind,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<Remedy>,
    ) {
        let hint = hint.into();
        let problem = Problem::new(kind, message, &hint)
            .at(self.text.place(span.start))
            .with_excerpt(self.text.excerpt(span.clone(), &hint.to_string()));
        self.problems.push((span.start, problem));
    }

    pub(crate) fn source(&self, span: Range<usize>) -> Source {
        self.text.source(span)
    }

    /// All problems in the order of the file. Where the syntax is broken, what seems missing may only be unreadable.
    pub(crate) fn finish(self, broken: &Broken) -> Vec<Problem> {
        let mut problems = self.problems;
        if !broken.0.is_empty() {
            // A key below a header that could not be read is taken for one of the table before it.
            let mut header = 0;
            let headers: Vec<usize> = std::iter::once("")
                .chain(self.text.as_str().lines())
                .enumerate()
                .map(|(number, line)| {
                    let above = header;
                    if line.trim_start().starts_with('[') {
                        header = number;
                    }
                    above
                })
                .collect();
            let below_broken_header =
                |line: usize| headers.get(line).is_some_and(|header| broken.0.contains(header));
            problems.retain(|(at, problem)| match problem.kind {
                Kind::TomlSyntax | Kind::DuplicateKey => true,
                Kind::UnknownKey if below_broken_header(self.text.position(*at).0) => false,
                Kind::MissingKey | Kind::UnknownProfile | Kind::UnknownCertificate => false,
                _ => !broken.0.contains(&self.text.position(*at).0),
            });
        }
        problems.sort_by_key(|(at, _)| *at);
        problems.into_iter().map(|(_, problem)| problem).collect()
    }
}

/// A table with the words that messages call it by.
pub(crate) struct Table<'a, 'i> {
    pub(crate) entries: &'a DeTable<'i>,
    /// For a sentence: "certificates", "the click target".
    pub(crate) what: &'static str,
    /// Where it is named, for what is missing in it.
    pub(crate) key: Range<usize>,
}

/// One key of a table with its value.
pub(crate) struct Entry<'a, 'i> {
    pub(crate) name: &'a str,
    pub(crate) key: Range<usize>,
    pub(crate) value: &'a Spanned<DeValue<'i>>,
}

impl<'a, 'i> Table<'a, 'i> {
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry<'a, 'i>> {
        self.entries.iter().map(|(key, value): (&Spanned<DeString>, _)| Entry {
            name: key.get_ref(),
            key: key.span(),
            value,
        })
    }

    pub(crate) fn get(&self, name: &str) -> Option<Entry<'a, 'i>> {
        let (key, value) = self.entries.get_key_value(name)?;
        Some(Entry { name: key.get_ref(), key: key.span(), value })
    }

    /// The keys of this table, and of the tables in it, that need trust; `path` is what their names begin with. A secret and
    /// an app file are judged when they are used.
    pub(super) fn needing_trust(
        &self,
        context: &Context,
        keys: &Keys,
        path: &str,
        found: &mut Vec<(String, Sourced<String>)>,
    ) {
        for key in keys.keys.iter().filter(|key| !key.harmless) {
            let Some(entry) = self.get(key.name) else { continue };
            let path = format!("{path}{}", key.name);
            match (key.form, entry.value.get_ref()) {
                // Each profile has those of its own.
                (Form::Secret | Form::AppFile | Form::Profiles(_), _) => {}
                (Form::Table(keys), DeValue::Table(entries)) => {
                    let table = Table { entries, what: keys.what, key: entry.key.clone() };
                    table.needing_trust(context, keys, &format!("{path}."), found);
                }
                (Form::Tables(keys), DeValue::Array(array)) => {
                    for element in array.iter() {
                        let DeValue::Table(entries) = element.get_ref() else { continue };
                        let table = Table { entries, what: keys.what, key: element.span() };
                        table.needing_trust(context, keys, &format!("{path}."), found);
                    }
                }
                (_, value) => {
                    let text = match value {
                        DeValue::String(text) => text.to_string(),
                        _ => context.text.as_str().get(entry.span()).unwrap_or_default().to_owned(),
                    };
                    found.push((path, Sourced::new(text, context.source(entry.span()))));
                }
            }
        }
    }

    pub(crate) fn require(&self, context: &mut Context, name: &str, example: &str) -> Option<Entry<'a, 'i>> {
        let entry = self.get(name);
        // A misspelled key has been reported; that it is missing as well would be noise.
        let misspelled = || self.entries().any(|other| suggest::nearest(other.name, [name]).is_some());
        if entry.is_none() && !misspelled() {
            let message = format!("{} must have {name}", self.what);
            context.report(Kind::MissingKey, self.key.clone(), message, format!("add {name} = {example}"));
        }
        entry
    }

    /// Reports the keys that a table of these does not have, those that it lacks, and two that exclude each other.
    pub(super) fn compare(&self, context: &mut Context, keys: &Keys) {
        let known: Vec<&str> = keys.keys.iter().map(|key| key.name).collect();
        self.only(context, &known);
        for key in keys.keys {
            if let Some(example) = key.required {
                self.require(context, key.name, example);
            }
        }
        if let Some(([one, other], hint)) = keys.exclusive
            && let (Some(one), Some(other)) = (self.get(one), self.get(other))
        {
            let message = format!("{} and {} exclude each other", one.name, other.name);
            let later = if one.key.start > other.key.start { one } else { other };
            context.report(Kind::Contradiction, later.key, message, hint);
        }
    }

    pub(super) fn opaque(&self, context: &mut Context, name: &str) -> Option<Sourced<String>> {
        self.get(name)?.checked(context, rules::owned(rules::opaque))
    }

    /// Reports every key that is not one of these.
    pub(crate) fn only(&self, context: &mut Context, known: &[&str]) {
        let absent: Vec<&str> = known.iter().copied().filter(|name| self.get(name).is_none()).collect();
        for entry in self.entries().filter(|entry| !known.contains(&entry.name)) {
            let hint = match suggest::nearest(entry.name, absent.iter().copied()) {
                Some(name) => format!("did you mean {name:?}?"),
                None => suggest::hint(entry.name, known.iter().copied()),
            };
            let verb = if self.what.ends_with('s') { "have" } else { "has" };
            let message = format!("{} {verb} no key {:?}", self.what, entry.name);
            context.report(Kind::UnknownKey, entry.key, message, hint);
        }
    }
}

impl<'a, 'i> Entry<'a, 'i> {
    pub(crate) fn span(&self) -> Range<usize> {
        self.value.span()
    }

    /// The names of the keys of this entry's table, if it is one.
    pub(crate) fn names(&self) -> Vec<String> {
        let DeValue::Table(table) = self.value.get_ref() else { return Vec::new() };
        table.keys().map(|key| key.get_ref().to_string()).collect()
    }

    /// A table of the configuration, with its keys compared.
    pub(super) fn keys(&self, context: &mut Context, keys: &Keys) -> Option<Table<'a, 'i>> {
        let table = self.table(context, keys.what)?;
        table.compare(context, keys);
        Some(table)
    }

    pub(crate) fn table(&self, context: &mut Context, what: &'static str) -> Option<Table<'a, 'i>> {
        match self.value.get_ref() {
            DeValue::Table(entries) => Some(Table { entries, what, key: self.key.clone() }),
            _ => self.wrong_type(context, "a table", format!("write it as [{}] or {{ … }}", self.name)),
        }
    }

    pub(crate) fn text(&self, context: &mut Context) -> Option<Sourced<String>> {
        match self.value.get_ref() {
            DeValue::String(text) => Some(Sourced::new(text.to_string(), context.source(self.span()))),
            DeValue::Table(_) | DeValue::Array(_) => self.wrong_type(context, "a string", "write one \"…\""),
            _ => self.wrong_type(context, "a string", "put it in quotes"),
        }
    }

    /// Reports what is wrong with the value.
    pub(super) fn refuse<T>(
        &self,
        context: &mut Context,
        kind: Kind,
        message: impl Into<String>,
        hint: impl Into<Remedy>,
    ) -> Option<T> {
        context.report(kind, self.span(), message, hint);
        None
    }

    /// A string that obeys a rule of its own.
    pub(crate) fn checked<T>(
        &self,
        context: &mut Context,
        rule: impl FnOnce(&str) -> Result<T, Flaw>,
    ) -> Option<Sourced<T>> {
        let text = self.text(context)?;
        match rule(&text.value) {
            Ok(value) => Some(Sourced::new(value, text.source)),
            Err(flaw) => {
                let message = format!("{} {}", self.name, flaw.message);
                self.refuse(context, flaw.kind_in_configuration(), message, flaw.hint)
            }
        }
    }

    /// A word of a closed set; `none` begins the sentence about another one.
    pub(crate) fn word<T>(&self, context: &mut Context, none: &str) -> Option<Sourced<T>>
    where
        T: VariantArray + Copy + Into<&'static str> + std::str::FromStr,
    {
        let word = self.text(context)?;
        match word.value.parse() {
            Ok(value) => Some(Sourced::new(value, word.source)),
            Err(_) => {
                let hint = suggest::hint(&word.value, suggest::words::<T>());
                self.refuse(context, Kind::BadValue, format!("{none} {:?}", word.value), hint)
            }
        }
    }

    pub(crate) fn boolean(&self, context: &mut Context) -> Option<Sourced<bool>> {
        match self.value.get_ref() {
            DeValue::Boolean(value) => Some(Sourced::new(*value, context.source(self.span()))),
            _ => self.wrong_type(context, "a boolean", "write true or false, without quotes"),
        }
    }

    /// A whole number from 1 on; `hint` says which one is meant.
    pub(crate) fn count<T>(&self, context: &mut Context, most: T, hint: &'static str) -> Option<Sourced<T>>
    where
        T: TryFrom<i64> + std::str::FromStr + std::fmt::Display + Default + PartialOrd,
    {
        match self.value.get_ref() {
            DeValue::Integer(number) => {
                let count = i64::from_str_radix(number.as_str(), number.radix()).ok();
                match count.and_then(|count| T::try_from(count).ok()).filter(|count| *count > T::default()) {
                    Some(count) => Some(Sourced::new(count, context.source(self.span()))),
                    None => {
                        let message = format!("{} must be from 1 to {most}", self.name);
                        self.refuse(context, Kind::BadValue, message, hint)
                    }
                }
            }
            DeValue::String(text) if text.parse::<T>().is_ok() => {
                self.wrong_type(context, "an integer", "drop the quotes")
            }
            _ => self.wrong_type(context, "an integer", hint),
        }
    }

    pub(crate) fn wrong_type<T>(
        &self,
        context: &mut Context,
        wanted: &str,
        hint: impl Into<Remedy>,
    ) -> Option<T> {
        let found = match self.value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a float",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        let message = format!("{} must be {wanted}, not {found}", self.name);
        self.refuse(context, Kind::WrongType, message, hint)
    }
}
