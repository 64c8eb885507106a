//! Tables to take home, in open formats.

pub mod file;
pub mod places;
mod send;
mod take_areas;

pub(super) use send::send;
pub(super) use take_areas::{id_text, outlines_of, take_areas};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::export::Format;
use crate::http::AppState;
use crate::http::extract::path_param;
use crate::http::problem::Problem;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The table.
    Table(Format),
    /// What its columns mean, for programs.
    Codebook,
    /// The same for people.
    CodebookText,
}

/// The public tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The directory.
    Supports,
    /// Neighbourhoods.
    Neighbourhoods,
    /// The newest release.
    Release,
}

/// The path's `{file}`, such as `supports.csv`. Refuses with 404.
pub struct ExportFile {
    what: What,
    kind: Kind,
}

impl FromRequestParts<AppState> for ExportFile {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let file = path_param(parts, state, "file").await?;
        let read = || {
            let (name, ending) = file.split_once('.')?;
            let what = match name {
                "supports" => What::Supports,
                "neighbourhoods" => What::Neighbourhoods,
                "release" => What::Release,
                _ => return None,
            };
            let kind = match ending {
                "codebook.json" => Kind::Codebook,
                "codebook.md" => Kind::CodebookText,
                ending => Kind::Table(Format::of_ending(ending)?),
            };
            Some(Self { what, kind })
        };
        read().ok_or_else(|| {
            Problem::not_found(
                "there are supports, neighbourhoods and release as .geojson, .csv, .gpkg, .fgb, .parquet, \
                 .codebook.json and .codebook.md",
            )
        })
    }
}
