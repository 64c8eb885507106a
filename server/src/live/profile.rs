//! The inclusion profile of a release, kept while what it is made of stays the same.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use engine::access::{Offer, day_parts, opportunities};
use engine::hours::State as Open;
use engine::privacy::profile::{Input, Profile, profile};
use engine::support::{Price, SupportType};
use jiff::civil::Date;
use uuid::Uuid;

use super::{Directory, LiveRelease, NeighbourhoodMap};

/// The profile of every neighbourhood of a release.
#[derive(Debug, Default)]
pub struct Profiles {
    /// One for each neighbourhood, in the order of layer N.
    pub rows: Vec<Profile>,
    /// How many were compared.
    pub n_tested: usize,
}

/// The profiles that were worked out last, and from what. A thousand draws and a search around thousands of points are too
/// much to be done for each reader, and nobody needs those of an older directory again.
#[derive(Default)]
pub(super) struct KeptProfiles(Mutex<Option<Kept>>);

struct Kept {
    map: Weak<NeighbourhoodMap>,
    directory: Weak<Directory>,
    monday: Date,
    profiles: Arc<Profiles>,
}

impl Kept {
    fn is_of(&self, map: &Arc<NeighbourhoodMap>, directory: &Arc<Directory>, monday: Date) -> bool {
        self.map.ptr_eq(&Arc::downgrade(map))
            && self.directory.ptr_eq(&Arc::downgrade(directory))
            && self.monday == monday
    }
}

impl LiveRelease {
    /// The inclusion profile, with the supports of a directory and their hours in the week that begins on a Monday.
    ///
    /// Works for up to a second and lets others who ask for the same wait for it: not for a thread that serves others.
    pub fn profiles(
        &self,
        map: &Arc<NeighbourhoodMap>,
        directory: &Arc<Directory>,
        monday: Date,
    ) -> Arc<Profiles> {
        // A panic while it was worked out leaves what was kept before, which is whole.
        let mut kept = self.profiles.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.is_of(map, directory, monday)) {
            return Arc::clone(&kept.profiles);
        }
        let profiles = Arc::new(self.work_out_profiles(map, directory, monday));
        *kept = Some(Kept {
            map: Arc::downgrade(map),
            directory: Arc::downgrade(directory),
            monday,
            profiles: Arc::clone(&profiles),
        });
        profiles
    }

    fn work_out_profiles(&self, map: &NeighbourhoodMap, directory: &Directory, monday: Date) -> Profiles {
        let Some(published) = &self.neighbourhoods else { return Profiles::default() };
        let found = opportunities(map.origins(), &offers(directory, monday));
        let of = |id: Uuid| map.all.iter().position(|n| n.id.0 == id).and_then(|at| found.get(at)).copied();
        let opportunity: Vec<_> = published.table().rows().iter().map(|row| of(row.id())).collect();
        // From the published hash: the same release always gives the same profile.
        let seed = u64::from_str_radix(&self.sha256[..16], 16).unwrap_or_default();
        let input = Input {
            neighbourhoods: published,
            activities: self.activities.as_ref(),
            opportunity: &opportunity,
            residents: &self.residents(&map.all),
        };
        let (rows, n_tested) = profile(input, seed);
        Profiles { rows, n_tested }
    }
}

/// The supports that one can go to, in a week that begins on a Monday.
fn offers(directory: &Directory, monday: Date) -> Vec<Offer> {
    let offer = |support: &engine::support::Support| {
        let at = support.location?;
        let hours = directory.index.hours(support.id).map(|hours| hours.rhythm(monday));
        Some(Offer {
            at,
            types: [
                SupportType::Emotional,
                SupportType::Instrumental,
                SupportType::Informational,
                SupportType::Appraisal,
            ]
            .map(|of| support.details.support_types.contains(of)),
            free: support.details.price == Price::Free,
            open: day_parts(|hour| hours.as_ref().is_some_and(|hours| hours[hour] == Open::Open)),
        })
    };
    directory.index.iter().filter_map(|support| offer(support)).collect()
}
