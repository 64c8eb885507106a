//! What derived schemas cannot say: closed lists that live in data, and the grammar of values. Made of the very lists
//! that the parsers use, so that a client can check what it sends before it sends it.

use engine::feeling;
use engine::privacy::heat::BANDWIDTHS;
use engine::support::{Form, Status, property_names};
use serde_json::{Value, json};

/// A text that PostgreSQL can keep and a page can show: no NUL.
const TEXT: &str = r"^[^\x00]*$";
/// One line or more that says something: no control characters, not only blanks.
const SAYING: &str =
    concat!(r"^[^\x00-\x09\x0b-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f]", r"[^\x00-\x09\x0b-\x1f\x7f-\x9f]*$");
/// One line that says something.
const LINE: &str = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$";
const WEBSITE: &str = r"^https?://[^\x00-\x09\x0b-\x1f\x7f-\x9f]*$";
const EMAIL: &str = r"^[^@\x00-\x09\x0b-\x1f\x7f-\x9f]+@[^\x00-\x09\x0b-\x1f\x7f-\x9f]+$";
const TAG: &str = "^[a-z0-9_-]{1,40}$";
const CATEGORY: &str = "[a-z0-9_]{1,60}";
const UUID: &str = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const LON: &str = r"-?(180(\.0{1,9})?|(1[0-7][0-9]|[1-9]?[0-9])(\.[0-9]{1,15})?)";
const LAT: &str = r"-?(90(\.0{1,9})?|[1-8]?[0-9](\.[0-9]{1,15})?)";
const INSTANT: &str = concat!(
    r"(19[0-9]{2}|20[0-9]{2}|21[0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?"
);
/// A year, a month or a day from 1900 to 2099.
const SINCE: &str = "^(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?$";
const DAY_OF_RULE: &str = "^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$";
const CLOCK: &str = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

/// Adds them to the document.
pub(super) fn refine(document: &mut Value) {
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, operations) in paths {
            for operation in operations.as_object_mut().into_iter().flat_map(|o| o.values_mut()) {
                for parameter in
                    operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten()
                {
                    let name = parameter["name"].as_str().unwrap_or_default().to_owned();
                    add(&mut parameter["schema"], &parameter_values(path, &name));
                }
            }
        }
    }
    let photos = "/api/communities/{c}/places/{id}/photos";
    let picture = json!({"type": "string", "format": "binary"});
    for media in ["image/jpeg", "image/png", "image/webp"] {
        document["paths"][photos]["post"]["requestBody"]["content"][media]["schema"] = picture.clone();
    }
    document["paths"][format!("{photos}/{{p}}")]["get"]["responses"]["200"]["content"]["image/jpeg"]["schema"] =
        picture.clone();
    for pictures in ["stories/{id}/photos/{p}", "stories/queue/{id}/photos/{p}"] {
        let pictures = format!("/api/communities/{{c}}/{pictures}");
        document["paths"][pictures]["get"]["responses"]["200"]["content"]["image/jpeg"]["schema"] =
            picture.clone();
    }
    let decisions = document["components"]["schemas"]["DecisionBody"]["oneOf"].as_array_mut();
    for decision in decisions.into_iter().flatten() {
        decision["additionalProperties"] = json!(false);
        add(&mut decision["properties"]["etag"], &only("[0-9a-f]{64}"));
        if let Some(reason) = decision["properties"].get_mut("reason") {
            add(reason, &json!({"pattern": SAYING}));
        }
    }
    for (schema, property, values) in body_values() {
        let all = &mut document["components"]["schemas"];
        let shape = &mut all[schema];
        debug_assert!(shape.is_object(), "no schema {schema}");
        match property {
            "" => add(shape, &values),
            list if list.ends_with("[]") => {
                add(&mut shape["properties"][list.trim_end_matches("[]")]["items"], &values);
            }
            one => add(&mut shape["properties"][one], &values),
        }
    }
}

fn add(schema: &mut Value, values: &Value) {
    let (Some(schema), Some(values)) = (schema.as_object_mut(), values.as_object()) else { return };
    schema.extend(values.clone());
}

fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    format!("({})", names.into_iter().collect::<Vec<_>>().join("|"))
}

fn only(inner: &str) -> Value {
    json!({"pattern": format!("^{inner}$")})
}

/// In an address an empty value counts as not given.
fn or_empty(inner: &str) -> Value {
    only(&format!("({inner})?"))
}

fn list_of(inner: &str) -> Value {
    or_empty(&format!("{inner}(,{inner}){{0,99}}"))
}

fn forms() -> String {
    one_of(Form::ALL.iter().map(|form| form.as_str()))
}

fn support_types() -> String {
    one_of(["emotional", "instrumental", "informational", "appraisal"])
}

fn feelings() -> String {
    one_of(feeling::vocabulary().iter().map(|term| &*term.id))
}

fn chime() -> String {
    one_of(["connectedness", "hope", "identity", "meaning", "empowerment"])
}

fn with_format(mut values: Value, format: &str) -> Value {
    values["format"] = json!(format);
    values
}

fn parameter_values(path: &str, name: &str) -> Value {
    match name {
        "near" => or_empty(&format!("{LON},{LAT}")),
        // West is not behind east, south not above north: no pattern says that.
        "bbox" => with_format(or_empty(&format!("{LON},{LAT},{LON},{LAT}")), "bbox"),
        "type" => with_format(list_of(CATEGORY), "categories"),
        "form" => list_of(&forms()),
        "support" => list_of(&support_types()),
        "status" => list_of(&one_of(Status::ALL.iter().map(|status| status.as_str()))),
        "language" => list_of("[a-z]{2,3}"),
        "neighbourhood" => with_format(list_of(UUID), "neighbourhoods"),
        "open_at" => or_empty(&format!("now|{INSTANT}")),
        "open_during" => with_format(or_empty(&format!("{INSTANT}/{INSTANT}")), "span"),
        "q" => json!({"pattern": TEXT}),
        "cursor" => with_format(or_empty("[a-z][0-9a-f]+"), "cursor"),
        "measure" => or_empty("concentration|relative|quality|profile"),
        "units" => or_empty("cells|neighbourhoods"),
        "stat" => or_empty("gi-star"),
        "bandwidth" => json!({"enum": BANDWIDTHS}),
        "s" => only(&format!("(latest|{UUID})")),
        "If-Match" => json!({"pattern": r#"^(\*|(W/)?"[!#-+\--~]*"(, ?(W/)?"[!#-+\--~]*")*)$"#}),
        // Whoever knows the key of a joining is taken for the one who joined: it must not be guessed.
        "Idempotency-Key" if path.ends_with("/participants") => only("[!-~]{32,200}"),
        "Idempotency-Key" => only("[!-~]{1,200}"),
        _ => Value::Null,
    }
}

/// By schema, property (`[]` for the members of a list, empty for the schema itself), and what is added.
fn body_values() -> Vec<(&'static str, &'static str, Value)> {
    let text = || json!({"pattern": TEXT});
    let saying = || json!({"pattern": SAYING, "minLength": 1});
    let tags = || json!({"maxItems": 30});
    let tag = || json!({"pattern": TAG});
    let instant = || only(&format!("(now|{INSTANT})"));
    let mut values = vec![
        ("FeelingBody", "feeling", only(&feelings())),
        ("DiaryFeeling", "feeling", only(&feelings())),
        ("FeelingBody", "", json!({"additionalProperties": false})),
        ("DiaryBody", "text", text()),
        ("PhotoBody", "caption", text()),
        ("PhotoBody", "alt", text()),
        ("Showed", "", json!({"additionalProperties": false})),
        ("PhotoShare", "", json!({"additionalProperties": false})),
        ("ExchangeBody", "", json!({"additionalProperties": false})),
        ("RhythmBody", "", json!({"additionalProperties": false})),
        ("RhythmBody", "often", only(&one_of(["daily", "weekly", "monthly", "rarely"]))),
        ("RhythmBody", "parts[]", only(&one_of(["morning", "afternoon", "evening", "night"]))),
        ("ShareBody", "", json!({"additionalProperties": false})),
        ("PlaceProperties", "name", text()),
        ("PlaceProperties", "story", text()),
        ("PlaceProperties", "photo_not_taken", text()),
        ("PlaceProperties", "feelings", json!({"maxItems": feeling::vocabulary().len()})),
        ("PlaceProperties", "chime[]", only(&chime())),
        ("PlaceProperties", "since", json!({"pattern": SINCE})),
        ("Point", "coordinates", json!({"minItems": 2, "maxItems": 2})),
        ("LineString", "coordinates", json!({"minItems": 2, "maxItems": 2000})),
        ("Polygon", "coordinates", json!({"minItems": 1})),
        ("Polygon", "coordinates[]", json!({"minItems": 4})),
        ("AreaBody", "", json!({"format": "area"})),
        ("OpenedGeometry", "coordinates", json!({"minItems": 2, "maxItems": 2})),
        ("OpenedProperties", "type", only(CATEGORY)),
        ("OpenedProperties", "opening_hours", json!({"format": "opening-hours", "maxLength": 2000})),
        ("Selection", "feeling[]", only(&feelings())),
        ("Selection", "chime[]", only(&chime())),
        ("Selection", "barrier[]", json!({"minLength": 1, "maxLength": 100})),
        ("NearQuery", "near", json!({"minItems": 2, "maxItems": 2})),
        ("NewQuery", "name", json!({"pattern": LINE})),
        ("SearchBody", "near", json!({"minItems": 2, "maxItems": 2})),
        ("SearchBody", "bbox", json!({"minItems": 4, "maxItems": 4})),
        ("SearchBody", "type[]", only(CATEGORY)),
        ("SearchBody", "language[]", only("[a-z]{2,3}")),
        ("SearchBody", "open_at", instant()),
        ("SearchBody", "open_during", only(&format!("{INSTANT}/{INSTANT}"))),
        ("SearchBody", "q", text()),
        ("SearchBody", "cursor", only("[a-z][0-9a-f]+")),
        ("SearchBody", "", json!({"dependentRequired": {"radius": ["near"]}})),
        ("ProximityBody", "type[]", only(CATEGORY)),
        ("ProximityBody", "open_at", instant()),
        ("ProximityBody", "cursor", only("[a-z][0-9a-f]+")),
        ("PlaceSearch", "cursor", only("[a-z][0-9a-f]+")),
        ("WhatIfBody", "type[]", only(CATEGORY)),
        ("WhatIfBody", "open_at", instant()),
        ("Term", "", json!({"additionalProperties": false})),
        ("Amount", "", json!({"additionalProperties": false})),
        (
            "Schedule",
            "",
            json!({"additionalProperties": false,
            "dependentRequired": {"opens_at": ["closes_at"], "closes_at": ["opens_at"]}}),
        ),
        ("Schedule", "byday", json!({"maxItems": 50})),
        ("Schedule", "byday[]", json!({"pattern": DAY_OF_RULE})),
        ("Schedule", "bymonthday", json!({"maxItems": 31})),
        ("Schedule", "bymonthday[]", json!({"minimum": -31, "maximum": 31, "not": {"const": 0}})),
        ("Schedule", "opens_at", json!({"pattern": CLOCK})),
        ("Schedule", "closes_at", json!({"pattern": CLOCK})),
        ("Schedule", "description", saying()),
        ("SupportBody", "", json!({"additionalProperties": false})),
        ("SupportFields", "", json!({"propertyNames": {"enum": property_names()}})),
        ("SupportFields", "since", json!({"pattern": SINCE})),
        ("SupportFields", "wheelchair", only("(yes|limited|no)")),
        ("SupportFields", "website", json!({"pattern": WEBSITE})),
        ("SupportFields", "email", json!({"pattern": EMAIL})),
        ("SupportFields", "languages[]", only("[a-z]{2,3}")),
        ("SupportFields", "opening_hours", json!({"format": "opening-hours", "maxLength": 2000})),
    ];
    for list in ["activities", "company", "barriers"] {
        values.push(("PlaceProperties", list, tags()));
    }
    for list in ["activities[]", "company[]", "barriers[]"] {
        values.push(("PlaceProperties", list, tag()));
    }
    for line in ["name", "organisation", "description", "eligibility", "address", "phone"] {
        values.push(("SupportFields", line, saying()));
    }
    for prompt in ["see", "happening", "our_lives", "why", "do_about"] {
        values.push(("Showed", prompt, text()));
    }
    for name in ["taxonomy", "id", "name"] {
        values.push(("Term", name, json!({"pattern": SAYING, "minLength": 1, "maxLength": 300})));
    }
    values
}
