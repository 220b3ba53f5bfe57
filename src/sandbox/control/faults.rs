//! The control API's faults: set, listed, cleared.
//! What each does belongs to `faults`.

use std::sync::Arc;

use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use axum::response::IntoResponse;

use super::extract::{Body, Query};
use super::refusal::{Json, Refusal, done, ok};
use super::types::Items;
use crate::sandbox::faults::{self, Fault, New};
use crate::sandbox::state::State;
use crate::sandbox::{app, im};

type Answer<T> = Result<T, Refusal>;

pub(super) async fn list(Shared(state): Shared<Arc<State>>, query: Query) -> Answer<impl IntoResponse> {
    query.end()?;
    let items = state.with(faults::list)?;
    Ok(ok(Items { items }))
}

pub(super) async fn set(
    Shared(state): Shared<Arc<State>>,
    Body(new): Body<New>,
) -> Answer<impl IntoResponse> {
    Refusal::flaws(&new.flaws())?;
    let set: Answer<Fault> = state.with(|tx| {
        if let Some(wanted) = &new.app {
            let of_im = im::apps(tx)?.iter().any(|app| app.sdk_app_id.to_string() == *wanted);
            if !of_im && app::by_id(tx, wanted)?.is_none() {
                return Ok(Err(Refusal::no_app(wanted)));
            }
        }
        faults::set(tx, state.now(), &new).map(Ok)
    })?;
    Ok(Json(StatusCode::CREATED, set?))
}

pub(super) async fn clear_all(Shared(state): Shared<Arc<State>>, query: Query) -> Answer<impl IntoResponse> {
    query.end()?;
    state.with(|tx| faults::clear(tx, None))?;
    Ok(done())
}

pub(super) async fn clear(
    Shared(state): Shared<Arc<State>>,
    Path(id): Path<String>,
) -> Answer<impl IntoResponse> {
    let cleared = match id.parse::<i64>() {
        Ok(id) => state.with(|tx| faults::clear(tx, Some(id)))?,
        Err(_) => 0,
    };
    if cleared > 0 {
        return Ok(done());
    }
    Err(Refusal::not_found("unknown-fault", format!("there is no fault {id}")))
}
