//! `POST /api/communities/{c}/gazetteer/near`

use axum::Json;
use engine::LonLat;
use engine::gazetteer::merged;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{NamesAnswer, limit};
use crate::http::extract::{InCommunity, JsonBody, NoQuery};
use crate::http::problem::{BodyProblems, Problem, PublicProblems};

/// Where to look.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NearQuery {
    /// Longitude and latitude.
    near: [f64; 2],
    /// At most so many; ten unless told.
    #[schema(minimum = 1, maximum = 20, default = 10)]
    limit: Option<u32>,
}

/// Names the streets, features and supports nearest to a position, with the metres to each. The position is in the
/// body, where no history and no log keeps it.
#[utoipa::path(post, path = "/api/communities/{c}/gazetteer/near", tag = "supports",
    params(("c" = String, Path, description = "the community")),
    request_body = NearQuery,
    responses((status = 200, body = NamesAnswer), PublicProblems, BodyProblems))]
pub async fn find_names_near(
    InCommunity(community): InCommunity,
    _: NoQuery,
    JsonBody(body): JsonBody<NearQuery>,
) -> Result<Json<NamesAnswer>, Problem> {
    let limit = limit(body.limit).map_err(Problem::unprocessable)?;
    let [lon, lat] = body.near;
    let origin = LonLat::new(lon, lat).map_err(|e| Problem::unprocessable(e.under("near")))?;
    let (map, directory) = (community.names(), community.directory());
    let answers = [&*map, &directory.names].map(|names| names.near(origin, limit));
    Ok(Json(NamesAnswer::new(&merged(answers, limit), &community)))
}
