//! What a running server must be told. Parsed once by the command line, handed to [`crate::build`].

use std::path::PathBuf;
use std::time::Duration;

use crate::ambient::Ambient;
use crate::secret::Secret;
use crate::store::StoreError;

/// The settings of a server.
#[derive(Debug, Clone)]
pub struct AppConfig {
    /// The address by which browsers reach the server, without a slash at its end, such as
    /// `https://map.example`. Links are made from it, never from a request's `Host`; `https` turns on
    /// secure cookies and HSTS.
    pub public_url: String,
    /// The folder of files that are served as they are: `basemap.pmtiles`. `None` serves no basemap.
    pub data_dir: Option<PathBuf>,
    /// The file of the installation's secret, made if it is not there. Without one it is `secret.key` in the
    /// data folder; with neither, the secret lasts as long as the process.
    pub secret_file: Option<PathBuf>,
    /// How many reverse proxies of our own are in front, each of which adds an address to `X-Forwarded-For`.
    /// Addresses count in throttles alone, and are neither kept nor logged.
    pub trusted_proxies: usize,
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
            secret_file: None,
            trusted_proxies: 0,
            poll: Duration::from_millis(250),
            deadline: Duration::from_secs(30),
        }
    }

    /// The same with a folder of files.
    #[must_use]
    pub fn with_data_dir(self, data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: Some(data_dir.into()), ..self }
    }

    /// The installation's secret.
    ///
    /// # Errors
    /// When its file can be neither read nor made.
    pub(crate) fn secret(&self, ambient: &Ambient) -> Result<Secret, StoreError> {
        let in_data_dir = || self.data_dir.as_ref().map(|folder| folder.join("secret.key"));
        let Some(file) = self.secret_file.clone().or_else(in_data_dir) else {
            return Ok(Secret::passing(ambient));
        };
        Secret::at(&file, ambient).map_err(|e| StoreError::Open(format!("{}: {e}", file.display())))
    }

    /// Whether browsers come by https.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
