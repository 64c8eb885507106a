//! The two things that the rest of the program takes as arguments: the time and randomness.

use std::sync::Arc;

use jiff::{Timestamp, Unit};
use uuid::Uuid;

/// Tells the time, in UTC and whole microseconds (what both databases keep).
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Gives random bytes.
pub trait Generator: Send + Sync {
    /// Fills the buffer with bytes that nobody can foresee.
    fn fill(&self, buffer: &mut [u8]);
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where time enters the program")]
    fn now(&self) -> Timestamp {
        whole_microseconds(Timestamp::now())
    }
}

/// The operating system's generator.
pub struct SystemGenerator;

impl Generator for SystemGenerator {
    #[expect(clippy::disallowed_methods, reason = "this is where randomness enters the program")]
    fn fill(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the operating system's generator works, or nothing is safe");
    }
}

/// Cuts an instant to whole microseconds.
pub fn whole_microseconds(at: Timestamp) -> Timestamp {
    at.round(Unit::Microsecond).unwrap_or(at)
}

/// Clock and generator together, as they are handed around.
#[derive(Clone)]
pub struct Ambient {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub generator: Arc<dyn Generator>,
}

impl Ambient {
    /// The machine's clock and the operating system's generator.
    pub fn system() -> Self {
        Self { clock: Arc::new(SystemClock), generator: Arc::new(SystemGenerator) }
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.generator.fill(&mut bytes);
        bytes
    }

    /// A new identifier: UUID version 7 (RFC 9562 §5.7), ordered by time.
    pub fn id(&self) -> Uuid {
        let millis = u64::try_from(self.now().as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes::<10>()).into_uuid()
    }
}
