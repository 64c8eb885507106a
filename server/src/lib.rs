//! Stead: a community's map of places of being and doing.
//!
//! One direction: `http → actions → { store, live } → engine`.

pub mod actions;
pub mod ambient;
pub mod app_config;
pub mod cli;
pub mod demo;
mod develop;
pub mod export;
pub mod http;
pub mod import;
pub mod live;
pub mod secret;
pub mod store;
pub mod texts;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;

pub use app_config::AppConfig;

use actions::Core;
use ambient::Ambient;
use http::AppState;
use live::{Follower, Live, follow};
use store::{Store, StoreError};
use texts::Texts;

/// How long requests under way may take to end when the server is asked to stop.
const GRACE: Duration = Duration::from_secs(10);

/// A server that is ready to listen: the memory is loaded.
pub struct App {
    /// All routes.
    pub router: Router,
    /// What actions work on; for those that do not come by HTTP.
    pub core: Core,
    follower: Follower,
    poll: Duration,
}

/// Loads the memory and makes the routes.
///
/// # Errors
/// When the store cannot be read.
pub async fn build(config: AppConfig, store: Arc<dyn Store>, ambient: Ambient) -> Result<App, StoreError> {
    let (live, position) = Live::load(&*store).await?;
    let live = Arc::new(live);
    let follower = Follower::new(Arc::clone(&store), Arc::clone(&live), position);
    let secret = Arc::new(config.secret(&ambient)?);
    let core = Core {
        store,
        live,
        ambient,
        secret,
        texts: Arc::new(Texts::load()),
        developing: crate::actions::developing(),
    };
    let poll = config.poll;
    let state = AppState { core: core.clone(), config: Arc::new(config), in_step: follower.in_step() };
    Ok(App { router: http::router(state), core, follower, poll })
}

/// Answers requests, and follows what other processes write, until `shutdown` completes; requests under way
/// are then answered, for ten seconds at most.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    app: App,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let following = tokio::spawn(follow(app.follower, app.poll));
    let (stopping, mut stopped) = tokio::sync::watch::channel(false);
    let graceful = async move {
        shutdown.await;
        // Nobody listens any more if the server ended by itself.
        let _ = stopping.send(true);
    };
    let serving =
        axum::serve(listener, app.router.into_make_service_with_connect_info::<std::net::SocketAddr>())
            .with_graceful_shutdown(graceful);
    let grace = async move {
        if stopped.wait_for(|stopped| *stopped).await.is_ok() {
            tokio::time::sleep(GRACE).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    let ended = tokio::select! {
        ended = serving => ended,
        () = grace => Ok(()),
    };
    following.abort();
    ended
}
