//! What stewards decided about the stories of places.

use async_trait::async_trait;
use engine::{CommunityId, PlaceId, StoryId};
use sqlx::SqliteConnection;

use super::SqliteStore;
use crate::store::rows::micros;
use crate::store::stories::story_decision;
use crate::store::{Result, Stories, StoryDecision};

const PLACE: &str = "SELECT 1 FROM place WHERE id = $1 AND community = $2";
const DECIDE: &str = "INSERT INTO story (place, id, shown, decision, reason, who, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (place) DO UPDATE SET shown = excluded.shown, decision = excluded.decision,
        reason = excluded.reason, who = excluded.who, at = excluded.at
    RETURNING place, id, shown, decision, reason, who, at";
const ALL: &str = "SELECT s.place, s.id, s.shown, s.decision, s.reason, s.who, s.at
    FROM story s JOIN place p ON p.id = s.place WHERE p.community = $1 ORDER BY s.at DESC, s.id DESC";
const ON: &str = "SELECT s.place, s.id, s.shown, s.decision, s.reason, s.who, s.at
    FROM story s WHERE s.place IN (SELECT unhex(value) FROM json_each($1)) ORDER BY s.at DESC, s.id DESC";
const ONE: &str = "SELECT s.place, s.id, s.shown, s.decision, s.reason, s.who, s.at
    FROM story s JOIN place p ON p.id = s.place WHERE p.community = $1 AND s.id = $2";

#[async_trait]
impl Stories for SqliteStore {
    async fn decide_story(
        &self,
        community: &CommunityId,
        decision: &StoryDecision,
    ) -> Result<Option<StoryDecision>> {
        let (community, decision) = (community.clone(), decision.clone());
        self.write(move |db| Box::pin(decide(db, community, decision))).await
    }

    async fn story_decisions(&self, community: &CommunityId) -> Result<Vec<StoryDecision>> {
        let rows = sqlx::query(ALL).bind(community.as_str().to_owned()).fetch_all(&self.readers).await?;
        rows.iter().map(story_decision).collect()
    }

    async fn decisions_on(&self, places: &[PlaceId]) -> Result<Vec<StoryDecision>> {
        let ids: Vec<_> = places.iter().map(|place| place.0.simple().to_string()).collect();
        let rows = sqlx::query(ON).bind(serde_json::json!(ids).to_string());
        let rows = rows.fetch_all(&self.readers).await?;
        rows.iter().map(story_decision).collect()
    }

    async fn story(&self, community: &CommunityId, id: StoryId) -> Result<Option<StoryDecision>> {
        let one = sqlx::query(ONE).bind(community.as_str().to_owned()).bind(id.0);
        one.fetch_optional(&self.readers).await?.as_ref().map(story_decision).transpose()
    }
}

async fn decide(
    db: &mut SqliteConnection,
    community: CommunityId,
    new: StoryDecision,
) -> Result<Option<StoryDecision>> {
    let place = sqlx::query(PLACE).bind(new.place.0).bind(community.as_str().to_owned());
    if place.fetch_optional(&mut *db).await?.is_none() {
        return Ok(None);
    }
    let (word, reason) = new.decision.columns();
    let decide = sqlx::query(DECIDE)
        .bind(new.place.0)
        .bind(new.id.0)
        .bind(new.shown.to_vec())
        .bind(word)
        .bind(reason)
        .bind(new.who)
        .bind(micros(new.at));
    story_decision(&decide.fetch_one(db).await?).map(Some)
}
