//! The control API and its client.

use std::sync::Arc;

use super::state::State;

pub const SCHEMA: &str = "";

/// The control API's routes, without their prefix.
pub fn routes(_state: Arc<State>) -> axum::Router {
    axum::Router::new()
}
