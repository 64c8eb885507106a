//! For machines that watch over the server.

use std::sync::atomic::Ordering;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use super::AppState;
use super::problem::Problem;

/// `GET /healthz`: the process is alive.
pub(super) async fn healthz() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

/// `GET /readyz`: the database answers and other processes' writes arrive.
pub(super) async fn readyz(State(state): State<AppState>) -> Result<Json<Value>, Problem> {
    state.core.store.ping().await?;
    if state.in_step.load(Ordering::Relaxed) {
        Ok(Json(json!({"status": "ready"})))
    } else {
        Err(Problem::unavailable("the feed of changes cannot be followed"))
    }
}
