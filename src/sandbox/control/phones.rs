//! The control API's phones: added, listed, changed, tapped.
//! What any of it does belongs to `phone`.

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::IntoResponse;

use super::extract::{Body, Name, Query};
use super::im::with_session;
use super::refusal::{Json, Refusal, done, ok};
use super::types::{Items, Meant, NewPhone};
use crate::sandbox::app;
use crate::sandbox::im;
use crate::sandbox::phone::{self, Change, Detail, Phone};
use crate::sandbox::state::State;

type Answer<T> = Result<T, Refusal>;

pub(super) async fn list(Shared(state): Shared<Arc<State>>, query: Query) -> Answer<impl IntoResponse> {
    query.end()?;
    let items = state.with(|tx| {
        let phones = phone::list(tx, state.now())?.into_iter();
        phones.map(|phone| with_session(tx, &state, phone)).collect::<rusqlite::Result<Vec<_>>>()
    })?;
    Ok(ok(Items { items }))
}

pub(super) async fn add(
    Shared(state): Shared<Arc<State>>,
    Body(wanted): Body<NewPhone>,
) -> Answer<impl IntoResponse> {
    // Checked and added in one transaction, so that two requests can't both find a name free.
    let added: Result<Phone, Refusal> = state.with(|tx| {
        let Some(app) = app::by_id(tx, &wanted.app_id)? else {
            return Ok(Err(Refusal::no_app(&wanted.app_id)));
        };
        let new = wanted.of(&app);
        if let Err(refusal) = Refusal::flaws(&new.flaws()) {
            return Ok(Err(refusal));
        }
        if let Some(name) = &new.name
            && phone::find(tx, state.now(), name)?.is_some()
        {
            let message = format!("there is a phone {name:?} already");
            return Ok(Err(Refusal::new(StatusCode::CONFLICT, "name-taken", message)));
        }
        phone::add(tx, state.now(), &new).map(Ok)
    })?;
    Ok(Json(StatusCode::CREATED, added?))
}

pub(super) async fn show(Shared(state): Shared<Arc<State>>, Name(name): Name) -> Answer<impl IntoResponse> {
    let shown = state.with(|tx| match phone::show(tx, state.now(), &name)? {
        None => Ok(None),
        Some(detail) => {
            let phone = with_session(tx, &state, detail.phone)?;
            Ok(Some(Detail { phone, ..detail }))
        }
    })?;
    shown.map(ok).ok_or_else(|| Refusal::no_phone(&name))
}

pub(super) async fn change(
    Shared(state): Shared<Arc<State>>,
    Name(name): Name,
    Body(change): Body<Change>,
) -> Answer<impl IntoResponse> {
    Refusal::flaws(&change.flaws())?;
    let changed = state.with(|tx| {
        let Some(phone) = phone::set(tx, state.now(), &name, &change)? else { return Ok(None) };
        im::network(tx, &state.rules, state.now(), &phone)?;
        with_session(tx, &state, phone).map(Some)
    })?;
    changed.map(ok).ok_or_else(|| Refusal::no_phone(&name))
}

pub(super) async fn remove(Shared(state): Shared<Arc<State>>, Name(name): Name) -> Answer<impl IntoResponse> {
    if state.with(|tx| phone::remove(tx, state.now(), &name))? {
        Ok(done())
    } else {
        Err(Refusal::no_phone(&name))
    }
}

pub(super) async fn register(
    Shared(state): Shared<Arc<State>>,
    Name(name): Name,
    Body(Nothing {}): Body<Nothing>,
) -> Answer<impl IntoResponse> {
    let registered = state.with(|tx| match phone::register_anew(tx, state.now(), &name)? {
        Some(phone) => with_session(tx, &state, phone).map(Some),
        None => Ok(None),
    })?;
    registered.map(ok).ok_or_else(|| Refusal::no_phone(&name))
}

pub(super) async fn tap(
    Shared(state): Shared<Arc<State>>,
    Name(name): Name,
    Body(meant): Body<Meant>,
) -> Answer<impl IntoResponse> {
    let tapped = state.with(|tx| phone::tap(tx, state.now(), &name, meant.message_id.as_deref()))?;
    tapped.map(ok).ok_or_else(|| Refusal::no_phone(&name))
}

pub(super) async fn dismiss(
    Shared(state): Shared<Arc<State>>,
    Name(name): Name,
    Body(meant): Body<Meant>,
) -> Answer<impl IntoResponse> {
    let swiped = state.with(|tx| phone::dismiss(tx, state.now(), &name, meant.message_id.as_deref()))?;
    swiped.map(ok).ok_or_else(|| Refusal::no_phone(&name))
}

/// A body in which nothing may stand.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}
