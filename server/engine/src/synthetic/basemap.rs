//! A basemap of Kaldavere in the layers and classes of the `OpenMapTiles` schema
//! (<https://openmaptiles.org/schema/>), so that a style for real towns draws the made-up one.

use geo::{LineString, MultiPolygon};

use super::Town;
use super::plan::StreetClass;
use crate::LonLat;
use crate::mercator::TileId;
use crate::tile::{Attribute, Layer, encode};

/// Where a feature of the basemap is.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// An area, degrees.
    Area(MultiPolygon),
    /// A line, degrees.
    Line(LineString),
    /// A point, for a label.
    Point(LonLat),
}

/// A feature of the basemap.
#[derive(Debug, Clone, PartialEq)]
pub struct BasemapFeature {
    /// The layer: `landuse`, `park`, `water`, `transportation`, `transportation_name` or `place`.
    pub layer: &'static str,
    /// The `class` of the layer's schema.
    pub class: &'static str,
    /// Its `name`, in layers that have one.
    pub name: Option<String>,
    /// The least zoom level at which it is drawn.
    pub min_zoom: u8,
    /// Where it is.
    pub shape: Shape,
}

/// The layers in the order in which they are written and drawn.
const LAYERS: [&str; 6] = ["landuse", "park", "water", "transportation", "transportation_name", "place"];

impl Town {
    /// Everything that the basemap draws.
    pub fn basemap_features(&self) -> Vec<BasemapFeature> {
        let feature = |layer, class, name: Option<&str>, min_zoom, shape| BasemapFeature {
            layer,
            class,
            name: name.map(str::to_owned),
            min_zoom,
            shape,
        };
        let mut all = Vec::new();
        for n in self.neighbourhoods() {
            all.push(feature("landuse", "residential", None, 10, Shape::Area(n.shape.clone())));
            if let Some(at) = n.label_point() {
                all.push(feature("place", "suburb", Some(&n.name), 11, Shape::Point(at)));
            }
        }
        for park in self.parks() {
            let area = Shape::Area(MultiPolygon(vec![park.shape.clone()]));
            all.push(feature("park", "public_park", Some(&park.name), 10, area));
        }
        all.push(feature("water", "river", None, 10, Shape::Area(MultiPolygon(vec![self.water().clone()]))));
        for street in self.streets() {
            let (drawn, named) = match street.class {
                StreetClass::Primary => (10, 12),
                StreetClass::Secondary => (11, 13),
                StreetClass::Minor | StreetClass::Path => (13, 14),
            };
            let class = street.class.as_str();
            let line = || Shape::Line(street.line.clone());
            all.push(feature("transportation", class, None, drawn, line()));
            all.push(feature("transportation_name", class, Some(&street.name), named, line()));
        }
        all.push(feature("place", "town", Some(Self::NAME), 6, Shape::Point(self.bounds().centre())));
        all
    }
}

/// The basemap's tile; `None` where it has nothing. Meant for the zoom levels 10 to 15 over [`Town::bounds`].
pub fn basemap_tile(town: &Town, tile: TileId) -> Option<Vec<u8>> {
    let mut layers = LAYERS.map(Layer::new);
    for feature in town.basemap_features().iter().filter(|f| f.min_zoom <= tile.z()) {
        let layer = LAYERS.iter().position(|l| *l == feature.layer).map(|i| &mut layers[i])?;
        let mut attributes: Vec<Attribute<'_>> = vec![("class", feature.class.into())];
        attributes.extend(feature.name.as_deref().map(|name| ("name", name.into())));
        match &feature.shape {
            Shape::Area(area) => layer.polygons(tile, area, &attributes),
            Shape::Line(line) => layer.line(tile, line, &attributes),
            Shape::Point(at) => layer.point(tile, *at, &attributes),
        }
    }
    encode(layers)
}

#[cfg(test)]
mod tests {
    use mvt_reader::Reader;

    use super::*;

    #[test]
    fn every_tile_over_the_town_decodes_and_the_middle_one_has_every_layer() {
        let town = super::super::town(1, 0, jiff::Timestamp::UNIX_EPOCH);
        let mut deepest = 0;
        for z in 10..=15 {
            for tile in TileId::covering(town.bounds(), z).unwrap() {
                let Some(bytes) = basemap_tile(&town, tile) else { continue };
                assert!(bytes.len() < 100_000, "{tile:?} {}", bytes.len());
                let reader = Reader::new(bytes).unwrap();
                let names = reader.get_layer_names().unwrap();
                for i in 0..names.len() {
                    assert!(!reader.get_features(i).unwrap().is_empty());
                }
                deepest = deepest.max(if z == 14 { names.len() } else { 0 });
            }
        }
        assert_eq!(deepest, LAYERS.len());
    }

    #[test]
    fn nothing_is_drawn_far_from_the_town() {
        let town = super::super::town(1, 0, jiff::Timestamp::UNIX_EPOCH);
        assert_eq!(basemap_tile(&town, TileId::parse(14, 0, 0).unwrap()), None);
    }
}
