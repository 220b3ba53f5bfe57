//! Which deliveries are meant, and the one index by which they are found: no filter may lead to reading the whole table.
//! Reading what is found belongs to `find`.

use rusqlite::types::Value;

use super::super::to_ms;
use super::model::{Delivery, DeliveryTarget, Status};
use super::row::Columns;
use crate::clock::Timestamp;

/// Which deliveries to list; the default is every one. All conditions must hold.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Filter<'a> {
    pub(crate) limit: Option<usize>,
    pub(crate) status: Option<Status>,
    pub(crate) profile: Option<&'a str>,
    pub(crate) user: Option<&'a str>,
    /// A regId or an alias.
    pub(crate) target: Option<&'a str>,
    pub(crate) certificate_id: Option<i64>,
    /// The vendor's code, where it refused.
    pub(crate) code: Option<i64>,
    /// Begun at that time or later.
    pub(crate) since: Option<Timestamp>,
    /// Begun before that time.
    pub(crate) until: Option<Timestamp>,
}

/// What the rows are found by, and so the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    Target,
    User,
    Time,
    Code,
    Status,
    Certificate,
    Profile,
    /// The table itself, from its end.
    Id,
}

/// Where the page before ended: the time and the number of its last row.
pub(super) type Key = (i64, i64);

impl Filter<'_> {
    /// Whether it lets every delivery through; a limit is not a condition.
    pub(crate) fn is_empty(&self) -> bool {
        let times = self.since.is_none() && self.until.is_none();
        self.is_about_all() && self.status.is_none() && self.code.is_none() && times
    }

    fn is_about_all(&self) -> bool {
        let whom = self.profile.is_none() && self.user.is_none() && self.target.is_none();
        whom && self.certificate_id.is_none()
    }

    /// Whether this delivery is one of them.
    pub(crate) fn fits(&self, delivery: &Delivery) -> bool {
        self.fits_but_for_end(delivery)
            && self.status.is_none_or(|status| delivery.status == status)
            && self.code.is_none_or(|code| delivery.code == Some(code))
    }

    /// The same, whatever became of it or is still to come.
    pub(crate) fn fits_but_for_end(&self, delivery: &Delivery) -> bool {
        let target = delivery.target.as_ref().map(DeliveryTarget::value);
        self.profile.is_none_or(|profile| delivery.profile == profile)
            && self.user.is_none_or(|user| delivery.user.as_deref() == Some(user))
            && self.target.is_none_or(|wanted| target == Some(wanted))
            && self.certificate_id.is_none_or(|id| delivery.certificate_id == Some(id))
            && self.since.is_none_or(|since| delivery.begun_at >= since)
            && self.until.is_none_or(|until| delivery.begun_at < until)
    }

    /// The condition that leaves the fewest rows. A time from which on leaves few where the others may not.
    pub(super) fn lead(&self) -> Lead {
        let rare = self.status.is_some_and(|status| status != Status::Accepted);
        let leads = [
            (self.target.is_some(), Lead::Target),
            (self.user.is_some(), Lead::User),
            (self.since.is_some(), Lead::Time),
            (self.code.is_some(), Lead::Code),
            (rare, Lead::Status),
            (self.certificate_id.is_some(), Lead::Certificate),
            (self.status.is_some(), Lead::Status),
            (self.profile.is_some(), Lead::Profile),
            (self.until.is_some(), Lead::Time),
        ];
        leads.into_iter().find(|(given, _)| *given).map_or(Lead::Id, |(_, lead)| lead)
    }

    /// The words in the table of the rows that may have the status. Whether a row without an end is pending or unknown
    /// depends on its process, so that is looked at when it is read.
    pub(super) fn words(&self) -> &'static [&'static str] {
        match self.status {
            None => &[],
            Some(Status::Pending) => &["pending"],
            Some(Status::Unknown) => &["pending", "unknown"],
            Some(Status::Accepted) => &["accepted"],
            Some(Status::Refused) => &["refused"],
            Some(Status::NotSent) => &["not_sent"],
        }
    }

    /// The query for so many rows below `key`, newest first. `word` is the status where that leads.
    ///
    /// The columns that do not lead are made expressions (`+ 0`, `|| ''`), which no index fits: without statistics the
    /// database would guess, and may choose the index that nearly every row is in.
    pub(super) fn sql(
        &self,
        columns: Columns,
        lead: Lead,
        word: Option<&str>,
        key: Option<Key>,
        rows: usize,
    ) -> (String, Vec<Value>) {
        let mut query = Query { conditions: Vec::new(), values: Vec::new() };
        let with_profile = matches!(lead, Lead::User | Lead::Certificate | Lead::Status | Lead::Profile);
        let text = |value: Option<&str>| value.map(|value| Value::Text(value.to_owned()));
        let number = |value: Option<i64>| value.map(Value::Integer);
        let time = |value: Option<Timestamp>| value.map(|at| Value::Integer(to_ms(at)));
        query.add("profile", " || ''", "=", text(self.profile), with_profile);
        query.add("target", " || ''", "=", text(self.target), lead == Lead::Target);
        query.add("user_id", " || ''", "=", text(self.user), lead == Lead::User);
        query.add("certificate_id", " + 0", "=", number(self.certificate_id), lead == Lead::Certificate);
        query.add("code", " + 0", "=", number(self.code), lead == Lead::Code);
        query.add("begun_at", " + 0", ">=", time(self.since), lead == Lead::Time);
        query.add("begun_at", " + 0", "<", time(self.until), lead == Lead::Time);
        match word {
            Some(word) => query.add("status", "", "=", text(Some(word)), true),
            None if !self.words().is_empty() => {
                query.conditions.push(format!("status || '' IN ('{}')", self.words().join("', '")));
            }
            None => {}
        }
        let order = if lead == Lead::Time { "begun_at DESC, id DESC" } else { "id DESC" };
        if let Some((at, id)) = key {
            let mut number = |number| query.bind(Value::Integer(number));
            let condition = match lead {
                Lead::Time => format!("(begun_at, id) < ({}, {})", number(at), number(id)),
                _ => format!("id < {}", number(id)),
            };
            query.conditions.push(condition);
        }
        let limit = query.bind(Value::Integer(i64::try_from(rows).unwrap_or(i64::MAX)));
        let conditions = match query.conditions.as_slice() {
            [] => String::new(),
            some => format!(" WHERE {}", some.join(" AND ")),
        };
        let columns = columns.sql();
        (format!("SELECT {columns} FROM delivery{conditions} ORDER BY {order} LIMIT {limit}"), query.values)
    }
}

struct Query {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Query {
    fn bind(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("?{}", self.values.len())
    }

    /// A condition if there is a value; `veil` is what makes the column an expression where it does not lead.
    fn add(&mut self, column: &str, veil: &str, operator: &str, value: Option<Value>, leads: bool) {
        let Some(value) = value else { return };
        let place = self.bind(value);
        let veil = if leads { "" } else { veil };
        self.conditions.push(format!("{column}{veil} {operator} {place}"));
    }
}
