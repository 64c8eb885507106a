//! Pictures with everything that files of each format can say besides their pixels, made by hand.

use std::io::Cursor;

use image::{ImageFormat, RgbImage};

/// What must not survive anywhere.
pub const SECRET: &[u8] = b"STEAD-SECRET-58.3806-26.7225";
/// 58° 22' 50.16" and 26° 43' 21.00", as EXIF writes them: numerators and denominators.
const LATITUDE: [u32; 6] = [58, 1, 22, 1, 5_016, 100];
const LONGITUDE: [u32; 6] = [26, 1, 43, 1, 2_100, 100];

/// The formats that are taken.
pub const FORMATS: [ImageFormat; 3] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];

/// A format's media type.
pub fn media(format: ImageFormat) -> &'static str {
    format.to_mime_type()
}

/// Red, green, blue and white quarters, from the upper left by rows; twice as wide as high.
pub fn quarters(width: u32) -> RgbImage {
    let height = width / 2;
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => image::Rgb([220, 20, 20]),
        (false, true) => image::Rgb([20, 220, 20]),
        (true, false) => image::Rgb([20, 20, 220]),
        (false, false) => image::Rgb([250, 250, 250]),
    })
}

/// A picture without anything else.
pub fn plain(format: ImageFormat, picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A picture with EXIF (orientation, a whole GPS position, a description and a thumbnail), XMP, IPTC and a comment.
pub fn talkative(format: ImageFormat, picture: &RgbImage, orientation: u16) -> Vec<u8> {
    let plain = plain(format, picture);
    match format {
        ImageFormat::Jpeg => talkative_jpeg(&plain, orientation),
        ImageFormat::Png => talkative_png(&plain, orientation),
        _ => talkative_webp(&plain, picture, orientation),
    }
}

fn u32_of(length: usize) -> u32 {
    u32::try_from(length).unwrap()
}

/// TIFF as EXIF uses it: a directory of the picture, one of GPS and one of the thumbnail.
pub fn exif(orientation: u16) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let directory = |entries: &[Vec<u8>], next: u32| {
        let count = u16::try_from(entries.len()).unwrap();
        [&count.to_le_bytes()[..], &entries.concat(), &next.to_le_bytes()].concat()
    };
    let rationals = |numbers: [u32; 6]| numbers.map(u32::to_le_bytes).concat();
    let thumbnail = [&plain(ImageFormat::Jpeg, &quarters(16))[..], SECRET].concat();
    // Three, five and two entries of 12 bytes, each directory with six more.
    let (first, gps, second) = (8, 8 + 42, 8 + 42 + 66);
    let text = second + 30;
    let latitude = text + u32_of(SECRET.len());
    let longitude = latitude + 24;
    let picture = longitude + 24;
    let main = directory(
        &[
            entry(0x010e, 2, u32_of(SECRET.len()), text),
            entry(0x0112, 3, 1, orientation.into()),
            entry(0x8825, 4, 1, gps),
        ],
        second,
    );
    let position = directory(
        &[
            entry(0x0000, 1, 4, 0x0000_0302),
            entry(0x0001, 2, 2, u32::from(b'N')),
            entry(0x0002, 5, 3, latitude),
            entry(0x0003, 2, 2, u32::from(b'E')),
            entry(0x0004, 5, 3, longitude),
        ],
        0,
    );
    let small = directory(&[entry(0x0201, 4, 1, picture), entry(0x0202, 4, 1, u32_of(thumbnail.len()))], 0);
    let tiff = [
        &b"II*\0"[..],
        &u32::to_le_bytes(first),
        &main,
        &position,
        &small,
        SECRET,
        &rationals(LATITUDE),
        &rationals(LONGITUDE),
        &thumbnail,
    ]
    .concat();
    assert_eq!(&tiff[text as usize..latitude as usize], SECRET, "the offsets are right");
    assert_eq!(&tiff[picture as usize..picture as usize + 2], [0xff, 0xd8]);
    tiff
}

/// The bytes of the position, whichever way it is kept.
pub fn positions() -> [Vec<u8>; 4] {
    [LATITUDE, LONGITUDE]
        .map(|numbers| [numbers.map(u32::to_le_bytes).concat(), numbers.map(u32::to_be_bytes).concat()])
        .concat()
        .try_into()
        .unwrap()
}

fn xmp() -> Vec<u8> {
    let words = String::from_utf8_lossy(SECRET);
    format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF><rdf:Description exif:GPSLatitude=\"58,22.8360N\" \
         dc:creator=\"{words}\"/></rdf:RDF></x:xmpmeta>"
    )
    .into_bytes()
}

/// An IPTC record in a Photoshop resource: a caption.
fn iptc() -> Vec<u8> {
    let length = u16::try_from(SECRET.len()).unwrap().to_be_bytes();
    let record = [&[0x1c, 2, 120][..], &length, SECRET].concat();
    let size = u32_of(record.len()).to_be_bytes();
    [&b"8BIM\x04\x04\0\0"[..], &size, &record].concat()
}

fn talkative_jpeg(plain: &[u8], orientation: u16) -> Vec<u8> {
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], content].concat()
    };
    let thumbnail = self::plain(ImageFormat::Jpeg, &quarters(16));
    [
        &plain[..2],
        &segment(0xe1, &[b"Exif\0\0", &exif(orientation)[..]].concat()),
        &segment(0xe0, &[b"JFXX\0\x10", &thumbnail[..], SECRET].concat()),
        &segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", &xmp()[..]].concat()),
        &segment(0xed, &[b"Photoshop 3.0\0", &iptc()[..]].concat()),
        &segment(0xfe, SECRET),
        &plain[2..],
    ]
    .concat()
}

/// A chunk of PNG.
fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let body = [kind, data].concat();
    [&u32_of(data.len()).to_be_bytes()[..], &body, &crc(&body).to_be_bytes()].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xedb8_8320 } else { c >> 1 })
    })
}

fn talkative_png(plain: &[u8], orientation: u16) -> Vec<u8> {
    let hex = stead::texts::hex(&iptc());
    let profile = format!("\niptc\n{:8}\n{hex}\n", iptc().len());
    // Behind the signature and IHDR, which is 25 bytes.
    [
        &plain[..33],
        &chunk(b"eXIf", &exif(orientation)),
        &chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", &xmp()[..]].concat()),
        &chunk(b"tEXt", &[b"Raw profile type iptc\0", profile.as_bytes()].concat()),
        &chunk(b"tEXt", &[b"Comment\0", SECRET].concat()),
        &chunk(b"stEd", SECRET),
        &plain[33..],
    ]
    .concat()
}

fn talkative_webp(plain: &[u8], picture: &RgbImage, orientation: u16) -> Vec<u8> {
    let part = |kind: &[u8], data: &[u8]| {
        let even = if data.len() % 2 == 1 { &[0][..] } else { &[] };
        [kind, &u32_of(data.len()).to_le_bytes(), data, even].concat()
    };
    let minus_one = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
    // With EXIF and XMP.
    let header =
        [&[0x08 | 0x04, 0, 0, 0][..], &minus_one(picture.width()), &minus_one(picture.height())].concat();
    let body = [
        &b"WEBP"[..],
        &part(b"VP8X", &header),
        &plain[12..],
        &part(b"EXIF", &exif(orientation)),
        &part(b"XMP ", &xmp()),
        &part(b"IPTC", &iptc()),
    ]
    .concat();
    [&b"RIFF"[..], &u32_of(body.len()).to_le_bytes(), &body].concat()
}

/// A small picture whose header says that it is larger.
pub fn lying(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = plain(format, &quarters(8));
    match format {
        ImageFormat::Png => {
            bytes[16..20].copy_from_slice(&width.to_be_bytes());
            bytes[20..24].copy_from_slice(&height.to_be_bytes());
            let crc = crc(&bytes[12..29]);
            bytes[29..33].copy_from_slice(&crc.to_be_bytes());
        }
        ImageFormat::Jpeg => {
            let frame = bytes.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
            let side = |side: u32| u16::try_from(side).unwrap().to_be_bytes();
            bytes[frame + 5..frame + 7].copy_from_slice(&side(height));
            bytes[frame + 7..frame + 9].copy_from_slice(&side(width));
        }
        _ => {
            // Behind RIFF, its size, WEBP, VP8L, its size and the signature: 14 bits each, and what follows.
            assert_eq!((&bytes[12..16], bytes[20]), (&b"VP8L"[..], 0x2f));
            let old = u32::from_le_bytes(bytes[21..25].try_into().unwrap());
            let new = (old & 0xf000_0000) | ((height - 1) << 14) | (width - 1);
            bytes[21..25].copy_from_slice(&new.to_le_bytes());
        }
    }
    bytes
}
