//! `/api`, one operation per file.

pub(super) mod communities;
pub(super) mod cursor;
pub(super) mod me;
pub(super) mod neighbourhoods;
pub(super) mod participants;
pub(super) mod places;
pub(super) mod releases;
pub(super) mod schema;
pub(super) mod session;
pub(super) mod supports;
