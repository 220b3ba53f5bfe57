//! What becomes of rows with the target of an earlier one: equal ones are left out, others are refused unless allowed.

use std::collections::BTreeMap;

use super::chunk::Chunk;
use super::plan::Repeated;
use super::results::{RowResult, pack, unpack};
use crate::failure::{Explain, Kind, Problem};
use crate::store::Store;
use crate::store::batch as journal;

/// Calls read at once.
const PAGE: usize = 16;

/// Leaves equal rows out of a run that is being planned; gives the problems of rows with another content.
pub(crate) fn leave_out(
    store: &Store,
    run: i64,
    repeated: &Repeated,
    allowed: bool,
    file: &str,
) -> Result<Vec<Problem>, Problem> {
    let found = &repeated.0;
    let wanted = if allowed { &[] } else { found.others.as_slice() };
    if found.same_count == 0 && wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut places: BTreeMap<u64, (u64, u64)> =
        wanted.iter().flat_map(|(one, other)| [*one, *other]).map(|row| (row, (0, 0))).collect();
    let mut behind = 0;
    loop {
        let calls = journal::read(store, run, behind, PAGE).map_err(Explain::explain)?;
        let Some(last) = calls.last() else { break };
        behind = last.id;
        for call in &calls {
            let chunk = Chunk::unpack(&call.rows)?;
            let items = chunk.items()?;
            let mut results = unpack(None, items.len(), false)?;
            for (item, result) in items.iter().zip(&mut results) {
                places.entry(item.number).and_modify(|place| *place = (item.line, item.column));
                if found.is_same(item.number) {
                    *result = RowResult::Repeat;
                }
            }
            let left = results.iter().filter(|result| **result == RowResult::Planned).count();
            if left < items.len() {
                let packed = pack(&results).results;
                journal::skip(store, call.id, &packed, left as u64).map_err(Explain::explain)?;
            }
        }
    }
    let place = |row: &u64| places.get(row).copied().unwrap_or_default();
    let problem = |(first, later): &(u64, u64)| {
        let (line, column) = place(later);
        let message = format!("the target of line {} again, with another content", place(first).0);
        let hint = "keep one of the two, or send both with --allow-repeats";
        Problem::new(Kind::BadRow, message, hint).at(format!("{file}:{line}:{column}"))
    };
    Ok(wanted.iter().map(problem).collect())
}

impl Repeated {
    /// Rows that are left out, because an earlier one says the same.
    pub(crate) fn same(&self) -> u64 {
        self.0.same_count
    }

    /// Rows with the target of an earlier one and another content.
    pub(crate) fn others(&self) -> u64 {
        self.0.other_count
    }
}
