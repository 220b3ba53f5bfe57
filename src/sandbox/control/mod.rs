//! The control API: phones, messages, apps and the log of calls over HTTP, for commands and for other people's tests.
//! What phones do belongs to `phone`, what OPPO answers to `vendor`. The API is described in docs/sandbox-control-api.md.

mod admin;
pub(crate) mod client;
mod extract;
mod faults;
mod guard;
mod im;
mod messages;
mod phones;
mod refusal;
pub(crate) mod registration;
mod types;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{any, delete, get, post, put};

pub(crate) use client::{Control, ControlError};
pub(crate) use registration::{find, register};
pub(crate) use types::{AppEntry, ImAppEntry, NewPhone};

use super::state::State;
pub(crate) use refusal::FieldTold;
use refusal::Refusal;

/// Every path of the control API begins with this, so that none can be mistaken for the vendor's.
pub(crate) const PREFIX: &str = "/_sandbox/v1";

/// The control API's routes, whole paths, ready to be merged into a server's. A fallback is left to the server.
pub(crate) fn routes(state: Arc<State>) -> Router {
    let at = |path: &str| format!("{PREFIX}{path}");
    Router::new()
        .route(&at("/info"), get(admin::info))
        .route(&at("/apps"), get(admin::apps).put(admin::put_app))
        .route(&at("/calls"), get(admin::calls))
        .route(&at("/receipts"), get(admin::receipts))
        .route(&at("/reset"), post(admin::reset))
        .route(&at("/phones"), get(phones::list).post(phones::add))
        .route(&at("/phones/{name}"), get(phones::show).patch(phones::change).delete(phones::remove))
        .route(&at("/phones/{name}/register"), post(phones::register))
        .route(&at("/phones/{name}/tap"), post(phones::tap))
        .route(&at("/phones/{name}/dismiss"), post(phones::dismiss))
        .route(&at("/phones/{name}/login"), post(im::login))
        .route(&at("/phones/{name}/logout"), post(im::logout))
        .route(&at("/phones/{name}/open"), post(im::open))
        .route(&at("/phones/{name}/background"), post(im::background))
        .route(&at("/phones/{name}/kill"), post(im::kill))
        .route(&at("/phones/{name}/report"), post(im::report))
        .route(&at("/phones/{name}/elapse"), post(im::elapse))
        .route(&at("/faults"), get(faults::list).post(faults::set).delete(faults::clear_all))
        .route(&at("/faults/{id}"), delete(faults::clear))
        .route(&at("/im/apps"), get(im::apps).put(im::put_app))
        .route(&at("/im/certificates"), get(im::certificates).put(im::put_certificate))
        .route(&at("/im/certificates/{sdk_app_id}/{id}"), delete(im::delete_certificate))
        .route(&at("/im/mutes"), put(im::mute))
        .route(&at("/pushes"), get(im::pushes))
        .route(&at("/messages"), get(messages::list))
        .route(&at("/messages/wait"), get(messages::wait))
        .route(&at("/{*rest}"), any(nothing))
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(guard::guard))
        .with_state(state)
}

async fn nothing() -> Refusal {
    Refusal::not_found("no-such-path", "the control API has no such path")
}

async fn wrong_method() -> Refusal {
    Refusal::wrong_method()
}
