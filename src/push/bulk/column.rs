//! The columns of a report in a file, the names that they go by, and a person's own names for them (`--map`).
//! What a value may be belongs to the rules of a report.

use std::borrow::Cow;

use crate::failure::{Kind, Problem};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    User,
    RegId,
    Device,
    Certificate,
    Brand,
}

impl Column {
    /// The name in an export, and the first that an import knows.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Column::User => "user",
            Column::RegId => "reg_id",
            Column::Device => "device",
            Column::Certificate => "certificate_id",
            Column::Brand => "brand",
        }
    }

    /// The column that a report's problem is about.
    pub(super) fn of_flag(flag: &str) -> Option<Column> {
        match flag {
            "--user" => Some(Column::User),
            "--reg-id" => Some(Column::RegId),
            "--device" => Some(Column::Device),
            "--certificate" => Some(Column::Certificate),
            "--brand" => Some(Column::Brand),
            _ => None,
        }
    }

    /// The column of that name; case, `_`, `-` and spaces do not matter.
    fn known(header: &str) -> Option<Column> {
        let letters = header.chars().filter(|c| !matches!(c, '_' | '-' | ' '));
        match letters.flat_map(char::to_lowercase).collect::<String>().as_str() {
            "user" | "userid" => Some(Column::User),
            "regid" | "token" => Some(Column::RegId),
            "device" => Some(Column::Device),
            "certificate" | "certificateid" | "businessid" => Some(Column::Certificate),
            "brand" => Some(Column::Brand),
            _ => None,
        }
    }
}

/// What a header that is not known probably holds, by the words of apps' own tables.
fn guess(header: &str) -> Option<Column> {
    let plain: String = header.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = plain.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let ends = |words: &[&str]| words.iter().any(|word| plain.ends_with(word));
    match () {
        () if has(&["token", "regid", "registrationid"]) || header.contains("令牌") => Some(Column::RegId),
        () if ends(&["brand", "manufacturer"]) || header.contains("品牌") => Some(Column::Brand),
        () if ends(&["bussid", "busiid", "buzid", "certid"]) => Some(Column::Certificate),
        () if has(&["deviceid"]) => Some(Column::Device),
        () if ends(&["uid", "userid", "account", "username", "identifier"]) || header.contains("用户") => {
            Some(Column::User)
        }
        () => None,
    }
}

/// What an export adds, and an import passes over.
pub(super) const PASSED_OVER: [&str; 4] = ["profile", "region", "reported_at", "last_reported_at"];

/// What a header or key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeaderMeaning {
    Column(Column),
    PassedOver,
    Unknown,
}

/// A person's own names of columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ColumnMap(Vec<(String, Option<Column>)>);

impl ColumnMap {
    /// Of pairs `HEADER=column`, several joined by commas; `HEADER=-` passes a column over.
    pub(crate) fn parse(pairs: &[String]) -> Result<ColumnMap, Vec<Problem>> {
        let mut map = ColumnMap::default();
        let mut problems = Vec::new();
        for pair in pairs.iter().flat_map(|text| text.split(',')) {
            let wrong = |message: String| {
                let hint =
                    "write HEADER=user, reg_id, device, certificate_id or brand, or HEADER=- to pass it over";
                Problem::new(Kind::MalformedFlag, message, hint).at("--map")
            };
            match pair.rsplit_once('=') {
                Some((header, column)) if !header.trim().is_empty() => {
                    let header = header.trim().to_owned();
                    let column = match column.trim() {
                        "-" => Ok(None),
                        name => Column::known(name).map(Some).ok_or(name),
                    };
                    match column {
                        Err(name) => problems.push(wrong(format!("there is no column {name:?}"))),
                        Ok(_) if map.0.iter().any(|(known, _)| *known == header) => {
                            problems.push(wrong(format!("{header:?} is mapped twice")));
                        }
                        Ok(column) => map.0.push((header, column)),
                    }
                }
                _ => problems.push(wrong(format!("{pair:?} is not HEADER=column"))),
            }
        }
        if problems.is_empty() { Ok(map) } else { Err(problems) }
    }

    pub(super) fn meaning(&self, header: &str) -> HeaderMeaning {
        if let Some((_, column)) = self.0.iter().find(|(mapped, _)| mapped == header) {
            return column.map_or(HeaderMeaning::PassedOver, HeaderMeaning::Column);
        }
        match Column::known(header) {
            Some(column) => HeaderMeaning::Column(column),
            None if PASSED_OVER.contains(&header) => HeaderMeaning::PassedOver,
            None => HeaderMeaning::Unknown,
        }
    }

    /// Where some of the headers are not known: a map that guesses what they hold, and the flag for it.
    pub(super) fn guessed(&self, headers: &[&str]) -> Option<(ColumnMap, String)> {
        let meant: Vec<_> = headers.iter().map(|header| (*header, self.meaning(header))).collect();
        let is_held = |map: &ColumnMap, column| {
            let held = meant.iter().any(|(_, meaning)| *meaning == HeaderMeaning::Column(column));
            held || map.0.iter().any(|(_, other)| *other == Some(column))
        };
        let mut map = self.clone();
        for (header, _) in meant.iter().filter(|(_, meaning)| *meaning == HeaderMeaning::Unknown) {
            let column = guess(header).filter(|column| !is_held(&map, *column));
            map.0.push(((*header).to_owned(), column));
        }
        let pairs: Vec<String> = map.0[self.0.len()..]
            .iter()
            .map(|(header, column)| format!("{header}={}", column.map_or("-", Column::name)))
            .collect();
        (!pairs.is_empty()).then(|| (map, pairs.join(",")))
    }

    /// The headers that are mapped.
    pub(super) fn headers(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(header, _)| header.as_str())
    }
}

/// The values of one row; an empty one that may be left out counts as left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Values<'r>([Option<Cow<'r, str>>; 5]);

impl<'r> Values<'r> {
    pub(super) fn set(&mut self, column: Column, value: impl Into<Cow<'r, str>>) {
        self.0[column as usize] = Some(value.into());
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.0[column as usize].is_some()
    }

    pub(super) fn get(&self, column: Column) -> Option<&str> {
        let value = self.0[column as usize].as_deref()?;
        let required = matches!(column, Column::User | Column::RegId);
        (required || !value.is_empty()).then_some(value)
    }
}
