//! Time-based one-time passwords (RFC 6238): SHA-1, six digits, steps of 30 seconds, as every authenticator
//! app understands them.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha1::Sha1;

/// Bytes of a secret: the length of SHA-1's output, as RFC 4226 §4 recommends.
pub const SECRET: usize = 20;
/// Seconds of a step.
const STEP: i64 = 30;

/// The step that an instant is in.
fn step_at(now: Timestamp) -> i64 {
    now.as_second().div_euclid(STEP)
}

/// The code of a step.
fn code(secret: &[u8], step: i64) -> u32 {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("any length is a key");
    mac.update(&step.to_be_bytes());
    let hash: [u8; 20] = mac.finalize().into_bytes().into();
    let offset = usize::from(hash[19] & 15);
    let four = hash[offset..].first_chunk::<4>().expect("offset is at most 15");
    (u32::from_be_bytes(*four) & 0x7fff_ffff) % 1_000_000
}

/// The step whose code was typed: this one, or a neighbour for clocks that are half a minute wrong.
pub fn step_of(secret: &[u8], typed: &str, now: Timestamp) -> Option<i64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let typed: u32 = digits.parse().ok()?;
    let now = step_at(now);
    [now, now - 1, now + 1].into_iter().find(|step| code(secret, *step) == typed)
}

/// The secret as authenticators take it by hand.
pub fn shown(secret: &[u8]) -> String {
    BASE32_NOPAD.encode(secret)
}

/// The secret as authenticators take it from a picture. Issuer and account are percent-encoded.
pub fn uri(secret: &[u8], account: &str) -> String {
    let account: String = account.bytes().map(percent).collect();
    format!("otpauth://totp/Stead:{account}?secret={}&issuer=Stead", shown(secret))
}

fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238_appendix_b() {
        let secret = b"12345678901234567890";
        let vectors = [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ];
        for (second, expected) in vectors {
            assert_eq!(code(secret, second / STEP), expected, "{second}");
            let now = Timestamp::from_second(second).unwrap();
            let typed = format!("{expected:06}");
            assert_eq!(
                step_of(secret, &format!("{} {}", &typed[..3], &typed[3..]), now),
                Some(second / STEP)
            );
        }
    }

    #[test]
    fn a_code_is_read_within_half_a_minute_and_nothing_else_is_one() {
        let secret = b"12345678901234567890";
        let at = |second| Timestamp::from_second(second).unwrap();
        assert_eq!(step_of(secret, "287082", at(89)), Some(1));
        assert_eq!(step_of(secret, "287082", at(29)), Some(1));
        assert_eq!(step_of(secret, "287082", at(90)), None);
        for wrong in ["", "28708", "2870822", "+87082", "28708a", "٢٨٧٠٨٢"] {
            assert_eq!(step_of(secret, wrong, at(59)), None, "{wrong}");
        }
        assert_eq!(
            uri(secret, "a+b@c.example"),
            "otpauth://totp/Stead:a%2Bb@c.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Stead"
        );
    }
}
