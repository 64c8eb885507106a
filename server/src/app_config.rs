//! What a running server must be told. Parsed once by the command line, handed to [`crate::build`].

use std::path::PathBuf;
use std::time::Duration;

/// The settings of a server.
#[derive(Debug, Clone)]
pub struct AppConfig {
    /// The address by which browsers reach the server, without a slash at its end, such as
    /// `https://map.example`. Links are made from it, never from a request's `Host`; `https` turns on
    /// secure cookies and HSTS.
    pub public_url: String,
    /// The folder of files that are served as they are: `basemap.pmtiles`. `None` serves no basemap.
    pub data_dir: Option<PathBuf>,
    /// How often the feed of changes is asked what other processes wrote; at most half a second, so that a
    /// write is seen everywhere within a second.
    pub poll: Duration,
    /// How long a request may take, from its first byte to the head of the answer.
    pub deadline: Duration,
}

impl AppConfig {
    /// The usual settings for an address.
    pub fn new(public_url: impl Into<String>) -> Self {
        Self {
            public_url: public_url.into().trim_end_matches('/').to_owned(),
            data_dir: None,
            poll: Duration::from_millis(250),
            deadline: Duration::from_secs(30),
        }
    }

    /// The same with a folder of files.
    #[must_use]
    pub fn with_data_dir(self, data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: Some(data_dir.into()), ..self }
    }

    /// Whether browsers come by https.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
