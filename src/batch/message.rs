//! The notification of each row: what all rows share, and what a row's columns and templates say; checked once for each
//! distinct form, and text by text where that is enough.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use strum::VariantArray;

use super::columns::Column;
use super::reader::Row;
use super::skeleton::Skeleton;
use super::template::Template;
use crate::click;
use crate::clock::{Timestamp, duration};
use crate::config::Certificate;
use crate::failure::{Kind, Problem, Warning};
use crate::notification::{self, Draft, Field, Origin, TargetKind};
use crate::push::with_certificate;

/// What a template fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Text(Field),
    Ext(String),
    Click,
}

/// What all rows share.
pub(crate) struct Message {
    pub(crate) base: Draft,
    /// With the flag that each came from.
    pub(crate) templates: Vec<(Slot, Template, &'static str)>,
    pub(crate) package: Option<String>,
}

/// So many forms are kept.
const FORMS: usize = 256;

/// Checks rows.
pub(super) struct Checker<'a> {
    message: &'a Message,
    now: Timestamp,
    forms: HashMap<String, Rc<Skeleton>>,
    key: String,
    /// Each kind of warning: the first, and how many there are.
    pub(super) warnings: BTreeMap<String, (Warning, u64)>,
}

/// What a row sends.
pub(super) struct Formed<'r> {
    pub(super) skeleton: Rc<Skeleton>,
    pub(super) title: Option<Cow<'r, str>>,
    pub(super) content: Option<Cow<'r, str>>,
}

/// What is wrong in a row, and with which column.
pub(super) type Fault = (Option<Column>, Problem);

const TEXTS: [(Column, Field); 4] = [
    (Column::Title, Field::Title),
    (Column::Content, Field::Content),
    (Column::Channel, Field::ChannelId),
    (Column::Category, Field::Category),
];

impl Message {
    /// The names that templates use.
    pub(crate) fn names(&self) -> Vec<String> {
        self.templates.iter().flat_map(|(_, template, _)| template.columns().map(str::to_owned)).collect()
    }
}

impl<'a> Checker<'a> {
    pub(super) fn new(message: &'a Message, now: Timestamp) -> Self {
        Checker { message, now, forms: HashMap::new(), key: String::new(), warnings: BTreeMap::new() }
    }

    /// What the row sends with this certificate.
    pub(super) fn form<'r>(
        &mut self,
        row: &'r Row<'_>,
        certificate: &Certificate,
        kind: TargetKind,
    ) -> Result<Formed<'r>, Vec<Fault>> {
        let mut texts: Vec<(&Slot, Cow<'r, str>, &str)> = Vec::new();
        let (mut title, mut content) = (None, None);
        for (slot, template, flag) in &self.message.templates {
            let filled = template.fill(|name| row.named(name)).map_err(|name| vec![no_value(&name, flag)])?;
            match slot {
                Slot::Text(Field::Title) => title = Some(Cow::Owned(filled)),
                Slot::Text(Field::Content) => content = Some(Cow::Owned(filled)),
                slot => texts.push((slot, Cow::Owned(filled), flag)),
            }
        }
        title = row.get(Column::Title).map(Cow::Borrowed).or(title);
        content = row.get(Column::Content).map(Cow::Borrowed).or(content);
        self.write_key(row, certificate, kind, &texts);
        let plain = |field, text: &Option<Cow<'_, str>>| {
            text.as_deref().is_none_or(|text| notification::is_plain(field, text))
        };
        if let Some(known) = self.forms.get(&self.key)
            && known.has_gaps_for(title.as_deref(), content.as_deref())
            && plain(Field::Title, &title)
            && plain(Field::Content, &content)
        {
            return Ok(Formed { skeleton: known.clone(), title, content });
        }
        let skeleton =
            Rc::new(self.check(row, certificate, kind, &texts, (title.as_deref(), content.as_deref()))?);
        if self.forms.len() >= FORMS {
            self.forms.clear();
        }
        self.forms.insert(self.key.clone(), skeleton.clone());
        Ok(Formed { skeleton, title, content })
    }

    /// Everything but title and content that the form depends on.
    fn write_key(
        &mut self,
        row: &Row<'_>,
        certificate: &Certificate,
        kind: TargetKind,
        texts: &[(&Slot, Cow<'_, str>, &str)],
    ) {
        let key = &mut self.key;
        key.clear();
        key.push_str(&certificate.id.get().to_string());
        key.push(if kind == TargetKind::Alias { 'a' } else { 'r' });
        for column in [Column::Ext, Column::Click, Column::Ttl, Column::Channel, Column::Category] {
            key.push('\u{1}');
            key.push_str(row.get(column).unwrap_or_default());
        }
        for (_, text, _) in texts {
            key.push('\u{2}');
            key.push_str(text);
        }
    }

    fn check(
        &mut self,
        row: &Row<'_>,
        certificate: &Certificate,
        kind: TargetKind,
        texts: &[(&Slot, Cow<'_, str>, &str)],
        (title, content): (Option<&str>, Option<&str>),
    ) -> Result<Skeleton, Vec<Fault>> {
        let mut draft = self.message.base.clone();
        let mut faults = Vec::new();
        for (slot, text, flag) in texts {
            let origin = Origin::Row((*flag).to_owned());
            match slot {
                Slot::Text(field) => _ = draft.put(*field, text.as_ref(), origin),
                Slot::Ext(key) => {
                    let pair = (key.clone(), text.as_ref().into());
                    draft.extras([pair].into_iter().collect(), origin);
                }
                Slot::Click => self.click(&mut draft, text, origin, None, &mut faults),
            }
        }
        for (column, field) in TEXTS {
            let value = match column {
                Column::Title => title,
                Column::Content => content,
                column => row.get(column),
            };
            if let Some(value) = value {
                draft.put(field, value, Origin::Row(column.name().to_owned()));
            }
        }
        self.columns(row, &mut draft, &mut faults);
        match with_certificate(&draft, certificate).check(self.now, kind) {
            Ok(checked) if faults.is_empty() => {
                checked.warnings().iter().for_each(|warning| self.tally(warning));
                Ok(Skeleton::of(checked.wire(), title, content))
            }
            checked => {
                let problems = checked.err().into_iter().flatten();
                let column = |problem: &Problem| {
                    Column::VARIANTS.iter().copied().find(|column| problem.place == column.name())
                };
                faults.extend(problems.map(|problem| (column(&problem), problem)));
                Err(faults)
            }
        }
    }

    /// What the row's own columns say beside its texts.
    fn columns(&self, row: &Row<'_>, draft: &mut Draft, faults: &mut Vec<Fault>) {
        if let Some(value) = row.get(Column::Click) {
            self.click(draft, value, Origin::Row("click".into()), Some(Column::Click), faults);
        }
        if let Some(value) = row.get(Column::Ttl) {
            match duration(value) {
                Ok(ttl) => drop(draft.off_line_ttl(ttl, Origin::Row("ttl".into()))),
                Err(words) => {
                    let (message, hint) = words.split_once("; ").unwrap_or((&words, "write it like \"24h\""));
                    faults.push((
                        Some(Column::Ttl),
                        Problem::new(Kind::OutOfRange, format!("ttl: {message}"), hint.to_owned()),
                    ));
                }
            }
        }
        if let Some(value) = row.get(Column::Ext) {
            match serde_json::from_str(value) {
                Ok(pairs) => drop(draft.extras(pairs, Origin::Row("ext".into()))),
                Err(error) => {
                    let message = format!("ext is not a JSON object: {error}");
                    let hint = "give an object, such as {\"extKey\": \"value\"}";
                    faults.push((Some(Column::Ext), Problem::new(Kind::NotAnObject, message, hint)));
                }
            }
        }
    }

    fn click(
        &self,
        draft: &mut Draft,
        text: &str,
        origin: Origin,
        column: Option<Column>,
        faults: &mut Vec<Fault>,
    ) {
        match click::Target::parse(text, self.message.package.as_deref()) {
            Ok(target) => drop(draft.click(target, origin)),
            Err(found) => faults.extend(found.into_iter().map(|problem| (column, problem))),
        }
    }

    fn tally(&mut self, warning: &Warning) {
        let id = format!("{} {}", warning.id.unwrap_or_default(), warning.place);
        self.warnings.entry(id).or_insert_with(|| (warning.clone(), 0)).1 += 1;
    }
}

fn no_value(name: &str, flag: &str) -> Fault {
    let message = format!("the template of {flag} uses {{{{{name}}}}}, and the row has no such value");
    (None, Problem::new(Kind::UnknownField, message, "give it in every row"))
}
