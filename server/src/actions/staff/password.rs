//! Passwords: what may be one, and how it is kept.

use std::collections::HashSet;
use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use engine::Invalid;
use tokio::sync::Semaphore;

use crate::ambient::Ambient;

/// Fewest characters (ASVS 6.2.1: at least 8, better 15; with a second factor 12 are plenty).
const SHORTEST: usize = 12;
/// Most characters; nothing is cut off.
const LONGEST: usize = 128;
/// Fewest characters that differ from each other.
const FEWEST_DIFFERENT: usize = 5;
/// How many passwords are hashed at once: each takes 19 MiB, and so many sign-ins cannot take the memory.
static HASHERS: Semaphore = Semaphore::const_new(4);

/// See `data/README.md`.
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("../../../../data/passwords/common.txt").lines().collect());

/// Refuses what is too short, too long, or would be guessed soon: a common password also with digits or signs
/// around it or twice in a row, few different characters, or little beside the words of `context` (the name of
/// the program, of the communities, of the e-mail address). There are no rules about what it is made of.
///
/// # Errors
/// Field `password`.
pub fn check(password: &str, context: &[String]) -> Result<(), Invalid> {
    let wrong = |problem: &str| Err(Invalid::new("password", problem));
    let length = password.chars().count();
    if length < SHORTEST {
        return wrong("must have at least 12 characters; a sentence is good");
    }
    if length > LONGEST {
        return wrong("may have at most 128 characters");
    }
    let lower = password.to_lowercase();
    let core = lower.trim_matches(|c: char| !c.is_alphabetic());
    let half = &core[..core.char_indices().nth(core.chars().count() / 2).map_or(0, |(i, _)| i)];
    let doubled = !half.is_empty() && half.repeat(2) == core;
    if [lower.as_str(), core].iter().any(|t| COMMON.contains(t)) || doubled && COMMON.contains(half) {
        return wrong("is a common password, which is tried first; a sentence is better");
    }
    if lower.chars().collect::<HashSet<_>>().len() < FEWEST_DIFFERENT {
        return wrong("repeats too few characters; a sentence is better");
    }
    let mut rest = lower.clone();
    for word in context.iter().map(|word| word.to_lowercase()).filter(|word| word.chars().count() >= 4) {
        rest = rest.replace(&word, "");
    }
    if rest != lower && rest.chars().filter(|c| c.is_alphanumeric()).count() < SHORTEST / 2 {
        return wrong("is made of your address or of names that belong to this map; take other words");
    }
    Ok(())
}

/// The words that a password must not be made of.
pub fn context<'a>(email: &str, communities: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut words = vec!["stead".to_owned(), email.to_owned()];
    words.extend(email.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
    words.extend(communities.flat_map(|name| name.split('-')).map(str::to_owned));
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// Argon2id with 19 MiB, two passes, one lane: OWASP's first choice, and the crate's default.
fn argon() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// The hash of a password, in the PHC format.
pub async fn hash(ambient: &Ambient, password: &str) -> String {
    let (salt, password) = (ambient.bytes::<16>(), password.to_owned());
    aside(move || {
        let hash = argon().hash_password_with_salt(password.as_bytes(), &salt);
        hash.expect("the parameters are constants").to_string()
    })
    .await
}

/// Whether a password is the one of a hash. Without a hash it takes as long and says no.
pub async fn matches(password: &str, hash: Option<String>) -> bool {
    /// Nobody's.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let password = password.to_owned();
    aside(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let parsed = PasswordHash::new(&hash);
        known & parsed.is_ok_and(|h| argon().verify_password(password.as_bytes(), &h).is_ok())
    })
    .await
}

/// Whether a hash is of other parameters than those of today.
pub fn is_outdated(hash: &str) -> bool {
    let today = Params::default();
    let prefix = format!("$argon2id$v=19$m={},t={},p={}$", today.m_cost(), today.t_cost(), today.p_cost());
    !hash.starts_with(&prefix)
}

/// Hashing takes tens of milliseconds: beside the event loop, a few at a time.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let _turn = HASHERS.acquire().await.expect("nobody closes it");
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(failed) => std::panic::resume_unwind(failed.into_panic()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_repetitive_and_foreseeable_passwords_are_refused_and_sentences_are_not() {
        let context = context("liis.tamm@ulikool.example", ["kaldavere"].into_iter());
        let refused = [
            "short",
            "elevenchars",
            "administrator",
            "Password2026!",
            "password1234",
            "iloveyouiloveyou",
            "aaaaaaaaaaaaaa",
            "121212121212",
            "kaldavere2026",
            "liis.tamm2026",
            "stead-kaldavere",
            "LiisTammUlikool1",
            &"õ".repeat(129),
        ];
        for password in refused {
            assert_eq!(
                check(password, &context).map_err(|e| e.field),
                Err("password".to_owned()),
                "{password}"
            );
        }
        let fine =
            ["correct horse battery", "jõe ääres on vaikne", "kaldavere has a garden", "          . oiuz x"];
        for password in fine {
            assert!(check(password, &context).is_ok(), "{password}");
        }
        assert!(check(&"abcdefgh".repeat(16), &[]).is_ok(), "128 characters");
    }

    #[tokio::test]
    async fn a_password_matches_its_own_hash_and_nobodys_matches_nothing() {
        let stored = hash(&Ambient::system(), "jõe ääres on vaikne").await;
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$") && !is_outdated(&stored));
        assert!(matches("jõe ääres on vaikne", Some(stored.clone())).await);
        assert!(!matches("jõe ääres on vaikne ", Some(stored)).await);
        assert!(!matches("", None).await && !matches("x", Some("damaged".into())).await);
        assert!(is_outdated("$argon2id$v=19$m=4096,t=2,p=1$x"));
    }
}
