//! The closed lists that describe a support.

use super::named::named;

named! {
    /// How somebody gets to it.
    #[derive(Default)]
    Channel {
        /// By going there.
        #[default]
        Place = "place",
        /// Over the internet; it has no location.
        Online = "online",
        /// By telephone; it has no location.
        Telephone = "telephone",
    }
}

named! {
    /// Whether somebody has to be sent by a professional.
    #[derive(Default)]
    Referral {
        /// Anyone may come.
        None = "none",
        /// Somebody must refer.
        Needed = "needed",
        /// Nobody said.
        #[default]
        Unknown = "unknown",
    }
}

named! {
    /// Whether it is there now.
    #[derive(Default)]
    Status {
        /// It is there.
        #[default]
        Active = "active",
        /// It comes back.
        TemporarilyClosed = "temporarily_closed",
        /// It ends, on a day that may be known.
        Closing = "closing",
        /// It is not there any more.
        Closed = "closed",
    }
}

named! {
    /// What makes people close to each other in a clubhouse: nine features.
    Closeness {
        /// Work side by side.
        Work = "work",
        /// The same people again and again.
        RepeatedInteraction = "repeated_interaction",
        /// Nobody is judged.
        NonJudgement = "non_judgement",
        /// Open in the evening and at weekends.
        EveningsWeekends = "evenings_weekends",
        /// Skills to learn and to show.
        Skills = "skills",
        /// Members and staff decide together.
        EqualPower = "equal_power",
        /// Others have been through it, too.
        SharedExperience = "shared_experience",
        /// Much or little, as the day allows.
        FlexibleActivities = "flexible_activities",
        /// Somebody calls when you stay away.
        Outreach = "outreach",
    }
}
