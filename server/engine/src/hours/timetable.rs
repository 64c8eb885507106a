//! All that is known of when a support is open.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

use super::{Hours, State, rule};
use crate::community::Country;
use crate::support::{Schedule, Status, SupportDetails};

/// Hours from Monday's first to Sunday's last.
pub const HOURS_A_WEEK: usize = 168;
/// How far ahead a change is looked for, days: a season, and a year of a rule that names a date.
const AHEAD: i32 = 400;

/// A time in which nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// From here.
    pub start: DateTime,
    /// To here, not included.
    pub end: DateTime,
    /// What it is meanwhile.
    pub state: State,
}

/// When a support is open, by its opening hours, its schedules and its status.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timetable {
    /// Nothing when there are none; an error when they cannot be read.
    hours: Option<Result<Hours, ()>>,
    schedules: Vec<Schedule>,
    status: Status,
    closing_on: Option<Date>,
}

impl Timetable {
    /// Reads what a record says, with the holidays of a country.
    pub fn new(details: &SupportDetails, country: Option<Country>) -> Self {
        Self::with_hours(details, |value| Hours::parse(value, country).ok())
    }

    /// The same, with a reader of opening hours that may know the value already.
    pub fn with_hours(details: &SupportDetails, read: impl FnOnce(&str) -> Option<Hours>) -> Self {
        Self {
            hours: details.opening_hours.as_deref().map(|value| read(value).ok_or(())),
            schedules: details.schedules.clone(),
            status: details.status,
            closing_on: details.closing_on,
        }
    }

    /// What it is from an instant to another: without gaps, and no two neighbours alike.
    ///
    /// # Algorithm
    /// 1. Opening hours and schedules each say when it is open; what any of them calls open is open, else what
    ///    any calls unknown is unknown. Nothing said, or opening hours that cannot be read: unknown.
    /// 2. While it is temporarily closed, closed, or behind its last day, it is closed.
    pub fn spans(&self, from: DateTime, to: DateTime) -> Vec<Span> {
        let gone = matches!(self.status, Status::Closed | Status::TemporarilyClosed);
        if gone {
            return vec![Span { start: from, end: to, state: State::Closed }];
        }
        let mut layers: Vec<Vec<Span>> = self.schedules.iter().map(|s| rule::spans(s, from, to)).collect();
        let base = match &self.hours {
            Some(Ok(hours)) => {
                layers.push(hours.spans(from, to));
                State::Closed
            }
            None if !self.schedules.is_empty() => State::Closed,
            _ => State::Unknown,
        };
        let mut spans = overlaid(base, &layers, from, to);
        if let Some(end) = self.last_moment() {
            close_after(&mut spans, end);
        }
        spans
    }

    fn last_moment(&self) -> Option<DateTime> {
        let last = self.closing_on.filter(|_| self.status == Status::Closing)?;
        Some(last.tomorrow().ok()?.to_datetime(Time::midnight()))
    }

    /// What it is at an instant.
    pub fn state_at(&self, at: DateTime) -> State {
        let minute = at.checked_add(1.minute()).unwrap_or(at);
        self.spans(at, minute).first().map_or(State::Unknown, |span| span.state)
    }

    /// Whether it is open all the time from an instant to another; unknown if it may be.
    pub fn state_during(&self, from: DateTime, to: DateTime) -> State {
        self.spans(from, to).iter().map(|span| span.state).min().unwrap_or(State::Unknown)
    }

    /// When that changes which holds at an instant; none if not within the next 400 days.
    pub fn next_change(&self, at: DateTime) -> Option<DateTime> {
        // Most change within days: a long look ahead is rarely needed.
        for days in [2, 8, 40, AHEAD] {
            let until = at.checked_add(days.days()).ok()?;
            if let Some(change) =
                self.spans(at, until).first().map(|span| span.end).filter(|end| *end < until)
            {
                return Some(change);
            }
        }
        None
    }

    /// The rhythm of the week that begins on a Monday: for each hour whether it is open at some time in it.
    pub fn rhythm(&self, monday: Date) -> [State; HOURS_A_WEEK] {
        let mut hours = [State::Closed; HOURS_A_WEEK];
        let start = monday.to_datetime(Time::midnight());
        let Ok(end) = start.checked_add(1.week()) else { return hours };
        for span in self.spans(start, end) {
            let first = minutes(start, span.start) / 60;
            let last = minutes(start, span.end).div_ceil(60).min(HOURS_A_WEEK);
            for hour in &mut hours[first..last] {
                *hour = (*hour).max(span.state);
            }
        }
        hours
    }
}

fn minutes(from: DateTime, to: DateTime) -> usize {
    let seconds = from.duration_until(to).as_secs();
    usize::try_from(seconds / 60).unwrap_or(0)
}

/// The highest state of all layers at each moment.
fn overlaid(base: State, layers: &[Vec<Span>], from: DateTime, to: DateTime) -> Vec<Span> {
    if let ([only], State::Closed) = (layers, base)
        && only.first().is_some_and(|s| s.start == from)
        && only.last().is_some_and(|s| s.end == to)
        && only.windows(2).all(|pair| pair[0].end == pair[1].start && pair[0].state != pair[1].state)
    {
        return only.clone();
    }
    // A sweep over beginnings and ends, counting how many spans of each state are under way.
    let mut edges: Vec<(DateTime, State, i32)> = vec![(from, base, 0), (to, base, 0)];
    edges.extend(layers.iter().flatten().flat_map(|s| [(s.start, s.state, 1), (s.end, s.state, -1)]));
    edges.sort_unstable_by_key(|(at, ..)| *at);
    let (mut open, mut unknown) = (0, 0);
    let mut spans: Vec<Span> = Vec::new();
    for pair in edges.windows(2) {
        let ((start, state, step), (end, ..)) = (pair[0], pair[1]);
        match state {
            State::Open => open += step,
            State::Unknown => unknown += step,
            State::Closed => {}
        }
        let over = match (open > 0, unknown > 0) {
            (true, _) => State::Open,
            (false, true) => State::Unknown,
            _ => State::Closed,
        };
        if start == end {
            continue;
        }
        let state = over.max(base);
        match spans.last_mut() {
            Some(last) if last.state == state => last.end = end,
            _ => spans.push(Span { start, end, state }),
        }
    }
    spans
}

/// The spans with everything from `end` on closed.
fn close_after(spans: &mut Vec<Span>, end: DateTime) {
    let (Some(from), Some(to)) = (spans.first().map(|s| s.start), spans.last().map(|s| s.end)) else {
        return;
    };
    if to <= end {
        return;
    }
    spans.retain(|s| s.start < end);
    let start = end.max(from);
    match spans.last_mut() {
        Some(last) if last.state == State::Closed => last.end = to,
        Some(last) => {
            last.end = start;
            spans.push(Span { start, end: to, state: State::Closed });
        }
        None => spans.push(Span { start, end: to, state: State::Closed }),
    }
}
