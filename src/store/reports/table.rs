//! The table of token reports: who is bound to which regId now, and what ended the bindings before.
//! Which reports are allowed belongs to `push`.

use rusqlite::{Connection, OptionalExtension, Row, ToSql, Transaction, params};

use super::super::query::Query;
use super::super::{Store, StoreError, optional_time_at, presence, time_at, to_ms};
use super::model::{NewReport, Report, ReportState};

/// What recording a report did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recorded {
    /// The binding that is current now.
    pub(crate) report: Report,
    /// It was current before, to the letter.
    pub(crate) repeated: bool,
    /// What the same user and device had reported before.
    pub(crate) superseded: Option<Report>,
    /// Who had this regId before.
    pub(crate) unbound: Option<Report>,
}

/// Which reports to list; the default is every current one.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReportFilter<'a> {
    pub(crate) profile: Option<&'a str>,
    pub(crate) user: Option<&'a str>,
    pub(crate) device: Option<&'a str>,
    pub(crate) reg_id: Option<&'a str>,
    pub(crate) certificate_id: Option<i64>,
    /// With the ended ones too.
    pub(crate) history: bool,
}

const COLUMNS: &str = "id, profile, region, user_id, device, certificate_id, reg_id, brand, state, reported_at, \
                       last_reported_at, ended_at, ended_reason, source";

/// Makes `new` the one binding of its user and device, and of its regId within the profile, in one transaction.
/// It implies a login, which is kept in the presence of the device.
pub(crate) fn record(store: &Store, new: &NewReport) -> Result<Recorded, StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| {
        presence::after_report(tx, &new.profile, &new.user, &new.device, now)?;
        bind(tx, new, now)
    })
}

pub(super) fn bind(tx: &Transaction<'_>, new: &NewReport, now: i64) -> rusqlite::Result<Recorded> {
    let before = current(tx, "user_id = ?2 AND device = ?3", &[&new.profile, &new.user, &new.device])?;
    if let Some(same) = before.as_ref().filter(|before| before.says_the_same(new)) {
        tx.execute(
            "UPDATE token_report SET last_reported_at = ?2, brand = COALESCE(?3, brand), source = ?4 WHERE id = ?1",
            params![same.id, now, new.brand, new.source],
        )?;
        let report = by_id(tx, same.id)?;
        return Ok(Recorded { report, repeated: true, superseded: None, unbound: None });
    }
    let supersede = |before: Report| {
        let reason = if before.reg_id == new.reg_id {
            format!("certificate {} was reported instead", new.certificate_id)
        } else {
            format!("regId {} was reported instead", new.reg_id)
        };
        end(tx, before.id, ReportState::Superseded, &reason, now)
    };
    let superseded = before.map(supersede).transpose()?;
    let owner = current(tx, "reg_id = ?2", &[&new.profile, &new.reg_id])?;
    let reason = format!("the regId moved to user {}, device {}", new.user, new.device);
    let unbind = |owner: Report| end(tx, owner.id, ReportState::Unbound, &reason, now);
    let unbound = owner.map(unbind).transpose()?;
    tx.execute(INSERT, values(new, &now))?;
    Ok(Recorded { report: by_id(tx, tx.last_insert_rowid())?, repeated: false, superseded, unbound })
}

/// Ends the current bindings of `user`, or of one device of theirs, and returns them.
pub(crate) fn remove(
    store: &Store,
    profile: &str,
    user: &str,
    device: Option<&str>,
) -> Result<Vec<Report>, StoreError> {
    let now = to_ms(store.now());
    let filter = ReportFilter { profile: Some(profile), user: Some(user), device, ..ReportFilter::default() };
    store.write(|tx| {
        let found = select(tx, &filter)?;
        found.iter().map(|report| end(tx, report.id, ReportState::Removed, "removed by hand", now)).collect()
    })
}

impl Report {
    fn says_the_same(&self, new: &NewReport) -> bool {
        self.reg_id == new.reg_id && self.certificate_id == new.certificate_id
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Report> {
        Ok(Report {
            id: row.get(0)?,
            profile: row.get(1)?,
            region: row.get(2)?,
            user: row.get(3)?,
            device: row.get(4)?,
            certificate_id: row.get(5)?,
            reg_id: row.get(6)?,
            brand: row.get(7)?,
            state: row.get(8)?,
            reported_at: time_at(row, 9)?,
            last_reported_at: time_at(row, 10)?,
            ended_at: optional_time_at(row, 11)?,
            ended_reason: row.get(12)?,
            source: row.get(13)?,
        })
    }
}

pub(in super::super) fn select(
    connection: &Connection,
    filter: &ReportFilter<'_>,
) -> rusqlite::Result<Vec<Report>> {
    // A regId has few reports, a profile has most of them: the order alone must not lead to reading those.
    let profile = if filter.reg_id.is_some() && filter.history { "+profile" } else { "profile" };
    Query::new(&format!("SELECT {COLUMNS} FROM token_report"))
        .texts([
            (profile, filter.profile),
            ("user_id", filter.user),
            ("device", filter.device),
            ("reg_id", filter.reg_id),
        ])
        .and("certificate_id = ?", filter.certificate_id)
        .and_if(!filter.history, "state = 'current'")
        .tail("ORDER BY profile, user_id, device, id DESC")
        .rows(connection, Report::read)
}

fn current(tx: &Transaction<'_>, which: &str, values: &[&String]) -> rusqlite::Result<Option<Report>> {
    let sql =
        format!("SELECT {COLUMNS} FROM token_report WHERE profile = ?1 AND {which} AND state = 'current'");
    tx.prepare_cached(&sql)?.query_row(rusqlite::params_from_iter(values), Report::read).optional()
}

fn by_id(tx: &Transaction<'_>, id: i64) -> rusqlite::Result<Report> {
    tx.prepare_cached(&format!("SELECT {COLUMNS} FROM token_report WHERE id = ?1"))?
        .query_row([id], Report::read)
}

pub(super) fn end(
    tx: &Transaction<'_>,
    id: i64,
    state: ReportState,
    reason: &str,
    now: i64,
) -> rusqlite::Result<Report> {
    tx.execute(
        "UPDATE token_report SET state = ?2, ended_reason = ?3, ended_at = ?4 WHERE id = ?1",
        params![id, state, reason, now],
    )?;
    by_id(tx, id)
}

pub(super) const INSERT: &str =
    "INSERT INTO token_report (profile, region, user_id, device, certificate_id, reg_id, brand, state,
                               reported_at, last_reported_at, source)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'current', ?8, ?8, ?9)";

/// The values of [`INSERT`].
pub(super) fn values<'a>(new: &'a NewReport, now: &'a i64) -> [&'a dyn ToSql; 9] {
    let NewReport { profile, region, user, device, certificate_id, reg_id, brand, source } = new;
    [profile, region, user, device, certificate_id, reg_id, brand, now, source]
}
