//! Documents as pages: plain, without a script, with every link of the document to go on by.

use std::fmt::Write as _;

use axum::http::header;
use axum::response::IntoResponse;
use serde_json::Value;

/// What such a page may load: our style sheet.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'";

const STYLE: &str = "body{font:18px/1.5 system-ui,sans-serif;color:#1F2A2E;background:#FBF8F3;margin:0 auto;\
    padding:2rem 1.25rem 4rem;max-width:70rem}a{color:#1F5F5B}h1{line-height:1.2}table{border-collapse:collapse}\
    th,td{border-bottom:1px solid #8A8478;padding:.4rem .75rem;text-align:left;vertical-align:top}\
    .wide{overflow-x:auto}.exit a{display:inline-block;padding:.6rem 0}footer{border-top:1px solid #8A8478;\
    margin-top:2rem}footer a{display:inline-block;padding:.6rem 0}dt{font-weight:600;margin-top:.75rem}dd{margin:0}\
    @media(prefers-color-scheme:dark){body{color:#F1EADD;background:#1A2023}a{color:#8FC7C2}}";

/// `GET /ogc/style.css`
pub async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=86400")], STYLE)
}

/// Behind this stands whom to call, which each community says for itself.
pub const MAIN_ENDS: &str = "</main>";

/// A document as a page.
pub fn page(title: &str, document: &Value) -> String {
    let mut out = String::with_capacity(4096);
    let title = escaped(title);
    write!(
        out,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><link rel=\"stylesheet\" href=\"/ogc/style.css\">\
         </head><body><p class=\"exit\"><a href=\"/new-tab\">Leave quickly</a></p><main><h1>{title}</h1>"
    )
    .expect("a text takes everything");
    if let Some(description) = document.get("description").and_then(Value::as_str) {
        write!(out, "<p>{}</p>", escaped(description)).expect("a text takes everything");
    }
    if let Some(collections) = document.get("collections").and_then(Value::as_array) {
        for collection in collections {
            let title = collection["title"].as_str().unwrap_or_default();
            write!(out, "<h2>{}</h2>", escaped(title)).expect("a text takes everything");
            if let Some(text) = collection["description"].as_str() {
                write!(out, "<p>{}</p>", escaped(text)).expect("a text takes everything");
            }
            links(&mut out, collection);
        }
    }
    if let Some(features) = document.get("features").and_then(Value::as_array) {
        table(&mut out, features);
    } else if let Some(properties) = document.get("properties").and_then(Value::as_object) {
        out.push_str("<dl>");
        for (name, value) in properties {
            let (name, value) = (escaped(name), shown(value));
            write!(out, "<dt>{name}</dt><dd>{value}</dd>").expect("a text takes everything");
        }
        out.push_str("</dl>");
    }
    if let Some(classes) = document.get("conformsTo").and_then(Value::as_array) {
        out.push_str("<ul>");
        for class in classes {
            write!(out, "<li>{}</li>", shown(class)).expect("a text takes everything");
        }
        out.push_str("</ul>");
    }
    out.push_str("<h2>Go on</h2>");
    links(&mut out, document);
    out.push_str(MAIN_ENDS);
    out.push_str("</body></html>");
    out
}

fn table(out: &mut String, features: &[Value]) {
    let Some(first) = features.first().and_then(|f| f["properties"].as_object()) else {
        out.push_str("<p>There is nothing here that fits.</p>");
        return;
    };
    out.push_str("<div class=\"wide\" tabindex=\"0\"><table><thead><tr>");
    for name in first.keys() {
        write!(out, "<th scope=\"col\">{}</th>", escaped(name)).expect("a text takes everything");
    }
    out.push_str("</tr></thead><tbody>");
    for feature in features {
        out.push_str("<tr>");
        for name in first.keys() {
            write!(out, "<td>{}</td>", shown(&feature["properties"][name])).expect("a text takes everything");
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
}

fn links(out: &mut String, document: &Value) {
    let Some(links) = document.get("links").and_then(Value::as_array) else { return };
    out.push_str("<ul>");
    for link in links {
        let text = |name: &str| escaped(link[name].as_str().unwrap_or_default());
        let title = if link["title"].is_string() { text("title") } else { text("rel") };
        let (href, media_type) = (text("href"), text("type"));
        write!(out, "<li><a href=\"{href}\">{title}</a> ({media_type})</li>")
            .expect("a text takes everything");
    }
    out.push_str("</ul>");
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => escaped(text),
        Value::Array(parts) if parts.iter().all(Value::is_string) => {
            parts.iter().map(shown).collect::<Vec<_>>().join(", ")
        }
        other => escaped(&other.to_string()),
    }
}

/// A text in a page.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nothing_in_a_document_becomes_markup() {
        let feature = json!({"properties": {"<b>": "\"><script>alert(1)</script>"}});
        let link = json!({"rel": "x", "href": "\"onclick='", "title": "<i>"});
        let page = page("<u>", &json!({"features": [feature], "links": [link], "description": "<p>&"}));
        for bad in ["<b>", "<script", "<u>", "<i>", "\"onclick"] {
            assert!(!page.contains(bad), "{bad} in {page}");
        }
    }
}
