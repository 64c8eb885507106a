//! The installation's secret: 32 random bytes in a file of the data folder, readable by the server alone.
//!
//! It seals what the database must not tell by itself (the staff's TOTP secrets) and keys the hashes of network
//! addresses in throttles. It is not in the database, so that a stolen copy of the database, or a backup of it,
//! gives nobody a second factor. Several servers on one database need the same file (`--secret-file`); without
//! it, staff set up their second factor anew by a fresh link.

use std::fmt;
use std::io::{self, Read, Write};
use std::path::Path;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::ambient::Ambient;
use crate::store::Hash;

/// Bytes of `XChaCha20`'s nonce: enough for random ones.
const NONCE: usize = 24;

/// The secret. Never shown.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// A secret that lasts as long as the process.
    pub fn passing(ambient: &Ambient) -> Self {
        Self(ambient.bytes())
    }

    /// Reads the file, or makes it.
    ///
    /// # Errors
    /// When it can be neither read nor made, or does not hold 32 bytes.
    pub fn at(file: &Path, ambient: &Ambient) -> io::Result<Self> {
        match Self::read(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            read => return read,
        }
        // Written aside and linked into place: of two servers that start at once, both use the first one's.
        let folder = file.parent().unwrap_or(Path::new("."));
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(&ambient.bytes::<32>())?;
        new.as_file().sync_all()?;
        match new.persist_noclobber(file) {
            Err(e) if e.error.kind() != io::ErrorKind::AlreadyExists => return Err(e.error),
            _ => {}
        }
        Self::read(file)
    }

    /// Reads the file, or, where there is none, makes one up that lasts as long as the process: for what writes nothing.
    ///
    /// # Errors
    /// When it is there and cannot be read, or does not hold 32 bytes.
    pub fn at_or_passing(file: &Path, ambient: &Ambient) -> io::Result<Self> {
        match Self::read(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::passing(ambient)),
            read => read,
        }
    }

    fn read(file: &Path) -> io::Result<Self> {
        let mut bytes = Vec::new();
        std::fs::File::open(file)?.take(33).read_to_end(&mut bytes)?;
        bytes.try_into().map(Self).map_err(|_| io::Error::other("a secret file must hold 32 bytes"))
    }

    /// A keyed hash, for one use.
    pub fn hash(&self, usage: &str, text: &[u8]) -> Hash {
        let mut mac = self.mac(usage);
        mac.update(text);
        mac.finalize().into_bytes().into()
    }

    fn mac(&self, usage: &str) -> Hmac<Sha256> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0).expect("any length is a key");
        mac.update(usage.as_bytes());
        mac.update(&[0]);
        mac
    }

    fn cipher(&self, usage: &str) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.hash(usage, b"seal").into())
    }

    /// Seals bytes so that only this secret opens them, and only for the same owner.
    pub fn seal(&self, ambient: &Ambient, owner: &[u8], bytes: &[u8]) -> Vec<u8> {
        let nonce = ambient.bytes::<NONCE>();
        let payload = Payload { msg: bytes, aad: owner };
        let sealed = self.cipher("totp").encrypt(&XNonce::from(nonce), payload);
        [&nonce[..], &sealed.expect("a few bytes are not too long")].concat()
    }

    /// Opens what [`Self::seal`] sealed; `None` with another secret or for another owner.
    pub fn open(&self, owner: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: owner };
        self.cipher("totp").decrypt(&XNonce::from(*nonce), payload).ok()
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_owner_with_the_same_file_alone() {
        let folder = tempfile::tempdir().unwrap();
        let ambient = Ambient::system();
        let file = folder.path().join("secret.key");
        let secret = Secret::at(&file, &ambient).unwrap();
        let sealed = secret.seal(&ambient, b"liis", b"twenty bytes of seed");
        let again = Secret::at(&file, &ambient).unwrap();
        assert_eq!(again.open(b"liis", &sealed).unwrap(), b"twenty bytes of seed");
        assert!(again.open(b"mart", &sealed).is_none() && again.open(b"liis", &sealed[..30]).is_none());
        assert!(Secret::passing(&ambient).open(b"liis", &sealed).is_none());
        assert_eq!(secret.hash("a", b"x"), again.hash("a", b"x"));
        assert_ne!(secret.hash("a", b"x"), secret.hash("b", b"x"));
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&file, "short").unwrap();
        assert!(Secret::at(&file, &ambient).is_err());
    }
}
