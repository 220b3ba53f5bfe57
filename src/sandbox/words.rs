//! Values that are kept as text in a column: enums as their words, anything else as JSON.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Closed sets of words: enums that are kept in a column, and go over HTTP, as these words.
macro_rules! words {
    ($($(#[$meta:meta])* $visibility:vis enum $name:ident in $case:literal {
        $($(#[$doc:meta])* $variant:ident),* $(,)?
    })*) => {$(
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema, strum::EnumString, strum::IntoStaticStr)]
        $(#[$meta])*
        #[serde(rename_all = $case)]
        #[strum(serialize_all = $case)]
        $visibility enum $name { $($(#[$doc])* $variant),* }
        $crate::sandbox::words::kept_as_text!($name);
    )*};
}
pub(super) use words;

/// Keeps enums as the words that strum gives them.
macro_rules! kept_as_text {
    ($($name:ident),*) => {$(
        impl $name {
            pub(crate) fn as_str(self) -> &'static str {
                self.into()
            }
        }

        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                value.as_str()?.parse().map_err(|_| rusqlite::types::FromSqlError::InvalidType)
            }
        }
    )*};
}
pub(super) use kept_as_text;

/// Reads a struct from a row: a column for each field, by its name; a field after the semicolon has none.
macro_rules! from_row {
    ($name:ident: $($field:ident $(= $column:literal)? $(as $json:ident)?),* $(; $absent:ident)?) => {
        impl $name {
            pub(in crate::sandbox) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<$name> {
                Ok($name { $($field: from_row!(@get row $field $(= $column)? $(as $json)?),)* $($absent: Default::default())? })
            }
        }
    };
    (@get $row:ident $field:ident) => { $row.get(stringify!($field))? };
    (@get $row:ident $field:ident = $column:literal) => { $row.get($column)? };
    (@get $row:ident $field:ident $(= $column:literal)? as Json) => {
        $row.get::<_, $crate::sandbox::words::Json<_>>(stringify!($field))?.0
    };
}
pub(super) use from_row;

/// A value kept as JSON text in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Json<T>(pub(crate) T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        Ok(text.into())
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Json).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}
