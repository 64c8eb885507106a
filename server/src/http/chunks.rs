//! A body that is written while it is sent.

use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use http_body::Frame;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// How much is written at a time.
pub(super) const CHUNK: usize = 64 * 1024;
/// How many chunks wait for a slow client, at most.
pub(super) const WAITING: usize = 4;

/// A body that is sent while `write` writes it; a slow client makes the writer wait.
pub(super) fn written(write: impl FnOnce(&mut Pipe) -> io::Result<()> + Send + 'static) -> Body {
    let (sender, receiver) = channel(WAITING);
    let mut pipe = Pipe { sender, buffer: Vec::with_capacity(CHUNK) };
    tokio::task::spawn_blocking(move || {
        // The client who went away will not read it.
        if let Err(error) = write(&mut pipe).and_then(|()| pipe.flush()) {
            let _ = pipe.sender.blocking_send(Err(error));
        }
    });
    Body::new(Chunks(receiver))
}

/// Where such a body is written to.
pub(super) struct Pipe {
    sender: Sender<io::Result<Bytes>>,
    buffer: Vec<u8>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let chunk = Bytes::from(std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK)));
        self.sender.blocking_send(Ok(chunk)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

/// Chunks on their way from a writer to the client. May be asked again after its end, as compression does.
pub(super) struct Chunks(pub Receiver<io::Result<Bytes>>);

impl HttpBody for Chunks {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }
}
