//! As much of the protobuf wire format as a vector tile needs.

/// Writes a varint (base 128, least significant group first).
pub(super) fn varint(out: &mut Vec<u8>, mut value: u64) {
    let group = |value: u64| value.to_le_bytes()[0] & 0x7f;
    while value >= 0x80 {
        out.push(group(value) | 0x80);
        value >>= 7;
    }
    out.push(group(value));
}

/// Writes a field of a number.
pub(super) fn number(out: &mut Vec<u8>, field: u32, value: u64) {
    varint(out, u64::from(field) << 3);
    varint(out, value);
}

/// Writes a field of a double.
pub(super) fn double(out: &mut Vec<u8>, field: u32, value: f64) {
    varint(out, (u64::from(field) << 3) | 1);
    out.extend_from_slice(&value.to_le_bytes());
}

/// Writes a field of bytes: a text, a message or packed numbers.
pub(super) fn message(out: &mut Vec<u8>, field: u32, bytes: &[u8]) {
    varint(out, (u64::from(field) << 3) | 2);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Folds the sign into the lowest bit, so that small negative numbers stay short.
pub(super) fn zigzag(value: i64) -> u64 {
    (value.cast_unsigned() << 1) ^ (value >> 63).cast_unsigned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varints_and_zigzag_are_those_of_the_protobuf_documentation() {
        let bytes = |value| {
            let mut out = Vec::new();
            varint(&mut out, value);
            out
        };
        assert_eq!(bytes(1), [1]);
        assert_eq!(bytes(150), [0x96, 0x01]);
        assert_eq!(bytes(u64::MAX).len(), 10);
        assert_eq!([0, -1, 1, -2].map(zigzag), [0, 1, 2, 3]);
        assert_eq!(zigzag(i64::MIN), u64::MAX);
    }
}
