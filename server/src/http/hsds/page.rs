//! Pages of lists, as HSDS has them.

use std::fmt::Write as _;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use engine::Invalid;
use serde_json::{Value, json};

use crate::http::extract::Params;

/// Entries on a page unless told, and at most.
const USUAL: u32 = 50;
const MOST: u32 = 10_000;

/// Which page, and how it is written.
pub struct Paging {
    page: usize,
    per_page: usize,
    /// One entry a line, all of them.
    lines: bool,
}

/// The names of its parameters.
pub const NAMES: [&str; 3] = ["page", "per_page", "format"];

impl Paging {
    /// Reads the parameters.
    ///
    /// # Errors
    /// The name of what is wrong.
    pub fn read(params: &Params) -> Result<Self, Invalid> {
        let page = params.whole("page", 1..=1_000_000)?.unwrap_or(1) as usize;
        let per_page = params.whole("per_page", 1..=MOST)?.unwrap_or(USUAL) as usize;
        let lines = match params.given("format") {
            None | Some("json") => false,
            Some("ndjson") => true,
            Some(_) => return Err(Invalid::new("format", "must be json or ndjson")),
        };
        Ok(Self { page, per_page, lines })
    }

    /// A page of entries, each made only if it is on it.
    pub fn answer<T>(&self, all: &[T], make: impl Fn(&T) -> Value) -> Response {
        if self.lines {
            let mut lines = String::new();
            for one in all {
                writeln!(lines, "{}", make(one)).expect("a text takes everything");
            }
            return ([(header::CONTENT_TYPE, "application/x-ndjson")], lines).into_response();
        }
        let pages = all.len().div_ceil(self.per_page).max(1);
        let first = (self.page - 1).saturating_mul(self.per_page).min(all.len());
        let here = &all[first..(first + self.per_page).min(all.len())];
        let contents: Vec<Value> = here.iter().map(make).collect();
        axum::Json(json!({
            "total_items": all.len(), "total_pages": pages, "page_number": self.page, "size": contents.len(),
            "first_page": self.page == 1, "last_page": self.page >= pages, "empty": contents.is_empty(),
            "contents": contents,
        }))
        .into_response()
    }
}
