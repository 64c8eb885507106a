//! Patterns of LIKE.

use super::{Cql2Error, limits};

/// A pattern: `%` is any text, `_` is any character, and `\` takes what follows literally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Part>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Any,
    One,
    Char(char),
}

impl Pattern {
    /// Reads a pattern.
    pub(super) fn new(text: &str) -> Result<Self, Cql2Error> {
        let mut parts = Vec::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '%' if parts.last() == Some(&Part::Any) => {}
                '%' => parts.push(Part::Any),
                '_' => parts.push(Part::One),
                '\\' => parts.push(Part::Char(chars.next().unwrap_or('\\'))),
                c => parts.push(Part::Char(c)),
            }
        }
        if parts.len() > limits::PATTERN {
            let most = limits::PATTERN;
            return Err(Cql2Error::Type(format!("the pattern of LIKE has more than {most} characters")));
        }
        Ok(Self(parts))
    }

    /// Whether all of the text is like it.
    ///
    /// # Notes
    /// Only the last `%` is ever tried again, from the next character of the text: at most length of the pattern
    /// times length of the text, whatever they are.
    pub(super) fn matches(&self, text: &str) -> bool {
        let mut rest = text.chars();
        let mut part = 0;
        let mut again: Option<(usize, std::str::Chars<'_>)> = None;
        loop {
            let mut after = rest.clone();
            let c = after.next();
            match (self.0.get(part), c) {
                (Some(Part::Any), _) => {
                    part += 1;
                    if part == self.0.len() {
                        return true;
                    }
                    again = Some((part, rest.clone()));
                    continue;
                }
                (Some(Part::One), Some(_)) => {
                    (part, rest) = (part + 1, after);
                    continue;
                }
                (Some(Part::Char(p)), Some(c)) if *p == c => {
                    (part, rest) = (part + 1, after);
                    continue;
                }
                (None, None) => return true,
                (_, None) => return false,
                _ => {}
            }
            let Some((from, chars)) = &mut again else { return false };
            chars.next();
            (part, rest) = (*from, chars.clone());
        }
    }
}
