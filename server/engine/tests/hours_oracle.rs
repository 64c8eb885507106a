//! Opening hours against an independent implementation: 250 values of a real town, each asked at seven instants
//! and over two weeks (JavaScript's `opening_hours` 3.15.0, Helsinki, Finland's holidays).

use engine::hours::{Hours, Span, State};
use engine::invalid::Invalid;
use jiff::civil::DateTime;
use serde_json::Value;

/// Values on whose states the two disagree, and why.
const DISPUTED_STATES: [(&str, &str); 2] = [
    ("Mon - Fri 11am - 11pm, Sat 12am - 11pm, Sun 2pm - 10pm", TWELVE),
    ("Su-Th 15-00; Fr-Sa 15-02", NO_MINUTES),
];
const TWELVE: &str = "not in the syntax: by the letter it is open on Saturday from midnight, which nobody meant; \
    unknown is better than wrong";
const NO_MINUTES: &str = "not in the syntax: hours without minutes could as well be days of the month";

/// Values whose states agree and whose spans differ at other times, and why. Besides these, the oracle cuts hours
/// past midnight off at midnight when a later rule speaks of the next day, but a house that closes at two is open
/// at one: see [`is_of_the_night`].
const DISPUTED_SPANS: [(&str, &str); 1] = [("Mo-Fr 08:00-19:00 Sa 09:00-19:00 Su 12:00-18:00", NO_SEMICOLON)];
const NO_SEMICOLON: &str = "the oracle takes the first hours for every day and forgets the others";
fn hours(value: &str) -> Result<Hours, Invalid> {
    Hours::parse(value, "FI".parse().ok())
}

fn fixture() -> Value {
    let path = above();
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// The shared folder beside any folder above this package.
fn above() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared/data/opening-hours/helsinki-expected.json"))
        .find(|file| file.is_file())
        .expect("shared/data/opening-hours stands beside a folder above this package")
}

fn instant(text: &Value) -> DateTime {
    format!("{}:00", text.as_str().unwrap().replace(' ', "T")).parse().unwrap()
}

fn state(name: &Value) -> State {
    match name.as_str().unwrap() {
        "open" => State::Open,
        "closed" => State::Closed,
        _ => State::Unknown,
    }
}

fn expected_spans(case: &Value, from: DateTime, to: DateTime) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut push = |start: DateTime, end: DateTime, state: State| {
        if start == end {
            return;
        }
        match spans.last_mut() {
            Some(last) if last.state == state => last.end = end,
            _ => spans.push(Span { start, end, state }),
        }
    };
    let mut at = from;
    for interval in case["intervals"].as_array().unwrap() {
        let (start, end) = (instant(&interval[0]), instant(&interval[1]));
        push(at, start, State::Closed);
        push(start, end, if interval[2] == true { State::Unknown } else { State::Open });
        at = end;
    }
    push(at, to, State::Closed);
    spans
}

/// Where the two disagree.
enum Difference {
    None,
    /// On a state that the oracle gives.
    State(String),
    /// On a span, but only by a night that the oracle cuts off.
    Night,
    /// On a span otherwise.
    Span(String),
}

fn difference(case: &Value, from: DateTime, to: DateTime) -> Difference {
    let ours = hours(case["value"].as_str().unwrap());
    let ours = match (case["ok"] == true, ours) {
        (false, Err(_)) => return Difference::None,
        (false, Ok(_)) => return Difference::State("the oracle refuses it".into()),
        (true, Err(_)) => return Difference::State("the oracle reads it".into()),
        (true, Ok(ours)) => ours,
    };
    for pair in case["state"].as_array().unwrap() {
        let at = instant(&pair[0]);
        let now = ours.spans(at, at.checked_add(jiff::Span::new().minutes(1)).unwrap())[0].state;
        if now != state(&pair[1]) {
            return Difference::State(format!("{pair} but {now:?}"));
        }
    }
    let (theirs, ours) = (expected_spans(case, from, to), ours.spans(from, to));
    if theirs == ours {
        Difference::None
    } else if is_of_the_night(&theirs, &ours) {
        Difference::Night
    } else {
        Difference::Span(format!("{theirs:?}\n{ours:?}"))
    }
}

/// Whether ours is theirs with nights that go on: each is open in both before a midnight, theirs closes at that
/// midnight, and ours later.
fn is_of_the_night(theirs: &[Span], ours: &[Span]) -> bool {
    let at = |spans: &[Span], t: DateTime| spans.iter().find(|s| s.start <= t && t < s.end).unwrap().state;
    let mut edges: Vec<DateTime> = theirs.iter().chain(ours).map(|s| s.start).collect();
    edges.sort_unstable();
    edges.dedup();
    edges.iter().all(|&t| {
        let (oracle, engine) = (at(theirs, t), at(ours, t));
        let midnight = t.date().to_datetime(jiff::civil::Time::midnight());
        let before = midnight.checked_sub(jiff::Span::new().minutes(1)).unwrap();
        let goes_on = engine == State::Open && oracle == State::Closed && t.hour() < 6;
        oracle == engine || (goes_on && at(theirs, before) == State::Open && at(ours, before) == State::Open)
    })
}

#[test]
fn every_state_and_every_span_is_that_of_the_oracle_but_for_the_disputed_values() {
    let file = fixture();
    let (from, to) = (instant(&file["from"]), instant(&file["to"]));
    let (mut states, mut nights, mut wrong) = (0, 0, Vec::new());
    for case in file["cases"].as_array().unwrap() {
        let value = case["value"].as_str().unwrap();
        states += case["state"].as_array().map_or(0, Vec::len);
        let is_in = |list: &[(&str, &str)]| list.iter().any(|(known, _)| *known == value);
        match (difference(case, from, to), is_in(&DISPUTED_STATES), is_in(&DISPUTED_SPANS)) {
            (Difference::None, false, false)
            | (Difference::State(_), true, _)
            | (Difference::Span(_), _, true) => {}
            (Difference::Night, false, false) => nights += 1,
            (Difference::State(how) | Difference::Span(how), ..) => wrong.push(format!("{value}: {how}")),
            (Difference::None | Difference::Night, ..) => {
                wrong.push(format!("{value} is not disputed any more"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    assert!(states > 1_700, "{states}");
    assert!(nights < 40, "{nights}");
}

#[test]
fn opening_hours_of_203_other_places_are_read_without_a_panic() {
    let text = std::fs::read_to_string(above().with_file_name("opening-hours-rs-sample.txt")).unwrap();
    let (from, to) = (instant(&"2026-11-23 00:00".into()), instant(&"2027-11-23 00:00".into()));
    let read =
        text.lines().filter_map(|line| hours(line).ok()).inspect(|h| assert!(!h.spans(from, to).is_empty()));
    assert!(read.count() > 190);
}
