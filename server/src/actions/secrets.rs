//! Session tokens and return codes. The store sees their SHA-256 alone; both are too long to guess.

use engine::CommunityId;

use super::sha256;
use crate::ambient::Ambient;
use crate::store::Hash;
use crate::texts::hex;

/// Crockford's base 32: no I, L, O or U, so that a code read aloud or from paper is not misread.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a return code, 5 bits each: 80 bits.
const CODE_LENGTH: usize = 16;

/// A session token: 256 bits in hexadecimal.
pub fn new_token(ambient: &Ambient) -> String {
    hex(&ambient.bytes::<32>())
}

/// What the store keeps of a token.
pub fn token_hash(token: &str) -> Hash {
    sha256(token.as_bytes())
}

/// The code by which a person comes back on another device. Holds no name and no address; whoever has it is
/// the person, like a key.
pub struct ReturnCode([u8; CODE_LENGTH]);

impl ReturnCode {
    /// A new code.
    pub fn new(ambient: &Ambient) -> Self {
        // 256 is a multiple of 32: the lowest five bits of a random byte are uniform.
        Self(ambient.bytes::<CODE_LENGTH>().map(|byte| CROCKFORD[usize::from(byte & 31)]))
    }

    /// The code that a keyed hash stands for.
    pub fn from_hash(hash: Hash) -> Self {
        let mut code = [0; CODE_LENGTH];
        for (sign, byte) in code.iter_mut().zip(hash) {
            *sign = CROCKFORD[usize::from(byte & 31)];
        }
        Self(code)
    }

    /// Reads what a person typed.
    pub fn read(typed: &str) -> Option<Self> {
        read_crockford(typed).map(Self)
    }

    /// The form that is shown: four groups of four.
    pub fn shown(&self) -> String {
        let groups: Vec<_> = self.0.chunks(4).map(String::from_utf8_lossy).collect();
        groups.join("-")
    }

    /// What the store keeps; the same code in two communities is two codes.
    pub fn hash(&self, community: &CommunityId) -> Hash {
        let mut text = community.as_str().as_bytes().to_vec();
        text.push(0);
        text.extend(self.0);
        sha256(&text)
    }
}

/// A code that opens an account of the staff once when the authenticator is lost: 120 bits, so that a plain hash
/// keeps it.
pub struct RecoveryCode([u8; RECOVERY_LENGTH]);

/// Characters of a recovery code, 5 bits each (ASVS 6.5.2 asks for 112 bits).
const RECOVERY_LENGTH: usize = 24;

impl RecoveryCode {
    /// A new code.
    pub fn new(ambient: &Ambient) -> Self {
        Self(ambient.bytes::<RECOVERY_LENGTH>().map(|byte| CROCKFORD[usize::from(byte & 31)]))
    }

    /// Reads what a person typed, as forgivingly as a return code.
    pub fn read(typed: &str) -> Option<Self> {
        read_crockford(typed).map(Self)
    }

    /// The form that is shown: six groups of four.
    pub fn shown(&self) -> String {
        let groups: Vec<_> = self.0.chunks(4).map(String::from_utf8_lossy).collect();
        groups.join("-")
    }

    /// What the store keeps; the same code of two people is two codes.
    pub fn hash(&self, id: engine::StaffId) -> Hash {
        sha256(&[id.0.as_bytes(), &self.0[..]].concat())
    }
}

/// A code by which people join a community that is not open. It is read aloud and typed from posters, so it is
/// shorter than what somebody keeps; wrong ones are counted.
pub struct InvitationCode([u8; INVITATION_LENGTH]);

/// Characters of an invitation, 5 bits each: 60 bits.
const INVITATION_LENGTH: usize = 12;

impl InvitationCode {
    /// A new code.
    pub fn new(ambient: &Ambient) -> Self {
        Self(ambient.bytes::<INVITATION_LENGTH>().map(|byte| CROCKFORD[usize::from(byte & 31)]))
    }

    /// Reads what a person typed, as forgivingly as a return code.
    pub fn read(typed: &str) -> Option<Self> {
        read_crockford(typed).map(Self)
    }

    /// The form that is shown: three groups of four.
    pub fn shown(&self) -> String {
        let groups: Vec<_> = self.0.chunks(4).map(String::from_utf8_lossy).collect();
        groups.join("-")
    }

    /// What the store keeps; the same code in two communities is two codes.
    pub fn hash(&self, community: &CommunityId) -> Hash {
        sha256(&[b"invitation\0", community.as_str().as_bytes(), b"\0", &self.0[..]].concat())
    }
}

/// Reads a code of `N` characters in any case, with or without spaces and dashes, O for 0 and I or L for 1.
fn read_crockford<const N: usize>(typed: &str) -> Option<[u8; N]> {
    let mut code = [0; N];
    let mut length = 0;
    for c in typed.chars().filter(|c| !c.is_whitespace() && !"-–—_.".contains(*c)) {
        let canonical = match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let byte = u8::try_from(canonical).ok().filter(|b| CROCKFORD.contains(b))?;
        *code.get_mut(length)? = byte;
        length += 1;
    }
    (length == N).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_code_survives_being_read_from_paper() {
        let code = ReturnCode::new(&Ambient::system());
        let shown = code.shown();
        assert_eq!(shown.len(), 19);
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('0', "o")] {
            assert_eq!(ReturnCode::read(&typed).unwrap().0, code.0, "{typed}");
        }
        for wrong in ["", "1234", &format!("{shown}0"), "UUUU-UUUU-UUUU-UUUU", "õõõõ-0000-0000-0000"] {
            assert!(ReturnCode::read(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn the_same_code_in_two_communities_is_two_codes() {
        let code = ReturnCode::read("0000-0000-0000-0000").unwrap();
        assert_ne!(code.hash(&"a".parse().unwrap()), code.hash(&"b".parse().unwrap()));
    }
}
