//! De-duplication: one app_message_id reaches one target once (OPPO reference, section 5).

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

use super::super::hex::hex;
use super::super::http::context::Context;

/// So many are remembered: some 400 MB of the file.
const MOST: i64 = 5_000_000;

/// So many whose window is over go with each that comes, so that no push waits for all of them.
const AT_ONCE: i64 = 64;

/// What makes a message id different from the app's others.
pub(crate) type Unique = [u8; 12];

/// `<AppID>-1-1-<24 hex>` (OPPO reference, section 4.1).
pub(crate) fn message_id(app_id: &str, unique: &Unique) -> String {
    format!("{app_id}-1-1-{}", hex(unique))
}

/// The message id this app_message_id had for this target, while it is remembered.
pub(crate) fn earlier(
    context: &Context<'_>,
    app_id: &str,
    target: &str,
    id: &str,
) -> rusqlite::Result<Option<String>> {
    let found: Option<Unique> = context
        .tx
        .prepare_cached("SELECT message FROM repeat WHERE digest = ?1 AND at_ms > ?2")?
        .query_row(
            params![digest(app_id, target, id), context.rules.repeat_window.since(context.now)],
            |row| row.get(0),
        )
        .optional()?;
    Ok(found.map(|unique| message_id(app_id, &unique)))
}

pub(crate) fn remember(
    context: &mut Context<'_>,
    app_id: &str,
    target: &str,
    id: &str,
    unique: &Unique,
) -> rusqlite::Result<()> {
    insert(context.tx, &digest(app_id, target, id), unique, context.now)?;
    forget_over(context.tx, context.rules.repeat_window.since(context.now))?;
    if forget_beyond(context.tx, MOST)? {
        let words = format!("more than {MOST} are remembered: the oldest was forgotten before its time");
        context.notes.fail("repeats", words);
    }
    Ok(())
}

/// 16 bytes are enough that no two of them meet by chance.
fn digest(app_id: &str, target: &str, id: &str) -> [u8; 16] {
    let mut whole = Sha256::new();
    for part in [app_id, target, id] {
        whole.update((part.len() as u64).to_be_bytes());
        whole.update(part);
    }
    let whole = whole.finalize();
    std::array::from_fn(|at| whole[at])
}

fn insert(tx: &Transaction<'_>, digest: &[u8; 16], unique: &Unique, at: i64) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT OR REPLACE INTO repeat (digest, message, at_ms) VALUES (?1, ?2, ?3)")?
        .execute(params![digest, unique, at])?;
    Ok(())
}

/// Forgets some of those whose window is over.
fn forget_over(tx: &Transaction<'_>, since: i64) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "DELETE FROM repeat WHERE at_ms <= ?1 AND id IN (SELECT id FROM repeat ORDER BY id LIMIT ?2)",
    )?
    .execute([since, AT_ONCE])?;
    Ok(())
}

/// Forgets the oldest beyond `most`; whether there were any.
fn forget_beyond(tx: &Transaction<'_>, most: i64) -> rusqlite::Result<bool> {
    let beyond = "DELETE FROM repeat WHERE id <= (SELECT max(id) FROM repeat) - ?1";
    Ok(tx.prepare_cached(beyond)?.execute([most])? > 0)
}

/// Takes over what a file of an older version remembers as texts. A message id of another form is left out.
pub(crate) fn take_over(connection: &mut Connection) -> rusqlite::Result<()> {
    if !remembers_texts(connection)? {
        return Ok(());
    }
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Of several processes the first does it.
    if remembers_texts(&tx)? {
        let mut rows = tx.prepare("SELECT * FROM pushed ORDER BY at_ms, rowid")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let text = |name: &str| row.get::<_, String>(name);
            let digest = digest(&text("app_id")?, &text("target")?, &text("app_message_id")?);
            if let Some(unique) = unique_of(&text("message_id")?) {
                insert(&tx, &digest, &unique, row.get("at_ms")?)?;
            }
        }
        forget_beyond(&tx, MOST)?;
        tx.execute("DROP TABLE pushed", [])?;
    }
    tx.commit()
}

/// Read from the file: what the connection knows of its tables may be older.
fn remembers_texts(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'pushed')";
    connection.query_row(sql, [], |row| row.get(0))
}

fn unique_of(message_id: &str) -> Option<Unique> {
    let (_, digits) = message_id.rsplit_once('-')?;
    let value = u128::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 24)?;
    value.to_be_bytes()[4..].try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::super::super::state::{Clock, State};
    use super::*;

    fn remembered(tx: &Transaction<'_>) -> rusqlite::Result<Vec<i64>> {
        tx.prepare("SELECT at_ms FROM repeat ORDER BY id")?.query_map([], |row| row.get(0))?.collect()
    }

    #[test]
    fn the_oldest_go_first_when_their_window_is_over_or_there_are_too_many() {
        let state = State::open(None, Clock::new(|| 0), Default::default()).unwrap();
        let done = state.with(|tx| {
            for at in 1..=10 {
                insert(tx, &digest("app", "phone", &at.to_string()), &[1; 12], at)?;
            }
            // The same one again is the newest.
            insert(tx, &digest("app", "phone", "2"), &[2; 12], 11)?;
            assert_eq!(remembered(tx)?, [1, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
            forget_over(tx, 4)?;
            assert_eq!(remembered(tx)?, [5, 6, 7, 8, 9, 10, 11]);
            assert!(!forget_beyond(tx, 7)?);
            assert!(forget_beyond(tx, 3)?);
            assert_eq!(remembered(tx)?, [9, 10, 11]);
            assert!(!forget_beyond(tx, 3)?);
            Ok(())
        });
        done.unwrap();
    }

    #[test]
    fn a_digest_is_of_the_parts_and_not_of_their_joined_text() {
        assert_ne!(digest("a", "bc", "d"), digest("ab", "c", "d"));
        assert_ne!(digest("a", "b", "cd"), digest("a", "bc", "d"));
    }

    #[test]
    fn a_message_id_is_made_again_from_what_is_kept() {
        let unique: Unique = std::array::from_fn(|at| at as u8 * 20);
        assert_eq!(unique_of(&message_id("30001", &unique)), Some(unique));
        assert_eq!(unique_of("30001-1-1-x"), None);
    }
}
