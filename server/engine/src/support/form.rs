//! The form of a support: what kind of place or group it is, in the words of the field.

use std::sync::LazyLock;

use serde::Deserialize;

use super::named::named;
use crate::feeling::Labels;

named! {
    /// What kind of place or group a support is. Narrower than a category says, and not tied to a map's tags.
    #[derive(Default)]
    Form {
        /// An open house or room to be in and meet.
        MeetingPlace = "meeting_place",
        /// A house by the clubhouse standards, run by members and staff side by side.
        Clubhouse = "clubhouse",
        /// A group of people with the same experience.
        PeerGroup = "peer_group",
        /// A community of people in recovery.
        RecoveryCommunity = "recovery_community",
        /// A garden to work or be in together.
        Garden = "garden",
        /// Moving the body.
        Sport = "sport",
        /// Making things by hand.
        Craft = "craft",
        /// Eating together, or food to take home.
        Meals = "meals",
        /// A library.
        Library = "library",
        /// A café.
        Cafe = "cafe",
        /// A park or another green place.
        Park = "park",
        /// Music, theatre, pictures, museums.
        Arts = "arts",
        /// A community of faith.
        Faith = "faith",
        /// Advice on money and debts.
        AdviceMoney = "advice_money",
        /// Advice on housing.
        AdviceHousing = "advice_housing",
        /// Advice on work and benefits.
        AdviceWork = "advice_work",
        /// Health care and counselling.
        Health = "health",
        /// Somebody to talk to in a crisis, by telephone or in writing.
        CrisisLine = "crisis_line",
        /// A place to meet on the internet.
        OnlineForum = "online_forum",
        /// Courses and schools.
        Learning = "learning",
        /// Something else.
        #[default]
        Other = "other",
    }
}

/// A form with its names, from `data/vocabulary/forms.json` (CC0).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormTerm {
    /// The form.
    pub id: Form,
    /// Its name in each language.
    pub labels: Labels,
}

#[derive(Deserialize)]
struct FormFile {
    forms: Vec<FormTerm>,
}

static FORMS: LazyLock<Vec<FormTerm>> = LazyLock::new(|| {
    let file: FormFile = serde_json::from_str(include_str!("../../../../data/vocabulary/forms.json"))
        .expect("the forms shipped with the program are valid; a test reads them");
    file.forms
});

/// All forms with their names, in order.
pub fn forms() -> &'static [FormTerm] {
    &FORMS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_labelled_once_in_three_languages() {
        let listed: Vec<Form> = forms().iter().map(|term| term.id).collect();
        assert_eq!(listed, Form::ALL);
        for term in forms() {
            let l = &term.labels;
            assert!(!l.en.is_empty() && !l.et.is_empty() && !l.nb.is_empty(), "{:?}", term.id);
        }
        assert_eq!(Form::parse("peer_group"), Some(Form::PeerGroup));
        assert_eq!(serde_json::to_string(&Form::CrisisLine).unwrap(), "\"crisis_line\"");
    }
}
