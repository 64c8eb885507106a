//! Sending a table.

use std::io;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;
use tokio::sync::mpsc::channel;

use super::Kind;
use crate::export::{self, ExportError, Format, Table, codebook, codebook_text};
use crate::http::chunks::{CHUNK, Chunks, WAITING, written};
use crate::http::problem::Problem;

/// Sends a table or its codebook as a file to keep.
pub async fn send(kind: Kind, table: Table, bom: bool) -> Result<Response, Problem> {
    let headers = headers(kind, &table)?;
    let body = match kind {
        Kind::Codebook => Body::from(codebook(&table).to_string()),
        Kind::CodebookText => Body::from(codebook_text(&table)),
        Kind::Table(format) if format.streams() => stream(format, table, bom),
        Kind::Table(format) => by_file(format, table, bom).await?,
    };
    Ok((headers, body).into_response())
}

/// What the file is and what it is called.
fn headers(kind: Kind, table: &Table) -> Result<[(HeaderName, HeaderValue); 2], Problem> {
    let name = |ending: &str| {
        let day = table.about.made_at.strftime("%Y-%m-%d");
        format!("{}-{}-{day}.{ending}", table.about.community, table.name)
    };
    let (media_type, name) = match kind {
        Kind::Table(format) => (format.media_type(), name(format.ending())),
        Kind::Codebook => ("application/json", name("codebook.json")),
        Kind::CodebookText => ("text/markdown; charset=utf-8", name("codebook.md")),
    };
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""))
        .map_err(|e| Problem::internal(e.to_string()))?;
    Ok([
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, disposition),
    ])
}

/// Sends while it writes.
fn stream(format: Format, table: Table, bom: bool) -> Body {
    written(move |out| export::write(format, table, bom, out).map_err(|e| io::Error::other(e.to_string())))
}

/// Writes a file that has no name any more once it is open, and sends it.
async fn by_file(format: Format, table: Table, bom: bool) -> Result<Body, Problem> {
    let wrong = |e: ExportError| Problem::internal(e.to_string());
    let file = tempfile::NamedTempFile::new().map_err(|e| wrong(e.into()))?;
    export::write_file(format, table, bom, file.path()).await.map_err(wrong)?;
    let mut file = File::open(file.path()).await.map_err(|e| wrong(e.into()))?;
    let (sender, receiver) = channel(WAITING);
    tokio::spawn(async move {
        let mut buffer = vec![0; CHUNK];
        loop {
            let read = match file.read(&mut buffer).await {
                Ok(0) => return,
                Ok(n) => Ok(Bytes::copy_from_slice(&buffer[..n])),
                Err(error) => Err(error),
            };
            let broken = read.is_err();
            if sender.send(read).await.is_err() || broken {
                return;
            }
        }
    });
    Ok(Body::new(Chunks(receiver)))
}
