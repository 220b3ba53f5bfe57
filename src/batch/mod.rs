//! Runs of many pushes: rows, the plan, the rate, the journal's contents, results. What one notification may be belongs to
//! `notification`, one request to `oppo`, the journal's tables to `store`.

mod call;
mod chunk;
mod columns;
mod csv_record;
mod encoding;
mod ending;
mod headers;
mod job;
mod matching;
mod message;
mod plan;
mod rate;
mod reader;
mod repeated;
mod repeats;
mod results;
mod send;
mod skeleton;
mod template;

pub(crate) use call::first_requests;
pub(crate) use chunk::{Chunk, Item};
pub(crate) use columns::ColumnMap;
pub(crate) use encoding::Encoding;
pub(crate) use ending::{Counts, Ending, failure};
pub(crate) use job::{Job, Progress};
pub(crate) use message::{Message, Slot};
pub(crate) use plan::{Plan, Rules, Sink, plan};
pub(crate) use rate::Rate;
pub(crate) use reader::{Reader, Source};
pub(crate) use repeated::leave_out;
pub(crate) use results::{RowResult, unpack};
pub(crate) use send::send;
pub(crate) use template::Template;
