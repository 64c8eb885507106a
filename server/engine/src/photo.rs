//! What a participant says about a photo of a place (photovoice; Wang and Burris 1997,
//! doi:10.1177/109019819702400309).

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// Longest caption and longest words for those who cannot see the photo, in characters.
pub const MAX_LINE_CHARACTERS: usize = 500;
/// Longest answer to a prompt, in characters.
pub const MAX_ANSWER_CHARACTERS: usize = 2_000;

/// Answers to the prompts of photovoice; every one may stay empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Showed {
    /// What do you see here?
    pub see: String,
    /// What is really happening here?
    pub happening: String,
    /// How does this relate to our lives?
    pub our_lives: String,
    /// Why does this situation exist?
    pub why: String,
    /// What can we do about it?
    pub do_about: String,
}

/// Who is in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum People {
    /// Nobody whom one could recognise.
    #[default]
    None,
    /// Somebody, who agreed.
    Agreed,
    /// Somebody, who did not: the photo stays with its owner.
    Private,
}

/// Who else may see the photo, at most what the place is shared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PhotoShare {
    /// Researchers.
    pub research: bool,
    /// Everyone, with the story.
    pub public_story: bool,
}

/// What is said about a photo.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PhotoContent {
    /// Under the photo.
    pub caption: String,
    /// For those who cannot see it.
    pub alt: String,
    /// Answers to prompts.
    pub showed: Showed,
    /// Who is in it.
    pub people: People,
    /// Who else may see it.
    pub share: PhotoShare,
}

impl PhotoContent {
    /// Trims the texts, and keeps a photo private whose people did not agree.
    ///
    /// # Errors
    /// The path of a text that is too long or holds the NUL character.
    pub fn checked(mut self) -> Result<Self, Invalid> {
        for (field, text, most) in [
            ("caption", &mut self.caption, MAX_LINE_CHARACTERS),
            ("alt", &mut self.alt, MAX_LINE_CHARACTERS),
            ("showed.see", &mut self.showed.see, MAX_ANSWER_CHARACTERS),
            ("showed.happening", &mut self.showed.happening, MAX_ANSWER_CHARACTERS),
            ("showed.our_lives", &mut self.showed.our_lives, MAX_ANSWER_CHARACTERS),
            ("showed.why", &mut self.showed.why, MAX_ANSWER_CHARACTERS),
            ("showed.do_about", &mut self.showed.do_about, MAX_ANSWER_CHARACTERS),
        ] {
            let length = text.chars().count();
            if length > most {
                let problem = format!("has {length} characters; at most {most} are kept");
                return Err(Invalid::new(field, problem));
            }
            if text.contains('\0') {
                return Err(Invalid::new(field, "must not contain the NUL character"));
            }
            *text = text.trim().to_owned();
        }
        if self.people == People::Private {
            self.share = PhotoShare::default();
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> PhotoContent {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_photo_of_people_who_did_not_agree_stays_private() {
        let said = read(r#"{"people":"private","share":{"research":true,"public_story":true}}"#);
        assert_eq!(said.checked().unwrap().share, PhotoShare::default());
        let said =
            read(r#"{"people":"agreed","caption":" Kes? ","share":{"research":true}}"#).checked().unwrap();
        assert_eq!(
            (said.caption.as_str(), said.share.research, said.share.public_story),
            ("Kes?", true, false)
        );
    }

    #[test]
    fn texts_that_are_too_long_are_named() {
        let long = PhotoContent { alt: "õ".repeat(MAX_LINE_CHARACTERS + 1), ..PhotoContent::default() };
        assert_eq!(long.checked().unwrap_err().field, "alt");
        let nul = Showed { why: "a\0".to_owned(), ..Showed::default() };
        let nul = PhotoContent { showed: nul, ..PhotoContent::default() };
        assert_eq!(nul.checked().unwrap_err().field, "showed.why");
        assert!(serde_json::from_str::<PhotoContent>(r#"{"people":"everyone"}"#).is_err());
        assert!(serde_json::from_str::<PhotoContent>(r#"{"diagnosis":"x"}"#).is_err());
    }
}
