//! Takes the text encoding apart into words, numbers, texts and signs.

use super::Cql2Error;

/// A piece of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name or a keyword.
    Word(String),
    /// A name in double quotes: never a keyword.
    Quoted(String),
    /// A text in single quotes.
    Text(String),
    /// A number without a sign.
    Number(f64),
    /// An operator or a bracket.
    Sign(&'static str),
    /// Nothing more.
    End,
}

/// Signs, longer ones first.
const SIGNS: [&str; 17] =
    ["<>", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ",", "+", "-", "*", "/", "^", "%"];

/// Reads a text piece by piece.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// An error at a byte of the text.
    pub(super) fn error(&self, at: usize, expected: impl Into<String>) -> Cql2Error {
        let position = self.text[..at.min(self.text.len())].chars().count() + 1;
        Cql2Error::Syntax { position, expected: expected.into() }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The next piece and the byte where it starts.
    pub(super) fn next(&mut self) -> Result<(usize, Token), Cql2Error> {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let start = self.at;
        let Some(first) = self.rest().chars().next() else {
            return Ok((start, Token::End));
        };
        let token = match first {
            '\'' => Token::Text(self.quoted('\'', "the end of the text, a single quote")?),
            '"' => {
                let name = self.quoted('"', "the end of the name, a double quote")?;
                if name.is_empty() {
                    return Err(self.error(start, "a name between the quotes"));
                }
                Token::Quoted(name)
            }
            c if c.is_ascii_digit() || c == '.' => self.number(start)?,
            c if starts_name(c) => {
                let length = self.rest().find(|c| !continues_name(c)).unwrap_or(self.rest().len());
                let word = self.rest()[..length].to_owned();
                self.at += length;
                Token::Word(word)
            }
            _ => match SIGNS.into_iter().find(|sign| self.rest().starts_with(sign)) {
                Some(sign) => {
                    self.at += sign.len();
                    Token::Sign(sign)
                }
                None => return Err(self.error(start, "a property, a value or an operator")),
            },
        };
        Ok((start, token))
    }

    /// What stands between quotes; the quote itself is doubled in there, or comes after a backslash.
    fn quoted(&mut self, quote: char, expected: &str) -> Result<String, Cql2Error> {
        let mut text = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((i, c)) = chars.next() {
            match (c, chars.peek()) {
                ('\0', _) => return Err(self.error(self.at + i, "no character zero in a text")),
                ('\\', Some(&(_, next))) if next == quote => {
                    chars.next();
                    text.push(quote);
                }
                (c, Some(&(_, next))) if c == quote && next == quote => {
                    chars.next();
                    text.push(quote);
                }
                (c, _) if c == quote => {
                    self.at += i + quote.len_utf8();
                    return Ok(text);
                }
                (c, _) => text.push(c),
            }
        }
        Err(self.error(self.text.len(), expected))
    }

    fn number(&mut self, start: usize) -> Result<Token, Cql2Error> {
        let bytes = self.rest().as_bytes();
        let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
        let mut end = digits(0);
        if bytes.get(end) == Some(&b'.') {
            end += 1 + digits(end + 1);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let exponent = digits((end + 1 + sign).min(bytes.len()));
            if exponent > 0 {
                end += 1 + sign + exponent;
            }
        }
        let number = self.rest()[..end].parse::<f64>().ok().filter(|x| x.is_finite());
        let followed_by_name = self.rest()[end..].chars().next().is_some_and(starts_name);
        match number {
            Some(number) if !followed_by_name => {
                self.at += end;
                Ok(Token::Number(number))
            }
            _ => Err(self.error(start, "a number")),
        }
    }
}

fn starts_name(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == ':'
}

fn continues_name(c: char) -> bool {
    starts_name(c)
        || c.is_numeric()
        || c == '.'
        || ('\u{300}'..='\u{36f}').contains(&c)
        || matches!(c, '\u{203f}' | '\u{2040}' | '\u{200c}' | '\u{200d}')
}

/// Whether a name can be written without quotes.
pub(super) fn is_plain_name(name: &str) -> bool {
    const RESERVED: [&str; 11] =
        ["and", "or", "not", "like", "between", "in", "is", "null", "true", "false", "div"];
    name.chars().next().is_some_and(starts_name)
        && name.chars().all(continues_name)
        && !RESERVED.iter().any(|word| word.eq_ignore_ascii_case(name))
}
