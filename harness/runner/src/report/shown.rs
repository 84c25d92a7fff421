//! How values are written for people: counts, durations, and text that came from a target.

use signoff_engine::report::FlakyCase;
use std::borrow::Cow;

/// `1204` as `1,204`.
pub(crate) fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 case`, `2 cases`.
pub(crate) fn counted(number: usize, one: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {one}{ending}", count(number))
}

/// What did not go the same way twice, without the name of its case.
pub(crate) fn flaky(flaky: &FlakyCase) -> String {
    let rule = flaky.rule.as_ref().map(|rule| format!("{rule} "));
    let (first, then) = (line(&flaky.first), line(&flaky.then));
    format!(
        "{}{first}; repetition {}: {then}",
        rule.unwrap_or_default(),
        flaky.repetition
    )
}

/// Milliseconds as people read them.
#[expect(
    clippy::cast_precision_loss,
    reason = "one decimal of seconds is shown"
)]
pub(crate) fn duration(milliseconds: u64) -> String {
    if milliseconds < 1000 {
        format!("{milliseconds} ms")
    } else {
        format!("{:.1} s", milliseconds as f64 / 1000.0)
    }
}

/// Text on one line. What a target answered must not move the cursor or colour the terminal, so control
/// characters, and those that turn the direction of writing, are written as escapes.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unfit) {
        return Cow::Borrowed(text);
    }
    let escaped = text.chars().map(|letter| {
        if is_unfit(letter) {
            letter.escape_default().to_string()
        } else {
            letter.to_string()
        }
    });
    Cow::Owned(escaped.collect())
}

/// The same, cut to this many characters.
pub(crate) fn cut(text: &str, most: usize) -> Cow<'_, str> {
    let text = line(text);
    match text.char_indices().nth(most) {
        Some((at, _)) => Cow::Owned(format!("{}…", &text[..at])),
        None => text,
    }
}

fn is_unfit(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_by_commas() {
        let numbers = [
            (0, "0"),
            (999, "999"),
            (1204, "1,204"),
            (1_000_000, "1,000,000"),
        ];
        for (number, text) in numbers {
            assert_eq!(count(number), text);
        }
    }

    #[test]
    fn an_answer_cannot_steer_the_terminal() {
        assert_eq!(
            line("a\u{1b}[31mred\nb\u{202e}"),
            "a\\u{1b}[31mred\\nb\\u{202e}"
        );
        assert_eq!(line("→ §3 ok"), "→ §3 ok");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(cut("äöü", 2), "äö…");
        assert_eq!(cut("äöü", 3), "äöü");
    }
}
