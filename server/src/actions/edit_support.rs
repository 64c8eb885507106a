//! Stewards at work in the directory: adding, changing, closing and merging supports. Each is committed first,
//! then brought into memory; other processes hear of it by the feed.

use std::sync::Arc;

use engine::SupportId;
use engine::support::{ParseError, Status, Support, SupportDetails, WrittenSupport, parse};
use jiff::civil::Date;

use super::staff::StaffMember;
use super::{ActionError, Core, Expected, to_the_end};
use crate::live::LiveCommunity;
use crate::store::{SupportEdit, SupportEdited, SupportMerge, SupportOp};

/// The source of what stewards wrote down themselves.
const SOURCE: &str = "steward";

impl From<ParseError> for ActionError {
    fn from(error: ParseError) -> Self {
        match error {
            ParseError::Malformed(invalid) => Self::Malformed(invalid),
            ParseError::Invalid(invalid) => Self::Invalid(invalid),
        }
    }
}

/// Adds a support.
///
/// # Errors
/// What the feature breaks.
pub async fn add_support(
    core: &Core,
    community: Arc<LiveCommunity>,
    who: &StaffMember,
    json: &[u8],
) -> Result<Support, ActionError> {
    let WrittenSupport { location, details } = parse(json)?;
    let id = SupportId(core.ambient.id());
    let details = SupportDetails { source: SOURCE.to_owned(), source_id: id.to_string(), ..details };
    let support = Support::new(id, location, details, core.ambient.now());
    let (store, who) = (core.store.clone(), who.account.email.clone());
    to_the_end(async move {
        store.add_support(community.id(), &support, &who).await?;
        community.reload_directory(&*store).await?;
        Ok(support)
    })
    .await
}

/// Replaces what is known of a support.
///
/// # Errors
/// What the feature breaks; [`ActionError::NoSuchSupport`]; a version that is not expected is
/// [`ActionError::Stale`].
pub async fn change_support(
    core: &Core,
    community: Arc<LiveCommunity>,
    who: &StaffMember,
    id: SupportId,
    expected: &Expected,
    json: &[u8],
) -> Result<Support, ActionError> {
    let current = current(core, &community, id).await?;
    let expected = expected.meets(current.version)?;
    let WrittenSupport { location, details } = parse(json)?;
    let edit = edit(core, &community, who, &current, expected);
    let edit = SupportEdit { location, details, ..edit };
    carry_out(core, community, edit).await
}

/// Closes a support, now or at the end of a day to come.
///
/// # Errors
/// As [`change_support`].
pub async fn close_support(
    core: &Core,
    community: Arc<LiveCommunity>,
    who: &StaffMember,
    id: SupportId,
    expected: &Expected,
    on: Option<Date>,
    today: Date,
) -> Result<Support, ActionError> {
    let current = current(core, &community, id).await?;
    let expected = expected.meets(current.version)?;
    let status = if on.is_some_and(|last| last >= today) { Status::Closing } else { Status::Closed };
    let mut edit = edit(core, &community, who, &current, expected);
    edit.details.status = status;
    edit.details.closing_on = Some(on.unwrap_or(today));
    edit.op = SupportOp::Close;
    carry_out(core, community, edit).await
}

/// Merges a support into another one, which takes over what it does not know.
///
/// # Errors
/// As [`change_support`].
pub async fn merge_support(
    core: &Core,
    community: Arc<LiveCommunity>,
    who: &StaffMember,
    from: SupportId,
    expected: &Expected,
    into: SupportId,
) -> Result<Support, ActionError> {
    let expected = expected.meets(current(core, &community, from).await?.version)?;
    let (at, who) = (core.ambient.now(), who.account.email.clone());
    let merge = SupportMerge { community: community.id().clone(), from, expected, into, who, at };
    let store = core.store.clone();
    to_the_end(async move {
        let merged = done(store.merge_supports(&merge).await?)?;
        community.reload_directory(&*store).await?;
        Ok(merged)
    })
    .await
}

fn edit(
    core: &Core,
    community: &LiveCommunity,
    who: &StaffMember,
    current: &Support,
    expected: i64,
) -> SupportEdit {
    SupportEdit {
        community: community.id().clone(),
        id: current.id,
        expected,
        location: current.location,
        details: current.details.clone(),
        op: SupportOp::Edit,
        who: who.account.email.clone(),
        at: core.ambient.now(),
    }
}

async fn carry_out(
    core: &Core,
    community: Arc<LiveCommunity>,
    edit: SupportEdit,
) -> Result<Support, ActionError> {
    let store = core.store.clone();
    to_the_end(async move {
        let changed = done(store.edit_support(&edit).await?)?;
        community.reload_directory(&*store).await?;
        Ok(changed)
    })
    .await
}

fn done(edited: SupportEdited) -> Result<Support, ActionError> {
    match edited {
        SupportEdited::Changed(support) => Ok(support),
        SupportEdited::Stale => Err(ActionError::Stale),
        SupportEdited::Missing => Err(ActionError::NoSuchSupport),
    }
}

/// The support as it is in the store, which may be newer than the memory if another process wrote it.
async fn current(core: &Core, community: &LiveCommunity, id: SupportId) -> Result<Support, ActionError> {
    let found = core.store.support(community.id(), id).await?;
    found.filter(|s| s.merged_into.is_none()).ok_or(ActionError::NoSuchSupport)
}
