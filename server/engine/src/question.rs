//! What a community asks about a place beside the usual: its questions, and answers that fit them.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Invalid;
use crate::community::Language;

/// Most questions of a community, and most options of a question: more than anybody answers.
const MOST_QUESTIONS: usize = 50;
const MOST_OPTIONS: usize = 50;
const MOST_ID: usize = 40;
const MOST_TEXT: usize = 500;
/// Longest answer in words, in characters.
pub const MOST_ANSWER: usize = 2_000;

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// By one of the options.
    Single,
    /// By any of the options.
    Multiple,
    /// By one of the options, which have an order and words, never numbers alone.
    Scale,
    /// By a number.
    Number,
    /// In words.
    Text,
}

impl QuestionKind {
    fn has_options(self) -> bool {
        matches!(self, Self::Single | Self::Multiple | Self::Scale)
    }
}

/// What an answer serves; it goes no farther than the place itself does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Named researchers may read it with the place.
    Research,
    /// It may be counted in published maps.
    PublishedMaps,
    /// It may be shown with a story.
    PublicStory,
}

/// One of the answers to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    /// Its identifier: a-z, 0-9, `_` and `-`.
    pub id: String,
    /// Its words by language.
    pub text: BTreeMap<String, String>,
}

/// When a question is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShowIf {
    /// A question before it, with options.
    pub question: String,
    /// At least one of these was chosen there.
    pub is: Vec<String>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its identifier: a-z, 0-9, `_` and `-`.
    pub id: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Its words by language.
    pub text: BTreeMap<String, String>,
    /// What to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<ChoiceOption>,
    /// The least number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// The greatest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Always false: nobody must answer.
    #[serde(default)]
    pub required: bool,
    /// Asked only if; always without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<ShowIf>,
    /// What the answer serves.
    pub purpose: Purpose,
}

/// A community's questions, checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questions {
    /// The version of the wording, such as `2026-1`: kept with exports.
    pub version: String,
    /// In the order in which they are asked.
    pub items: Vec<Question>,
}

/// Answers by question.
pub type Answers = BTreeMap<String, Value>;
/// By question the version of the questions that its answer was given to.
pub type AnswerVersions = BTreeMap<String, String>;

impl Questions {
    /// Checks what was read of a file.
    ///
    /// # Errors
    /// The path of the first field that breaks a rule, such as `items[2].options[0].id`.
    pub fn check(self, languages: &[Language]) -> Result<Self, Invalid> {
        if self.version.trim().is_empty() || self.version.chars().count() > MOST_ID {
            return Err(Invalid::new("version", format!("must have 1 to {MOST_ID} characters")));
        }
        if self.items.len() > MOST_QUESTIONS {
            return Err(Invalid::new("items", format!("must be at most {MOST_QUESTIONS} questions")));
        }
        for (i, item) in self.items.iter().enumerate() {
            let before = &self.items[..i];
            item.check(before, languages).map_err(|e| e.under(&format!("items[{i}]")))?;
        }
        Ok(self)
    }

    /// Checks what a place answers. Empty answers are none; answers to questions that are not asked because of
    /// other answers are refused like answers to unknown ones. Those of `kept` questions are taken as they are.
    ///
    /// # Errors
    /// The question's id as the field.
    pub fn check_answers(&self, answers: &Answers, kept: &HashSet<&str>) -> Result<(), Invalid> {
        let mut asked: HashSet<&str> = HashSet::new();
        for item in &self.items {
            if item.show_if.as_ref().is_none_or(|rule| rule.is_met(&asked, answers)) {
                asked.insert(&item.id);
            }
        }
        for (id, answer) in answers.iter().filter(|(id, _)| !kept.contains(id.as_str())) {
            let item = self.items.iter().find(|item| item.id == *id);
            let item = item.ok_or_else(|| Invalid::new(id, "is no question of this community"))?;
            if !asked.contains(id.as_str()) {
                return Err(Invalid::new(id, "is not asked after what else was answered"));
            }
            item.check_answer(answer).map_err(|e| e.under(id))?;
        }
        Ok(())
    }
}

impl ShowIf {
    fn is_met(&self, asked: &HashSet<&str>, answers: &Answers) -> bool {
        let chosen = |value: &Value| value.as_str().is_some_and(|id| self.is.iter().any(|one| one == id));
        asked.contains(self.question.as_str())
            && match answers.get(&self.question) {
                Some(Value::Array(several)) => several.iter().any(chosen),
                Some(one) => chosen(one),
                None => false,
            }
    }
}

impl Question {
    fn check(&self, before: &[Self], languages: &[Language]) -> Result<(), Invalid> {
        check_id(&self.id)?;
        if before.iter().any(|other| other.id == self.id) {
            return Err(Invalid::new("id", format!("{} is there already", self.id)));
        }
        check_text(&self.text, languages)?;
        if self.required {
            return Err(Invalid::new(
                "required",
                "must be false: everything but where and what for can stay open",
            ));
        }
        if self.kind.has_options() {
            self.check_options(languages)?;
        } else if !self.options.is_empty() {
            return Err(Invalid::new("options", "are for single, multiple and scale alone"));
        }
        let limits = [("min", self.min), ("max", self.max)];
        if let Some((name, _)) = limits
            .iter()
            .find(|(_, limit)| limit.is_some_and(|n| self.kind != QuestionKind::Number || !n.is_finite()))
        {
            return Err(Invalid::new(*name, "is a number, and for number alone"));
        }
        if self.min.zip(self.max).is_some_and(|(min, max)| min > max) {
            return Err(Invalid::new("max", "is less than min"));
        }
        let Some(rule) = &self.show_if else { return Ok(()) };
        let other = before.iter().find(|other| other.id == rule.question && other.kind.has_options());
        let other = other.ok_or_else(|| {
            Invalid::new(
                "show_if.question",
                format!("{} is no question with options before this", rule.question),
            )
        })?;
        if rule.is.is_empty() {
            return Err(Invalid::new("show_if.is", "must name at least one option"));
        }
        let unknown = rule.is.iter().position(|id| other.options.iter().all(|option| option.id != *id));
        unknown.map_or(Ok(()), |i| {
            Err(Invalid::new(format!("show_if.is[{i}]"), format!("is no option of {}", other.id)))
        })
    }

    fn check_options(&self, languages: &[Language]) -> Result<(), Invalid> {
        if !(2..=MOST_OPTIONS).contains(&self.options.len()) {
            return Err(Invalid::new("options", format!("must be 2 to {MOST_OPTIONS}")));
        }
        for (i, option) in self.options.iter().enumerate() {
            let here = |e: Invalid| e.under(&format!("options[{i}]"));
            check_id(&option.id).map_err(here)?;
            check_text(&option.text, languages).map_err(here)?;
            if self.options[..i].iter().any(|other| other.id == option.id) {
                return Err(here(Invalid::new("id", format!("{} is there already", option.id))));
            }
        }
        Ok(())
    }

    fn check_answer(&self, answer: &Value) -> Result<(), Invalid> {
        let known = |id: &Value| id.as_str().is_some_and(|id| self.options.iter().any(|o| o.id == id));
        let fits = match (self.kind, answer) {
            (QuestionKind::Single | QuestionKind::Scale, one) => {
                known(one).then_some(()).ok_or("must be one of its options")
            }
            (QuestionKind::Multiple, Value::Array(several)) => {
                let each_once = several.iter().enumerate().all(|(i, id)| !several[..i].contains(id));
                let fine = !several.is_empty() && each_once && several.iter().all(known);
                fine.then_some(()).ok_or("must be a list of its options, each once")
            }
            (QuestionKind::Multiple, _) => Err("must be a list of its options, each once"),
            (QuestionKind::Number, number) => {
                let within =
                    |n: f64| self.min.is_none_or(|min| n >= min) && self.max.is_none_or(|max| n <= max);
                number
                    .as_f64()
                    .filter(|n| n.is_finite() && within(*n))
                    .map(drop)
                    .ok_or("must be a number within its limits")
            }
            (QuestionKind::Text, Value::String(text)) => {
                let fine = (1..=MOST_ANSWER).contains(&text.chars().count()) && !text.contains('\0');
                fine.then_some(()).ok_or("must have 1 to 2,000 characters and no NUL")
            }
            (QuestionKind::Text, _) => Err("must be a text"),
        };
        fits.map_err(|problem| Invalid::new("", problem))
    }
}

fn check_id(id: &str) -> Result<(), Invalid> {
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    if (1..=MOST_ID).contains(&id.len()) && id.chars().all(fine) {
        Ok(())
    } else {
        Err(Invalid::new("id", format!("must be 1 to {MOST_ID} of a-z, 0-9, _ and -")))
    }
}

/// Words in each language of the community, and in none that Stead does not speak.
fn check_text(text: &BTreeMap<String, String>, languages: &[Language]) -> Result<(), Invalid> {
    for (tag, words) in text {
        if Language::parse(tag).is_err() {
            return Err(Invalid::new(format!("text.{tag}"), "is in no language of en, et and nb"));
        }
        let n = words.trim().chars().count();
        if n == 0 || n > MOST_TEXT || words.contains('\0') {
            return Err(Invalid::new(
                format!("text.{tag}"),
                format!("must have 1 to {MOST_TEXT} characters"),
            ));
        }
    }
    match languages.iter().find(|language| !text.contains_key(language.as_str())) {
        Some(missing) => Err(Invalid::new(format!("text.{}", missing.as_str()), "is missing")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn example() -> Value {
        json!({"version": "1", "items": [
            {"id": "roles", "kind": "multiple", "text": {"en": "Who are you here?"}, "purpose": "research",
             "options": [{"id": "guest", "text": {"en": "A guest"}}, {"id": "host", "text": {"en": "A host"}}]},
            {"id": "say", "kind": "scale", "text": {"en": "How much say?"}, "purpose": "research",
             "options": [{"id": "none", "text": {"en": "None"}}, {"id": "some", "text": {"en": "Some"}}],
             "show_if": {"question": "roles", "is": ["host"]}},
            {"id": "people", "kind": "number", "text": {"en": "How many?"}, "min": 0, "max": 100, "purpose": "published_maps"},
            {"id": "else", "kind": "text", "text": {"en": "What else?"}, "purpose": "public_story"}]})
    }

    fn check(value: Value) -> Result<Questions, Invalid> {
        serde_json::from_value::<Questions>(value).unwrap().check(&[Language::En])
    }

    #[test]
    fn each_broken_rule_of_a_file_names_its_field() {
        assert_eq!(check(example()).unwrap().items.len(), 4);
        for (pointer, value, field) in [
            ("/version", json!(" "), "version"),
            ("/items/0/id", json!("Roles"), "items[0].id"),
            ("/items/1/id", json!("roles"), "items[1].id"),
            ("/items/0/text", json!({"et": "Kes sa oled?"}), "items[0].text.en"),
            ("/items/0/text", json!({"en": "x", "fr": "x"}), "items[0].text.fr"),
            ("/items/0/options", json!([]), "items[0].options"),
            ("/items/0/options/1/id", json!("guest"), "items[0].options[1].id"),
            ("/items/0/options/1/text/en", json!(""), "items[0].options[1].text.en"),
            ("/items/1/show_if/question", json!("people"), "items[1].show_if.question"),
            ("/items/1/show_if/is", json!(["cook"]), "items[1].show_if.is[0]"),
            ("/items/2/max", json!(-1), "items[2].max"),
            ("/items/2/required", json!(true), "items[2].required"),
            ("/items/3/min", json!(1), "items[3].min"),
        ] {
            let mut broken = example();
            let (parent, last) = pointer.rsplit_once('/').unwrap();
            match broken.pointer_mut(parent).unwrap() {
                Value::Object(map) => drop(map.insert(last.to_owned(), value.clone())),
                Value::Array(several) => several[last.parse::<usize>().unwrap()] = value.clone(),
                _ => unreachable!(),
            }
            assert_eq!(check(broken).unwrap_err().field, field, "{pointer} = {value}");
        }
    }

    #[test]
    fn answers_fit_their_questions_or_name_the_one_that_does_not() {
        let questions = check(example()).unwrap();
        let fits = |answers: Value| {
            questions.check_answers(&serde_json::from_value(answers).unwrap(), &HashSet::new())
        };
        fits(json!({})).unwrap();
        fits(json!({"roles": ["guest", "host"], "say": "some", "people": 7.5, "else": "Kassid."})).unwrap();
        for (answers, field) in [
            (json!({"diagnosis": "x"}), "diagnosis"),
            (json!({"roles": "guest"}), "roles"),
            (json!({"roles": ["guest", "guest"]}), "roles"),
            (json!({"roles": ["cook"]}), "roles"),
            (json!({"roles": []}), "roles"),
            (json!({"say": "some"}), "say"),
            (json!({"roles": ["guest"], "say": "some"}), "say"),
            (json!({"roles": ["host"], "say": 1}), "say"),
            (json!({"people": 101}), "people"),
            (json!({"people": "7"}), "people"),
            (json!({"else": ""}), "else"),
            (json!({"else": "x".repeat(2_001)}), "else"),
            (json!({"else": null}), "else"),
        ] {
            assert_eq!(fits(answers.clone()).unwrap_err().field, field, "{answers}");
        }
    }
}
