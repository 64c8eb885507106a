//! The page of the take-home file that any browser shows, without a network and without a script.

use std::fmt::Write as _;

use engine::community::Language;
use engine::feeling;
use engine::question::Questions;
use serde_json::Value;

use super::Own;
use super::words::{Headings, headings, vocabulary};

const STYLE: &str = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;\
color:#1b1b1b;background:#fff}article{border-top:2px solid #767676;margin-top:2rem}dt{font-weight:bold;margin-top:.6rem}\
dd{margin:0}img{max-width:100%;height:auto}figure{margin:1rem 0}@media print{article{break-inside:avoid}}";

/// The whole page.
pub(super) fn page(own: &Own) -> String {
    let writer = Writer { h: headings(own.language), words: vocabulary(own.language), own };
    let mut page = String::new();
    let h = writer.h;
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title} – {community}</title>\
         <style>{STYLE}</style></head>\n<body>\n<main>\n<h1>{title} – {community}</h1>\n<p>{} {}. {}</p>\n<h2>{}</h2>\n",
        own.language.as_str(),
        h.made,
        own.made_at.strftime("%Y-%m-%d"),
        h.yours,
        h.places,
        title = h.title,
        community = text(&own.community_title),
    );
    if own.places.is_empty() {
        let _ = writeln!(page, "<p>{}</p>", h.nothing);
    }
    for place in &own.places {
        writer.place(&mut page, place);
    }
    writer.consents(&mut page);
    writer.reads(&mut page);
    let _ = writeln!(page, "<h2>{}</h2>\n<ul>", h.files);
    for file in super::FILES {
        let _ = writeln!(page, "<li><a href=\"{file}\">{file}</a></li>");
    }
    page.push_str("</ul>\n</main>\n</body>\n</html>\n");
    page
}

/// Text as HTML.
fn text(plain: &str) -> String {
    let mut html = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

/// Text of several lines as HTML.
fn lines(plain: &str) -> String {
    text(plain).replace('\n', "<br>")
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

struct Writer<'a> {
    h: &'static Headings,
    words: Value,
    own: &'a Own,
}

impl Writer<'_> {
    /// The word of the pages for an identifier, or what the person wrote.
    fn word(&self, kind: &str, value: &Value) -> String {
        let id = value.as_str().unwrap_or_default();
        text(self.words[kind][id].as_str().unwrap_or(id))
    }

    fn all(&self, kind: &str, values: &Value) -> String {
        list(values).map(|value| self.word(kind, value)).collect::<Vec<_>>().join(", ")
    }

    fn feelings(&self, feelings: &Value) -> String {
        let strengths = &self.words["strength"];
        let one = |feeling: &Value| {
            let id = feeling["feeling"].as_str().unwrap_or_default();
            let label = feeling::vocabulary().iter().find(|term| term.id == id).map(|term| &term.labels);
            let label = label.map_or(id, |labels| match self.own.language {
                Language::En => &labels.en,
                Language::Et => &labels.et,
                Language::Nb => &labels.nb,
            });
            let strength = feeling["strength"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
            format!("{} ({})", text(label), text(strengths[strength - 1].as_str().unwrap_or_default()))
        };
        list(feelings).map(one).collect::<Vec<_>>().join(", ")
    }

    fn purposes(&self, given: &Value) -> String {
        let all = [
            ("research", self.h.research),
            ("published_maps", self.h.published_maps),
            ("public_story", self.h.public_story),
        ];
        let yes = all.iter().filter(|(id, _)| given[id] == true).map(|(_, name)| *name);
        yes.collect::<Vec<_>>().join(", ")
    }

    /// What was asked by the community, and answered.
    fn answers(&self, page: &mut String, answers: &Value, versions: &Value) {
        let tag = self.own.language.as_str();
        let wordings = || self.own.questions.iter().chain(&self.own.earlier_questions);
        for (id, answer) in answers.as_object().into_iter().flatten() {
            let answered =
                |asked: &&Questions| versions[id].as_str().is_none_or(|version| asked.version == version);
            let mut items = wordings().filter(answered).flat_map(|asked| &asked.items);
            let Some(question) = items.find(|item| item.id == *id) else { continue };
            let said = |value: &Value| -> String {
                let id = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let option = question.options.iter().find(|option| option.id == id);
                option.and_then(|option| option.text.get(tag).cloned()).unwrap_or(id)
            };
            let said = match answer {
                Value::Null => continue,
                Value::Array(several) => several.iter().map(said).collect::<Vec<_>>().join(", "),
                one => said(one),
            };
            row(page, &text(question.text.get(tag).unwrap_or(&question.id)), &lines(&said));
        }
    }

    fn place(&self, page: &mut String, place: &Value) {
        let (h, said) = (self.h, &place["properties"]);
        let name = said["name"].as_str().filter(|name| !name.is_empty());
        let kind = ["being", "doing"].into_iter().filter(|kind| said[kind] == true);
        let kind: Vec<_> = kind.map(|kind| text(self.words[kind].as_str().unwrap_or(kind))).collect();
        let kind = kind.join(", ");
        let _ = writeln!(page, "<article>\n<h3>{}</h3>\n<dl>", name.map_or_else(|| kind.clone(), text));
        let rhythm = &said["rhythm"];
        let often = self.word("often", &rhythm["often"]);
        let parts = self.all("part", &rhythm["parts"]);
        let times: Vec<_> = [often, parts].into_iter().filter(|part| !part.is_empty()).collect();
        let share = self.purposes(&said["share"]);
        row(page, h.kind, &kind);
        row(page, h.feelings, &self.feelings(&said["feelings"]));
        row(page, h.chime, &self.all("chime", &said["chime"]));
        row(page, h.activities, &self.all("activity", &said["activities"]));
        row(page, h.company, &self.all("companion", &said["company"]));
        row(page, h.received, &self.all("support", &said["support"]["received"]));
        row(page, h.given, &self.all("support", &said["support"]["given"]));
        row(page, h.barriers, &self.all("barrier", &said["barriers"]));
        row(page, h.rhythm, &times.join(", "));
        row(page, h.since, &text(said["since"].as_str().unwrap_or_default()));
        row(page, h.story, &lines(said["story"].as_str().unwrap_or_default()));
        row(page, h.photo_not_taken, &lines(said["photo_not_taken"].as_str().unwrap_or_default()));
        self.answers(page, &said["answers"], &said["answer_versions"]);
        row(page, h.precision, &self.word("precision", &said["precision"]));
        row(page, h.position, &text(&place["geometry"]["coordinates"].to_string()));
        if said["home"] == true {
            row(page, h.home, "✓");
        }
        row(page, h.share, if share.is_empty() { h.nobody } else { &share });
        page.push_str("</dl>\n");
        let id = place["id"].as_str().unwrap_or_default();
        self.photos(page, id);
        self.diary(page, id);
        page.push_str("</article>\n");
    }

    fn photos(&self, page: &mut String, place: &str) {
        let photos = self.own.photos.get(place).map(Vec::as_slice).unwrap_or_default();
        if !photos.is_empty() {
            let _ = writeln!(page, "<h4>{}</h4>", self.h.photos);
        }
        for photo in photos {
            let line = |name: &str| text(photo[name].as_str().unwrap_or_default());
            let mut words = vec![line("caption")];
            words.extend(
                ["see", "happening", "our_lives", "why", "do_about"]
                    .map(|prompt| lines(photo["showed"][prompt].as_str().unwrap_or_default())),
            );
            words.retain(|words| !words.is_empty());
            let _ = writeln!(
                page,
                "<figure><img src=\"photos/{}.jpg\" alt=\"{}\" width=\"{}\" height=\"{}\" loading=\"lazy\">\
                 <figcaption>{}</figcaption></figure>",
                line("id"),
                line("alt"),
                photo["width"],
                photo["height"],
                words.join("<br>"),
            );
        }
    }

    fn diary(&self, page: &mut String, place: &str) {
        let entries = self.own.diary.get(place).map(Vec::as_slice).unwrap_or_default();
        if entries.is_empty() {
            return;
        }
        let _ = writeln!(page, "<h4>{}</h4>\n<dl>", self.h.diary);
        for entry in entries {
            let feelings = self.feelings(&entry["feelings"]);
            let words = lines(entry["text"].as_str().unwrap_or_default());
            let both: Vec<_> = [feelings, words].into_iter().filter(|part| !part.is_empty()).collect();
            row(page, &text(entry["date"].as_str().unwrap_or_default()), &both.join("<br>"));
        }
        page.push_str("</dl>\n");
    }

    fn consents(&self, page: &mut String) {
        let _ = writeln!(page, "<h2>{}</h2>\n<dl>", self.h.consent);
        for consent in &self.own.consents {
            let yes = self.purposes(consent);
            let day = consent["given_at"].as_str().unwrap_or_default();
            row(
                page,
                &text(day.get(..10).unwrap_or(day)),
                if yes.is_empty() { self.h.to_nothing } else { &yes },
            );
        }
        page.push_str("</dl>\n");
    }

    fn reads(&self, page: &mut String) {
        let _ = writeln!(page, "<h2>{}</h2>", self.h.reads);
        if self.own.reads.is_empty() {
            let _ = writeln!(page, "<p>{}</p>", self.h.nothing);
            return;
        }
        page.push_str("<ul>\n");
        for read in &self.own.reads {
            let word = |name: &str| read[name].as_str().unwrap_or_default();
            // The access log names its operations for machines; what is taken away begins with "export".
            let done = if word("what").starts_with("export") { self.h.downloaded } else { self.h.read };
            let day = word("at");
            let _ = writeln!(
                page,
                "<li>{}: {} {}</li>",
                text(day.get(..10).unwrap_or(day)),
                text(word("who")),
                done.replace("{n}", &read["count"].to_string()),
            );
        }
        page.push_str("</ul>\n");
    }
}

/// A heading with what is said under it, if something is.
fn row(page: &mut String, heading: &str, said: &str) {
    if !said.is_empty() {
        let _ = writeln!(page, "<dt>{heading}</dt><dd>{said}</dd>");
    }
}
