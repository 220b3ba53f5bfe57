//! One row of a wrapper's table, and the fields that a payload gives by these rows.

use serde_json::{Map, Value};

use crate::lint::item::{Fields, Found, Mapped};
use crate::lint::kind::PayloadKind;
use crate::lint::path::{below, get, unpacked};
use crate::notification::Field;

/// One way to carry OPPO's fields.
pub(super) struct Wrapper {
    pub(super) kind: PayloadKind,
    /// Any of these paths in an object says that it is one.
    pub(super) marks: &'static [&'static str],
    pub(super) rows: &'static [Row],
    /// Its words for what a tap opens, and OPPO's numbers.
    pub(super) clicks: &'static [(&'static str, i64)],
}

/// A path, and the field that gets its value. The first row of a field that has a value counts.
pub(super) struct Row {
    pub(super) from: &'static str,
    pub(super) to: To,
}

/// What becomes of a value.
#[derive(Clone, Copy)]
pub(super) enum To {
    Field(Field),
    /// Every name of this object is a field.
    Fields,
    /// A field that says what a tap opens; the number counts where no other row gives one.
    Target(Field, i64),
}

impl Wrapper {
    pub(super) fn unwrap(&self, map: &Map<String, Value>, path: &str) -> Found {
        let mut names: Vec<Mapped> = Vec::new();
        let mut implied = None;
        for row in self.rows {
            let Some(value) = get(map, row.from).filter(is_given) else { continue };
            let from = below(path, row.from);
            match row.to {
                To::Field(field) => put(&mut names, from, field.name(), self.word(field, value)),
                To::Target(field, number) => {
                    implied.get_or_insert((from.clone(), number));
                    put(&mut names, from, field.name(), value);
                }
                To::Fields => {
                    let fields = unpacked(&value).map(|value| value.into_owned());
                    for (name, value) in fields.as_ref().and_then(Value::as_object).into_iter().flatten() {
                        // Getui and uniPush write a path: "/channel_id".
                        put(&mut names, below(&from, name), name.trim_start_matches('/'), value.clone());
                    }
                }
            }
        }
        let click = Field::ClickActionType.name();
        if let Some((from, number)) = implied
            && !names.iter().any(|mapped| mapped.to == click)
        {
            put(&mut names, from, click, number.into());
        }
        Found { path: path.to_owned(), fields: Fields::Mapped(names), ..Found::default() }
    }

    fn word(&self, field: Field, value: Value) -> Value {
        let number = value.as_str().filter(|_| field == Field::ClickActionType).and_then(|word| {
            self.clicks.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, number)| *number)
        });
        number.map_or(value, Value::from)
    }
}

fn put(names: &mut Vec<Mapped>, from: String, to: &str, value: Value) {
    if !names.iter().any(|mapped| mapped.to == to) {
        names.push(Mapped { from, to: to.to_owned(), value });
    }
}

fn is_given(value: &Value) -> bool {
    !value.is_null() && value.as_str() != Some("")
}
