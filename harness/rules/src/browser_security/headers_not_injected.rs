//! A line end in a parameter does not become a header field of the answer.
//!
//! # Why it matters
//! A value that is decoded and written into `Location` or a cookie as it stands lets the sender of a link
//! write header fields of his own: cookies, redirects, policies (J-04).
//!
//! # What does not count
//! The value in encoded form, and refusing it. The level is a MUST NOT, because whoever writes the header
//! fields decides what the browser does.
//!
//! # How to fix
//! Percent-encode what goes into `Location`, and refuse control characters everywhere else.

use super::OURS;
use crate::record::AtOnce;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-08",
    name: "headers-not-injected",
    level: Level::MustNot,
    source: OURS,
    title: "no parameter becomes a header field",
    file: include_str!("headers_not_injected.rs"),
    at_once: &[AtOnce::Request, AtOnce::Answer],
    unreadable: true,
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let planted: Vec<(String, String)> = s
        .query()
        .followed_by(s.form())
        .iter()
        .flat_map(|(_, value)| fields_in(&String::from_utf8_lossy(value)))
        .collect();
    only_if(
        !planted.is_empty(),
        "no parameter holds a line end with a header field behind it",
    )?;
    let found = s.responses().find_map(|response| {
        planted.iter().find(|(name, value)| {
            let values = response.all(name);
            values.iter().any(|sent| sent.trim() == value)
        })
    });
    s.must_not(
        found.map_or_else(
            || Seen::No("no such field in an answer".to_owned()),
            |(name, _)| Seen::Yes(format!("the field {name} of a parameter in the answer")),
        ),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "the value encoded, or refused",
    )
}

/// `name: value` on a line of its own behind a line end.
fn fields_in(text: &str) -> Vec<(String, String)> {
    let lines = text.split(['\r', '\n']).skip(1);
    lines
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|octet| octet.is_ascii_alphanumeric() || octet == b'-')
        })
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OWN, TARGET, error, redirect, with_header};

    fn sent() -> Case {
        Case::new().get(&[OWN, TARGET, ("state", "a\r\nX-Planted: 1")])
    }

    #[test]
    fn encoding_and_refusing_keep_it_where_the_endpoint_works() {
        let encoded = redirect(303, "https://rp.example/out?state=a%0D%0AX-Planted%3A+1");
        for answer in [encoded, error()] {
            sent().gets(answer).orderly_worked().assert_kept(&RULE);
        }
        sent()
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn the_field_in_the_answer_breaks_it() {
        let split = with_header(redirect(303, OUT), "x-planted", "1");
        sent().gets(split).assert_violated(&RULE);
    }

    #[test]
    fn values_without_line_ends_are_not_its_business() {
        Case::new()
            .get(&[OWN, ("state", "X-Planted: 1")])
            .gets(with_header(error(), "X-Planted", "1"))
            .assert_not_mine(&RULE);
        for no_field in ["a\nb", "a\nno field: 1", "a\n: 1"] {
            Case::new()
                .get(&[OWN, ("state", no_field)])
                .gets(error())
                .assert_not_mine(&RULE);
        }
    }
}
