//! What a table's columns mean and where it comes from: for programs, and for people.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Kind, Shapes, Table};

/// The codebook as JSON.
pub fn codebook(table: &Table) -> Value {
    let about = &table.about;
    let columns: Vec<Value> = table
        .columns
        .iter()
        .map(|c| json!({"name": c.name, "kind": c.kind.name(), "unit": c.unit, "description": c.text}))
        .collect();
    let promise = about.promise.as_ref();
    json!({
        "title": about.title, "table": table.name, "community": about.community, "rows": table.count,
        "made_at": about.made_at.to_string(), "query": about.query, "consent_scope": about.consent_scope,
        "release": promise.map(|p| &p.release), "released_at": promise.map(|p| p.released_at.to_string()), "notes": about.notes, "policy": promise.map(|p| &p.policy),
        "guarantee": promise.map(|p| &p.guarantee), "licence": about.licence, "citation": about.citation(),
        "crs": "OGC:CRS84 (WGS 84, longitude before latitude)", "geometry": shapes(table.shapes),
        "questions": about.questions.first(), "earlier_questions": about.questions.get(1..).unwrap_or_default(),
        "missing": "an empty value means that nobody said: whether a question was skipped or the person would rather not say is not kept", "columns": columns,
    })
}

fn shapes(shapes: Shapes) -> &'static str {
    match shapes {
        Shapes::Points => "points; none for what has no place to go to",
        Shapes::Areas => "multipolygons",
        Shapes::Mixed => "points, lines and polygons",
    }
}

/// The codebook for people, as Markdown.
pub fn codebook_text(table: &Table) -> String {
    let about = &table.about;
    let mut text = format!("# {}\n\n", about.title);
    let mut line = |name: &str, value: &str| {
        writeln!(text, "- **{name}**: {value}").expect("a text takes everything");
    };
    line("Community", about.community.as_str());
    line("Rows", &table.count.to_string());
    line("Made at", &about.made_at.to_string());
    line("Query", about.query.as_deref().unwrap_or("everything"));
    if let Some(scope) = &about.consent_scope {
        line("Consent", scope);
    }
    if let Some(promise) = &about.promise {
        line("Release", &format!("{} ({})", promise.release, promise.policy));
        line("Released at", &promise.released_at.to_string());
        line("Guarantee", &promise.guarantee);
    }
    if let Some(licence) = &about.licence {
        line("Licence", licence);
    }
    for note in &about.notes {
        line("Note", note);
    }
    line("Cite as", &about.citation());
    line("Geometry", shapes(table.shapes));
    line("Coordinates", "WGS 84 in degrees, longitude before latitude");
    text.push_str("\nAn empty value means that nobody said: whether a question was skipped or the person would rather not say is not \
                   kept. ");
    if table.columns.iter().any(|c| matches!(c.kind, Kind::List)) {
        text.push_str("Lists have `;` between their values. ");
    }
    text.push_str(
        "In CSV files, a text that a spreadsheet would take for a formula has `'` in front.\n\n\
         | column | holds | unit | meaning |\n|---|---|---|---|\n",
    );
    for c in &table.columns {
        let unit = c.unit.unwrap_or_default();
        writeln!(text, "| `{}` | {} | {unit} | {} |", c.name, c.kind.name(), c.text)
            .expect("a text takes everything");
    }
    for questions in &about.questions {
        writeln!(text, "\n## The community's questions (version {})\n", questions.version)
            .expect("a text takes everything");
        for item in &questions.items {
            let words = item.text.values().cloned().collect::<Vec<_>>().join(" / ");
            writeln!(text, "- `{}`: {words}", item.id).expect("a text takes everything");
            for option in &item.options {
                let words = option.text.values().cloned().collect::<Vec<_>>().join(" / ");
                writeln!(text, "  - `{}`: {words}", option.id).expect("a text takes everything");
            }
        }
    }
    text
}
