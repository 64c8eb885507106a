//! What people write for opening hours although the syntax says it otherwise, brought into the syntax where
//! only one thing can be meant.

/// Weekdays and holidays, as the syntax writes them.
const DAYS: [&str; 9] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH", "SH"];

/// The value as the syntax would have it.
///
/// # Algorithm
/// Outside of comments in quotes:
/// 1. `Mo-Th, Su 10:00-18:00` means Sunday as well as Monday to Thursday. The syntax reads a comma and a space
///    as the beginning of another rule, and so a first one that is open on Monday to Thursday around the clock.
///    Between two days the space goes.
/// 2. `Fr11:00` gets the space that is missing.
/// 3. `… 19:00 Sa 09:00 …` gets the semicolon that is missing between two rules.
pub fn repaired(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 8);
    for (i, part) in value.split('"').enumerate() {
        if i > 0 {
            out.push('"');
        }
        // Every other part is inside of quotes.
        if i % 2 == 1 { out.push_str(part) } else { repair(part, &mut out) }
    }
    out
}

fn repair(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            ',' if ends_with_day(out) && starts_with_day(after.trim_start()) => {
                out.push(',');
                rest = after.trim_start();
                continue;
            }
            ' ' if ends_with_time(out) && starts_with_day(after.trim_start()) => out.push_str("; "),
            '0'..='9' if ends_with_day(out) => {
                out.push(' ');
                out.push(c);
            }
            c => out.push(c),
        }
        rest = after;
    }
}

fn ends_with_day(text: &str) -> bool {
    let Some(start) = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at)) else { return false };
    let alone = !text[..start].ends_with(char::is_alphabetic);
    alone && DAYS.contains(&&text[start..])
}

fn starts_with_day(text: &str) -> bool {
    let Some((day, rest)) = text.split_at_checked(2) else { return false };
    DAYS.contains(&day) && !rest.starts_with(char::is_alphabetic)
}

fn ends_with_time(text: &str) -> bool {
    let Some((rest, minutes)) = text.len().checked_sub(3).and_then(|at| text.split_at_checked(at)) else {
        return false;
    };
    let digits = minutes.strip_prefix(':').is_some_and(|m| m.bytes().all(|b| b.is_ascii_digit()));
    digits && rest.ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_only_mean_one_thing_is_written_as_the_syntax_has_it() {
        for (written, meant) in [
            ("Mo-Th, Su 10:00-18:00", "Mo-Th,Su 10:00-18:00"),
            ("Tu, Th,  Fr 12:00-17:00; Fr 12:00-15:00", "Tu,Th,Fr 12:00-17:00; Fr 12:00-15:00"),
            ("Su, PH off", "Su,PH off"),
            ("Fr11:00-24:00", "Fr 11:00-24:00"),
            ("Mo-Fr 08:00-19:00 Sa 09:00-19:00", "Mo-Fr 08:00-19:00; Sa 09:00-19:00"),
            // These are right as they are.
            ("Mo-Fr 11:00-23:00, Sa-Su 12:00-23:00", "Mo-Fr 11:00-23:00, Sa-Su 12:00-23:00"),
            ("Mo[1],Tu 10:00-12:00,13:00-15:00", "Mo[1],Tu 10:00-12:00,13:00-15:00"),
            (r#"Mo-Fr "Tu, We nach Absprache, ö""#, r#"Mo-Fr "Tu, We nach Absprache, ö""#),
            ("õ, Mo", "õ, Mo"),
            ("", ""),
        ] {
            assert_eq!(repaired(written), meant, "{written}");
        }
    }
}
