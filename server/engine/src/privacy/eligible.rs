//! Which places may enter a release at all.
//!
//! A place counts only when its owner consented to published maps, when it is older than 30 days (so that
//! a release does not tell who has just joined), and when it says nothing about where somebody lives or is
//! treated.
//!
//! Places hold the location that their owner chose to reveal and nothing finer, so all distances are between
//! stored points: a place snapped to a coarse cell lies up to half a cell away from where it was pinned.

use std::collections::HashMap;

use uuid::Uuid;

/// How old a place must be, in microseconds: 30 days.
pub const AGE_MICROSECONDS: i64 = 30 * 24 * 3_600 * 1_000_000;
/// Places of the same owner this close to a home, in metres, stay out with it.
pub const HOME_METRES: f64 = 300.0;
/// Places this close to a hospital, clinic or doctors', in metres, stay out.
pub const CLINIC_METRES: f64 = 50.0;

/// The mean radius of the earth in metres (IUGG).
const EARTH_RADIUS: f64 = 6_371_008.8;

/// What the rule needs to know of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Whose it is.
    pub participant: Uuid,
    /// Stored longitude in degrees.
    pub lon: f64,
    /// Stored latitude in degrees.
    pub lat: f64,
    /// Whether the owner marked it as a home.
    pub home: bool,
    /// Whether the owner consents, now, to published maps.
    pub published_maps: bool,
    /// When it was created, in microseconds since 1970 UTC.
    pub created_at: i64,
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
    /// It is a home, or within 300 m of a home of its owner.
    NearHome,
    /// It is within 50 m of a hospital, clinic or doctors'.
    NearClinic,
    /// Its location is not a finite pair of degrees.
    NoLocation,
}

/// Decides for every place whether it may enter a release.
///
/// # Parameters
///
/// * `places`: all places of the community, also those without consent: a home counts as one whether or
///   not it is shared.
/// * `clinics`: `(longitude, latitude)` in degrees of hospitals, clinics and doctors'.
/// * `now`: microseconds since 1970 UTC.
///
/// # Returns
///
/// One verdict per place, in order.
///
/// # Notes
///
/// Thresholds are inclusive: a place exactly 300 m from a home stays out. Each place is compared with its
/// owner's homes and, within a band of latitude, with the clinics.
pub fn eligible(places: &[Candidate], clinics: &[(f64, f64)], now: i64) -> Vec<Eligibility> {
    let mut homes: HashMap<Uuid, Vec<(f64, f64)>> = HashMap::new();
    for place in places.iter().filter(|place| place.home) {
        homes.entry(place.participant).or_default().push((place.lon, place.lat));
    }
    let mut clinics: Vec<(f64, f64)> =
        clinics.iter().copied().filter(|(lon, lat)| lon.is_finite() && lat.is_finite()).collect();
    clinics.sort_unstable_by(|a, b| a.1.total_cmp(&b.1));
    places
        .iter()
        .map(|place| {
            let here = (place.lon, place.lat);
            let near_home = || {
                let homes = homes.get(&place.participant).map_or(&[][..], Vec::as_slice);
                homes.iter().any(|&home| metres(here, home) <= HOME_METRES)
            };
            if !place.published_maps {
                Eligibility::NoConsent
            } else if !(place.lon.is_finite() && place.lat.is_finite()) {
                Eligibility::NoLocation
            } else if now.saturating_sub(place.created_at) <= AGE_MICROSECONDS {
                Eligibility::TooYoung
            } else if place.home || near_home() {
                Eligibility::NearHome
            } else if near_clinic(here, &clinics) {
                Eligibility::NearClinic
            } else {
                Eligibility::Eligible
            }
        })
        .collect()
}

/// Whether a clinic is near; clinics ascend by latitude.
fn near_clinic(here: (f64, f64), clinics: &[(f64, f64)]) -> bool {
    // No point is nearer than its difference in latitude; twice the threshold leaves room for rounding.
    let band = (2.0 * CLINIC_METRES / EARTH_RADIUS).to_degrees();
    let from = clinics.partition_point(|clinic| clinic.1 < here.1 - band);
    let near = clinics[from..].iter().take_while(|clinic| clinic.1 <= here.1 + band);
    near.into_iter().any(|&clinic| metres(here, clinic) <= CLINIC_METRES)
}

/// The distance of two points `(longitude, latitude)` in degrees on a sphere, in metres, by the haversine
/// formula: well conditioned for small distances, and within 0.6% of the ellipsoid's.
fn metres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let across = a.1.to_radians().cos() * b.1.to_radians().cos() * half(a.0, b.0);
    2.0 * EARTH_RADIUS * (half(a.1, b.1) + across).sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000_000_000;
    const CLINIC: (f64, f64) = (26.70, 58.37);

    fn place(participant: u128, lon: f64, lat: f64) -> Candidate {
        Candidate {
            participant: Uuid::from_u128(participant),
            lon,
            lat,
            home: false,
            published_maps: true,
            created_at: NOW - AGE_MICROSECONDS - 1,
        }
    }

    fn one(place: Candidate) -> Eligibility {
        eligible(&[place], &[CLINIC], NOW)[0]
    }

    #[test]
    fn a_place_needs_consent_and_age() {
        let shared = place(1, 26.72, 58.38);
        assert_eq!(one(shared), Eligibility::Eligible);
        assert_eq!(one(Candidate { published_maps: false, ..shared }), Eligibility::NoConsent);
        assert_eq!(one(Candidate { created_at: NOW - AGE_MICROSECONDS, ..shared }), Eligibility::TooYoung);
        assert_eq!(one(Candidate { created_at: i64::MAX, ..shared }), Eligibility::TooYoung);
        assert_eq!(one(Candidate { lon: f64::NAN, ..shared }), Eligibility::NoLocation);
    }

    #[test]
    fn a_home_keeps_its_owners_nearby_places_out_and_nobody_elses() {
        // 0.0026° of latitude is 289 m, 0.0028° is 311 m.
        let home = Candidate { home: true, published_maps: false, ..place(1, 26.72, 58.38) };
        let places = [home, place(1, 26.72, 58.3826), place(1, 26.72, 58.3828), place(2, 26.72, 58.38)];
        assert_eq!(
            eligible(&places, &[], NOW),
            [Eligibility::NoConsent, Eligibility::NearHome, Eligibility::Eligible, Eligibility::Eligible]
        );
        assert_eq!(one(Candidate { published_maps: true, ..home }), Eligibility::NearHome);
    }

    #[test]
    fn places_at_a_clinic_stay_out() {
        // 0.0008° of longitude is 47 m at this latitude, 0.0009° is 52 m.
        assert_eq!(one(place(1, CLINIC.0 + 0.0008, CLINIC.1)), Eligibility::NearClinic);
        assert_eq!(one(place(1, CLINIC.0 + 0.0009, CLINIC.1)), Eligibility::Eligible);
        assert_eq!(one(place(1, CLINIC.0, CLINIC.1 + 0.0004)), Eligibility::NearClinic);
    }

    #[test]
    fn distances_agree_with_a_degree_of_the_meridian_and_across_the_date_line() {
        assert!((metres((0.0, 0.0), (0.0, 1.0)) - 111_195.08).abs() < 0.01);
        assert!((metres((179.999, 0.0), (-179.999, 0.0)) - 222.39).abs() < 0.01);
    }
}
