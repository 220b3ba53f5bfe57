//! For tests: which statements a piece of work runs, and what the database does for each, asked of itself.
//! What a plan must not have belongs to the tests.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::trace::{TraceEvent, TraceEventCodes};

use super::Store;

impl Store {
    /// Each statement that `work` ran, with its plan.
    pub(crate) fn plans_of(&mut self, work: impl FnOnce(&Store)) -> Vec<(String, String)> {
        let ran: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = ran.clone();
        let note = move |event: TraceEvent<'_>| {
            if let TraceEvent::Stmt(statement, _) = event {
                let sql = statement.expanded_sql().unwrap_or_default();
                seen.lock().unwrap_or_else(PoisonError::into_inner).push(sql);
            }
        };
        self.connection().trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(note)).expect("a connection");
        work(self);
        let none: Option<fn(TraceEvent<'_>)> = None;
        self.connection().trace_v2(TraceEventCodes::empty(), none).expect("a connection");
        let ran = std::mem::take(&mut *ran.lock().unwrap_or_else(PoisonError::into_inner));
        ran.into_iter().map(|sql| (sql.clone(), self.plan(&sql))).collect()
    }

    fn connection(&mut self) -> &mut rusqlite::Connection {
        self.connection.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    fn plan(&mut self, sql: &str) -> String {
        let connection = self.connection();
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("it ran before");
        let lines = statement.query_map([], |row| row.get::<_, String>(3)).expect("a plan");
        lines.map(|line| line.expect("a text")).collect::<Vec<_>>().join("\n")
    }
}
