//! `POST /api/communities/{c}/gazetteer`

use axum::Json;
use engine::Invalid;
use engine::gazetteer::merged;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{NamesAnswer, limit};
use crate::http::extract::{InCommunity, JsonBody, NoQuery};
use crate::http::problem::{BodyProblems, Problem, PublicProblems};

/// Longest text that is looked for, in characters.
const LONGEST: usize = 100;

/// What to look for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameQuery {
    /// Words of a name; case and accents do not matter, and typing mistakes are forgiven.
    #[schema(min_length = 1, max_length = 100)]
    q: String,
    /// At most so many; ten unless told.
    #[schema(minimum = 1, maximum = 20, default = 10)]
    limit: Option<u32>,
}

/// Finds streets, named features, supports and neighbourhoods by name, the best answers first. What somebody
/// looks for is in the body, where no history and no log keeps it.
#[utoipa::path(post, path = "/api/communities/{c}/gazetteer", tag = "supports",
    params(("c" = String, Path, description = "the community")),
    request_body = NameQuery,
    responses((status = 200, body = NamesAnswer), PublicProblems, BodyProblems))]
pub async fn find_names(
    InCommunity(community): InCommunity,
    _: NoQuery,
    JsonBody(body): JsonBody<NameQuery>,
) -> Result<Json<NamesAnswer>, Problem> {
    let limit = limit(body.limit).map_err(Problem::unprocessable)?;
    if !(1..=LONGEST).contains(&body.q.chars().count()) {
        let invalid = Invalid::new("q", format!("must have 1 to {LONGEST} characters"));
        return Err(Problem::unprocessable(invalid));
    }
    let (map, directory, areas) = (community.names(), community.directory(), community.neighbourhoods());
    let answers = [&*map, &directory.names, &areas.names].map(|names| names.find(&body.q, limit));
    Ok(Json(NamesAnswer::new(&merged(answers, limit), &community)))
}
