//! A SELECT with conditions that depend on what is asked for: only those are in the SQL, so that each finds its index.

use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

/// The SQL so far, and the values of its placeholders.
pub(super) struct Query {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Query {
    /// `select` goes as far as the name of the table.
    pub(super) fn new(select: &str) -> Query {
        Query { sql: format!("{select} WHERE 1 = 1"), values: Vec::new() }
    }

    pub(super) fn texts<const N: usize>(mut self, texts: [(&str, Option<&str>); N]) -> Query {
        for (column, wanted) in texts {
            self = self.and(&format!("{column} = ?"), wanted);
        }
        self
    }

    /// A condition with one placeholder, where there is a value for it.
    pub(super) fn and(mut self, condition: &str, value: Option<impl Into<BoundValue>>) -> Query {
        if let Some(value) = value {
            self.sql.push_str(&format!(" AND {condition}"));
            self.values.push(value.into().0);
        }
        self
    }

    /// A condition without any.
    pub(super) fn and_if(self, wanted: bool, condition: &str) -> Query {
        if wanted { self.tail(&format!("AND {condition}")) } else { self }
    }

    pub(super) fn tail(mut self, sql: &str) -> Query {
        self.sql.push_str(&format!(" {sql}"));
        self
    }

    pub(super) fn limit(mut self, limit: Option<usize>) -> Query {
        if let Some(limit) = limit {
            self.sql.push_str(" LIMIT ?");
            self.values.push(Value::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
        }
        self
    }

    pub(super) fn rows<T>(
        self,
        connection: &Connection,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        connection.prepare_cached(&self.sql)?.query_map(params_from_iter(self.values), read)?.collect()
    }
}

/// A value of a placeholder: a text or a number.
pub(super) struct BoundValue(Value);

impl From<&str> for BoundValue {
    fn from(text: &str) -> Self {
        BoundValue(text.to_owned().into())
    }
}

impl From<i64> for BoundValue {
    fn from(number: i64) -> Self {
        BoundValue(number.into())
    }
}
