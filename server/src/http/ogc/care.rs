//! Somebody to talk to, on every page below `/ogc/{c}`, too.

use std::fmt::Write as _;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use engine::CommunityId;

use super::html::{MAIN_ENDS, escaped};
use crate::http::AppState;
use crate::http::problem::Problem;
use crate::texts::CrisisContact;

/// Longer than any page of ours: ten thousand rows.
const LONGEST_PAGE: usize = 256 << 20;

/// Adds whom to call to pages of a community. Documents for programs pass as they are.
pub async fn with_contacts(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let name = request.uri().path().strip_prefix("/ogc/").and_then(|rest| rest.split('/').next());
    let id = name.and_then(|name| name.parse::<CommunityId>().ok());
    let community = id.and_then(|id| state.core.live.community(&id));
    let response = next.run(request).await;
    let Some(community) = community.filter(|_| is_page(&response)) else { return response };
    let contacts = state.core.texts.contacts_of(&community.info());
    let (mut parts, body) = response.into_parts();
    let page = match to_bytes(body, LONGEST_PAGE).await {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => return Problem::internal(error.to_string()).into_response(),
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    let with = format!("{MAIN_ENDS}{}", footer(&contacts));
    Response::from_parts(parts, Body::from(page.replacen(MAIN_ENDS, &with, 1)))
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

fn footer(contacts: &[CrisisContact]) -> String {
    let mut out = "<footer aria-label=\"Someone to talk to\"><h2>Need to talk now?</h2><ul>".to_owned();
    for CrisisContact { name, phone, note, hours, .. } in contacts {
        let dialled: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let said: Vec<_> = [note, hours].into_iter().filter_map(|texts| texts.get("en")).collect();
        let said = said.into_iter().fold(String::new(), |all, text| all + " · " + &escaped(text));
        let name = if name == phone { String::new() } else { format!("{} ", escaped(name)) };
        write!(out, "<li><a href=\"tel:{dialled}\">{name}{}</a>{said}</li>", escaped(phone))
            .expect("a text takes everything");
    }
    out.push_str("</ul></footer>");
    out
}
