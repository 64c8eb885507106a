//! The matrix of photos: every format, every orientation, everything that may be written into a file, and what is no
//! photo at all.

use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::metadata::Orientation;
use image::{ExtendedColorType, ImageEncoder, RgbaImage};

use super::*;

const SECRET: &[u8] = b"STEAD-SECRET-58.3806-26.7225";

/// Red, green, blue and white quarters, from the upper left by rows; twice as wide as high.
fn quarters(width: u32) -> RgbImage {
    let height = width / 2;
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => image::Rgb([220, 20, 20]),
        (false, true) => image::Rgb([20, 220, 20]),
        (true, false) => image::Rgb([20, 20, 220]),
        (false, false) => image::Rgb([250, 250, 250]),
    })
}

/// EXIF with an orientation, a GPS position and a description.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let text = u32::try_from(SECRET.len()).unwrap();
    tiff.extend(3_u16.to_le_bytes());
    tiff.extend(entry(0x010e, 2, text, 50)); // description
    tiff.extend(entry(0x0112, 3, 1, orientation.into()));
    tiff.extend(entry(0x8825, 4, 1, 50 + text)); // GPS
    tiff.extend(0_u32.to_le_bytes());
    tiff.extend(SECRET);
    tiff.extend(1_u16.to_le_bytes());
    tiff.extend(entry(0x0001, 2, 2, u32::from(b'N')));
    tiff.extend(0_u32.to_le_bytes());
    tiff
}

fn encoded(format: ImageFormat, picture: &RgbImage, exif: Option<Vec<u8>>) -> Vec<u8> {
    fn write(mut encoder: impl ImageEncoder, exif: Option<Vec<u8>>, picture: &RgbImage) {
        if let Some(exif) = exif {
            encoder.set_exif_metadata(exif).unwrap();
        }
        encoder.write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8).unwrap();
    }
    let mut bytes = Vec::new();
    match format {
        ImageFormat::Png => write(PngEncoder::new(&mut bytes), exif, picture),
        ImageFormat::WebP => write(WebPEncoder::new_lossless(&mut bytes), exif, picture),
        _ => write(JpegEncoder::new_with_quality(&mut bytes, 95), exif, picture),
    }
    bytes
}

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

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn every_orientation_of_every_format_comes_upright_and_without_a_word() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        for number in 1..=8 {
            let said = Orientation::from_exif(number).unwrap();
            let undone = match said {
                Orientation::Rotate90 => Orientation::Rotate270,
                Orientation::Rotate270 => Orientation::Rotate90,
                own => own,
            };
            let mut lying = DynamicImage::ImageRgb8(quarters(96));
            lying.apply_orientation(undone);
            let file = encoded(format, &lying.into_rgb8(), Some(exif(number)));
            assert!(holds(&file, SECRET), "{format:?}: the test's own file says something");
            let kept = develop(&file).unwrap();
            assert_eq!((kept.width, kept.height), (96, 48), "{format:?} {number}");
            for picture in [&kept.full, &kept.thumb] {
                assert_eq!(colours(picture), "rgbw", "{format:?} {number}");
                assert!(!holds(picture, SECRET) && !holds(picture, b"Exif"), "{format:?} {number}");
            }
        }
    }
}

#[test]
fn what_else_a_file_may_say_does_not_survive() {
    let plain = encoded(ImageFormat::Jpeg, &quarters(96), None);
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], content].concat()
    };
    let thumbnail = encoded(ImageFormat::Jpeg, &quarters(16), None);
    for (what, content) in [
        ("XMP", [b"http://ns.adobe.com/xap/1.0/\0", SECRET].concat()),
        ("IPTC", [b"Photoshop 3.0\0", SECRET].concat()),
        ("a comment", SECRET.to_vec()),
        ("a thumbnail", [b"JFXX\0\x10", &thumbnail[..], SECRET].concat()),
    ] {
        let marker = match what {
            "XMP" => 0xe1,
            "IPTC" => 0xed,
            "a comment" => 0xfe,
            _ => 0xe0,
        };
        let file = [&plain[..2], &segment(marker, &content), &plain[2..]].concat();
        let kept = develop(&file).unwrap_or_else(|e| panic!("{what}: {e}"));
        assert!(!holds(&kept.full, SECRET) && !holds(&kept.thumb, SECRET), "{what}");
        assert!(!holds(&kept.full, b"Photoshop") && !holds(&kept.full, b"adobe"), "{what}");
    }
}

#[test]
fn a_file_that_is_two_things_at_once_stays_a_picture_only() {
    let page = b"<html><script>alert(1)</script></html>PK\x03\x04";
    let file = [&encoded(ImageFormat::Jpeg, &quarters(96), None)[..], page].concat();
    let kept = develop(&file).unwrap();
    assert!(!holds(&kept.full, b"script") && !holds(&kept.full, b"PK\x03\x04"));
}

#[test]
fn a_large_photo_becomes_moderate_and_a_flood_is_refused_before_it_is_read() {
    let kept = develop(&encoded(ImageFormat::Jpeg, &quarters(3_000), None)).unwrap();
    assert_eq!((kept.width, kept.height), (2_048, 1_024));
    let thumb = image::load_from_memory(&kept.thumb).unwrap();
    assert_eq!((thumb.width(), thumb.height()), (400, 200));
    // 30,000 × 30,000 pixels in a few hundred bytes: a header that lies costs nothing.
    let mut flood = encoded(ImageFormat::Png, &quarters(4), None);
    flood[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
    flood[20..24].copy_from_slice(&30_000_u32.to_be_bytes());
    let crc = crc(&flood[12..29]);
    flood[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(develop(&flood).unwrap_err(), Undeveloped::TooLarge);
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xedb8_8320 } else { c >> 1 })
    })
}

#[test]
fn what_is_cut_off_or_no_picture_is_refused() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        // Noise, so that there is something to cut.
        let noise = RgbImage::from_fn(200, 200, |x, y| {
            image::Rgb([x.wrapping_mul(y).wrapping_mul(2_654_435_761).to_le_bytes()[3]; 3])
        });
        let file = encoded(format, &noise, Some(exif(1)));
        for part in [file.len() / 2, file.len() * 9 / 10, 40] {
            assert_eq!(develop(&file[..part]).unwrap_err(), Undeveloped::Broken, "{format:?} cut at {part}");
        }
    }
    for none in [
        &b""[..],
        b"hello",
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
    ] {
        assert_eq!(develop(none).unwrap_err(), Undeveloped::Unknown);
    }
}

#[test]
fn what_is_clear_becomes_white() {
    let clear = RgbaImage::from_pixel(10, 10, image::Rgba([255, 0, 0, 0]));
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&clear, 10, 10, ExtendedColorType::Rgba8).unwrap();
    assert_eq!(colours(&develop(&bytes).unwrap().full), "wwww");
}
