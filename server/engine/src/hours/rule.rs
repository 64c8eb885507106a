//! Schedules that repeat by a rule: on which days, and from when to when.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::{Span, State};
use crate::support::{ByDay, Frequency, Schedule};

/// Whether the schedule happens on a day; unknown where its rule lacks what would say so.
pub fn happens(schedule: &Schedule, day: Date) -> State {
    if schedule.dtstart.is_some_and(|first| day < first) || schedule.until.is_some_and(|last| day > last) {
        return State::Closed;
    }
    match (on_such_a_day(schedule, day), in_turn(schedule, day)) {
        (State::Closed, _) | (_, State::Closed) => State::Closed,
        (State::Open, State::Open) => State::Open,
        _ => State::Unknown,
    }
}

fn on_such_a_day(schedule: &Schedule, day: Date) -> State {
    let known = |yes: bool| if yes { State::Open } else { State::Closed };
    let by_day = schedule.byday.is_empty() || schedule.byday.iter().any(|rule| is_such(*rule, day));
    let by_month_day = schedule.bymonthday.is_empty()
        || schedule.bymonthday.iter().any(|n| {
            *n == day.day()
                || (*n < 0 && i16::from(*n) == i16::from(day.day()) - i16::from(day.days_in_month()) - 1)
        });
    if !schedule.byday.is_empty() || !schedule.bymonthday.is_empty() {
        return known(by_day && by_month_day);
    }
    match (schedule.freq, schedule.dtstart) {
        (_, None) => State::Unknown,
        (Frequency::Weekly, Some(first)) => known(first.weekday() == day.weekday()),
        (Frequency::Monthly, Some(first)) => known(first.day() == day.day()),
    }
}

/// Whether the day is such a weekday, perhaps the nth of its month or the nth from its end.
fn is_such(rule: ByDay, day: Date) -> bool {
    let from_start = (day.day() - 1) / 7 + 1;
    let from_end = (day.days_in_month() - day.day()) / 7 + 1;
    rule.weekday == day.weekday() && rule.nth.is_none_or(|n| n == from_start || -n == from_end)
}

/// Whether it is the turn of this week or month, counted from the first.
fn in_turn(schedule: &Schedule, day: Date) -> State {
    let every = i32::from(schedule.interval.max(1));
    if every == 1 {
        return State::Open;
    }
    let Some(first) = schedule.dtstart else { return State::Unknown };
    let apart = match schedule.freq {
        Frequency::Weekly => days_between(monday_of(first), monday_of(day)) / 7,
        Frequency::Monthly => {
            let months = |date: Date| 12 * i32::from(date.year()) + i32::from(date.month());
            months(day) - months(first)
        }
    };
    if apart.rem_euclid(every) == 0 { State::Open } else { State::Closed }
}

fn monday_of(day: Date) -> Date {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day)
}

fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(0, |span| span.get_days())
}

/// When it happens between two instants, in order; what it does not cover is not among them.
pub fn spans(schedule: &Schedule, from: DateTime, to: DateTime) -> Vec<Span> {
    let mut spans = Vec::new();
    // What began yesterday may still go on.
    let mut day = from.date().yesterday().unwrap_or(from.date());
    while day.to_datetime(jiff::civil::Time::midnight()) < to {
        spans.extend(on(schedule, day).into_iter().filter_map(|span| {
            let (start, end) = (span.start.max(from), span.end.min(to));
            (start < end).then_some(Span { start, end, ..span })
        }));
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    spans
}

fn on(schedule: &Schedule, day: Date) -> Option<Span> {
    let state = happens(schedule, day);
    if state == State::Closed {
        return None;
    }
    let midnight = jiff::civil::Time::midnight();
    let tomorrow = day.tomorrow().ok()?;
    Some(match (schedule.opens_at, schedule.closes_at) {
        (Some(opens), Some(closes)) => {
            let last = if closes > opens { day } else { tomorrow };
            Span { start: day.to_datetime(opens), end: last.to_datetime(closes), state }
        }
        // Some time on that day.
        _ => Span {
            start: day.to_datetime(midnight),
            end: tomorrow.to_datetime(midnight),
            state: State::Unknown,
        },
    })
}
