//! OpenStreetMap extracts in the PBF format: nodes, ways and relations.
//!
//! Three passes keep memory small: which elements are supports; which nodes their ways need; where those
//! nodes are.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use engine::support::SupportDetails;
use engine::{Bounds, LonLat};
use osmpbf::{BlobDecode, BlobReader, Element, RelMemberType};

use super::outline::{point_on_relation, point_on_way};
use super::{Found, ImportError, Report, osm_tags};

/// What a file may require of its reader, by the format's own words. A file with history, say, holds several
/// versions of one element.
const UNDERSTOOD: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

struct WaySupport {
    details: SupportDetails,
    nodes: Vec<i64>,
}

struct RelationSupport {
    details: SupportDetails,
    outer: Vec<i64>,
    inner: Vec<i64>,
}

/// Reads the supports of an extract, and the box that its header gives.
///
/// # Errors
/// When the file cannot be read to its end.
pub fn read(path: &Path, report: &mut Report) -> Result<(Vec<Found>, Option<Bounds>), ImportError> {
    let mut found = Vec::new();
    let mut ways = Vec::new();
    let mut relations = Vec::new();
    let header = elements(path, |element| {
        report.read += 1;
        match element {
            Element::Node(n) => node(n.id(), n.lon(), n.lat(), n.tags().collect(), &mut found),
            Element::DenseNode(n) => node(n.id(), n.lon(), n.lat(), n.tags().collect(), &mut found),
            Element::Way(w) => {
                if let Some(details) = details("way", w.id(), w.tags().collect()) {
                    ways.push(WaySupport { details, nodes: w.refs().collect() });
                }
            }
            Element::Relation(r) => {
                if let Some(details) = details("relation", r.id(), r.tags().collect()) {
                    let (mut outer, mut inner) = (Vec::new(), Vec::new());
                    for member in r.members().filter(|m| m.member_type == RelMemberType::Way) {
                        let list = if matches!(member.role(), Ok("inner")) { &mut inner } else { &mut outer };
                        list.push(member.member_id);
                    }
                    relations.push(RelationSupport { details, outer, inner });
                }
            }
        }
    })?;

    let members: HashSet<i64> =
        relations.iter().flat_map(|r: &RelationSupport| r.outer.iter().chain(&r.inner)).copied().collect();
    let mut member_nodes: HashMap<i64, Vec<i64>> = HashMap::new();
    if !members.is_empty() {
        elements(path, |element| {
            if let Element::Way(w) = element
                && members.contains(&w.id())
            {
                member_nodes.insert(w.id(), w.refs().collect());
            }
        })?;
    }

    let mut places: HashMap<i64, Option<(f64, f64)>> = ways
        .iter()
        .flat_map(|w| &w.nodes)
        .chain(member_nodes.values().flatten())
        .map(|id| (*id, None))
        .collect();
    if !places.is_empty() {
        elements(path, |element| {
            let (id, at) = match element {
                Element::Node(n) => (n.id(), (n.lon(), n.lat())),
                Element::DenseNode(n) => (n.id(), (n.lon(), n.lat())),
                _ => return,
            };
            if let Some(place) = places.get_mut(&id) {
                *place = Some(at);
            }
        })?;
    }

    let line =
        |nodes: &[i64]| nodes.iter().filter_map(|id| places.get(id).copied().flatten()).collect::<Vec<_>>();
    for way in ways {
        take(&mut found, report, way.details, point_on_way(&line(&way.nodes)));
    }
    for relation in relations {
        let lines = |ids: &[i64]| ids.iter().filter_map(|id| member_nodes.get(id)).map(|n| line(n)).collect();
        let point = point_on_relation(lines(&relation.outer), lines(&relation.inner));
        take(&mut found, report, relation.details, point);
    }
    Ok((found, header))
}

fn take(found: &mut Vec<Found>, report: &mut Report, details: SupportDetails, at: Option<LonLat>) {
    match at {
        Some(location) => found.push(Found { details, location: Some(location) }),
        None => report.skip(details.source_id, "none of its nodes is in the file"),
    }
}

fn node(id: i64, lon: f64, lat: f64, tags: Vec<(&str, &str)>, found: &mut Vec<Found>) {
    if let Some(details) = details("node", id, tags)
        && let Ok(location) = LonLat::new(lon, lat)
    {
        found.push(Found { details, location: Some(location) });
    }
}

fn details(kind: &str, id: i64, tags: Vec<(&str, &str)>) -> Option<SupportDetails> {
    if tags.is_empty() {
        return None;
    }
    let tags: HashMap<&str, &str> = tags.into_iter().collect();
    osm_tags::support(format!("{kind}/{id}"), |key| tags.get(key).copied())
}

/// Runs over all elements; returns the box of the header.
pub(super) fn elements(
    path: &Path,
    mut each: impl FnMut(Element<'_>),
) -> Result<Option<Bounds>, ImportError> {
    let broken = |e: osmpbf::Error| ImportError::Broken(format!("is not a whole OSM PBF file: {e}"));
    let file = File::open(path).map_err(ImportError::Unreadable)?;
    let whole = file.metadata().map_err(ImportError::Unreadable)?.len();
    let read = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: BufReader::new(file), read: Arc::clone(&read) };
    let mut header = None;
    let mut has_header = false;
    let mut end_of_last = 0;
    for blob in BlobReader::new(counted) {
        if blob.is_ok() {
            end_of_last = read.load(Ordering::Relaxed);
        }
        match blob.map_err(broken)?.decode().map_err(broken)? {
            BlobDecode::OsmHeader(found) => {
                has_header = true;
                let needed = found.required_features().iter();
                if let Some(more) = needed.into_iter().find(|f| !UNDERSTOOD.contains(&f.as_str())) {
                    return Err(ImportError::Broken(format!("needs {more:?}, which Stead cannot read")));
                }
                header = found.bbox().and_then(|b| {
                    Bounds::around([LonLat::new(b.left, b.bottom).ok()?, LonLat::new(b.right, b.top).ok()?])
                });
            }
            BlobDecode::OsmData(block) => block.for_each_element(&mut each),
            BlobDecode::Unknown(_) => {}
        }
    }
    // The library takes a file that is cut in the length of a block for one that ends there.
    if end_of_last != whole {
        return Err(ImportError::Broken(format!("is cut off after {end_of_last} of {whole} bytes")));
    }
    if has_header {
        Ok(header)
    } else {
        Err(ImportError::Broken("is not an OSM PBF file: it is empty".into()))
    }
}

/// A reader that says how far it was read.
struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}
