//! What a command says when it fails: one line, what and where.

use std::error::Error;
use std::fmt;

/// A failure on one line.
#[derive(Debug)]
pub struct CliError(String);

impl CliError {
    /// A failure in words.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whatever a library says, it stays one line.
        f.write_str(&self.0.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl<E: Error + 'static> From<E> for CliError {
    fn from(error: E) -> Self {
        Self(chain(&error))
    }
}

/// The error and its causes, leaving out a cause that its effect repeats.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let said = next.to_string();
        if !text.contains(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        cause = next.source();
    }
    text
}

/// Says what was being done when something failed.
pub trait Context<T> {
    /// Puts `doing` before the failure.
    fn context(self, doing: impl fmt::Display) -> Result<T, CliError>;
}

impl<T, E: Error> Context<T> for Result<T, E> {
    fn context(self, doing: impl fmt::Display) -> Result<T, CliError> {
        self.map_err(|error| CliError(format!("{doing}: {}", chain(&error))))
    }
}
