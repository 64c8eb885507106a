//! The matrix of photos, over HTTP: whatever a file of each format says besides its pixels is gone from what is kept,
//! and what cannot be kept is refused in words.

mod files;

use image::metadata::Orientation;
use image::{DynamicImage, ImageFormat, RgbImage};
use serde_json::{Value, json};

use crate::databases::{Database, Engine};
use crate::http_photos::png;
use crate::test_app::{Answer, Member, TestApp, send};
use files::{FORMATS, SECRET, lying, media, plain, positions, quarters, talkative};

async fn upload(member: &Member<'_>, path: &str, media: &str, bytes: Vec<u8>) -> Answer {
    send(member.request("POST", path).header("Content-Type", media).body(bytes)).await
}

/// Both pictures of a photo as they are kept.
async fn kept(member: &Member<'_>, path: &str, photo: &Value) -> [Vec<u8>; 2] {
    let one = format!("{path}/{}", photo["id"].as_str().unwrap());
    [member.get(&one).await.body, member.get(&format!("{one}?size=thumb")).await.body]
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

/// The colours of the four quarters.
fn colours(jpeg: &[u8]) -> String {
    let picture = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).unwrap().into_rgb8();
    let (wide, high) = picture.dimensions();
    [(1, 1), (3, 1), (1, 3), (3, 3)]
        .map(|(x, y)| match picture.get_pixel(wide * x / 4, high * y / 4).0.map(|channel| channel > 150) {
            [true, false, false] => 'r',
            [false, true, false] => 'g',
            [false, false, true] => 'b',
            [true, true, true] => 'w',
            _ => '?',
        })
        .iter()
        .collect()
}

/// The markers of a JPEG's segments up to the pixels; nothing but the pixels follows them.
fn markers(jpeg: &[u8]) -> Vec<u8> {
    assert_eq!(&jpeg[..2], [0xff, 0xd8]);
    let (mut at, mut found) = (2, Vec::new());
    loop {
        assert_eq!(jpeg[at], 0xff);
        let marker = jpeg[at + 1];
        found.push(marker);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        if marker == 0xda {
            break;
        }
    }
    let end = jpeg[at..].windows(2).position(|pair| pair == [0xff, 0xd9]).expect("an end");
    assert_eq!(at + end + 2, jpeg.len(), "nothing follows the end");
    found
}

#[tokio::test]
async fn every_format_comes_upright_in_every_orientation_and_without_anything_it_said() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let path = format!("{}/photos", member.save_bench().await);
    for format in FORMATS {
        for number in 1..=8_u8 {
            let name = format!("{format:?} {number}");
            let undone = match Orientation::from_exif(number).unwrap() {
                Orientation::Rotate90 => Orientation::Rotate270,
                Orientation::Rotate270 => Orientation::Rotate90,
                own => own,
            };
            let mut lying = DynamicImage::ImageRgb8(quarters(96));
            lying.apply_orientation(undone);
            let file = talkative(format, &lying.into_rgb8(), number.into());
            let says = [SECRET.to_vec(), b"GPSLatitude".to_vec(), b"8BIM".to_vec(), b"II*\0".to_vec()];
            for said in says.iter().chain([&positions()[0]]) {
                // PNG keeps IPTC in hexadecimal digits.
                assert!(holds(&file, said) || said == b"8BIM", "{name}: the test's own file says {said:?}");
            }
            let sent = upload(&member, &path, media(format), file).await;
            assert_eq!(sent.status, 201, "{name}: {}", sent.text());
            assert_eq!((&sent.json()["width"], &sent.json()["height"]), (&json!(96), &json!(48)), "{name}");
            for picture in kept(&member, &path, &sent.json()).await {
                assert_eq!(colours(&picture), "rgbw", "{name}");
                for said in says.iter().chain(&positions()) {
                    assert!(!holds(&picture, said), "{name}: {:?} is kept", String::from_utf8_lossy(said));
                }
                // JFIF, tables, one frame and one scan: no EXIF, no profile, no comment.
                let all = markers(&picture);
                let known = |m: &u8| matches!(m, 0xe0 | 0xdb | 0xc0 | 0xc4 | 0xda);
                assert!(all.iter().all(known), "{name}: {all:x?}");
                assert_eq!(
                    all.iter().position(|marker| *marker == 0xe0),
                    all.iter().rposition(|marker| *marker == 0xe0),
                    "{name}: no JFXX thumbnail"
                );
            }
        }
    }
    // And nothing of it anywhere in the database's own bytes.
    let file = db.url.trim_start_matches("sqlite:");
    for file in [file.to_owned(), format!("{file}-wal")] {
        let bytes = std::fs::read(&file).unwrap_or_default();
        assert!(!holds(&bytes, SECRET) && positions().iter().all(|said| !holds(&bytes, said)), "{file}");
    }
}

#[tokio::test]
async fn a_flood_is_refused_in_words_just_above_the_limit_and_far_above_it() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let path = format!("{}/photos", member.save_bench().await);
    let floods = [
        (ImageFormat::Jpeg, 8_000, 5_001),
        (ImageFormat::Jpeg, 65_535, 65_535),
        (ImageFormat::Jpeg, 65_500, 611),
        (ImageFormat::Png, 8_000, 5_001),
        (ImageFormat::Png, 40_000_001, 1),
        (ImageFormat::Png, 1, 40_000_001),
        (ImageFormat::Png, 100_000, 100_000),
        (ImageFormat::Png, 0x7fff_ffff, 0x7fff_ffff),
        (ImageFormat::WebP, 8_000, 5_001),
        (ImageFormat::WebP, 16_383, 16_383),
    ];
    for (format, width, height) in floods {
        let name = format!("{format:?} of {width} × {height}");
        let answer = upload(&member, &path, media(format), lying(format, width, height)).await;
        assert_eq!(answer.problem(422, "invalid-input"), "photo", "{name}");
        let says = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(says.contains("has more than 40 megapixels"), "{name}: {says}");
    }
    // As large as may be is not too large: only its pixels are missing.
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let answer = upload(&member, &path, media(format), lying(format, 8_000, 5_000)).await;
        assert_eq!(answer.problem(422, "invalid-input"), "photo", "{format:?}");
        let says = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(says.contains("cut off or broken"), "{format:?}: {says}");
    }
    assert_eq!(member.get(&path).await.json(), json!({"photos": []}));
}

#[tokio::test]
async fn a_file_that_is_two_things_at_once_is_a_picture_only_and_another_first_is_none() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let path = format!("{}/photos", member.save_bench().await);
    let page = b"<!doctype html><html><script>alert(1)</script></html>".to_vec();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("run.js", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut archive, SECRET).unwrap();
    let archive = archive.finish().unwrap().into_inner();
    for format in FORMATS {
        let picture = plain(format, &quarters(96));
        for (what, other) in [("ZIP", &archive), ("HTML", &page)] {
            let sent = upload(&member, &path, media(format), [&picture[..], other].concat()).await;
            assert_eq!(sent.status, 201, "{format:?} and {what}: {}", sent.text());
            for kept in kept(&member, &path, &sent.json()).await {
                assert_eq!(colours(&kept), "rgbw", "{format:?} and {what}");
                for said in [&b"PK\x03\x04"[..], b"<script", b"run.js", SECRET] {
                    assert!(!holds(&kept, said), "{format:?} and {what}");
                }
                markers(&kept);
            }
            let refused = upload(&member, &path, media(format), [&other[..], &picture[..]].concat()).await;
            assert_eq!(refused.problem(422, "invalid-input"), "photo", "{what} and {format:?}");
            let says = refused.json()["detail"].as_str().unwrap().to_owned();
            assert!(says.contains("is not a JPEG, PNG or WebP picture"), "{says}");
        }
    }
}

#[tokio::test]
async fn what_is_cut_off_anywhere_is_refused_in_words() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let path = format!("{}/photos", member.save_bench().await);
    // Noise, so that there is something to cut.
    let noise = RgbImage::from_fn(120, 120, |x, y| {
        image::Rgb([x.wrapping_mul(y).wrapping_mul(2_654_435_761).to_le_bytes()[3]; 3])
    });
    for format in FORMATS {
        let file = talkative(format, &noise, 1);
        let (pixels, whole) = (plain(format, &noise), file.len());
        assert_eq!(upload(&member, &path, media(format), file.clone()).await.status, 201, "{format:?} whole");
        // In the header, in what it says, and in the pixels.
        for part in [13, 40, whole / 2, pixels.len() / 2, pixels.len() * 9 / 10] {
            let bytes = if part == whole / 2 { file[..part].to_vec() } else { pixels[..part].to_vec() };
            let answer = upload(&member, &path, media(format), bytes).await;
            assert_eq!(answer.problem(422, "invalid-input"), "photo", "{format:?} cut at {part}");
            let says = answer.json()["detail"].as_str().unwrap().to_owned();
            assert!(says.contains("cut off or broken"), "{format:?} cut at {part}: {says}");
        }
    }
    assert_eq!(member.get(&path).await.json()["photos"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn the_two_hundred_and_first_photo_is_refused_in_words_and_the_others_stay() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    let (member, other) = (app.participant().await, app.participant().await);
    let paths = [member.save_bench().await, member.save_bench().await].map(|place| format!("{place}/photos"));
    // Over all places together.
    for n in 0..200 {
        let sent = upload(&member, &paths[n % 2], "image/png", png(8, 8)).await;
        assert_eq!(sent.status, 201, "{n}: {}", sent.text());
    }
    for path in &paths {
        let refused = upload(&member, path, "image/png", png(8, 8)).await;
        refused.problem(422, "limit-reached");
        let says = refused.json()["detail"].as_str().unwrap().to_owned();
        assert!(says.contains("200") && says.contains("photo"), "{says}");
        assert_eq!(member.get(path).await.json()["photos"].as_array().unwrap().len(), 100);
    }
    // The limit is each person's own, and ends when one is deleted.
    let theirs = format!("{}/photos", other.save_bench().await);
    assert_eq!(upload(&other, &theirs, "image/png", png(8, 8)).await.status, 201);
    let photos = member.get(&paths[0]).await.json();
    let one = format!("{}/{}", paths[0], photos["photos"][0]["id"].as_str().unwrap());
    assert_eq!(send(member.request("DELETE", &one)).await.status, 204);
    assert_eq!(upload(&member, &paths[1], "image/png", png(8, 8)).await.status, 201);
    assert_eq!(upload(&member, &paths[1], "image/png", png(8, 8)).await.problem(422, "limit-reached"), "");
}
