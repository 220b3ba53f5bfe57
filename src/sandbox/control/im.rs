//! The control API's IM side: apps, certificates, muting, the record of pushes, and the sessions of phones.
//! What any of it does belongs to `im`.

use std::sync::Arc;

use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use rusqlite::Transaction;

use super::extract::{Body, Name, Query};
use super::phones::Nothing;
use super::refusal::{Json, Refusal, done, ok};
use super::types::{Background, Elapse, ImAppEntry, ImAppShown, Items, Mute, Report};
use crate::sandbox::app;
use crate::sandbox::im::{self, Certificate, Done, ImApp, Login, Refused};
use crate::sandbox::phone::{self, Phone};
use crate::sandbox::state::State;

type Answer<T> = Result<T, Refusal>;

const PUSHES: usize = 100;
const PUSHES_MOST: usize = 1000;
/// A year.
const MOST_ELAPSED_MS: i64 = 366 * 86_400_000;

pub(super) async fn apps(Shared(state): Shared<Arc<State>>, query: Query) -> Answer<impl IntoResponse> {
    query.end()?;
    let shown = |app: ImApp| ImAppShown { sdk_app_id: app.sdk_app_id, admin: app.admin };
    let items = state.with(im::apps)?.into_iter().map(shown).collect::<Vec<_>>();
    Ok(ok(Items { items }))
}

pub(super) async fn put_app(
    Shared(state): Shared<Arc<State>>,
    Body(entry): Body<ImAppEntry>,
) -> Answer<impl IntoResponse> {
    if entry.sdk_app_id <= 0 || entry.admin.is_empty() || entry.secret_key.is_empty() {
        let message = "sdk_app_id: a positive number; admin and secret_key: not empty";
        return Err(Refusal::bad("bad-value", message));
    }
    let ImAppEntry { sdk_app_id, admin, secret_key } = entry;
    state.with(|tx| im::register(tx, &ImApp { sdk_app_id, admin, secret_key }))?;
    Ok(done())
}

pub(super) async fn certificates(
    Shared(state): Shared<Arc<State>>,
    query: Query,
) -> Answer<impl IntoResponse> {
    query.end()?;
    let items = state.with(im::certificates)?;
    Ok(ok(Items { items }))
}

pub(super) async fn put_certificate(
    Shared(state): Shared<Arc<State>>,
    Body(certificate): Body<Certificate>,
) -> Answer<impl IntoResponse> {
    if certificate.certificate_id <= 0 {
        return Err(Refusal::bad("bad-value", "certificate_id: a positive number"));
    }
    let saved: Result<(), Refusal> = state.with(|tx| {
        if im::apps(tx)?.iter().all(|app| app.sdk_app_id != certificate.sdk_app_id) {
            return Ok(Err(Refusal::no_im_app(certificate.sdk_app_id)));
        }
        if app::by_id(tx, &certificate.app_id)?.is_none() {
            return Ok(Err(Refusal::no_app(&certificate.app_id)));
        }
        im::save_certificate(tx, &state.rules, state.now(), &certificate).map(Ok)
    })?;
    saved.map(|()| done())
}

pub(super) async fn delete_certificate(
    Shared(state): Shared<Arc<State>>,
    Path((sdk_app_id, id)): Path<(i64, i64)>,
) -> Answer<impl IntoResponse> {
    if state.with(|tx| im::delete_certificate(tx, sdk_app_id, id))? {
        return Ok(done());
    }
    let message = format!("the IM app {sdk_app_id} has no certificate {id}");
    Err(Refusal::not_found("unknown-certificate", message))
}

pub(super) async fn mute(
    Shared(state): Shared<Arc<State>>,
    Body(mute): Body<Mute>,
) -> Answer<impl IntoResponse> {
    state.with(|tx| im::set_mute(tx, mute.sdk_app_id, &mute.user, &mute.from, mute.muted))?;
    Ok(done())
}

pub(super) async fn pushes(Shared(state): Shared<Arc<State>>, mut query: Query) -> Answer<impl IntoResponse> {
    let after = query.read("after", |text| text.parse().ok())?;
    let in_range = |text: &str| text.parse().ok().filter(|limit| (1..=PUSHES_MOST).contains(limit));
    let limit = query.read("limit", in_range)?.unwrap_or(PUSHES);
    let user = query.text("user");
    query.end()?;
    let items = state.with(|tx| im::pushes(tx, after, user.as_deref(), limit))?;
    Ok(ok(Items { items }))
}

pub(super) async fn login(
    Shared(state): Shared<Arc<State>>,
    Name(name): Name,
    Body(login): Body<Login>,
) -> Answer<impl IntoResponse> {
    of_phone(&state, &name, |tx, phone| im::login(tx, &state.rules, state.now(), phone, &login))
}

pub(super) async fn logout(
    Shared(state): Shared<Arc<State>>,
    Name(name): Name,
    Body(Nothing {}): Body<Nothing>,
) -> Answer<impl IntoResponse> {
    of_phone(&state, &name, |tx, phone| im::logout(tx, &state.rules, state.now(), phone))
}

pub(super) async fn open(
    Shared(state): Shared<Arc<State>>,
    Name(name): Name,
    Body(Nothing {}): Body<Nothing>,
) -> Answer<impl IntoResponse> {
    of_phone(&state, &name, |tx, phone| im::open(tx, &state.rules, state.now(), phone))
}

pub(super) async fn kill(
    Shared(state): Shared<Arc<State>>,
    Name(name): Name,
    Body(Nothing {}): Body<Nothing>,
) -> Answer<impl IntoResponse> {
    of_phone(&state, &name, |tx, phone| im::kill(tx, &state.rules, state.now(), phone))
}

pub(super) async fn background(
    Shared(state): Shared<Arc<State>>,
    Name(name): Name,
    Body(Background { do_background }): Body<Background>,
) -> Answer<impl IntoResponse> {
    of_phone(&state, &name, |tx, phone| im::background(tx, &state.rules, state.now(), phone, do_background))
}

pub(super) async fn elapse(
    Shared(state): Shared<Arc<State>>,
    Name(name): Name,
    Body(Elapse { by_ms }): Body<Elapse>,
) -> Answer<impl IntoResponse> {
    if !(1..=MOST_ELAPSED_MS).contains(&by_ms) {
        let message = format!("by_ms: 1 to {MOST_ELAPSED_MS}");
        return Err(Refusal::bad("bad-value", message));
    }
    of_phone(&state, &name, |tx, phone| im::elapse(tx, phone, by_ms))
}

pub(super) async fn report(
    Shared(state): Shared<Arc<State>>,
    Name(name): Name,
    Body(Report { certificate_id }): Body<Report>,
) -> Answer<impl IntoResponse> {
    of_phone(&state, &name, |tx, phone| im::report(tx, &state.rules, state.now(), phone, certificate_id))
}

/// Does something to a phone's session, and answers the phone with it.
fn of_phone(
    state: &State,
    name: &str,
    work: impl FnOnce(&Transaction<'_>, &Phone) -> Done<()>,
) -> Answer<Json<Phone>> {
    let moved: Result<Phone, Refusal> = state.with(|tx| {
        let Some(phone) = phone::find(tx, state.now(), name)? else {
            return Ok(Err(Refusal::no_phone(name)));
        };
        // A refusal may leave something behind, such as a login that is refused only once.
        match work(tx, &phone)? {
            Ok(()) => with_session(tx, state, phone).map(Ok),
            Err(refused) => Ok(Err(refused.into())),
        }
    })?;
    moved.map(ok)
}

/// The phone with the session on it, which phones themselves know nothing of.
pub(super) fn with_session(tx: &Transaction<'_>, state: &State, mut phone: Phone) -> rusqlite::Result<Phone> {
    phone.session = im::show(tx, &state.rules, state.now(), &phone.name)?;
    Ok(phone)
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Refusal {
        let status = match refused.id {
            "bad-value" => StatusCode::BAD_REQUEST,
            "unknown-im-app" | "unknown-user" => StatusCode::NOT_FOUND,
            _ => StatusCode::CONFLICT,
        };
        Refusal::new(status, refused.id, refused.message)
    }
}
