//! Tables of text as people have them: CSV by RFC 4180, and what Excel makes of it in Estonia and Norway.
//!
//! Understood without being told: UTF-8 with or without a byte order mark, UTF-16 with one, Windows-1252; commas,
//! semicolons or tabs between the cells (Excel's `sep=` line, too); any ends of lines; quoted cells with line
//! breaks; decimal commas. Which columns there are and what they mean is up to who reads the table.

use engine::Invalid;

/// A table with named columns, all cells as text without spaces around.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    columns: Vec<String>,
    rows: Vec<(usize, Vec<String>)>,
}

/// A row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    columns: &'a [String],
    cells: &'a [String],
    /// The line in the file on which it begins, from 1.
    pub line: usize,
}

impl Sheet {
    /// Reads a table whose first row names the columns. Rows without any text are left out.
    ///
    /// # Errors
    /// What is wrong, and on which line: no header, a column without a name or with the name of another, a row
    /// longer than the header, a quote that is never closed, signs that are no text.
    pub fn read(bytes: &[u8]) -> Result<Self, Invalid> {
        let text = decode(bytes)?;
        let (text, delimiter) = delimiter(&text);
        let mut rows = cells(text, delimiter)?.into_iter();
        let (_, columns) =
            rows.next().ok_or_else(|| Invalid::new("", "is empty: the first line names the columns"))?;
        check_columns(&columns)?;
        let mut kept = Vec::new();
        for (line, mut cells) in rows {
            if let Some(too_many) = cells.get(columns.len()..)
                && too_many.iter().any(|cell| !cell.is_empty())
            {
                let problem =
                    format!("has {} cells; the first line names {} columns", cells.len(), columns.len());
                return Err(Invalid::new(format!("line {line}"), problem));
            }
            if cells.iter().any(|cell| !cell.is_empty()) {
                cells.resize(columns.len(), String::new());
                kept.push((line, cells));
            }
        }
        Ok(Self { columns, rows: kept })
    }

    /// The names of the columns, in order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The column of this name, whatever its capital letters, as the file writes it.
    pub fn column(&self, name: &str) -> Option<&str> {
        self.columns.iter().find(|c| same(c, name)).map(String::as_str)
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { columns: &self.columns, cells, line: *line })
    }
}

impl<'a> Row<'a> {
    /// The text of a cell, by the name of its column whatever its capital letters; none if there is no such
    /// column or nothing in the cell.
    pub fn get(&self, column: &str) -> Option<&'a str> {
        let i = self.columns.iter().position(|c| same(c, column))?;
        Some(self.cells[i].as_str()).filter(|cell| !cell.is_empty())
    }

    /// The number in a cell; a decimal comma is a decimal point.
    ///
    /// # Errors
    /// The column and the line, if there is something else.
    pub fn number(&self, column: &str) -> Result<Option<f64>, Invalid> {
        let Some(text) = self.get(column) else { return Ok(None) };
        number(text).map(Some).ok_or_else(|| self.wrong(column, format!("{text:?} is not a number")))
    }

    /// Something wrong in a cell of this row.
    pub fn wrong(&self, column: &str, problem: impl Into<String>) -> Invalid {
        Invalid::new(format!("line {}, column {column:?}", self.line), problem)
    }

    /// Every column with its cell, empty ones too.
    pub fn cells(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.columns.iter().map(String::as_str).zip(self.cells.iter().map(String::as_str))
    }
}

/// A number as a person or a spreadsheet writes it: `58.38`, `58,38`, `1 234,5`, `1.234,5`, `1,234.5`. What
/// could be read in two ways is a decimal comma.
pub fn number(text: &str) -> Option<f64> {
    let mut digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits = digits.replace('\u{2212}', "-");
    let (commas, points) = (digits.matches(',').count(), digits.matches('.').count());
    match (commas, points) {
        (1, 0) => digits = digits.replace(',', "."),
        // The last of two kinds is the decimal one; the other one stands between thousands.
        (1.., 1..) if digits.rfind(',') > digits.rfind('.') => {
            digits = digits.replace('.', "").replace(',', ".");
        }
        (1.., _) => digits = digits.replace(',', ""),
        _ => {}
    }
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    digits.parse().ok().filter(|n: &f64| plain && n.is_finite())
}

/// Yes or no as people write it in English, Estonian and Norwegian.
pub fn flag(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "x" | "jah" | "tõene" | "ja" | "sann" | "wahr" => Some(true),
        "false" | "no" | "n" | "0" | "ei" | "väär" | "nei" | "usann" | "falsch" => Some(false),
        _ => None,
    }
}

fn same(one: &str, other: &str) -> bool {
    one == other || one.to_lowercase() == other.to_lowercase()
}

fn check_columns(columns: &[String]) -> Result<(), Invalid> {
    for (i, name) in columns.iter().enumerate() {
        // Excel leaves a trail of nameless columns behind.
        if name.is_empty() && columns[i..].iter().any(|later| !later.is_empty()) {
            return Err(Invalid::new("line 1", format!("column {} has no name", i + 1)));
        }
        if !name.is_empty() && columns[..i].iter().any(|before| same(before, name)) {
            return Err(Invalid::new("line 1", format!("two columns are called {name:?}")));
        }
    }
    Ok(())
}

/// The text in these bytes.
fn decode(bytes: &[u8]) -> Result<String, Invalid> {
    let text = if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        utf_16(rest, u16::from_le_bytes)?
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        utf_16(rest, u16::from_be_bytes)?
    } else {
        let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(rest) {
            Ok(text) => text.to_owned(),
            Err(_) => rest.iter().map(|b| windows_1252(*b)).collect(),
        }
    };
    if text.contains(['\0', '\u{fffd}']) {
        return Err(Invalid::new("", "is not a table of text: it holds bytes that are no letters"));
    }
    Ok(text)
}

fn utf_16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> Result<String, Invalid> {
    let units: Vec<u16> = bytes.chunks(2).map(|two| read([two[0], *two.get(1).unwrap_or(&0)])).collect();
    String::from_utf16(&units).map_err(|_| Invalid::new("", "is not valid UTF-16 text"))
}

/// The letters 0x80 to 0x9f; the five that Windows never gave a meaning are no letters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
    '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The text after a `sep=` line, and what stands between its cells.
fn delimiter(text: &str) -> (&str, char) {
    let first = text.lines().next().unwrap_or_default();
    if let Some(sign) = first.strip_prefix("sep=").and_then(|rest| rest.chars().next()) {
        return (&text[first.len()..], sign);
    }
    let mut quoted = false;
    let mut counts = [(',', 0), (';', 0), ('\t', 0)];
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some((_, n)) = counts.iter_mut().find(|(sign, _)| *sign == c) {
                    *n += 1;
                }
            }
        }
    }
    // The first of the most: a comma unless another is more frequent.
    let most = counts.iter().rev().max_by_key(|(_, n)| *n).map_or(',', |(sign, _)| *sign);
    (text, most)
}

/// All cells of all lines that are not empty, each line with its number.
fn cells(text: &str, delimiter: char) -> Result<Vec<(usize, Vec<String>)>, Invalid> {
    let mut rows = Vec::new();
    let mut chars = text.chars().peekable();
    let (mut line, mut began) = (1, 1);
    let mut row: Vec<String> = Vec::new();
    let mut cell = String::new();
    // Where a quoted part of the cell began, while in it.
    let mut quoted: Option<usize> = None;
    while let Some(c) = chars.next() {
        let c = match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                '\n'
            }
            c => c,
        };
        match (c, quoted) {
            ('"', Some(_)) if chars.next_if_eq(&'"').is_some() => cell.push('"'),
            ('"', Some(_)) => quoted = None,
            ('"', None) if cell.trim().is_empty() => {
                cell.clear();
                quoted = Some(line);
            }
            ('\n', None) => {
                end(&mut row, &mut cell, began, &mut rows);
                began = line + 1;
            }
            (c, None) if c == delimiter => row.push(std::mem::take(&mut cell).trim().to_owned()),
            (c, _) => cell.push(c),
        }
        line += usize::from(c == '\n');
    }
    if let Some(from) = quoted {
        return Err(Invalid::new(format!("line {from}"), "opens a quote that is never closed"));
    }
    end(&mut row, &mut cell, began, &mut rows);
    Ok(rows)
}

fn end(row: &mut Vec<String>, cell: &mut String, line: usize, rows: &mut Vec<(usize, Vec<String>)>) {
    row.push(std::mem::take(cell).trim().to_owned());
    let row = std::mem::take(row);
    if row.len() > 1 || !row[0].is_empty() {
        rows.push((line, row));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(bytes: &[u8]) -> Vec<Vec<String>> {
        let sheet = Sheet::read(bytes).unwrap();
        let rows = sheet.rows().map(|row| row.cells().map(|(_, cell)| cell.to_owned()).collect());
        std::iter::once(sheet.columns().to_vec()).chain(rows).collect()
    }

    #[test]
    fn excels_own_files_are_read_like_plain_ones() {
        let plain = table("name,lat\nKöök,\"58,38\"\n".as_bytes());
        assert_eq!(plain, [["name", "lat"], ["Köök", "58,38"]]);
        let utf_16: Vec<u8> =
            "\u{feff}name\tlat\r\nKöök\t58,38\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for other in [
            "\u{feff}name;lat\r\nKöök;58,38\r\n".as_bytes(),
            b"name;lat\r\nK\xf6\xf6k;58,38\r\n",
            "sep=;\r\nname;lat\r\nKöök;58,38".as_bytes(),
            "name;lat\rKöök;58,38\r;\r\r".as_bytes(),
            &utf_16,
        ] {
            assert_eq!(table(other), plain, "{}", String::from_utf8_lossy(other));
        }
        assert_eq!(table(b"a;b\n\x80;\x8a\x9e")[1], ["€", "Šž"]);
    }

    #[test]
    fn quotes_hold_breaks_delimiters_and_quotes() {
        let read = table(b"a,b\n\"x, \"\"y\"\"\nz\", 5\" \n\n ,last");
        assert_eq!(read, [["a", "b"], ["x, \"y\"\nz", "5\""], ["", "last"]]);
    }

    #[test]
    fn a_cell_is_found_by_its_columns_name_and_its_line() {
        let sheet = Sheet::read("Name;Laius;Tühi\n\"a\nb\";58,38;\nc;viis;\n".as_bytes()).unwrap();
        let rows: Vec<Row> = sheet.rows().collect();
        assert_eq!((rows[0].line, rows[1].line), (2, 4));
        assert_eq!((rows[0].get("name"), rows[0].get("tühi"), rows[0].get("x")), (Some("a\nb"), None, None));
        assert_eq!(rows[0].number("laius"), Ok(Some(58.38)));
        let error = rows[1].number("laius").unwrap_err().to_string();
        assert!(error.contains("line 4") && error.contains("laius") && error.contains("viis"), "{error}");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value) in [
            ("58.38", 58.38),
            ("58,38", 58.38),
            ("1\u{a0}234,5", 1234.5),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("1,234,567", 1_234_567.0),
            ("\u{2212}3,5", -3.5),
            ("2.6E1", 26.0),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for wrong in ["", "abc", "NaN", "inf", "1e999", "5 €", "0x10", "--1"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
        assert_eq!((flag("Jah"), flag("nei"), flag("maybe")), (Some(true), Some(false), None));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (bytes, said) in [
            (&b""[..], "empty"),
            (b"a,b\n1,2\n1,2,3\n", "line 3"),
            (b"a,b\n1,\"2\n", "line 2"),
            (b"a,A\n", "two columns"),
            (b"a,,b\n", "column 2"),
            (b"PK\x03\x04\x00\x00", "no letters"),
            (b"\xff\xfe\x00\xd8", "UTF-16"),
        ] {
            let error = Sheet::read(bytes).unwrap_err().to_string();
            assert!(error.contains(said), "{error} should say {said}");
        }
    }
}
