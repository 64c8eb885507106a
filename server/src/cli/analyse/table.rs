//! The table that is written, as comma-separated values (RFC 4180).

use std::fmt::Write;

/// Rows under a header, and what the reader should be told beside them.
pub(super) struct Table {
    text: String,
    pub(super) notes: Vec<String>,
}

/// A field.
pub(super) enum Field<'a> {
    Text(&'a str),
    Number(f64),
    Missing(Option<f64>),
    Whole(i64),
}

impl Table {
    pub(super) fn new(header: &[&str]) -> Self {
        Self { text: header.join(",") + "\n", notes: Vec::new() }
    }

    pub(super) fn push<'a>(&mut self, fields: impl IntoIterator<Item = Field<'a>>) {
        for (position, field) in fields.into_iter().enumerate() {
            if position > 0 {
                self.text.push(',');
            }
            self.field(&field);
        }
        self.text.push('\n');
    }

    /// Numbers as the shortest text that reads back to the same number; what is missing is empty.
    fn field(&mut self, field: &Field<'_>) {
        match *field {
            Field::Text(text) if text.contains([',', '"', '\n', '\r']) => {
                self.text.push('"');
                self.text.push_str(&text.replace('"', "\"\""));
                self.text.push('"');
            }
            Field::Text(text) => self.text.push_str(text),
            Field::Number(number) | Field::Missing(Some(number)) => {
                write!(self.text, "{number}").expect("text grows");
            }
            Field::Missing(None) => {}
            Field::Whole(number) => write!(self.text, "{number}").expect("text grows"),
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_commas_and_quotes_are_quoted_and_missing_numbers_are_empty() {
        let mut table = Table::new(&["id", "z"]);
        table.push([Field::Text("Old \"Town\", north"), Field::Missing(None)]);
        table.push([Field::Text("1"), Field::Number(0.1)]);
        assert_eq!(table.text(), "id,z\n\"Old \"\"Town\"\", north\",\n1,0.1\n");
    }
}
