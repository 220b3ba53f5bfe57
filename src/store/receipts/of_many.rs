//! The receipts of many deliveries in one query, for an export that goes page by page.
//! Other filters belong to `receipts`.

use std::collections::BTreeMap;

use rusqlite::params_from_iter;

use super::super::deliveries::DeliveryId;
use super::super::{Store, StoreError};
use super::{Receipt, SELECT, receipt};

/// Variables in one query; SQLite takes more, PostgreSQL twice as many.
const AT_ONCE: usize = 2_000;

/// The receipts of these deliveries, of each in the order in which they came.
pub fn of_many(
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

pub(super) fn sql(ids: usize) -> String {
    format!("{SELECT} WHERE r.delivery_id IN ({})", vec!["?"; ids].join(", "))
}
