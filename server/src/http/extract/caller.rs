//! From where a request comes, for throttles, and by what, so that people know their own sessions again.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use crate::actions::staff::Address;
use crate::http::AppState;

/// The network that a request comes from. Counted in throttles; neither kept nor logged.
pub struct Caller(pub Address);

impl FromRequestParts<AppState> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        Ok(Self(Address::of(address(peer, &parts.headers, state.config.trusted_proxies))))
    }
}

/// The address behind `proxies` proxies of our own. Each adds the address it was called from at the end of
/// `X-Forwarded-For`; what stands before their own entries anybody may have written.
fn address(peer: Option<IpAddr>, headers: &HeaderMap, proxies: usize) -> Option<IpAddr> {
    let Some(skip) = proxies.checked_sub(1) else { return peer };
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let all: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    all.iter().rev().nth(skip).and_then(|text| text.parse().ok()).or(peer)
}

/// Browser and system in a few words, such as `Firefox, Linux`.
pub struct Device(pub String);

impl FromRequestParts<AppState> for Device {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Infallible> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok());
        Ok(Self(device(agent.unwrap_or_default())))
    }
}

fn device(agent: &str) -> String {
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    // Each browser names those before it, too.
    let browser =
        first(&[("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_our_own_proxies_wrote_is_believed() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "203.0.113.9, 198.51.100.1".parse().unwrap());
        headers.append("x-forwarded-for", "192.0.2.7".parse().unwrap());
        let peer: IpAddr = "127.0.0.1".parse().unwrap();
        let of = |proxies| address(Some(peer), &headers, proxies).unwrap().to_string();
        assert_eq!((of(0), of(1), of(2)), ("127.0.0.1".into(), "192.0.2.7".into(), "198.51.100.1".into()));
        assert_eq!(of(9), "127.0.0.1");
        assert_eq!(address(Some(peer), &HeaderMap::new(), 1), Some(peer));
    }

    #[test]
    fn a_device_is_told_in_a_few_words() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        assert_eq!(device(chrome), "Chrome, Linux");
        assert_eq!(
            device("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"),
            "Firefox, Android"
        );
        assert_eq!(device("curl/8"), "");
    }
}
