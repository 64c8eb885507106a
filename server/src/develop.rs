//! Photos as they are kept: upright, of a moderate size, and without anything that was written into the file.
//!
//! Whatever arrives is decoded to pixels and encoded anew, so that no metadata (EXIF, XMP, IPTC, thumbnails), no
//! appended file and no second format in the same bytes survives. Limits are looked at before pixels are.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};

/// Most bytes of an upload.
pub const MAX_BYTES: usize = 12 * 1024 * 1024;
/// Most pixels of an upload.
pub const MAX_PIXELS: u64 = 40_000_000;
/// Longest side of a photo as it is kept.
pub const SIDE: u32 = 2_048;
/// Longest side of its small picture.
pub const THUMB_SIDE: u32 = 400;
/// Most memory of the decoder: 40 megapixels in four channels, and what it needs besides.
const MAX_MEMORY: u64 = 256 * 1024 * 1024;
const QUALITY: u8 = 85;

/// A photo to be kept.
#[derive(Debug, Clone)]
pub struct Developed {
    /// A JPEG.
    pub full: Vec<u8>,
    /// A small JPEG.
    pub thumb: Vec<u8>,
    /// Pixels of the large one.
    pub width: u32,
    /// Pixels of the large one.
    pub height: u32,
}

/// Why bytes are no photo that can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Undeveloped {
    /// Neither JPEG, PNG nor WebP.
    #[error("is not a JPEG, PNG or WebP picture")]
    Unknown,
    /// Too many pixels.
    #[error("has more than 40 megapixels; make it smaller first")]
    TooLarge,
    /// Cut off or broken.
    #[error("is cut off or broken; the picture could not be read to its end")]
    Broken,
}

/// Decodes, turns upright, makes smaller, and encodes anew. Takes up to some seconds and some hundred megabytes:
/// not on a thread that serves others.
///
/// # Errors
/// What cannot be kept, before anything of it is.
pub fn develop(bytes: &[u8]) -> Result<Developed, Undeveloped> {
    let format = image::guess_format(bytes).map_err(|_| Undeveloped::Unknown)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(Undeveloped::Unknown);
    }
    if format == ImageFormat::Jpeg && !ends(bytes) {
        return Err(Undeveloped::Broken);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|why| match why {
        // So large that a line of it fits nowhere.
        ImageError::Limits(_) => Undeveloped::TooLarge,
        _ => Undeveloped::Broken,
    })?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Undeveloped::TooLarge);
    }
    // A file that says nothing readable about its orientation lies as it lies.
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| Undeveloped::Broken)?;
    let mut picture = smaller(picture, SIDE);
    picture.apply_orientation(orientation);
    let picture = on_white(&picture);
    let thumb = smaller(DynamicImage::ImageRgb8(picture.clone()), THUMB_SIDE).into_rgb8();
    let (width, height) = picture.dimensions();
    Ok(Developed { full: jpeg(&picture)?, thumb: jpeg(&thumb)?, width, height })
}

/// Whether an end follows the last beginning of picture data: decoders fill what was cut off with grey.
fn ends(jpeg: &[u8]) -> bool {
    let last = |marker: u8| jpeg.windows(2).rposition(|pair| pair == [0xff, marker]);
    last(0xd9) > last(0xda)
}

fn smaller(picture: DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side {
        return picture;
    }
    picture.resize(side, side, FilterType::Triangle)
}

/// JPEG knows no transparency: what is clear becomes white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let rgba = picture.to_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [r, g, b, a] = rgba.get_pixel(x, y).0;
        let over = |c: u8| {
            let mixed = (u16::from(c) * u16::from(a) + 255 * (255 - u16::from(a))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        image::Rgb([over(r), over(g), over(b)])
    })
}

fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, Undeveloped> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode_image(picture)
        .map_err(|_| Undeveloped::Broken)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
