//! Coordinate reference systems (OGC API Features Part 2, OGC 18-058r1).
//!
//! Coordinates are stored as longitude and latitude (WGS 84). The national systems are taken as ETRS89 = WGS 84,
//! as everybody does for maps: they differ by less than a metre. Axes come in the order of the system's own
//! definition, so that EPSG:4326 has latitude first and EPSG:3301 northing first.

use engine::Invalid;
use geo::{Coord, Geometry, MapCoords};
use proj4rs::Proj;
use proj4rs::transform::transform;

/// A reference system that is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crs {
    /// Longitude and latitude, degrees; how everything is stored.
    Crs84,
    /// Latitude and longitude, degrees.
    Epsg4326,
    /// Web Mercator, metres.
    Epsg3857,
    /// Estonia (L-EST97), metres, northing first.
    Epsg3301,
    /// ETRS89 / UTM zone 33N, metres; Norway's maps of the whole country.
    Epsg25833,
}

impl Crs {
    /// All of them, the default first.
    pub const ALL: [Self; 5] = [Self::Crs84, Self::Epsg4326, Self::Epsg3857, Self::Epsg3301, Self::Epsg25833];

    /// Its identifier.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            Self::Epsg4326 => "http://www.opengis.net/def/crs/EPSG/0/4326",
            Self::Epsg3857 => "http://www.opengis.net/def/crs/EPSG/0/3857",
            Self::Epsg3301 => "http://www.opengis.net/def/crs/EPSG/0/3301",
            Self::Epsg25833 => "http://www.opengis.net/def/crs/EPSG/0/25833",
        }
    }

    /// The system of an identifier.
    ///
    /// # Errors
    /// The field, for a system that is not offered.
    pub fn parse(field: &str, uri: &str) -> Result<Self, Invalid> {
        let safe = uri.trim_start_matches('[').trim_end_matches(']');
        let found = Self::ALL.into_iter().find(|crs| crs.uri() == safe);
        found
            .ok_or_else(|| Invalid::new(field, "is not offered; the collection's `crs` lists those that are"))
    }

    const fn definition(self) -> Option<&'static str> {
        match self {
            Self::Crs84 | Self::Epsg4326 => None,
            Self::Epsg3857 => Some("+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +units=m +no_defs"),
            Self::Epsg3301 => Some(
                "+proj=lcc +lat_0=57.5175539305556 +lon_0=24 +lat_1=59.3333333333333 +lat_2=58 +x_0=500000 \
                 +y_0=6375000 +ellps=GRS80 +towgs84=0,0,0 +units=m +no_defs",
            ),
            Self::Epsg25833 => Some("+proj=utm +zone=33 +ellps=GRS80 +towgs84=0,0,0 +units=m +no_defs"),
        }
    }

    /// Whether its definition names the northern axis first.
    const fn north_first(self) -> bool {
        matches!(self, Self::Epsg4326 | Self::Epsg3301)
    }

    /// Decimals that keep a centimetre at least.
    const fn decimals(self) -> i32 {
        match self {
            Self::Crs84 | Self::Epsg4326 => 7,
            _ => 3,
        }
    }

    /// A geometry of longitudes and latitudes in this system; nothing where it cannot be shown there, such as a
    /// pole on Web Mercator.
    pub fn show(self, geometry: &Geometry) -> Option<Geometry> {
        if self == Self::Crs84 {
            return Some(geometry.clone());
        }
        let way = Way::new(self);
        let scale = 10_f64.powi(self.decimals());
        let rounded = |c: Coord| Coord { x: (c.x * scale).round() / scale, y: (c.y * scale).round() / scale };
        geometry.try_map_coords(|c| way.shown(c).map(rounded).ok_or(())).ok()
    }

    /// A corner of a box in this system as longitude and latitude; nothing where the system does not reach.
    pub fn lon_lat(self, first: f64, second: f64) -> Option<Coord> {
        let found = Way::new(self).to_lon_lat(Coord { x: first, y: second });
        found.filter(|c| c.x.abs() <= 360.0 && c.y.abs() <= 90.0 + 1e-9)
    }

    /// Whether positions are angles, so that a box may cross the antimeridian.
    pub const fn is_geographic(self) -> bool {
        matches!(self, Self::Crs84 | Self::Epsg4326)
    }
}

/// The way between longitude and latitude and a system.
struct Way {
    crs: Crs,
    /// Both ends, for projected systems.
    proj: Option<(Proj, Proj)>,
}

impl Way {
    fn new(crs: Crs) -> Self {
        let made = |definition: &str| Proj::from_proj_string(definition).expect("our definitions are right");
        // Web Mercator takes the longitudes and latitudes of WGS 84 for those of its sphere.
        let from = match crs {
            Crs::Epsg3857 => "+proj=longlat +a=6378137 +b=6378137 +no_defs",
            _ => "+proj=longlat +ellps=GRS80 +towgs84=0,0,0 +no_defs",
        };
        Self { crs, proj: crs.definition().map(|to| (made(from), made(to))) }
    }

    fn in_order(&self, c: Coord) -> Coord {
        if self.crs.north_first() { Coord { x: c.y, y: c.x } } else { c }
    }

    fn shown(&self, c: Coord) -> Option<Coord> {
        let Some((degrees, metres)) = &self.proj else { return Some(self.in_order(c)) };
        let mut point = (c.x.to_radians(), c.y.to_radians(), 0.0);
        transform(degrees, metres, &mut point).ok()?;
        let there = Coord { x: point.0, y: point.1 };
        (there.x.is_finite() && there.y.is_finite()).then(|| self.in_order(there))
    }

    fn to_lon_lat(&self, c: Coord) -> Option<Coord> {
        let c = self.in_order(c);
        let Some((degrees, metres)) = &self.proj else { return Some(c) };
        let mut point = (c.x, c.y, 0.0);
        transform(metres, degrees, &mut point).ok()?;
        let there = Coord { x: point.0.to_degrees(), y: point.1.to_degrees() };
        (there.x.is_finite() && there.y.is_finite()).then_some(there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Longitude and latitude; then EPSG:3301 and 25833, in the order of their axes, as PROJ 9.5 (pyproj 3.7.2)
    /// has them.
    const POINTS: [[[f64; 2]; 4]; 6] = [
        [
            [24.7536, 59.437],
            [6_589_036.275, 542_763.369],
            [1_051_950.9, 6_629_315.912],
            [2_755_558.147, 8_275_444.878],
        ],
        [
            [26.7225, 58.3806],
            [6_474_356.888, 659_224.975],
            [1_183_362.02, 6_530_937.803],
            [2_974_735.093, 8_047_698.312],
        ],
        [
            [21.9, 57.6],
            [6_386_148.609, 374_446.711],
            [911_965.674, 6_405_162.779],
            [2_437_896.848, 7_883_755.281],
        ],
        [
            [28.2, 59.4],
            [6_592_141.355, 738_438.114],
            [1_246_319.325, 6_659_092.233],
            [3_139_209.64, 8_267_349.128],
        ],
        [
            [10.7522, 59.9139],
            [6_714_894.166, -236_464.321],
            [262_560.482, 6_649_443.584],
            [1_196_929.429, 8_380_593.57],
        ],
        [
            [18.9553, 69.6492],
            [7_743_037.129, 300_160.661],
            [653_421.188, 7_731_721.083],
            [2_110_094.344, 10_955_487.527],
        ],
    ];

    #[test]
    fn systems_agree_with_proj_to_a_tenth_of_a_metre_there_and_back() {
        for [lon_lat, estonia, norway, web] in POINTS {
            let here = Geometry::Point(lon_lat.into());
            for (crs, [x, y]) in [(Crs::Epsg3301, estonia), (Crs::Epsg25833, norway), (Crs::Epsg3857, web)] {
                let Some(Geometry::Point(p)) = crs.show(&here) else { panic!("{crs:?}") };
                assert!((p.x() - x).abs() < 0.1 && (p.y() - y).abs() < 0.1, "{crs:?} {p:?} {x} {y}");
                let back = crs.lon_lat(x, y).unwrap();
                assert!((back.x - lon_lat[0]).abs() < 2e-6 && (back.y - lon_lat[1]).abs() < 1e-6, "{back:?}");
            }
        }
    }

    #[test]
    fn latitude_comes_first_where_the_definition_says_so() {
        let here = Geometry::Point([26.7, 58.4].into());
        assert_eq!(Crs::Epsg4326.show(&here), Some(Geometry::Point([58.4, 26.7].into())));
        assert_eq!(Crs::Crs84.show(&here), Some(here));
        assert_eq!(Crs::Epsg4326.lon_lat(58.4, 26.7).unwrap(), Coord { x: 26.7, y: 58.4 });
    }

    #[test]
    fn only_systems_that_are_offered_are_known() {
        for crs in Crs::ALL {
            assert_eq!(Crs::parse("crs", crs.uri()).unwrap(), crs);
        }
        for wrong in ["", "EPSG:4326", "http://www.opengis.net/def/crs/0/unsupported"] {
            assert_eq!(Crs::parse("crs", wrong).unwrap_err().field, "crs");
        }
        assert_eq!(Crs::Epsg25833.lon_lat(f64::MAX, 0.0), None);
    }
}
