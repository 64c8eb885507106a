//! Opaque cursors: the key of the last entry of a page, so that paging stays right while entries come and go.

use engine::find::Key;
use engine::index::Keyset;
use engine::{Invalid, PlaceId, StoryId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::actions::stories::StoryPosition;
use crate::texts::{hex, unhex};

/// The cursor of a page of supports.
pub fn write_support(key: &Key) -> String {
    match key {
        Key::Near { distance, id } => format!("d{}{:016x}", id.simple(), distance.to_bits()),
        Key::Named { nowhere, name, id } => {
            let kind = if *nowhere { 'o' } else { 'n' };
            format!("{kind}{}{}", id.simple(), hex(name.as_bytes()))
        }
    }
}

/// Reads what [`write_support`] wrote.
///
/// # Errors
/// Field `cursor` for anything else.
pub fn read_support(text: &str) -> Result<Key, Invalid> {
    let cursor = || {
        let (kind, rest) = text.split_at_checked(1)?;
        let (id, rest) = rest.split_at_checked(32)?;
        let id = Uuid::try_parse(id).ok()?;
        match kind {
            "d" if rest.len() == 16 => {
                let distance = f64::from_bits(u64::from_str_radix(rest, 16).ok()?);
                distance.is_finite().then_some(Key::Near { distance, id })
            }
            "n" | "o" => {
                let name = String::from_utf8(unhex(rest)?).ok()?;
                Some(Key::Named { nowhere: kind == "o", name, id })
            }
            _ => None,
        }
    };
    cursor().ok_or_else(unknown)
}

/// The cursor of a page of places.
pub fn write_place(created_at: Timestamp, id: PlaceId) -> String {
    format!("p{}{:x}", id.0.simple(), created_at.as_microsecond())
}

/// Reads what [`write_place`] wrote.
///
/// # Errors
/// Field `cursor` for anything else.
pub fn read_place(text: &str) -> Result<Keyset, Invalid> {
    let keyset = || {
        let (id, at) = text.strip_prefix('p')?.split_at_checked(32)?;
        let created_at = Timestamp::from_microsecond(i64::from_str_radix(at, 16).ok()?).ok()?;
        Some(Keyset { created_at, id: PlaceId(Uuid::try_parse(id).ok()?) })
    };
    keyset().ok_or_else(unknown)
}

/// The cursor of a page of stories.
pub fn write_story(position: StoryPosition) -> String {
    format!("s{}{:x}", position.id.0.simple(), position.at.as_microsecond())
}

/// Reads what [`write_story`] wrote.
///
/// # Errors
/// Field `cursor` for anything else.
pub fn read_story(text: &str) -> Result<StoryPosition, Invalid> {
    let position = || {
        let (id, at) = text.strip_prefix('s')?.split_at_checked(32)?;
        let at = Timestamp::from_microsecond(i64::from_str_radix(at, 16).ok()?).ok()?;
        Some(StoryPosition { at, id: StoryId(Uuid::try_parse(id).ok()?) })
    };
    position().ok_or_else(unknown)
}

fn unknown() -> Invalid {
    Invalid::new("cursor", "is not a cursor of this list; take `next` of the page before")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_come_back_as_they_were_written_and_nothing_else_is_one() {
        let id = Uuid::from_u128(7);
        for cursor in [
            Key::Near { distance: 12.345, id },
            Key::Named { nowhere: false, name: "jõe äär".into(), id },
            Key::Named { nowhere: true, name: String::new(), id },
        ] {
            assert_eq!(read_support(&write_support(&cursor)).unwrap(), cursor);
        }
        for wrong in ["", "x", "d", "õõ", &format!("n{}0", id.simple()), &format!("d{}zz", id.simple())] {
            assert!(read_support(wrong).is_err(), "{wrong}");
            assert!(read_place(wrong).is_err(), "{wrong}");
            assert!(read_story(wrong).is_err(), "{wrong}");
        }
        let at = Timestamp::from_microsecond(1_700_000_000_123_456).unwrap();
        let keyset = read_place(&write_place(at, PlaceId(id))).unwrap();
        assert_eq!((keyset.created_at, keyset.id.0), (at, id));
        let position = StoryPosition { at, id: StoryId(id) };
        assert_eq!(read_story(&write_story(position)).unwrap(), position);
    }
}
