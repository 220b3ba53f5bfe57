//! What the database does for each filter, asked of itself: no table read whole, nothing sorted, whatever is combined.
//! What the filters find is tested in `tests`.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::find::after_sql;
use super::row::Columns;
use strum::VariantArray;

use super::super::*;
use super::*;
use crate::clock::{Clock, Timestamp};

fn store() -> Store {
    Store::in_memory(Clock::fixed(Timestamp::from_millisecond(1_700_000_000_000).unwrap())).unwrap()
}

fn plan(store: &Store, (sql, values): &(String, Vec<Value>)) -> String {
    let plan = store.read(|connection| {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
        let lines = statement.query_map(params_from_iter(values), |row| row.get::<_, String>(3))?;
        lines.collect::<rusqlite::Result<Vec<_>>>()
    });
    plan.unwrap().join("\n")
}

/// The plans of every query that a page of this filter runs, the first page's and a later one's.
fn plans(store: &Store, filter: &Filter<'_>) -> Vec<String> {
    let lead = filter.lead();
    let words = match lead {
        filter::Lead::Status => filter.words().iter().copied().map(Some).collect(),
        _ => vec![None],
    };
    let queries = words
        .into_iter()
        .flat_map(|word| [None, Some((5, 7))].map(|key| filter.sql(Columns::All, lead, word, key, 20)));
    queries.map(|query| plan(store, &query)).collect()
}

#[test]
fn no_combination_of_conditions_reads_the_whole_table_or_sorts() {
    let store = store();
    let at = |set: bool| set.then(|| store.now());
    let statuses = std::iter::once(None).chain(Status::VARIANTS.iter().copied().map(Some));
    for (status, bits) in statuses.flat_map(|status| (0..128_u32).map(move |bits| (status, bits))) {
        let given = |bit: u32| bits & (1 << bit) != 0;
        let filter = Filter {
            limit: None,
            status,
            profile: given(0).then_some("demo"),
            user: given(1).then_some("alice"),
            target: given(2).then_some("r1"),
            certificate_id: given(3).then_some(7005),
            code: given(4).then_some(67),
            since: at(given(5)),
            until: at(given(6)),
        };
        for (page, plan) in plans(&store, &filter).into_iter().enumerate() {
            // Without a condition the newest rows of the table are what is asked for.
            let whole = filter.is_empty() && page == 0;
            assert_eq!(plan.contains("SCAN"), whole, "{filter:?}\n{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{filter:?}\n{plan}");
        }
    }
}

#[test]
fn each_condition_alone_has_its_index() {
    let store = store();
    let all = Filter::default();
    let now = Some(store.now());
    let table = [
        (Filter { target: Some("r"), ..all }, "delivery_by_target (target=?)"),
        (Filter { user: Some("u"), ..all }, "delivery_by_user_id (user_id=?)"),
        (Filter { user: Some("u"), profile: Some("p"), ..all }, "delivery_by_user (profile=? AND user_id=?)"),
        (Filter { code: Some(1), ..all }, "delivery_by_code (code=?)"),
        (Filter { status: Some(Status::Refused), ..all }, "delivery_by_status (status=?)"),
        (Filter { certificate_id: Some(1), ..all }, "delivery_by_certificate_id (certificate_id=?)"),
        (Filter { profile: Some("p"), ..all }, "delivery_by_profile (profile=?)"),
        (Filter { since: now, ..all }, "delivery_by_time (begun_at>?)"),
        (Filter { until: now, ..all }, "delivery_by_time (begun_at<?)"),
        // The window is narrow, the status is nearly everyone's.
        (Filter { status: Some(Status::Accepted), since: now, ..all }, "delivery_by_time (begun_at>?)"),
        (Filter { status: Some(Status::Accepted), code: Some(1), ..all }, "delivery_by_code (code=?)"),
    ];
    for (filter, index) in table {
        assert_eq!(plans(&store, &filter)[0], format!("SEARCH delivery USING INDEX {index}"), "{filter:?}");
    }
}

#[test]
fn what_follows_and_what_is_shown_is_found_by_number_or_name() {
    let store = store();
    let after = plan(&store, &(after_sql(), vec![1.into(), 1.into()]));
    assert_eq!(after, "SEARCH delivery USING INTEGER PRIMARY KEY (rowid>?)");
    for (column, index) in [
        ("id", "INTEGER PRIMARY KEY (rowid=?)"),
        ("message_id", "INDEX delivery_by_message_id (message_id=?)"),
        ("app_message_id", "INDEX delivery_by_app_message_id (app_message_id=?)"),
    ] {
        let sql = format!("SELECT * FROM delivery WHERE {column} = ?1 ORDER BY id DESC LIMIT 1");
        assert_eq!(plan(&store, &(sql, vec![1.into()])), format!("SEARCH delivery USING {index}"));
    }
}
