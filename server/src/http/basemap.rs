//! `/basemap.pmtiles`: the basemap from our own host, by byte ranges.

use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, SeekFrom};
use tokio::sync::mpsc::channel;

use super::AppState;
use super::chunks::Chunks;
use super::etag::is_known;
use super::problem::{Kind, Problem};
use crate::app_config::AppConfig;

/// How much is read and sent at a time.
const CHUNK: usize = 64 * 1024;

fn path(config: &AppConfig) -> Option<PathBuf> {
    config.data_dir.as_ref().map(|dir| dir.join("basemap.pmtiles"))
}

/// Whether there is a basemap.
pub(super) async fn exists(config: &AppConfig) -> bool {
    match path(config) {
        Some(path) => tokio::fs::metadata(path).await.is_ok_and(|m| m.is_file()),
        None => false,
    }
}

/// `GET /basemap.pmtiles`, whole or a range of it (RFC 9110 §14). The file is opened for each request, so
/// that a new basemap is served as soon as it replaces the old one.
pub(super) async fn basemap(
    State(state): State<AppState>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let missing = || Problem::not_found("this server has no basemap");
    let file = File::open(path(&state.config).ok_or_else(missing)?).await.map_err(|_| missing())?;
    let metadata = file.metadata().await.map_err(|e| Problem::internal(e.to_string()))?;
    let size = metadata.len();
    let changed = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let etag = format!("\"{size:x}-{:x}\"", changed.map_or(0, |d| d.as_nanos()));
    if is_known(&headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    let (status, first, length) = match asked(&headers, &etag, size) {
        Asked::Whole => (StatusCode::OK, 0, size),
        Asked::Part { first, last } => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
        Asked::Beyond => return Err(beyond(size)),
    };
    let body = if method == Method::HEAD { Body::empty() } else { send(file, first, length) };
    let mut response = (status, body).into_response();
    let mut set = |name, value: String| {
        response.headers_mut().insert(name, HeaderValue::try_from(value).expect("numbers are visible"));
    };
    set(header::CONTENT_TYPE, "application/vnd.pmtiles".into());
    set(header::ACCEPT_RANGES, "bytes".into());
    set(header::CONTENT_LENGTH, length.to_string());
    set(header::ETAG, etag);
    if status == StatusCode::PARTIAL_CONTENT {
        set(header::CONTENT_RANGE, format!("bytes {first}-{}/{size}", first + length - 1));
    }
    Ok(response)
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part { first: u64, last: u64 },
    Beyond,
}

/// What of the file is asked for. A range that cannot be read, one for another version of the file, and
/// several ranges at once are answered with the whole, as the standard allows.
fn asked(headers: &HeaderMap, etag: &str, size: u64) -> Asked {
    let text = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    let Some(ranges) = text(header::RANGE).and_then(|r| r.strip_prefix("bytes=")) else {
        return Asked::Whole;
    };
    if headers.contains_key(header::IF_RANGE) && text(header::IF_RANGE) != Some(etag) {
        return Asked::Whole;
    }
    let Some((first, last)) = ranges.trim().split_once('-') else { return Asked::Whole };
    match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first > last => Asked::Whole,
        (Ok(first), last) if last.is_ok() || ranges.ends_with('-') => {
            if first >= size {
                return Asked::Beyond;
            }
            Asked::Part { first, last: last.unwrap_or(u64::MAX).min(size - 1) }
        }
        (Err(_), Ok(0)) if first.is_empty() => Asked::Beyond,
        (Err(_), Ok(_)) if first.is_empty() && size == 0 => Asked::Beyond,
        (Err(_), Ok(end)) if first.is_empty() => {
            Asked::Part { first: size.saturating_sub(end), last: size - 1 }
        }
        _ => Asked::Whole,
    }
}

fn beyond(size: u64) -> Problem {
    let detail = format!("the file has {size} bytes");
    let range = HeaderValue::try_from(format!("bytes */{size}")).expect("numbers are visible");
    Problem::new(Kind::RangeNotSatisfiable, StatusCode::RANGE_NOT_SATISFIABLE, detail)
        .of_field("Range")
        .with_header(header::CONTENT_RANGE, range)
}

/// A body that reads the file while it is sent.
fn send(mut file: File, first: u64, length: u64) -> Body {
    let (sender, receiver) = channel(2);
    tokio::spawn(async move {
        let read = async {
            file.seek(SeekFrom::Start(first)).await?;
            let mut rest = file.take(length);
            let mut buffer = vec![0; CHUNK];
            loop {
                let n = rest.read(&mut buffer).await?;
                let chunk = axum::body::Bytes::copy_from_slice(&buffer[..n]);
                if n == 0 || sender.send(Ok(chunk)).await.is_err() {
                    return Ok::<_, std::io::Error>(());
                }
            }
        };
        if let Err(error) = read.await {
            tracing::error!(%error, "the basemap cannot be read");
            let _ = sender.send(Err(error)).await;
        }
    });
    Body::new(Chunks(receiver))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: &str, size: u64) -> Asked {
        let headers = HeaderMap::from_iter([(header::RANGE, range.parse().unwrap())]);
        asked(&headers, "\"e\"", size)
    }

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        assert_eq!(of("bytes=0-9", 100), Asked::Part { first: 0, last: 9 });
        assert_eq!(of("bytes=90-", 100), Asked::Part { first: 90, last: 99 });
        assert_eq!(of("bytes=-10", 100), Asked::Part { first: 90, last: 99 });
        assert_eq!(of("bytes=-1000", 100), Asked::Part { first: 0, last: 99 });
        assert_eq!(of("bytes=95-1000", 100), Asked::Part { first: 95, last: 99 });
        for beyond in ["bytes=100-", "bytes=100-200", "bytes=-0"] {
            assert_eq!(of(beyond, 100), Asked::Beyond, "{beyond}");
        }
        assert_eq!(of("bytes=-5", 0), Asked::Beyond);
        for whole in ["bytes=9-0", "bytes=a-b", "bytes=0-1,5-6", "bytes=", "bytes=-", "lines=0-1"] {
            assert_eq!(of(whole, 100), Asked::Whole, "{whole}");
        }
    }
}
