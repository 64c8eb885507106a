//! The schema's history, the same steps under the same names for both databases. Append only: a step that
//! was ever released is never edited (its checksum is kept in the database).

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

macro_rules! history {
    ($folder:literal) => {
        Migrator::with_migrations(vec![
            step(1, "communities", include_str!(concat!($folder, "0001_communities.sql"))),
            step(2, "places", include_str!(concat!($folder, "0002_places.sql"))),
            step(3, "directory", include_str!(concat!($folder, "0003_directory.sql"))),
            step(4, "releases", include_str!(concat!($folder, "0004_releases.sql"))),
            step(5, "changes", include_str!(concat!($folder, "0005_changes.sql"))),
            step(6, "directory", include_str!(concat!($folder, "0006_directory.sql"))),
            step(7, "staff", include_str!(concat!($folder, "0007_staff.sql"))),
            step(8, "studies", include_str!(concat!($folder, "0008_studies.sql"))),
            step(9, "participation", include_str!(concat!($folder, "0009_participation.sql"))),
            step(10, "joining", include_str!(concat!($folder, "0010_joining.sql"))),
            step(11, "publication", include_str!(concat!($folder, "0011_publication.sql"))),
            step(12, "photos", include_str!(concat!($folder, "0012_photos.sql"))),
            step(13, "stories", include_str!(concat!($folder, "0013_stories.sql"))),
            step(14, "renewals", include_str!(concat!($folder, "0014_renewals.sql"))),
            step(
                15,
                "activities_and_ground",
                include_str!(concat!($folder, "0015_activities_and_ground.sql")),
            ),
            step(16, "earlier questions", include_str!(concat!($folder, "0016_earlier_questions.sql"))),
            step(17, "crisis contacts", include_str!(concat!($folder, "0017_crisis_contacts.sql"))),
            step(18, "runners", include_str!(concat!($folder, "0018_runners.sql"))),
        ])
    };
}

/// SQLite's history.
pub(super) fn sqlite() -> Migrator {
    history!("../../../migrations/sqlite/")
}

/// PostgreSQL's history.
pub(super) fn postgres() -> Migrator {
    history!("../../../migrations/postgres/")
}

fn step(version: i64, name: &'static str, sql: &'static str) -> Migration {
    Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
}
