//! Deliveries found again: page by page by a filter, one by its name, those after a number, those without an end.
//! Which index leads to them belongs to `filter`.

use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::super::{Store, StoreError, to_ms};
use super::filter::{Filter, Key, Lead};
use super::model::{Delivery, DeliveryId, Status};
use super::row::Columns;
use crate::clock::Timestamp;

/// Rows of one page: few enough for memory, many enough that a page costs little.
const PAGE: usize = 2_000;

/// The deliveries that fit, newest first.
pub(crate) fn list(store: &Store, filter: &Filter<'_>) -> Result<Vec<Delivery>, StoreError> {
    Pages::whole(store, *filter).all()
}

/// The deliveries that fit, newest first, page by page. Nothing is held between two pages, so that others can write and
/// memory stays flat; what is begun meanwhile is not among them.
pub(crate) struct Pages<'a> {
    store: &'a Store,
    filter: Filter<'a>,
    columns: Columns,
    key: Option<Key>,
    left: usize,
    rows: usize,
    done: bool,
}

impl<'a> Pages<'a> {
    pub(crate) fn whole(store: &'a Store, filter: Filter<'a>) -> Pages<'a> {
        Pages::new(store, filter, Columns::All)
    }

    /// Without request and answer.
    pub(crate) fn brief(store: &'a Store, filter: Filter<'a>) -> Pages<'a> {
        Pages::new(store, filter, Columns::Brief)
    }

    fn new(store: &'a Store, filter: Filter<'a>, columns: Columns) -> Pages<'a> {
        let left = filter.limit.unwrap_or(usize::MAX);
        Pages { store, filter, columns, key: None, left, rows: PAGE, done: left == 0 }
    }

    fn all(self) -> Result<Vec<Delivery>, StoreError> {
        let pages: Result<Vec<_>, _> = self.collect();
        Ok(pages?.concat())
    }

    /// Pages of so many rows.
    #[cfg(test)]
    pub(super) fn of(self, rows: usize) -> Pages<'a> {
        Pages { rows, ..self }
    }
}

impl Iterator for Pages<'_> {
    type Item = Result<Vec<Delivery>, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let rows = self.left.min(self.rows);
            let now = self.store.now();
            let read =
                |connection: &Connection| page(connection, &self.filter, self.columns, self.key, rows, now);
            let mut found = match self.store.read(read) {
                Ok(found) => found,
                Err(error) => {
                    self.done = true;
                    return Some(Err(error));
                }
            };
            self.done = found.len() < rows;
            self.key = found.last().map(|last| (to_ms(last.begun_at), last.id.0));
            // A row without an end was fetched for what it may be, and is now known.
            found.retain(|delivery| self.filter.status.is_none_or(|status| delivery.status == status));
            self.left -= found.len();
            self.done |= self.left == 0;
            if !found.is_empty() {
                return Some(Ok(found));
            }
        }
        None
    }
}

/// So many rows below `key`, if there are as many.
fn page(
    connection: &Connection,
    filter: &Filter<'_>,
    columns: Columns,
    key: Option<Key>,
    rows: usize,
    now: Timestamp,
) -> rusqlite::Result<Vec<Delivery>> {
    let lead = filter.lead();
    let words = filter.words();
    if lead != Lead::Status {
        return fetch(connection, &filter.sql(columns, lead, None, key, rows), now);
    }
    // Each word is a stretch of the index in the right order; several are merged here rather than sorted there.
    let mut found = Vec::new();
    for word in words {
        found.extend(fetch(connection, &filter.sql(columns, lead, Some(word), key, rows), now)?);
    }
    if words.len() > 1 {
        found.sort_by_key(|delivery| std::cmp::Reverse(delivery.id));
        found.truncate(rows);
    }
    Ok(found)
}

fn fetch(
    connection: &Connection,
    (sql, values): &(String, Vec<rusqlite::types::Value>),
    now: Timestamp,
) -> rusqlite::Result<Vec<Delivery>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| Delivery::read(row, now))?;
    rows.collect()
}

/// The delivery with that number, or the newest with that message_id or app_message_id.
pub(crate) fn show(store: &Store, id: &str) -> Result<Option<Delivery>, StoreError> {
    let now = store.now();
    store.read(|connection| {
        if let Ok(number) = id.parse::<i64>()
            && let Some(found) = one(connection, "id", &number, now)?
        {
            return Ok(Some(found));
        }
        match one(connection, "message_id", &id, now)? {
            Some(found) => Ok(Some(found)),
            None => one(connection, "app_message_id", &id, now),
        }
    })
}

fn one(
    connection: &Connection,
    column: &str,
    value: &dyn ToSql,
    now: Timestamp,
) -> rusqlite::Result<Option<Delivery>> {
    let columns = Columns::All.sql();
    let sql = format!("SELECT {columns} FROM delivery WHERE {column} = ?1 ORDER BY id DESC LIMIT 1");
    connection.prepare_cached(&sql)?.query_row([value], |row| Delivery::read(row, now)).optional()
}

/// The newest push before that number to the same target of the app with the same app_message_id, unless OPPO refused it.
pub(crate) fn earlier_with_same_id(
    store: &Store,
    app_id: Option<&str>,
    target: &str,
    app_message_id: &str,
    before: DeliveryId,
) -> Result<Option<Delivery>, StoreError> {
    let now = store.now();
    let sql = format!(
        "SELECT {} FROM delivery WHERE app_message_id = ?1 AND +target = ?2 AND app_id IS ?3 AND id < ?4
         AND status IN ('pending', 'accepted', 'unknown') ORDER BY id DESC LIMIT 1",
        Columns::All.sql()
    );
    store.read(|connection| {
        let values = rusqlite::params![app_message_id, target, app_id, before.0];
        connection.prepare_cached(&sql)?.query_row(values, |row| Delivery::read(row, now)).optional()
    })
}

/// The delivery with that number, read again.
pub(crate) fn again(store: &Store, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
    let now = store.now();
    store.read(|connection| one(connection, "id", &id.0, now))
}

/// The number of the newest delivery; 0 where there is none.
pub(crate) fn newest(store: &Store) -> Result<DeliveryId, StoreError> {
    store.read(|connection| {
        connection
            .query_row("SELECT coalesce(max(id), 0) FROM delivery", [], |row| row.get(0).map(DeliveryId))
    })
}

/// Those begun after that one, oldest first, without request and answer; at most a page of them.
pub(crate) fn after(store: &Store, id: DeliveryId) -> Result<Vec<Delivery>, StoreError> {
    let now = store.now();
    let query = (after_sql(), vec![id.0.into(), (PAGE as i64).into()]);
    store.read(|connection| fetch(connection, &query, now))
}

pub(super) fn after_sql() -> String {
    format!("SELECT {} FROM delivery WHERE id > ?1 ORDER BY id LIMIT ?2", Columns::Brief.sql())
}

/// Those with an answer still awaited by a living process.
pub(crate) fn pending(store: &Store) -> Result<Vec<Delivery>, StoreError> {
    let filter = Filter { status: Some(Status::Pending), ..Filter::default() };
    Pages::brief(store, filter).all()
}
