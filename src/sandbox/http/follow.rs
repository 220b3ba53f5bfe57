//! Hands on each call of the log as it comes, on a thread of its own: whoever takes them slowly holds up no answer.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use super::super::state::{State, StateError};
use super::calls::{self, LoggedCall};

/// Calls that are read at once.
const AT_ONCE: usize = 50;

/// Hands on calls until it is stopped.
pub(crate) struct Follower {
    state: Arc<State>,
    ended: Receiver<()>,
}

/// Hands on every call from now on, with the number of those before it that the log has forgotten meanwhile.
pub(crate) fn follow(
    state: &Arc<State>,
    mut each: impl FnMut(i64, LoggedCall) + Send + 'static,
) -> Result<Follower, StateError> {
    let mut last = state.look(calls::newest)?;
    let (logged, told) = sync_channel(1);
    let (end, ended) = sync_channel(1);
    state.tell_of_calls(Some(logged));
    let of_thread = state.clone();
    std::thread::spawn(move || {
        loop {
            let stopped = told.recv().is_err();
            // What can't be read now is read with the next one.
            while let Ok(new) = of_thread.look(|connection| calls::list(connection, Some(last), AT_ONCE)) {
                if new.is_empty() {
                    break;
                }
                for call in new {
                    let forgotten = call.id - last - 1;
                    last = call.id;
                    each(forgotten, call);
                }
            }
            if stopped {
                break;
            }
        }
        let _ = end.send(());
    });
    Ok(Follower { state: state.clone(), ended })
}

impl Follower {
    /// Waits until all are handed on, but no longer than this.
    pub(crate) fn stop(self, patience: Duration) {
        self.state.tell_of_calls(None);
        let _ = self.ended.recv_timeout(patience);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::super::super::oppo::Oppo;
    use super::super::super::state::Clock;
    use super::super::context::Setup;
    use super::super::dispatch;
    use super::super::request::Request;
    use super::*;

    fn call(state: &State) {
        let (head, body) =
            hyper::Request::post("/server/v1/auth").body(Default::default()).unwrap().into_parts();
        let raw = crate::listen::Request { method: head.method, uri: head.uri, headers: head.headers, body };
        let request = Request::new(raw, None);
        state.with(|tx| dispatch::carry_out::<Oppo>(state, tx, Setup::read(tx)?, &request, None)).unwrap();
        state.call_logged();
    }

    #[test]
    fn each_call_is_handed_on_once_and_those_forgotten_are_counted() {
        let state = Arc::new(State::open(None, Clock::new(|| 0), Default::default()).unwrap());
        call(&state);
        let (out, seen) = channel();
        let (go_on, wait) = channel::<()>();
        let follower = follow(&state, move |forgotten, call| {
            out.send((forgotten, call.id)).unwrap();
            let _ = wait.recv();
        });
        call(&state);
        assert_eq!(seen.recv().unwrap(), (0, 2), "not those of before");
        // More than the log keeps come while the first is looked at.
        for _ in 0..calls::KEPT + 5 {
            call(&state);
        }
        drop(go_on);
        assert_eq!(seen.recv().unwrap(), (5, 8));
        assert_eq!(seen.iter().take(calls::KEPT as usize - 1).last().unwrap(), (0, calls::KEPT + 7));
        follower.unwrap().stop(Duration::from_secs(60));
    }
}
