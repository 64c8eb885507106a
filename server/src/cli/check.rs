//! `stead check`: whether what is stored is whole.

use super::CliError;
use crate::live::Live;
use crate::store::{Chain, Store};
use crate::texts::hex;

/// Reads every row into memory as a server does, looks for what was erased and is here all the same, and goes over
/// the access log of every community. The head that is printed, noted elsewhere, shows whether rows
/// were cut off the end later.
///
/// # Errors
/// When a row cannot be read or is not what was written, or something erased is still here.
pub async fn run(store: &dyn Store) -> Result<(), CliError> {
    let (live, _) = Live::load(store).await?;
    for community in live.communities() {
        let (directory, areas) = (community.directory(), community.neighbourhoods());
        println!(
            "{}: every row can be read: {} places, {} supports, {} neighbourhoods, {} names, {} releases",
            community.id(),
            community.count(),
            directory.index.len(),
            areas.all.iter().len(),
            community.names().len(),
            community.releases().len(),
        );
    }
    let left = store.erased_but_here().await?;
    if left > 0 {
        return Err(CliError::new(format!(
            "{left} that were erased are here: restore again, or ask for help"
        )));
    }
    let mut broken = Vec::new();
    for community in store.communities().await? {
        match store.verify_access_log(&community.id).await? {
            Chain::Whole(rows, head) => {
                println!("{}: the access log is whole, {rows} rows, head {}", community.id, hex(&head));
            }
            Chain::Broken(row) => broken.push(format!("{} at row {row}", community.id)),
        }
    }
    if broken.is_empty() {
        Ok(())
    } else {
        Err(CliError::new(format!("the access log was altered: {}", broken.join(", "))))
    }
}
