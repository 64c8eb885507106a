//! `stead serve`: the server.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use tokio::net::TcpListener;

use super::{CliError, Context as _};
use crate::ambient::Ambient;
use crate::app_config::AppConfig;
use crate::store::Store;

/// Where a server listens unless it is told.
const USUAL: &str = "127.0.0.1:8080";
/// How many ports after the usual one the demonstration tries.
const NEXT_PORTS: u16 = 20;

/// What a server may be told.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where to listen.
    #[arg(long, value_name = "ADDR", default_value = USUAL, env = "STEAD_LISTEN")]
    listen: SocketAddr,
    /// The address by which browsers reach the server; links are made from it.
    #[arg(long, value_name = "URL", env = "STEAD_PUBLIC_URL")]
    public_url: Option<String>,
    /// The file of the installation's secret, by default `secret.key` in the data folder; several servers on one
    /// database need the same one.
    #[arg(long, value_name = "FILE", env = "STEAD_SECRET_FILE")]
    secret_file: Option<std::path::PathBuf>,
    /// How many reverse proxies of your own stand in front; the throttles then count the addresses they saw.
    #[arg(long, value_name = "N", env = "STEAD_TRUSTED_PROXIES", default_value_t = 0)]
    trusted_proxies: usize,
}

/// Runs the command.
///
/// # Errors
/// When the port is taken or the public address is none.
pub async fn run(args: ServeArgs, store: Arc<dyn Store>, data_dir: &Path) -> Result<(), CliError> {
    let listener = TcpListener::bind(args.listen).await.context(format!("listening on {}", args.listen))?;
    let config = AppConfig {
        secret_file: args.secret_file,
        trusted_proxies: args.trusted_proxies,
        ..app_config(&listener, args.public_url, data_dir)?
    };
    warn_of_crisis_contacts(store.as_ref()).await?;
    run_server(listener, config, store, Ambient::system()).await
}

/// Says which communities tell people whom to call without anybody having checked it.
async fn warn_of_crisis_contacts(store: &dyn Store) -> Result<(), CliError> {
    for community in store.communities().await? {
        if !community.crisis_confirmed {
            eprintln!(
                "stead: warning: nobody has checked whom {0} tells people to call in a crisis: \
                 run stead community crisis --community {0}",
                community.id
            );
        }
    }
    Ok(())
}

/// Binds what was asked for, or the usual address, or the next free port after it.
pub(super) async fn bind_near(asked: Option<SocketAddr>) -> Result<TcpListener, CliError> {
    if let Some(address) = asked {
        return TcpListener::bind(address).await.context(format!("listening on {address}"));
    }
    let usual: SocketAddr = USUAL.parse().expect("a constant address");
    for port in usual.port()..=usual.port() + NEXT_PORTS {
        match TcpListener::bind(SocketAddr::new(usual.ip(), port)).await {
            Err(taken) if taken.kind() == std::io::ErrorKind::AddrInUse => {}
            bound => return bound.context(format!("listening on {}:{port}", usual.ip())),
        }
    }
    Err(CliError::new(format!("ports {} to {} are all taken", usual.port(), usual.port() + NEXT_PORTS)))
}

/// The settings for a listener.
pub(super) fn app_config(
    listener: &TcpListener,
    public_url: Option<String>,
    data_dir: &Path,
) -> Result<AppConfig, CliError> {
    let address = listener.local_addr().context("the listener's address")?;
    let url = public_url.unwrap_or_else(|| format!("http://{address}"));
    if !url.starts_with("http://") && !url.starts_with("https://") {
        return Err(CliError::new(format!("--public-url must start with http:// or https://, not {url}")));
    }
    Ok(AppConfig::new(url).with_data_dir(data_dir))
}

/// Serves until Ctrl-C or a termination signal; requests under way are answered first.
pub(super) async fn run_server(
    listener: TcpListener,
    config: AppConfig,
    store: Arc<dyn Store>,
    ambient: Ambient,
) -> Result<(), CliError> {
    let address = listener.local_addr().context("the listener's address")?;
    let app = crate::build(config, store, ambient).await?;
    println!("listening on http://{address}");
    crate::serve(app, listener, asked_to_stop()).await.context("serving")
}

async fn asked_to_stop() {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .expect("a process may listen to its signals");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
