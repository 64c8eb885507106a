//! Schedules that repeat by a rule, against an independent implementation: the days were computed by Python's
//! `dateutil` 2.9 (`rrule`).

use engine::hours::{State, Timetable};
use engine::support::{Schedule, Status, SupportDetails};
use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};

fn timetable(schedule: Value) -> Timetable {
    let schedules: Vec<Schedule> = vec![serde_json::from_value(schedule).unwrap()];
    Timetable::new(&SupportDetails { schedules, ..SupportDetails::default() }, None)
}

fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

#[test]
fn a_rule_happens_on_the_days_that_an_independent_implementation_says() {
    let file: Value = serde_json::from_str(include_str!("rules/dateutil.json")).unwrap();
    for case in file["rules"].as_array().unwrap() {
        let mut rule = case["rule"].clone();
        rule["opens_at"] = "17:00".into();
        rule["closes_at"] = "19:30".into();
        let table = timetable(rule);
        let day = |name: &str| case[name].as_str().unwrap().parse::<Date>().unwrap();
        let found: Vec<String> = day("first")
            .series(jiff::Span::new().days(1))
            .take_while(|today| *today <= day("last"))
            .filter(|today| table.state_at(today.at(17, 0, 0, 0)) == State::Open)
            .map(|today| today.to_string())
            .collect();
        assert_eq!(Value::from(found), case["days"], "{}", case["name"]);
    }
}

#[test]
fn a_schedule_is_open_between_its_times_also_past_midnight() {
    let table = timetable(json!({"byday": ["FR"], "opens_at": "20:00", "closes_at": "02:00"}));
    for (time, state) in [
        ("2026-11-27T19:59", State::Closed),
        ("2026-11-27T20:00", State::Open),
        ("2026-11-28T01:59", State::Open),
        ("2026-11-28T02:00", State::Closed),
    ] {
        assert_eq!(table.state_at(at(time)), state, "{time}");
    }
    assert_eq!(table.next_change(at("2026-11-24T12:00")), Some(at("2026-11-27T20:00")));
    assert_eq!(table.next_change(at("2026-11-27T21:00")), Some(at("2026-11-28T02:00")));
}

#[test]
fn what_a_rule_leaves_out_makes_it_unknown_and_never_open() {
    let tuesday = at("2026-11-24T12:00");
    // Nobody knows which weeks, or at which time.
    let every_second =
        timetable(json!({"interval": 2, "byday": ["TU"], "opens_at": "10:00", "closes_at": "14:00"}));
    assert_eq!(every_second.state_at(tuesday), State::Unknown);
    assert_eq!(every_second.state_at(at("2026-11-25T12:00")), State::Closed);
    assert_eq!(timetable(json!({"byday": ["TU"]})).state_at(tuesday), State::Unknown);
    assert_eq!(
        timetable(json!({"opens_at": "10:00", "closes_at": "14:00"})).state_at(tuesday),
        State::Unknown
    );
}

#[test]
fn opening_hours_schedules_and_status_are_taken_together() {
    let schedule = json!([{"byday": ["SU"], "opens_at": "14:00", "closes_at": "16:00"}]);
    let mut details = SupportDetails {
        opening_hours: Some("Mo-Fr 10:00-16:00".into()),
        schedules: serde_json::from_value(schedule).unwrap(),
        ..SupportDetails::default()
    };
    let state = |details: &SupportDetails, time: &str| Timetable::new(details, None).state_at(at(time));
    assert_eq!(state(&details, "2026-11-23T12:00"), State::Open);
    assert_eq!(state(&details, "2026-11-29T15:00"), State::Open);
    assert_eq!(state(&details, "2026-11-28T15:00"), State::Closed);
    details.opening_hours = Some("whenever you like".into());
    assert_eq!(state(&details, "2026-11-28T15:00"), State::Unknown);
    assert_eq!(state(&details, "2026-11-29T15:00"), State::Open);
    details.opening_hours = Some("24/7".into());
    (details.status, details.closing_on) = (Status::Closing, Some("2026-11-30".parse().unwrap()));
    assert_eq!(state(&details, "2026-11-30T23:59"), State::Open);
    assert_eq!(state(&details, "2026-12-01T00:00"), State::Closed);
    let table = Timetable::new(&details, None);
    assert_eq!(table.next_change(at("2026-11-24T12:00")), Some(at("2026-12-01T00:00")));
    assert_eq!(table.state_during(at("2026-11-30T22:00"), at("2026-12-01T02:00")), State::Closed);
    details.status = Status::TemporarilyClosed;
    assert_eq!(state(&details, "2026-11-24T12:00"), State::Closed);
    assert_eq!(state(&SupportDetails::default(), "2026-11-24T12:00"), State::Unknown);
}

#[test]
fn the_rhythm_of_a_week_has_168_hours_and_knows_holidays() {
    let details = SupportDetails {
        opening_hours: Some("Mo-Fr 09:30-12:00; PH off".into()),
        ..SupportDetails::default()
    };
    let table = Timetable::new(&details, "EE".parse().ok());
    let week = |monday: &str| -> Vec<usize> {
        let rhythm = table.rhythm(monday.parse().unwrap());
        (0..rhythm.len()).filter(|hour| rhythm[*hour] == State::Open).collect()
    };
    let usual = [9, 10, 11, 33, 34, 35, 57, 58, 59, 81, 82, 83, 105, 106, 107];
    assert_eq!(week("2026-11-23"), usual);
    // Christmas Eve 2026 is a Thursday, Christmas a Friday: both are holidays in Estonia.
    assert_eq!(week("2026-12-21"), usual[..9]);
}
