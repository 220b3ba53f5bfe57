//! The receipts of many deliveries in one query, for an export that goes page by page.
//! Other filters belong to `receipts`.

use std::collections::BTreeMap;

use rusqlite::params_from_iter;

use super::super::deliveries::DeliveryId;
use super::super::{Store, StoreError};
use super::model::Receipt;
use super::table::{SELECT, receipt};

/// Variables in one query; SQLite takes more, PostgreSQL twice as many.
const AT_ONCE: usize = 2_000;

/// The receipts of these deliveries, of each in the order in which they came.
pub(crate) fn of_many(
    store: &Store,
    deliveries: impl IntoIterator<Item = DeliveryId>,
) -> Result<BTreeMap<DeliveryId, Vec<Receipt>>, StoreError> {
    let ids: Vec<i64> = deliveries.into_iter().map(|id| id.0).collect();
    let mut all: BTreeMap<DeliveryId, Vec<Receipt>> = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let sql = sql(some.len());
        let found: Vec<Receipt> = store.read(|connection| {
            connection.prepare_cached(&sql)?.query_map(params_from_iter(some), receipt)?.collect()
        })?;
        for receipt in found {
            if let Some(id) = receipt.delivery_id {
                all.entry(id).or_default().push(receipt);
            }
        }
    }
    for receipts in all.values_mut() {
        receipts.sort_by_key(|receipt| receipt.id);
    }
    Ok(all)
}

fn sql(ids: usize) -> String {
    format!("{SELECT} WHERE r.delivery_id IN ({})", vec!["?"; ids].join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, Timestamp};

    #[test]
    fn they_are_found_by_their_deliveries() {
        let store = Store::in_memory(Clock::fixed(Timestamp::UNIX_EPOCH)).unwrap();
        let plan: Vec<String> = store
            .read(|connection| {
                let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", sql(3)))?;
                statement.query_map([1, 2, 3], |row| row.get(3))?.collect()
            })
            .unwrap();
        assert_eq!(plan[0], "SEARCH r USING INDEX receipt_by_delivery (delivery_id=?)");
        assert!(plan.iter().all(|line| !line.starts_with("SCAN")), "{plan:?}");
    }
}
