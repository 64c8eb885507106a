//! The basemap: a PMTiles archive, version 3 (<https://github.com/protomaps/PMTiles>), taken over as it is.

use std::fmt;
use std::fs;
use std::io::{self, Read as _, Seek as _};
use std::path::Path;

use super::ImportError;

/// The name of the basemap in the data folder.
const FILE_NAME: &str = "basemap.pmtiles";
const HEADER: usize = 127;
/// Mapbox vector tiles, by the header's numbers.
const VECTOR: u8 = 1;
/// Where the header keeps offset and length of a part, the lengths follow the offsets.
const PARTS: [(&str, usize); 4] =
    [("root directory", 8), ("metadata", 24), ("leaf directories", 40), ("tiles", 56)];

/// What a basemap holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasemapSummary {
    /// Lowest and highest zoom.
    pub zooms: (u8, u8),
    /// Size in bytes.
    pub bytes: u64,
}

impl fmt::Display for BasemapSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = self.zooms;
        write!(f, "zoom {low} to {high}, {} kB", self.bytes.div_ceil(1_000))
    }
}

/// Checks a basemap and copies it into the data folder in one step: a server never sees half of it.
///
/// # Errors
/// When the file is not a whole PMTiles archive of vector tiles, or the folder cannot be written.
pub fn basemap(path: &Path, data_dir: &Path) -> Result<BasemapSummary, ImportError> {
    let mut file = fs::File::open(path).map_err(ImportError::Unreadable)?;
    let bytes = file.metadata().map_err(ImportError::Unreadable)?.len();
    let mut header = Vec::with_capacity(HEADER);
    file.by_ref().take(HEADER as u64).read_to_end(&mut header).map_err(ImportError::Unreadable)?;
    let summary = check(&header, bytes)?;
    file.rewind().map_err(ImportError::Unreadable)?;
    let copied = (|| -> io::Result<()> {
        let mut copy = tempfile::NamedTempFile::new_in(data_dir)?;
        io::copy(&mut file, &mut copy)?;
        copy.as_file().sync_all()?;
        copy.persist(data_dir.join(FILE_NAME))?;
        fs::File::open(data_dir)?.sync_all()
    })();
    copied.map_err(ImportError::Unwritable)?;
    Ok(summary)
}

fn check(header: &[u8], bytes: u64) -> Result<BasemapSummary, ImportError> {
    let wrong = |problem: String| Err(ImportError::Broken(problem));
    if !header.starts_with(b"PMTiles") {
        return wrong("this is no PMTiles archive".into());
    }
    match header.get(7) {
        Some(3) => {}
        Some(version) => return wrong(format!("this is PMTiles version {version}; Stead reads version 3")),
        None => return wrong("the file is cut off within its header".into()),
    }
    if header.len() < HEADER {
        return wrong("the file is cut off within its header".into());
    }
    let number = |at: usize| {
        let mut eight = [0; 8];
        eight.copy_from_slice(&header[at..at + 8]);
        u64::from_le_bytes(eight)
    };
    for (part, at) in PARTS {
        let end = number(at).checked_add(number(at + 8));
        if end.is_none_or(|end| end > bytes) {
            return wrong(format!("the file is cut off: its {part} should end after its {bytes} bytes"));
        }
    }
    if header[99] != VECTOR {
        return wrong("its tiles are not vector tiles (MVT), which the map needs".into());
    }
    Ok(BasemapSummary { zooms: (header[100], header[101]), bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Vec<u8> {
        let mut h = vec![0; HEADER];
        h[..7].copy_from_slice(b"PMTiles");
        h[7] = 3;
        h[56] = 127;
        h[64] = 100;
        (h[99], h[100], h[101]) = (VECTOR, 10, 15);
        h
    }

    #[test]
    fn only_a_whole_archive_of_vector_tiles_is_taken() {
        assert_eq!(check(&header(), 227).unwrap().zooms, (10, 15));
        assert!(check(&header(), 226).unwrap_err().to_string().contains("its tiles should end after"));
        assert!(check(&header()[..50], 50).unwrap_err().to_string().contains("within its header"));
        let mut raster = header();
        raster[99] = 2;
        assert!(check(&raster, 227).unwrap_err().to_string().contains("not vector tiles"));
        let mut old = header();
        old[7] = 2;
        assert!(check(&old, 227).unwrap_err().to_string().contains("version 2"));
        assert!(check(b"<html>", 6).is_err());
    }

    #[test]
    fn a_bad_basemap_leaves_the_one_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let (good, bad) = (folder.path().join("good"), folder.path().join("bad"));
        let mut bytes = header();
        bytes.resize(227, 7);
        fs::write(&good, &bytes).unwrap();
        fs::write(&bad, &bytes[..200]).unwrap();
        basemap(&good, folder.path()).unwrap();
        basemap(&bad, folder.path()).unwrap_err();
        assert_eq!(fs::read(folder.path().join(FILE_NAME)).unwrap(), bytes);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left over");
    }
}
