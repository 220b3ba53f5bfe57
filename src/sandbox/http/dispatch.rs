//! Carries out one call of a simulated service in one transaction, with the faults that strike it, and logs it.

use std::sync::{Arc, Mutex, PoisonError};

use hyper::Method;
use rusqlite::Transaction;

use super::super::calendar;
use super::super::faults::{self, About, Effect, Side, Struck};
use super::super::moment::Moment;
use super::super::rules::Rules;
use super::super::state::{State, StateError};
use super::super::writer::Writer;
use super::calls::{self, Check, LoggedCall};
use super::context::{Context, Reply, Setup};
use super::notes::{Notes, Stop};
use super::request::Request;
use super::transcript::mask_texts;
use crate::listen::Response;

/// The largest body of a call that has no limit of its own.
pub(crate) const BODY_BYTES: usize = 2 * 1024 * 1024;

/// From this size on, reading a body takes so long that others would notice.
const LARGE: usize = 64 << 10;

/// A row of a service's table of calls.
pub(crate) struct Call<H: 'static> {
    /// Whole, without the query. Faults name a call by its last part.
    pub(crate) path: &'static str,
    pub(crate) method: Method,
    pub(crate) body_bytes: usize,
    pub(crate) handler: H,
}

impl<H> Call<H> {
    pub(crate) const fn new(method: Method, path: &'static str, handler: H) -> Self {
        Call::large(method, path, BODY_BYTES, handler)
    }

    /// With a limit of its own for the body.
    pub(crate) const fn large(method: Method, path: &'static str, body_bytes: usize, handler: H) -> Self {
        Call { path, method, body_bytes, handler }
    }
}

/// A simulated service: its table of calls, and what is its own in handling one.
pub(crate) trait Service {
    type Handler: 'static;
    /// What was read of a call before its turn.
    type Early: Send + 'static;
    const SIDE: Side;
    /// For the sandbox's own errors.
    const NAME: &'static str;
    const CONTENT_TYPE: &'static str;
    const CALLS: &'static [Call<Self::Handler>];
    /// The code of a call with another method than its own.
    const WRONG_METHOD: i32;

    /// The code and the reason for a path that is not in the table.
    fn no_call(path: &str) -> (i32, String);

    /// What the request is about, read out of it without checking anything.
    fn about(tx: &Transaction<'_>, request: &Request) -> rusqlite::Result<About>;

    /// Reads what no state decides; `None` where all is read in the call's turn.
    fn read_early(
        rules: &Rules,
        now: i64,
        call: &Call<Self::Handler>,
        request: &Request,
    ) -> Option<Self::Early>;

    /// Without `early` it reads all by itself.
    fn run(
        context: &mut Context<'_>,
        call: &Call<Self::Handler>,
        request: &Request,
        early: Option<Self::Early>,
    ) -> Result<Reply, Stop>;

    fn refusal(code: i32) -> Reply;

    /// The HTTP status of an envelope with this code.
    fn status(rules: &Rules, path: &str, code: i32) -> u16;
}

/// The largest body that is read for this path.
pub(crate) fn body_bytes<S: Service>(path: &str) -> usize {
    find::<S>(path).map_or(BODY_BYTES, |call| call.body_bytes)
}

fn find<S: Service>(path: &str) -> Option<&'static Call<S::Handler>> {
    S::CALLS.iter().find(|call| call.path == path)
}

/// Carries out the call and logs it, refused or not.
pub(crate) async fn answer<S: Service>(state: &Arc<State>, writer: &Writer, request: Request) -> Response {
    let (state, request) = (state.clone(), Arc::new(request));
    let early = Mutex::new(early::<S>(&state, &request).await);
    let (of_work, asked) = (state.clone(), request.clone());
    let work = move |tx: &Transaction<'_>, setup| {
        // The second time, after another's failure, there is none.
        let early = early.lock().unwrap_or_else(PoisonError::into_inner).take();
        carry_out::<S>(&of_work, tx, setup, &asked, early)
    };
    match writer.run(work).await {
        Ok((reply, struck)) => response::<S>(&state, &request, reply, &struck),
        Err(error) => internal_error::<S>(&state, &request, &error),
    }
}

/// All that can be done before the call's turn: then others wait for it. A large body holds up no other call's answer.
async fn early<S: Service>(state: &Arc<State>, request: &Arc<Request>) -> Option<S::Early> {
    let (of_work, asked) = (state.clone(), request.clone());
    let read = move || {
        asked.parse();
        asked.masked();
        let call = find::<S>(asked.path()).filter(|call| call.method == *asked.method())?;
        S::read_early(&of_work.rules, of_work.now(), call, &asked)
    };
    if request.body().map_or(0, |body| body.len()) <= LARGE {
        return read();
    }
    tokio::task::spawn_blocking(read).await.unwrap_or_default()
}

/// An answer, and the text that goes out and is logged.
type Envelope = (Reply, String);

/// The answer, if a fault left one, and what the faults make of it.
pub(crate) fn carry_out<S: Service>(
    state: &State,
    tx: &Transaction<'_>,
    setup: Setup,
    request: &Request,
    early: Option<S::Early>,
) -> rusqlite::Result<(Option<Envelope>, Struck)> {
    let struck = faults_of::<S>(tx, setup, request)?;
    // Real senders go by the machine's clock, wherever the sandbox's is.
    let server_time = state.time().machine + struck.clock_ms;
    handle::<S>(state.moment(tx), setup, server_time, request, early, &struck).map(|reply| (reply, struck))
}

fn response<S: Service>(
    state: &State,
    request: &Request,
    reply: Option<Envelope>,
    struck: &Struck,
) -> Response {
    let mut response = match reply {
        Some((reply, text)) => {
            let status = S::status(&state.rules, request.path(), reply.code);
            Response::text(status, S::CONTENT_TYPE, text)
        }
        None => {
            let (status, body, content_type) = faults::page(struck.instead);
            Response::text(status, content_type, body)
        }
    };
    if struck.clock_ms != 0 {
        response = response.with("date", calendar::http_date(state.time().machine + struck.clock_ms));
    }
    response.delivery = struck.delivery();
    response
}

/// The same inside a transaction, for the IM server when it calls OPPO; `None` where a fault left no envelope. Its clock
/// is the sandbox's own, so that a fault of the clock is none here, and no late answer is waited for.
pub(crate) fn answer_within<S: Service>(
    at: Moment<'_>,
    request: &Request,
) -> rusqlite::Result<Option<Reply>> {
    let setup = Setup::read(at.tx)?;
    let struck = Struck { clock_ms: 0, ..faults_of::<S>(at.tx, setup, request)? };
    let reply = handle::<S>(at, setup, at.now, request, None, &struck)?;
    Ok(reply.map(|(reply, _)| reply).filter(|_| !struck.drop))
}

fn faults_of<S: Service>(tx: &Transaction<'_>, setup: Setup, request: &Request) -> rusqlite::Result<Struck> {
    if !setup.has_faults {
        return Ok(Struck::default());
    }
    faults::answer(tx, S::SIDE, || S::about(tx, request))
}

/// Carries the call out, unless a fault puts something in its place, and logs it.
fn handle<S: Service>(
    at: Moment<'_>,
    setup: Setup,
    server_time: i64,
    request: &Request,
    early: Option<S::Early>,
    struck: &Struck,
) -> rusqlite::Result<Option<Envelope>> {
    let Moment { tx, rules, now } = at;
    let mut notes = Notes::default();
    struck.words.iter().for_each(|words| notes.fail("fault", words));
    let reply = match struck.instead {
        Some(effect) => {
            let about = S::about(tx, request)?;
            notes.app_id = about.app;
            about.secret.iter().for_each(|secret| notes.secret(secret));
            match effect {
                Effect::Code(code) => Some(S::refusal(code)),
                _ => None,
            }
        }
        None => {
            let mut context = Context { tx, rules, now, server_time, setup, notes: &mut notes };
            match run::<S>(&mut context, request, early) {
                Ok(reply) => Some(reply),
                Err(Stop::Refused(code)) => Some(S::refusal(code)),
                Err(Stop::Database(error)) => return Err(error),
            }
        }
    };
    let reply = reply.map(|reply| {
        let text = reply.body.to_string();
        (reply, text)
    });
    calls::record(tx, &log_entry(request, reply.as_ref(), now, notes))?;
    Ok(reply)
}

fn run<S: Service>(
    context: &mut Context<'_>,
    request: &Request,
    early: Option<S::Early>,
) -> Result<Reply, Stop> {
    let Some(call) = find::<S>(request.path()) else {
        let (code, why) = S::no_call(request.path());
        return Err(context.notes.refuse("path", code, why));
    };
    context.notes.pass("path", "");
    if *request.method() != call.method {
        let why = format!("{} where {} belongs", request.method(), call.method);
        return Err(context.notes.refuse("method", S::WRONG_METHOD, why));
    }
    context.notes.pass("method", "");
    S::run(context, call, request, early)
}

fn log_entry(request: &Request, reply: Option<&Envelope>, now: i64, notes: Notes) -> LoggedCall {
    LoggedCall {
        id: 0,
        at_ms: now,
        app_id: notes.app_id,
        method: request.method().to_string(),
        path: request.target(&notes.secrets),
        request: request.transcript(&notes.secrets),
        checks: notes.checks,
        dialects: notes.dialects,
        sent_like: None,
        // Without an envelope: a fault had another answer, or none, go out.
        code: reply.map_or(-1, |(reply, _)| reply.code),
        answer: reply.map(|(_, text)| mask_texts(text.clone(), &notes.secrets)).unwrap_or_default(),
    }
}

/// The sandbox itself failed, say because its disk is full: that is not an answer of the service, and says so.
fn internal_error<S: Service>(state: &State, request: &Request, error: &StateError) -> Response {
    let text = format!("the opush sandbox failed; {} did not answer: {error}", S::NAME);
    state.report_error(format!("{} {}: {text}", request.method(), request.target(&[])));
    let mut notes = Notes::default();
    notes.checks.push(Check {
        name: "sandbox".into(),
        ok: false,
        detail: text.clone(),
        section: String::new(),
    });
    let entry = LoggedCall { answer: text.clone(), ..log_entry(request, None, state.now(), notes) };
    // Where the log can't be written either, the error was reported above.
    let _ = state.with(|tx| calls::record(tx, &entry));
    state.call_logged();
    Response::text(500, "text/plain; charset=utf-8", text)
}

#[cfg(test)]
mod tests {
    use super::super::super::faults::CALLS;
    use super::super::super::im::ImServer;
    use super::super::super::oppo::Oppo;
    use super::*;

    fn names<S: Service>() -> impl Iterator<Item = (&'static str, Side)> {
        S::CALLS.iter().map(|call| (call.path.rsplit('/').next().unwrap(), S::SIDE))
    }

    #[test]
    fn faults_can_name_exactly_the_calls_of_both_tables() {
        let names: Vec<(&str, Side)> = names::<Oppo>().chain(names::<ImServer>()).collect();
        assert_eq!(names, CALLS);
    }
}
