//! The plan of Kaldavere: neighbourhoods, river, parks and streets on a square of 8 × 8 km.

use geo::{LineString, MultiPolygon, Polygon};

use super::words;
use crate::lonlat::metres_per_degree;
use crate::neighbourhood::Neighbourhood;
use crate::random::Random;
use crate::{Bounds, LonLat, NeighbourhoodId};

/// The side of the town, metres.
pub(super) const SIDE_M: f64 = 8_000.0;
/// The middle of the town: open country in the middle of Estonia, where no town of this name is.
const CENTRE: (f64, f64) = (24.35, 58.90);
const COLUMNS: u8 = 5;
const ROWS: u8 = 4;

/// Metres east and north of the town's south-western corner.
pub(super) type Metres = (f64, f64);

/// From the town's plane to the earth and back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    per_lon: f64,
    per_lat: f64,
}

impl Frame {
    pub(super) fn new() -> Self {
        let (per_lon, per_lat) = metres_per_degree(CENTRE.1);
        Self { per_lon, per_lat }
    }

    pub(super) fn on_earth(self, (x, y): Metres) -> LonLat {
        let lon = CENTRE.0 + (x - SIDE_M / 2.0) / self.per_lon;
        let lat = CENTRE.1 + (y - SIDE_M / 2.0) / self.per_lat;
        LonLat::new(lon, lat).expect("the town is on earth")
    }

    pub(super) fn bounds(self) -> Bounds {
        Bounds::around([self.on_earth((0.0, 0.0)), self.on_earth((SIDE_M, SIDE_M))]).expect("two corners")
    }

    pub(super) fn line(self, points: impl IntoIterator<Item = Metres>) -> LineString {
        points.into_iter().map(|p| self.on_earth(p)).map(|p| (p.lon(), p.lat())).collect()
    }
}

/// How much a street carries, by the words of the `OpenMapTiles` schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreetClass {
    /// Through the whole town.
    Primary,
    /// Between neighbourhoods.
    Secondary,
    /// Within a neighbourhood.
    Minor,
    /// For walking, by the river.
    Path,
}

impl StreetClass {
    /// The `class` of the schema.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Minor => "minor",
            Self::Path => "path",
        }
    }
}

/// A street.
#[derive(Debug, Clone, PartialEq)]
pub struct Street {
    /// Its name.
    pub name: String,
    /// What it carries.
    pub class: StreetClass,
    /// Where it runs, degrees.
    pub line: LineString,
}

/// A park with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Park {
    /// Its name.
    pub name: String,
    /// A position inside.
    pub centre: LonLat,
    /// Its outline, degrees.
    pub shape: Polygon,
}

#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) frame: Frame,
    pub(super) neighbourhoods: Vec<Neighbourhood>,
    /// The middles of the neighbourhoods, in their order.
    pub(super) centres: Vec<Metres>,
    /// How many live there, relative to each other.
    pub(super) weights: Vec<f64>,
    pub(super) river: Vec<Metres>,
    pub(super) water: Polygon,
    pub(super) parks: Vec<Park>,
    /// The middles of the parks with their mean radii, metres.
    pub(super) park_discs: Vec<(Metres, f64)>,
    pub(super) streets: Vec<Street>,
}

impl Plan {
    pub(super) fn new(seed: u64) -> Self {
        let mut random = Random::stream(seed, 1, 0);
        let frame = Frame::new();
        let river = river(&mut random);
        let (neighbourhoods, centres) = neighbourhoods(frame, &mut random);
        let weights = centres.iter().map(|c| 0.25 + (-(apart(*c, MIDDLE) / 2_600.0).powi(2)).exp()).collect();
        let (parks, park_discs) = parks(frame, &mut random, &river, &centres);
        let streets = streets(frame, &mut random, &river);
        let water = water(frame, &river);
        Self { frame, neighbourhoods, centres, weights, river, water, parks, park_discs, streets }
    }

    /// Metres to the middle of the river, about.
    pub(super) fn to_river(&self, p: Metres) -> f64 {
        self.river.iter().map(|r| apart(*r, p)).fold(f64::INFINITY, f64::min)
    }
}

pub(super) const MIDDLE: Metres = (SIDE_M / 2.0, SIDE_M / 2.0);

pub(super) fn apart(a: Metres, b: Metres) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// The river's middle from the western to the eastern edge, a vertex every 80 m; it only ever runs east, so its
/// banks cannot cross.
fn river(random: &mut Random) -> Vec<Metres> {
    let phase = random.between(0.0, std::f64::consts::TAU);
    let (swing, ripple) = (random.between(500.0, 800.0), random.between(90.0, 160.0));
    (0..=100_u8)
        .map(|i| {
            let x = f64::from(i) * SIDE_M / 100.0;
            let y = SIDE_M * 0.45 + swing * (x / 1_700.0 + phase).sin() + ripple * (x / 420.0).sin();
            (x, y)
        })
        .collect()
}

fn water(frame: Frame, river: &[Metres]) -> Polygon {
    let half_width = |x: f64| 32.0 + 12.0 * (x / 900.0).sin();
    let south = river.iter().map(|(x, y)| (*x, y - half_width(*x)));
    let north = river.iter().rev().map(|(x, y)| (*x, y + half_width(*x)));
    Polygon::new(frame.line(south.chain(north)), Vec::new())
}

/// A warped grid: every corner and every edge is made once and shared by its neighbours, so that there is no gap
/// and no overlap.
fn neighbourhoods(frame: Frame, random: &mut Random) -> (Vec<Neighbourhood>, Vec<Metres>) {
    let (width, height) = (SIDE_M / f64::from(COLUMNS), SIDE_M / f64::from(ROWS));
    let mut corner = |i: u8, j: u8| {
        let mut shift = |at: u8, most: u8, size: f64| {
            let by = random.between(-0.2, 0.2) * size;
            f64::from(at) * size + if at == 0 || at == most { 0.0 } else { by }
        };
        (shift(i, COLUMNS, width), shift(j, ROWS, height))
    };
    let corners: Vec<Vec<Metres>> =
        (0..=ROWS).map(|j| (0..=COLUMNS).map(|i| corner(i, j)).collect()).collect();
    // The inner vertices of an edge, which bends sideways unless it is on the edge of the town.
    let mut bent = |a: Metres, b: Metres, straight: bool| -> Vec<Metres> {
        [0.25, 0.5, 0.75]
            .map(|t| {
                let by = random.between(-0.05, 0.05) * if straight { 0.0 } else { 1.0 };
                let (dx, dy) = (b.0 - a.0, b.1 - a.1);
                (a.0 + t * dx - by * dy, a.1 + t * dy + by * dx)
            })
            .to_vec()
    };
    let along = |i: usize, j: usize| (corners[j][i], corners[j][i + 1]);
    let across = |i: usize, j: usize| (corners[j][i], corners[j + 1][i]);
    let (columns, rows) = (usize::from(COLUMNS), usize::from(ROWS));
    let east: Vec<Vec<Vec<Metres>>> = (0..=rows)
        .map(|j| (0..columns).map(|i| bent(along(i, j).0, along(i, j).1, j == 0 || j == rows)).collect())
        .collect();
    let north: Vec<Vec<Vec<Metres>>> = (0..rows)
        .map(|j| {
            (0..=columns).map(|i| bent(across(i, j).0, across(i, j).1, i == 0 || i == columns)).collect()
        })
        .collect();
    let mut made = Vec::new();
    let mut centres = Vec::new();
    for j in 0..rows {
        for i in 0..columns {
            let mut ring = vec![corners[j][i]];
            ring.extend(&east[j][i]);
            ring.push(corners[j][i + 1]);
            ring.extend(&north[j][i + 1]);
            ring.push(corners[j + 1][i + 1]);
            ring.extend(east[j + 1][i].iter().rev());
            ring.push(corners[j + 1][i]);
            ring.extend(north[j][i].iter().rev());
            let four = [corners[j][i], corners[j][i + 1], corners[j + 1][i + 1], corners[j + 1][i]];
            centres.push((
                four.iter().map(|c| c.0).sum::<f64>() / 4.0,
                four.iter().map(|c| c.1).sum::<f64>() / 4.0,
            ));
            let name = words::NEIGHBOURHOODS[j * columns + i];
            made.push(Neighbourhood {
                id: NeighbourhoodId(random.uuid()),
                name: name.to_owned(),
                source_id: Some(format!("kaldavere/{}", j * columns + i + 1)),
                population: u32::try_from(5_200 + random.below(9_000)).ok(),
                shape: MultiPolygon(vec![Polygon::new(frame.line(ring), Vec::new())]),
            });
        }
    }
    (made, centres)
}

/// Parks around half of the neighbourhoods' middles and three by the river.
fn parks(
    frame: Frame,
    random: &mut Random,
    river: &[Metres],
    centres: &[Metres],
) -> (Vec<Park>, Vec<(Metres, f64)>) {
    let mut middles: Vec<Metres> = centres.iter().step_by(2).copied().collect();
    middles.extend([river[22], river[48], river[79]].map(|(x, y)| (x, y + 210.0)));
    let mut discs = Vec::new();
    let mut made = Vec::new();
    for (middle, name) in middles.into_iter().zip(words::PARKS) {
        let radius = random.between(110.0, 240.0);
        let middle = (middle.0 + random.normal() * 150.0, middle.1 + random.normal() * 60.0);
        let ring = (0..14_u8).map(|corner| {
            let (sin, cos) = (f64::from(corner) / 14.0 * std::f64::consts::TAU).sin_cos();
            let r = radius * random.between(0.75, 1.25);
            (middle.0 + r * cos, middle.1 + r * sin)
        });
        let shape = Polygon::new(frame.line(ring), Vec::new());
        discs.push((middle, radius));
        made.push(Park { name: (*name).to_owned(), centre: frame.on_earth(middle), shape });
    }
    (made, discs)
}

/// Images of straight lines under one smooth displacement, so that crossings look like crossings; denser in the
/// middle; and a path on either bank.
fn streets(frame: Frame, random: &mut Random, river: &[Metres]) -> Vec<Street> {
    let phases: [f64; 4] = std::array::from_fn(|_| random.between(0.0, std::f64::consts::TAU));
    let warp = |(x, y): Metres| {
        let dx = 150.0 * (y / 1_300.0 + phases[0]).sin() + 60.0 * (x / 700.0 + phases[1]).sin();
        let dy = 150.0 * (x / 1_500.0 + phases[2]).sin() + 60.0 * (y / 800.0 + phases[3]).sin();
        ((x + dx).clamp(0.0, SIDE_M), (y + dy).clamp(0.0, SIDE_M))
    };
    let mut names = words::street_names();
    let mut made = Vec::new();
    for number in 0..30_u8 {
        for vertical in [false, true] {
            // From −1 to 1, squeezed towards the middle.
            let t = (f64::from(number) - 14.5) / 14.5;
            let across = SIDE_M / 2.0 * (1.0 + t * (0.55 + 0.42 * t.abs()));
            let class = match number {
                14 => StreetClass::Primary,
                4 | 10 | 19 | 25 => StreetClass::Secondary,
                _ => StreetClass::Minor,
            };
            let (from, to) = if class == StreetClass::Minor {
                let reach = 4.0 - 2.2 * t.abs();
                let middle = random.between(-0.6, 0.6);
                ((middle - reach * 0.5).max(-3.8), (middle + reach * 0.5).min(3.8))
            } else {
                (-4.0, 4.0)
            };
            let line = (0..=40_u8).map(|step| {
                let along = (4.0 + from + (to - from) * f64::from(step) / 40.0) * 1_000.0;
                warp(if vertical { (across, along) } else { (along, across) })
            });
            let name = names.next().expect("there are more names than streets");
            made.push(Street { name, class, line: frame.line(line) });
        }
    }
    for (name, by) in [("Põhjakalda rada", 60.0), ("Lõunakalda rada", -60.0)] {
        let line = frame.line(river.iter().map(|(x, y)| (*x, y + by)));
        made.push(Street { name: name.to_owned(), class: StreetClass::Path, line });
    }
    made
}
