//! The pure heart of Stead: the domain, the spatial index, vector tiles, statistics and privacy.
//!
//! Nothing here reads a file, a clock, a socket or the operating system's randomness: time and
//! randomness are arguments. A test of the workspace checks that the dependency tree stays that way.
//!
//! Coordinates are WGS84 `[longitude, latitude]` in degrees unless a type says otherwise; distances are
//! metres; instants are [`jiff::Timestamp`]s in UTC.

pub mod access;
pub mod category;
pub mod community;
pub mod cql2;
pub mod crisis;
pub mod diary;
pub mod feeling;
pub mod filter;
pub mod find;
pub mod gazetteer;
pub mod grid;
pub mod hours;
pub mod ids;
pub mod index;
pub mod invalid;
pub mod lonlat;
pub mod mercator;
pub mod neighbourhood;
pub mod photo;
pub mod place;
pub mod privacy;
pub mod question;
pub mod random;
pub mod search;
pub mod stats;
pub mod study;
pub mod support;
pub mod synthetic;
pub mod tile;

pub use ids::{
    CommunityId, DiaryId, NeighbourhoodId, ParticipantId, PhotoId, PlaceId, ReleaseId, StaffId, StoryId,
    SupportId,
};
pub use invalid::Invalid;
pub use lonlat::{Bounds, LonLat};
