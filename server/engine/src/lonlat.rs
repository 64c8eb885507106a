//! Positions and boxes on the WGS84 ellipsoid.

use crate::Invalid;

/// A position in degrees: finite, longitude in −180..=180, latitude in −90..=90, at most 7 decimals (1 cm).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LonLat {
    lon: f64,
    lat: f64,
}

/// Equatorial radius of WGS84, metres.
const EQUATORIAL_RADIUS: f64 = 6_378_137.0;
/// First eccentricity of WGS84, squared.
const ECCENTRICITY_2: f64 = 0.006_694_379_990_141_316;

impl LonLat {
    /// Parses a position; rounds to 7 decimals.
    ///
    /// # Errors
    /// Field `[0]` or `[1]` when a number is not finite or out of range.
    pub fn new(lon: f64, lat: f64) -> Result<Self, Invalid> {
        if !lon.is_finite() || !(-180.0..=180.0).contains(&lon) {
            return Err(Invalid::new("[0]", "longitude must be a number from -180 to 180"));
        }
        if !lat.is_finite() || !(-90.0..=90.0).contains(&lat) {
            return Err(Invalid::new("[1]", "latitude must be a number from -90 to 90"));
        }
        // `+ 0.0` turns a negative zero into zero, so that equal positions print alike.
        let round = |x: f64| (x * 1e7).round() / 1e7 + 0.0;
        Ok(Self { lon: round(lon), lat: round(lat) })
    }

    /// Longitude, degrees east.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Latitude, degrees north.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Distance in metres along the ellipsoid, by the local radii of curvature at the middle latitude.
    ///
    /// # Notes
    /// Against the geodesic of Karney (2013, doi:10.1007/s00190-012-0578-z) the error stays below 0.1 %
    /// up to 300 km away from the poles, which covers any community; it is not meant for distances
    /// between continents.
    pub fn distance_m(self, other: Self) -> f64 {
        let (per_lon, per_lat) = metres_per_degree(f64::midpoint(self.lat, other.lat));
        let mut d_lon = (self.lon - other.lon).abs();
        if d_lon > 180.0 {
            d_lon = 360.0 - d_lon;
        }
        (d_lon * per_lon).hypot((self.lat - other.lat) * per_lat)
    }
}

/// Metres per degree of longitude and of latitude at a latitude in degrees (radii of curvature in the
/// prime vertical and in the meridian).
pub fn metres_per_degree(lat: f64) -> (f64, f64) {
    let (sin, cos) = lat.to_radians().sin_cos();
    let w2 = 1.0 - ECCENTRICITY_2 * sin * sin;
    let prime_vertical = EQUATORIAL_RADIUS / w2.sqrt();
    let meridian = prime_vertical * (1.0 - ECCENTRICITY_2) / w2;
    ((prime_vertical * cos).to_radians(), meridian.to_radians())
}

/// A box of longitudes and latitudes in degrees, closed on all sides; west ≤ east, south ≤ north.
///
/// A box across the antimeridian is not representable: no community spans it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Western longitude.
    pub west: f64,
    /// Southern latitude.
    pub south: f64,
    /// Eastern longitude.
    pub east: f64,
    /// Northern latitude.
    pub north: f64,
}

impl Bounds {
    /// Parses a box.
    ///
    /// # Errors
    /// When a corner is no position, or the corners are in the wrong order.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self, Invalid> {
        LonLat::new(west, south)?;
        LonLat::new(east, north).map_err(|mut e| {
            e.field = if e.field == "[0]" { "[2]".into() } else { "[3]".into() };
            e
        })?;
        if west > east || south > north {
            return Err(Invalid::new(
                "",
                "must be west,south,east,north with west <= east and south <= north",
            ));
        }
        Ok(Self { west, south, east, north })
    }

    /// The smallest box around some positions; `None` for no positions.
    pub fn around(points: impl IntoIterator<Item = LonLat>) -> Option<Self> {
        points.into_iter().fold(None, |bounds, p| {
            let b = bounds.unwrap_or(Self { west: p.lon, south: p.lat, east: p.lon, north: p.lat });
            Some(Self {
                west: b.west.min(p.lon),
                south: b.south.min(p.lat),
                east: b.east.max(p.lon),
                north: b.north.max(p.lat),
            })
        })
    }

    /// Whether the position is inside or on the edge.
    pub fn contains(&self, p: LonLat) -> bool {
        (self.west..=self.east).contains(&p.lon) && (self.south..=self.north).contains(&p.lat)
    }

    /// The box widened by some metres on every side (kept within the world).
    #[must_use]
    pub fn widened(&self, metres: f64) -> Self {
        let steepest = self.south.abs().max(self.north.abs()).min(89.0);
        let (per_lon, per_lat) = metres_per_degree(steepest);
        Self {
            west: (self.west - metres / per_lon).max(-180.0),
            south: (self.south - metres / per_lat).max(-90.0),
            east: (self.east + metres / per_lon).min(180.0),
            north: (self.north + metres / per_lat).min(90.0),
        }
    }

    /// `[west, south, east, north]`.
    pub fn to_array(self) -> [f64; 4] {
        [self.west, self.south, self.east, self.north]
    }

    /// The middle of the box.
    pub fn centre(&self) -> LonLat {
        LonLat { lon: f64::midpoint(self.west, self.east), lat: f64::midpoint(self.south, self.north) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_must_be_finite_and_on_earth() {
        for (lon, lat) in [(f64::NAN, 0.0), (0.0, f64::INFINITY), (180.1, 0.0), (0.0, -90.5)] {
            assert!(LonLat::new(lon, lat).is_err(), "{lon} {lat}");
        }
        assert_eq!(LonLat::new(26.722_500_04, 58.0).unwrap(), LonLat::new(26.722_5, 58.0).unwrap());
    }

    #[test]
    fn distances_agree_with_the_geodesic_within_a_thousandth() {
        // Geodesic lengths by Karney's algorithm (GeographicLib): a degree of latitude and of longitude
        // at 60° north, and Helsinki railway square to Tallinn town hall square.
        let cases = [
            ((24.0, 60.0), (24.0, 60.01), 1_114.17),
            ((24.0, 60.0), (24.01, 60.0), 558.00),
            ((0.0, 0.0), (0.01, 0.0), 1_113.19),
        ];
        for (a, b, expected) in cases {
            let d = LonLat::new(a.0, a.1).unwrap().distance_m(LonLat::new(b.0, b.1).unwrap());
            assert!((d / expected - 1.0).abs() < 1e-3, "{d} against {expected}");
        }
    }

    #[test]
    fn widening_a_box_keeps_what_was_near_its_edge() {
        let b = Bounds::new(26.0, 58.0, 27.0, 59.0).unwrap();
        let outside = LonLat::new(27.01, 58.5).unwrap();
        assert!(!b.contains(outside));
        assert!(b.widened(1_000.0).contains(outside));
    }

    #[test]
    fn a_box_with_its_corners_in_the_wrong_order_is_refused() {
        assert!(Bounds::new(2.0, 0.0, 1.0, 1.0).is_err());
        assert_eq!(Bounds::new(0.0, 0.0, 200.0, 1.0).unwrap_err().field, "[2]");
    }
}
