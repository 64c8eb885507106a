//! Names on the map in an OpenStreetMap extract: streets, and what else people call by name.
//!
//! Two passes: what bears a name, then where its nodes are. Ways of one name that touch, or nearly do, are one
//! street; namesakes farther apart are several.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use engine::gazetteer::{NameKind, Named};
use engine::{Bounds, LonLat};
use osmpbf::Element;

use super::ImportError;
use super::osm_pbf::elements;

/// Ways of one name that are no farther apart are one: the other side of a crossing or of a square.
const APART_M: f64 = 300.0;
/// Longest name that is taken over, in characters.
const LONGEST: usize = 200;

/// What is looked for by name, by key; without values, whatever its value.
const FEATURES: [(&str, &[&str]); 12] = [
    (
        "leisure",
        &[
            "park",
            "garden",
            "nature_reserve",
            "playground",
            "pitch",
            "stadium",
            "beach_resort",
            "marina",
            "dog_park",
            "bathing_place",
            "common",
            "sports_centre",
            "swimming_area",
        ],
    ),
    ("natural", &[]),
    ("waterway", &["river", "stream", "canal", "waterfall"]),
    (
        "place",
        &[
            "square",
            "suburb",
            "neighbourhood",
            "quarter",
            "village",
            "hamlet",
            "island",
            "islet",
            "locality",
            "town",
        ],
    ),
    ("landuse", &["forest", "cemetery", "recreation_ground", "allotments", "meadow", "village_green"]),
    ("tourism", &["attraction", "viewpoint", "museum", "picnic_site", "camp_site", "zoo"]),
    ("historic", &[]),
    ("railway", &["station", "halt"]),
    ("public_transport", &["station"]),
    (
        "amenity",
        &["grave_yard", "place_of_worship", "marketplace", "fountain", "university", "school", "theatre"],
    ),
    ("man_made", &["bridge", "pier", "lighthouse"]),
    ("boundary", &["national_park", "protected_area"]),
];

/// What is put together.
type Key = (NameKind, String);

/// Reads the names of an extract.
///
/// # Errors
/// When the file cannot be read to its end.
pub fn read(path: &Path) -> Result<Vec<Named>, ImportError> {
    let mut points = HashMap::<Key, Vec<Vec<LonLat>>>::new();
    let mut ways: HashMap<Key, Vec<Vec<i64>>> = HashMap::new();
    elements(path, |element| match element {
        Element::Node(n) => node(n.lon(), n.lat(), n.tags(), &mut points),
        Element::DenseNode(n) => node(n.lon(), n.lat(), n.tags(), &mut points),
        Element::Way(w) => {
            if let Some(key) = name_of(w.tags()) {
                ways.entry(key).or_default().push(w.refs().collect());
            }
        }
        // What a relation names its ways nearly always name, too.
        Element::Relation(_) => {}
    })?;
    let mut places: HashMap<i64, Option<LonLat>> =
        ways.values().flatten().flatten().map(|id| (*id, None)).collect();
    if !places.is_empty() {
        elements(path, |element| {
            let (id, lon, lat) = match element {
                Element::Node(n) => (n.id(), n.lon(), n.lat()),
                Element::DenseNode(n) => (n.id(), n.lon(), n.lat()),
                _ => return,
            };
            if let Some(place) = places.get_mut(&id) {
                *place = LonLat::new(lon, lat).ok();
            }
        })?;
    }
    let line = |nodes: Vec<i64>| nodes.iter().filter_map(|id| places.get(id).copied().flatten()).collect();
    let mut lines = points;
    for (key, ways) in ways {
        lines.entry(key).or_default().extend(ways.into_iter().map(line));
    }
    let mut named = Vec::new();
    for ((kind, name), lines) in lines {
        let one = |lines| Named { name: name.clone(), kind, lines };
        named.extend(together(lines).into_iter().map(one));
    }
    named.sort_by(|a, b| (&a.name, a.kind).cmp(&(&b.name, b.kind)));
    Ok(named)
}

fn node<'a>(
    lon: f64,
    lat: f64,
    tags: impl Iterator<Item = (&'a str, &'a str)>,
    points: &mut HashMap<Key, Vec<Vec<LonLat>>>,
) {
    if let Some(key) = name_of(tags)
        && let Ok(at) = LonLat::new(lon, lat)
    {
        points.entry(key).or_default().push(vec![at]);
    }
}

/// What tags name, if it is something to look for.
fn name_of<'a>(tags: impl Iterator<Item = (&'a str, &'a str)>) -> Option<(NameKind, String)> {
    let (mut name, mut kind) = (None, None);
    for (key, value) in tags {
        if key == "name" {
            name = Some(value.trim());
        } else if key == "highway" && !matches!(value, "bus_stop" | "proposed" | "construction" | "platform")
        {
            kind = Some(NameKind::Street);
        } else if kind.is_none()
            && let Some((_, values)) = FEATURES.iter().find(|(known, _)| *known == key)
            && (values.is_empty() || values.contains(&value))
        {
            kind = Some(NameKind::Feature);
        }
    }
    let name = name.filter(|name| (1..=LONGEST).contains(&name.chars().count()) && !name.contains('\0'))?;
    Some((kind?, name.to_owned()))
}

/// Lines of one name, put together by where they are.
fn together(lines: Vec<Vec<LonLat>>) -> Vec<Vec<Vec<LonLat>>> {
    let boxed =
        |line: Vec<LonLat>| Some((Bounds::around(line.iter().copied())?.widened(APART_M / 2.0), line));
    let lines: Vec<_> = lines.into_iter().filter_map(boxed).collect();
    let mut left: HashSet<usize> = (0..lines.len()).collect();
    let mut groups = Vec::new();
    for first in 0..lines.len() {
        if !left.remove(&first) {
            continue;
        }
        let mut members = vec![first];
        let mut next = 0;
        while let Some(&member) = members.get(next) {
            next += 1;
            let reached: Vec<_> =
                left.iter().copied().filter(|other| meet(&lines[member].0, &lines[*other].0)).collect();
            for other in reached {
                left.remove(&other);
                members.push(other);
            }
        }
        members.sort_unstable();
        groups.push(members);
    }
    let mut lines: Vec<_> = lines.into_iter().map(|(_, line)| Some(line)).collect();
    let take = |group: Vec<usize>, lines: &mut Vec<Option<Vec<LonLat>>>| {
        group.into_iter().filter_map(|i| lines.get_mut(i)?.take()).collect()
    };
    groups.into_iter().map(|group| take(group, &mut lines)).collect()
}

fn meet(a: &Bounds, b: &Bounds) -> bool {
    a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)]) -> Vec<LonLat> {
        points.iter().map(|(lon, lat)| LonLat::new(*lon, *lat).unwrap()).collect()
    }

    #[test]
    fn ways_that_touch_are_one_street_and_namesakes_far_apart_are_two() {
        let (a, b) = (line(&[(24.90, 60.2), (24.91, 60.2)]), line(&[(24.91, 60.2), (24.92, 60.2)]));
        let (across, far) = (line(&[(24.922, 60.2), (24.93, 60.2)]), line(&[(25.2, 60.2), (25.21, 60.2)]));
        let groups = together(vec![a.clone(), far.clone(), across.clone(), b.clone(), Vec::new()]);
        assert_eq!(groups, [vec![a, across, b], vec![far]]);
    }

    #[test]
    fn only_what_people_call_by_name_is_taken_over() {
        let kind =
            |tags: &[(&'static str, &'static str)]| name_of(tags.iter().copied()).map(|(kind, _)| kind);
        assert_eq!(kind(&[("name", "Pikk"), ("highway", "residential")]), Some(NameKind::Street));
        assert_eq!(kind(&[("name", "Esplanadi"), ("leisure", "park")]), Some(NameKind::Feature));
        assert_eq!(
            kind(&[("name", "Kaivopuisto"), ("natural", "cape"), ("highway", "path")]),
            Some(NameKind::Street)
        );
        assert_eq!(kind(&[("name", "Koht"), ("shop", "bakery")]), None);
        assert_eq!(kind(&[("highway", "residential")]), None);
        assert_eq!(kind(&[("name", "Peatus"), ("highway", "bus_stop")]), None);
        assert_eq!(kind(&[("name", " "), ("leisure", "park")]), None);
    }
}
