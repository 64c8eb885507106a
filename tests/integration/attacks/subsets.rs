//! Attacks A4 to A6: whatever part of the map somebody asks for, in whatever form and however often, it is a part of
//! the one table, and the part is chosen by what is published alone.

use std::collections::{BTreeMap, BTreeSet};

use engine::LonLat;
use engine::mercator::TileId;
use geo::{Contains, Intersects, MultiPolygon, Rect, polygon};

use super::table::{self, People};
use super::{PUBLISHED, released};
use crate::test_app::{TestApp, send};

const ITEMS: &str = "/ogc/kaldavere/collections/cells/items";

/// The items that a question selects.
async fn items(app: &TestApp, question: &str) -> People {
    let answer = app.get(&format!("{ITEMS}?f=json&limit=10000&{question}")).await;
    assert_eq!(answer.status, 200, "{question}: {}", answer.text());
    table::of_features(&answer.json())
}

/// The part of the table whose outline meets a condition.
fn part(
    people: &People,
    outlines: &BTreeMap<String, MultiPolygon>,
    meets: impl Fn(&MultiPolygon) -> bool,
) -> People {
    people
        .iter()
        .filter(|(unit, _)| meets(&outlines[*unit]))
        .map(|(unit, people)| (unit.clone(), *people))
        .collect()
}

#[tokio::test]
async fn a4_every_box_and_polygon_selects_from_the_one_table_by_what_is_published_alone() {
    let (_db, app, town) = released(600).await;
    let [west, south, east, north] = town.bounds().to_array();
    let (people, outlines) = table::downloaded(&app).await;
    assert!(people.len() > 30);
    let (mut some, mut sizes) = (BTreeSet::new(), BTreeSet::new());
    for step in 0..24 {
        // Areas that overlap and differ by slivers.
        let (along, up) = (f64::from(step) / 30.0, f64::from(step % 7) / 9.0);
        let (west, south) = (west + along * (east - west), south + up * (north - south));
        let (east, north) = (west + 0.05 + f64::from(step % 3) * 1e-6, south + 0.04);
        let area = Rect::new((west, south), (east, north));
        let expected = part(&people, &outlines, |cell| area.intersects(cell));
        let found = items(&app, &format!("bbox={west},{south},{east},{north}")).await;
        assert_eq!(found, expected, "bbox {step}");
        some.extend(found.into_keys());

        let triangle = polygon![(x: west, y: south), (x: east, y: south), (x: west, y: north)];
        let ring = format!("{west} {south},{east} {south},{west} {north},{west} {south}");
        for (operator, meets) in [
            (
                "S_INTERSECTS",
                (|area, cell| area.intersects(cell)) as fn(&geo::Polygon, &MultiPolygon) -> bool,
            ),
            ("S_DISJOINT", |area, cell| !area.intersects(cell)),
            ("S_WITHIN", |area, cell| area.contains(cell)),
        ] {
            let expected = part(&people, &outlines, |cell| meets(&triangle, cell));
            let found = items(&app, &format!("filter={operator}(geometry,POLYGON(({ring})))")).await;
            assert_eq!(found, expected, "{operator} {step}");
            sizes.insert(found.len());
        }
    }
    assert!(!some.is_empty() && sizes.len() > 5, "the areas select parts of many sizes: {sizes:?}");
}

#[tokio::test]
async fn a4_a_filter_selects_by_the_published_number_and_by_nothing_else() {
    let (_db, app, _) = released(600).await;
    let (people, _) = table::downloaded(&app).await;
    let mut sizes = BTreeSet::new();
    for least in (-20..40).step_by(4) {
        for (filter, meets) in [
            (format!("people>{least}"), (|n, least| n > least) as fn(i64, i64) -> bool),
            (format!("value<={least}&filter-lang=cql2-text"), |n, least| n <= least),
            (format!("NOT(people BETWEEN {least} AND 60)"), |n, least| !(least..=60).contains(&n)),
        ] {
            let found = items(&app, &format!("filter={filter}")).await;
            let expected: People =
                people.iter().filter(|(_, n)| meets(**n, least)).map(|(u, n)| (u.clone(), *n)).collect();
            assert_eq!(found, expected, "{filter}");
            sizes.insert(found.len());
        }
        // In the other encoding of filters, and as a plain value.
        let json = format!(r#"{{"op":"=","args":[{{"property":"people"}},{least}]}}"#);
        let same = items(&app, &format!("filter-lang=cql2-json&filter={json}")).await;
        assert_eq!(same, items(&app, &format!("people={least}")).await);
        assert!(
            same.values().all(|n| *n == least)
                && people.values().filter(|n| **n == least).count() == same.len()
        );
    }
    assert!(sizes.len() > 10, "{sizes:?}");
}

#[tokio::test]
async fn a4_the_tiles_of_every_zoom_hold_the_one_table() {
    let (_db, app, town) = released(600).await;
    let [west, south, east, north] = town.bounds().to_array();
    let (people, _) = table::downloaded(&app).await;
    for zoom in [9, 11, 12, 13] {
        let corner = |lon, lat| TileId::containing(LonLat::new(lon, lat).unwrap(), zoom).unwrap();
        let (first, last) = (corner(west, north), corner(east, south));
        let mut seen = People::new();
        // One tile more on each side: cells reach over the town's bounds.
        for x in first.x() - 1..=last.x() + 1 {
            for y in first.y() - 1..=last.y() + 1 {
                let tile = app.get(&format!("/tiles/kaldavere/releases/latest/cells/{zoom}/{x}/{y}")).await;
                let same = format!("/ogc/kaldavere/collections/cells/tiles/WebMercatorQuad/{zoom}/{y}/{x}");
                assert!(tile.body == app.get(&same).await.body, "{same}");
                for (unit, n) in table::of_tile(&tile.body) {
                    assert_eq!(people.get(&unit), Some(&n), "{zoom}/{x}/{y}");
                    seen.insert(unit, n);
                }
            }
        }
        assert_eq!(seen, people, "zoom {zoom}");
    }
}

#[tokio::test]
async fn a5_nothing_narrows_people_and_unknown_parameters_are_refused() {
    let (_db, app, _) = released(600).await;
    let narrow = [
        "participant=1",
        "feeling=calm",
        "chime=hope",
        "from=2026-01-01",
        "to=2026-02-01",
        "being=true",
        "age=20",
        "within=POLYGON",
        "seed=1",
        "k=1",
        "resolution=10",
        "sigma2=1",
    ];
    // What the OGC interface knows selects among published cells (A4); elsewhere it is unknown.
    let known_to_ogc = ["bbox=26,58,27,59", "limit=1", "filter=people>5", "sigma=1"];
    let ogc = [
        ITEMS,
        "/ogc/kaldavere/collections/cells?f=json",
        "/ogc/kaldavere/collections/cells/queryables?f=json",
        "/ogc/kaldavere/collections/cells/tiles?f=json",
        "/ogc/kaldavere/collections/cells/tiles/WebMercatorQuad?f=json",
        "/ogc/kaldavere/collections/cells/tiles/WebMercatorQuad/11/624/1168",
    ];
    let tiles =
        ["/tiles/kaldavere/releases/latest/cells", "/tiles/kaldavere/releases/latest/cells/11/1168/624"];
    let own =
        PUBLISHED.iter().copied().filter(|path| path.starts_with("releases") || path.starts_with("export"));
    let mut refused = 0;
    for path in own.chain(ogc).chain(tiles) {
        let known: &[&str] = if path.starts_with("/ogc") { &[] } else { &known_to_ogc };
        for parameter in narrow.iter().chain(known) {
            let glue = if path.contains('?') { '&' } else { '?' };
            let answer = app.get(&format!("{path}{glue}{parameter}")).await;
            assert_eq!(answer.status, 400, "{path}{glue}{parameter}: {}", answer.text());
            refused += 1;
        }
        assert_ne!(app.get(path).await.status, 400, "{path} itself is right");
    }
    assert!(refused > 300);
    for filter in ["participant=1", "feeling='calm'", "created_at>TIMESTAMP('2026-01-01T00:00:00Z')", "x"] {
        let answer = app.get(&format!("{ITEMS}?filter={filter}")).await;
        assert_eq!(answer.problem(400, "invalid-input"), "filter", "{filter}");
    }
}

/// The forms of the table that [`read`] understands.
const FORMS: [&str; 13] = [
    "releases/latest/cells",
    "releases/latest/hotspots",
    "releases/latest/hotspots.gpkg",
    "releases/latest/download.geojson",
    "releases/latest/download.csv",
    "releases/latest/download.csv?bom=true",
    "releases/latest/download.gpkg",
    "export/release.geojson",
    "export/release.csv",
    "export/release.gpkg",
    "/ogc/kaldavere/collections/cells/items?f=json&limit=10000",
    "/ogc/kaldavere/collections/cells/items?limit=10000&crs=http://www.opengis.net/def/crs/EPSG/0/3301",
    "/tiles/kaldavere/releases/latest/cells/9/292/156",
];

async fn read(path: &str, body: &[u8]) -> People {
    let text = || std::str::from_utf8(body).unwrap();
    if path.starts_with("/tiles") {
        table::of_tile(body)
    } else if path.contains(".csv") {
        table::of_csv(text())
    } else if path.contains(".gpkg") {
        table::of_geopackage(body).await
    } else {
        table::of_features(&serde_json::from_slice(body).unwrap())
    }
}

#[tokio::test]
async fn a6_a_thousand_requests_in_every_form_get_one_table() {
    let (db, app, town) = released(600).await;
    let other = TestApp::on(stead::store::open(&db.url).await.unwrap(), 99, |config| config).await;
    let id = app.get("releases/latest").await.json()["id"].as_str().unwrap().to_owned();
    let middle = TileId::containing(town.warm().centre, 9).unwrap();
    // Each distinct body is read once, and there are few.
    let mut bodies: BTreeMap<&str, BTreeSet<Vec<u8>>> = BTreeMap::new();
    for n in 0..1_000_usize {
        let on = if n % 2 == 0 { &app } else { &other };
        let form = FORMS[n % FORMS.len()];
        let mut path = if n % 3 == 0 { form.to_owned() } else { form.replace("latest", &id) };
        if form.starts_with("/tiles") {
            path = path.replace("9/292/156", &format!("9/{}/{}", middle.x(), middle.y()));
        }
        let request = match n % 7 {
            0 => on.request("GET", &path).header("Cache-Control", "no-cache"),
            1 => on.request("GET", &path).header("Accept-Language", ["et", "nb", "en"][n / 7 % 3]),
            2 => on.request("GET", &path).header("If-None-Match", format!("\"{n}\"")),
            3 => on.request("GET", &path).header("Accept", "*/*").header("Cookie", format!("x={n}")),
            4 => on.request("GET", &path).header("If-Modified-Since", "Mon, 01 Jun 2026 00:00:00 GMT"),
            5 => on.request("GET", &path).header("X-Forwarded-For", format!("10.0.0.{}", n % 250)),
            _ => on.request("GET", &path),
        };
        let answer = send(request).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        bodies.entry(form).or_default().insert(answer.body);
    }
    let (people, _) = table::downloaded(&app).await;
    let mut tables = BTreeSet::new();
    for (form, bodies) in bodies {
        for body in bodies {
            tables.insert(read(form, &body).await);
        }
    }
    assert_eq!(tables.into_iter().collect::<Vec<_>>(), [people], "one distinct table");
}
