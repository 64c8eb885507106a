//! What a plan would change for residents, by neighbourhood, as a table.

use engine::community::Community;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::access::{how_walked, with_walk};
use super::answered::Answered;
use super::table::{About, Cell, Field, Kind, Shapes, Table};

/// The table of an answer about a plan.
///
/// # Parameters
///
/// * `answer`: the answer without its neighbourhoods: how walks and hours were worked out, and who loses and gains by
///   type of support.
/// * `plan`: what was asked.
/// * `credit`: whom to credit for the directory and the outlines, if anyone.
pub fn table(
    community: &Community,
    answer: &Value,
    plan: Value,
    mut items: Vec<Answered>,
    credit: Option<&str>,
    made_at: Timestamp,
) -> Table {
    for item in &mut items {
        item.properties["types"] = types_of(answer, &item.properties["id"]);
    }
    let mut notes = vec!["a plan and nothing else: nobody has decided it, and it is not kept".to_owned()];
    notes.extend(how_walked(answer));
    notes.push(format!(
        "over all neighbourhoods {} residents would lose and {} would gain a support within the walk (null: unknown)",
        answer["residents_losing"], answer["residents_gaining"]
    ));
    notes.extend(list(&answer["closing"]).map(|support| {
        let name = support["name"].as_str().unwrap_or("a support without a name");
        format!("would close: {name} ({}), {}", words(&support["category"]), counts(support))
    }));
    notes.extend(list(&answer["opening"]).map(|support| {
        let hours =
            if support["any_time"] == true { ", at any time, since the plan tells no hours" } else { "" };
        format!("would open: {}, {}{hours}", words(&support["category"]), counts(support))
    }));
    notes.extend(
        list(&answer["gone"]).map(|id| format!("not here any more, and changes nothing: {}", words(id))),
    );
    let about = About {
        questions: Vec::new(),
        notes,
        title: format!("What a plan would change in {}", community.title),
        community: community.id.clone(),
        query: Some(told(plan).to_string()),
        consent_scope: None,
        promise: None,
        licence: credit.map(str::to_owned),
        made_at,
    };
    let table = Table::new("what_if", about, Shapes::Areas, FIELDS, items, Answered::place);
    with_walk(table, answer)
}

/// What changes in a neighbourhood by type of support: an object from each type to its numbers.
fn types_of(answer: &Value, id: &Value) -> Value {
    let of_type = |one: &Value| {
        let mut numbers = list(&one["neighbourhoods"]).find(|n| n["id"] == *id)?.clone();
        let numbers = numbers.as_object_mut()?;
        numbers.retain(|name, _| name != "id" && name != "name");
        Some((words(&one["support"]).to_owned(), Value::Object(std::mem::take(numbers))))
    };
    Value::Object(list(&answer["types"]).filter_map(of_type).collect::<Map<_, _>>())
}

/// What was asked, without what was not.
fn told(mut asked: Value) -> Value {
    if let Value::Object(parts) = &mut asked {
        parts.retain(|_, part| !part.as_array().is_some_and(Vec::is_empty));
    }
    without_nulls(asked)
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(parts) => {
            let said = parts.into_iter().filter(|(_, part)| !part.is_null());
            said.map(|(name, part)| (name, without_nulls(part))).collect()
        }
        Value::Array(parts) => parts.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn words(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn counts(support: &Value) -> &'static str {
    if support["counts"] == true { "which counts" } else { "which is not among those that count" }
}

fn real(item: &Answered, when: &str, name: &str) -> Cell {
    Cell::real(item.properties[when][name].as_f64())
}

fn whole(item: &Answered, when: &str, name: &str) -> Cell {
    item.properties[when][name].as_i64().map_or(Cell::Nothing, Cell::Whole)
}

#[rustfmt::skip]
const FIELDS: &[Field<Answered>] = &[
    Field::new("id", Kind::Text, "identifier of the neighbourhood", |i| i.text("id")),
    Field::new("name", Kind::Text, "its name", |i| i.text("name")),
    Field::new("residents", Kind::Whole, "residents, if known", |i: &Answered| i.whole("residents")).in_unit("person"),
    Field::new("share_before", Kind::Real, "share of residents with a support within the walk now; of the area, where residents are unknown", |i| real(i, "before", "share_within")),
    Field::new("share_after", Kind::Real, "the same with the plan", |i| real(i, "after", "share_within")),
    Field::new("residents_before", Kind::Whole, "residents with a support within the walk now", |i: &Answered| whole(i, "before", "residents_within")).in_unit("person"),
    Field::new("residents_after", Kind::Whole, "the same with the plan", |i: &Answered| whole(i, "after", "residents_within")).in_unit("person"),
    Field::new("nearest_before", Kind::Real, "walk to the nearest support for the resident in the middle now; empty: there is none", |i: &Answered| real(i, "before", "nearest_minutes")).in_unit("minute"),
    Field::new("nearest_after", Kind::Real, "the same with the plan", |i: &Answered| real(i, "after", "nearest_minutes")).in_unit("minute"),
    Field::new("supports_before", Kind::Real, "supports within the walk now, on average over residents", |i| real(i, "before", "supports_within")),
    Field::new("supports_after", Kind::Real, "the same with the plan", |i| real(i, "after", "supports_within")),
    Field::new("share_losing", Kind::Real, "share of residents who have a support within the walk now and would have none", |i| i.real("share_losing")),
    Field::new("residents_losing", Kind::Whole, "as many residents", |i: &Answered| i.whole("residents_losing")).in_unit("person"),
    Field::new("share_gaining", Kind::Real, "share of residents who have none now and would have one", |i| i.real("share_gaining")),
    Field::new("residents_gaining", Kind::Whole, "as many residents", |i: &Answered| i.whole("residents_gaining")).in_unit("person"),
    Field::new("types", Kind::Json, "the same changes for each type of support that counts", |i| i.json("types")),
];
