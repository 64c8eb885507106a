//! `/api`, one operation per file.

pub(super) mod access;
pub(super) mod access_log;
pub(super) mod communities;
pub(super) mod cursor;
pub(super) mod diary;
pub(super) mod export;
pub(super) mod gazetteer;
pub(super) mod invitations;
pub(super) mod me;
pub(super) mod neighbourhoods;
pub(super) mod participants;
pub(super) mod photos;
pub(super) mod places;
pub(super) mod releases;
pub(super) mod schema;
pub(super) mod session;
pub(super) mod snapshots;
pub(super) mod staff;
pub(super) mod stories;
pub(super) mod study;
pub(super) mod supports;
