//! A certificate that gets another ID, in a configuration and in its token reports. It is noted before the configuration is
//! replaced, so that the next run can finish what a killed one began.

use rusqlite::params;

use super::super::{Store, StoreError, process};

/// A change of ID under way.
#[derive(Debug)]
pub(crate) struct Renumbering {
    id: i64,
    pub(crate) profile: String,
    pub(crate) old: i64,
    pub(crate) new: i64,
}

impl Renumbering {
    /// Notes it. `configuration` is the path of the file that is about to be changed.
    pub(crate) fn begin(
        store: &Store,
        configuration: &str,
        profile: &str,
        old: i64,
        new: i64,
    ) -> Result<Renumbering, StoreError> {
        let id = store.write(|tx| {
            let sql =
                "INSERT INTO renumbering (process, path, profile, old_id, new_id) VALUES (?1, ?2, ?3, ?4, ?5)";
            tx.execute(sql, params![process::this(), configuration, profile, old, new])?;
            Ok(tx.last_insert_rowid())
        })?;
        Ok(Renumbering { id, profile: profile.to_owned(), old, new })
    }

    /// Carries every report over to the new ID, ended ones too; answers how many are current.
    pub(crate) fn finish(&self, store: &Store) -> Result<usize, StoreError> {
        store.write(|tx| {
            let move_those = |operator: &str| {
                let sql = format!(
                    "UPDATE token_report SET certificate_id = ?3
                     WHERE profile = ?1 AND certificate_id = ?2 AND state {operator} 'current'"
                );
                tx.execute(&sql, params![self.profile, self.old, self.new])
            };
            move_those("<>")?;
            let current = move_those("=")?;
            tx.execute("DELETE FROM renumbering WHERE id = ?1", [self.id])?;
            Ok(current)
        })
    }

    /// The configuration was not changed.
    pub(crate) fn cancel(&self, store: &Store) -> Result<(), StoreError> {
        store.write(|tx| tx.execute("DELETE FROM renumbering WHERE id = ?1", [self.id]).map(drop))
    }

    /// Those of this configuration whose process has ended.
    pub(crate) fn abandoned(store: &Store, configuration: &str) -> Result<Vec<Renumbering>, StoreError> {
        let all = store.read(|connection| {
            let sql =
                "SELECT id, profile, old_id, new_id, process FROM renumbering WHERE path = ?1 ORDER BY id";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map([configuration], |row| {
                let found =
                    Renumbering { id: row.get(0)?, profile: row.get(1)?, old: row.get(2)?, new: row.get(3)? };
                Ok((found, row.get::<_, String>(4)?))
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        })?;
        let ended = all.into_iter().filter(|(_, owner)| process::has_ended(owner));
        Ok(ended.map(|(found, _)| found).collect())
    }
}
