//! Which places may enter a release at all.
//!
//! A place counts only when its owner consented to published maps, when it is older than 30 days (so that
//! a release does not tell who has just joined), and when it says nothing about where somebody lives or is
//! treated.
//!
//! Places hold the location that their owner chose to reveal and nothing finer. What is closest to a home is judged by
//! how close both may really be: a home known by its area lies anywhere in it. Clinics are judged by what is stored:
//! whatever may be beside one, of what is known by its block or area, would leave a hole of half a kilometre around
//! every doctor's door, and a map that shows nobody there says something untrue.

use std::collections::HashMap;

use geo::{Coord, Distance, Euclidean, LineString, Polygon};
use uuid::Uuid;

use crate::LonLat;
use crate::grid::{Precision, cell_at, cell_boundary, cell_centre};
use crate::lonlat::metres_per_degree;
use crate::place::{Geometry, Place};

/// How old a place must be, in microseconds: 30 days.
pub const AGE_MICROSECONDS: i64 = 30 * 24 * 3_600 * 1_000_000;
/// Places of the same owner that may be this close to a home, in metres, stay out with it.
pub const HOME_METRES: f64 = 300.0;
/// Places this close to a hospital, clinic or doctors', in metres, stay out.
pub const CLINIC_METRES: f64 = 50.0;

/// What the rule needs to know of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate<'a> {
    /// Whose it is.
    pub participant: Uuid,
    /// Where it is, at its precision.
    pub geometry: &'a Geometry,
    /// How exactly that is known.
    pub precision: Precision,
    /// Whether the owner marked it as a home.
    pub home: bool,
    /// Whether the owner consents, now, to published maps.
    pub published_maps: bool,
    /// When it was created, in microseconds since 1970 UTC.
    pub created_at: i64,
}

impl<'a> From<&'a Place> for Candidate<'a> {
    fn from(place: &'a Place) -> Self {
        let content = &place.content;
        Self {
            participant: place.owner.0,
            geometry: &content.geometry,
            precision: content.precision,
            home: content.home,
            published_maps: content.share.published_maps,
            created_at: place.created_at.as_microsecond(),
        }
    }
}

/// Whether a place may enter a release, and if not, the first reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Eligibility {
    /// It may.
    Eligible,
    /// Its owner has not consented to published maps.
    NoConsent,
    /// It is not older than 30 days.
    TooYoung,
    /// It is a home, or may be within 300 m of a home of its owner.
    NearHome,
    /// It is within 50 m of a hospital, clinic or doctors'.
    NearClinic,
}

/// Decides for every place whether it may enter a release.
///
/// # Parameters
///
/// * `places`: all places of the community, also those without consent: a home counts as one whether or
///   not it is shared.
/// * `clinics`: hospitals, clinics and doctors'.
/// * `now`: microseconds since 1970 UTC.
///
/// # Returns
///
/// One verdict per place, in order.
///
/// # Notes
///
/// Thresholds are inclusive: a place exactly 300 m from a home stays out. Of a walk or an area the nearest part counts.
/// Each place is compared with its owner's homes and, within a band of latitude, with the clinics.
pub fn eligible(places: &[Candidate<'_>], clinics: &[LonLat], now: i64) -> Vec<Eligibility> {
    let mut homes: HashMap<Uuid, Vec<&Candidate<'_>>> = HashMap::new();
    for place in places.iter().filter(|place| place.home) {
        homes.entry(place.participant).or_default().push(place);
    }
    let mut clinics: Vec<LonLat> = clinics.to_vec();
    clinics.sort_unstable_by(|a, b| a.lat().total_cmp(&b.lat()));
    places
        .iter()
        .map(|place| {
            let near_home = || homes.get(&place.participant).is_some_and(|homes| may_be_near(place, homes));
            if !place.published_maps {
                Eligibility::NoConsent
            } else if now.saturating_sub(place.created_at) <= AGE_MICROSECONDS {
                Eligibility::TooYoung
            } else if place.home || near_home() {
                Eligibility::NearHome
            } else if near_clinic(place.geometry, &clinics) {
                Eligibility::NearClinic
            } else {
                Eligibility::Eligible
            }
        })
        .collect()
}

/// Whether a place may lie near one of these homes, for all that is known of both.
fn may_be_near(place: &Candidate<'_>, homes: &[&Candidate<'_>]) -> bool {
    let unknown = |of: &Candidate<'_>| blur(of.geometry.anchor(), of.precision);
    homes.iter().any(|home| {
        let apart = metres(place.geometry, home.geometry, home.geometry.anchor());
        apart <= HOME_METRES + unknown(home) + unknown(place)
    })
}

/// How far from where it is stored something may really be: to the farthest corner of its cell.
fn blur(at: LonLat, precision: Precision) -> f64 {
    precision.resolution().map_or(0.0, |resolution| {
        let cell = cell_at(at, resolution);
        let centre = cell_centre(cell);
        cell_boundary(cell).into_iter().map(|corner| centre.distance_m(corner)).fold(0.0, f64::max)
    })
}

/// Whether a clinic is near; clinics ascend by latitude.
fn near_clinic(geometry: &Geometry, clinics: &[LonLat]) -> bool {
    // A degree of latitude is never shorter than 110 km.
    let band = CLINIC_METRES / 110_000.0;
    let (south, north) = geometry
        .positions()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(s, n), at| (at.lat().min(s), at.lat().max(n)));
    let from = clinics.partition_point(|clinic| clinic.lat() < south - band);
    let near = clinics[from..].iter().take_while(|clinic| clinic.lat() <= north + band);
    near.into_iter().any(|&clinic| metres(geometry, &Geometry::Point(clinic), clinic) <= CLINIC_METRES)
}

/// The distance of two geometries where they are nearest, in metres: 0 where they meet, and inside an area. In the plane
/// that touches the earth at `near`, which must be one of them or close to it.
fn metres(a: &Geometry, b: &Geometry, near: LonLat) -> f64 {
    Euclidean.distance(&flat(a, near), &flat(b, near))
}

fn flat(geometry: &Geometry, near: LonLat) -> geo::Geometry {
    let (per_lon, per_lat) = metres_per_degree(near.lat());
    let at = |p: &LonLat| {
        // The short way round, also across the date line.
        let east = (p.lon() - near.lon() + 540.0).rem_euclid(360.0) - 180.0;
        Coord { x: east * per_lon, y: (p.lat() - near.lat()) * per_lat }
    };
    let line = |positions: &[LonLat]| LineString::new(positions.iter().map(at).collect());
    match geometry {
        Geometry::Point(p) => geo::Point(at(p)).into(),
        Geometry::Walk(positions) => line(positions).into(),
        Geometry::Area(rings) => {
            let mut rings = rings.iter().map(|ring| line(ring));
            let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
            Polygon::new(outer, rings.collect()).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::snap;

    const NOW: i64 = 1_800_000_000_000_000;

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    fn point(lon: f64, lat: f64) -> Geometry {
        Geometry::Point(at(lon, lat))
    }

    fn place(participant: u128, geometry: &Geometry) -> Candidate<'_> {
        Candidate {
            participant: Uuid::from_u128(participant),
            geometry,
            precision: Precision::Exact,
            home: false,
            published_maps: true,
            created_at: NOW - AGE_MICROSECONDS - 1,
        }
    }

    fn one(place: Candidate<'_>) -> Eligibility {
        eligible(&[place], &[at(26.70, 58.37)], NOW)[0]
    }

    #[test]
    fn a_place_needs_consent_and_age() {
        let here = point(26.72, 58.38);
        let shared = place(1, &here);
        assert_eq!(one(shared), Eligibility::Eligible);
        assert_eq!(one(Candidate { published_maps: false, ..shared }), Eligibility::NoConsent);
        assert_eq!(one(Candidate { created_at: NOW - AGE_MICROSECONDS, ..shared }), Eligibility::TooYoung);
        assert_eq!(one(Candidate { created_at: i64::MAX, ..shared }), Eligibility::TooYoung);
    }

    #[test]
    fn a_home_keeps_its_owners_nearby_places_out_and_nobody_elses() {
        // 0.0026° of latitude is 290 m, 0.0028° is 312 m.
        let (here, near, far) = (point(26.72, 58.38), point(26.72, 58.3826), point(26.72, 58.3828));
        let home = Candidate { home: true, published_maps: false, ..place(1, &here) };
        let places = [home, place(1, &near), place(1, &far), place(2, &here)];
        assert_eq!(
            eligible(&places, &[], NOW),
            [Eligibility::NoConsent, Eligibility::NearHome, Eligibility::Eligible, Eligibility::Eligible]
        );
        assert_eq!(one(Candidate { published_maps: true, ..home }), Eligibility::NearHome);
    }

    /// Whatever precisions are chosen: nothing that is within 300 m of a home is counted.
    #[test]
    fn what_is_near_a_home_stays_out_however_exactly_both_are_known() {
        let precisions =
            Precision::ALL.into_iter().flat_map(|home| Precision::ALL.map(|place| (home, place)));
        for (of_home, of_place) in precisions {
            for step in 0_u32..60 {
                let (across, angle) = (f64::from(step) * 0.0007, f64::from(step));
                let home = at(26.70 + across, 58.36 + across / 3.0);
                let (per_lon, per_lat) = metres_per_degree(home.lat());
                let beside = at(
                    home.lon() + 295.0 * angle.cos() / per_lon,
                    home.lat() + 295.0 * angle.sin() / per_lat,
                );
                let (home, beside) =
                    (snap(&Geometry::Point(home), of_home), snap(&Geometry::Point(beside), of_place));
                let home = Candidate { home: true, precision: of_home, ..place(1, &home) };
                let beside = Candidate { precision: of_place, ..place(1, &beside) };
                assert_eq!(
                    eligible(&[home, beside], &[], NOW)[1],
                    Eligibility::NearHome,
                    "{of_home:?}, {of_place:?}, {step}"
                );
            }
            // Two kilometres away is far for any.
            let (home, far) = (snap(&point(26.72, 58.38), of_home), snap(&point(26.72, 58.398), of_place));
            let home = Candidate { home: true, precision: of_home, ..place(1, &home) };
            let far = Candidate { precision: of_place, ..place(1, &far) };
            assert_eq!(eligible(&[home, far], &[], NOW)[1], Eligibility::Eligible);
        }
    }

    #[test]
    fn places_at_a_clinic_stay_out() {
        // 0.0008° of longitude is 47 m at this latitude, 0.0009° is 53 m.
        assert_eq!(one(place(1, &point(26.7008, 58.37))), Eligibility::NearClinic);
        assert_eq!(one(place(1, &point(26.7009, 58.37))), Eligibility::Eligible);
        assert_eq!(one(place(1, &point(26.70, 58.3704))), Eligibility::NearClinic);
    }

    #[test]
    fn a_walk_past_a_clinic_and_an_area_around_a_home_stay_out_though_their_corners_are_far() {
        let past = Geometry::Walk(vec![at(26.69, 58.3703), at(26.71, 58.3703)]);
        assert_eq!(one(place(1, &past)), Eligibility::NearClinic);
        let south = Geometry::Walk(vec![at(26.69, 58.3693), at(26.71, 58.3693)]);
        assert_eq!(one(place(1, &south)), Eligibility::Eligible);
        let corners = [(26.70, 58.40), (26.74, 58.40), (26.74, 58.42), (26.70, 58.42), (26.70, 58.40)];
        let around = Geometry::Area(vec![corners.map(|(lon, lat)| at(lon, lat)).to_vec()]);
        let inside = point(26.72, 58.41);
        let home = Candidate { home: true, ..place(1, &inside) };
        assert_eq!(eligible(&[home, place(1, &around)], &[], NOW)[1], Eligibility::NearHome);
        assert_eq!(eligible(&[home, place(2, &around)], &[], NOW)[1], Eligibility::Eligible);
    }

    #[test]
    fn distances_agree_with_the_geodesic_and_across_the_date_line() {
        let apart = |a: &Geometry, b: &Geometry| metres(a, b, b.anchor());
        assert!((apart(&point(0.0, 0.01), &point(0.0, 0.0)) - 1_105.74).abs() < 0.01);
        assert!((apart(&point(179.999, 0.0), &point(-179.999, 0.0)) - 222.64).abs() < 0.01);
    }
}
