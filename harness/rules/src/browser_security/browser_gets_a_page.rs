//! A person who signs off is shown a page or sent on, not data for programs.
//!
//! # Why it matters
//! A provider answered the second sign-off with a JSON object, which a browser shows as it stands (F-03). The
//! person does not know whether they are signed off, and the application never gets them back.
//!
//! # What does not count
//! Errors, whatever their form, and plain text. The level is a SHOULD of our own: no text speaks of it.
//!
//! # How to fix
//! Answer every request of a browser alike, with or without a session.

use super::OURS;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{Control, SignOff};
use crate::visit::End;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-15",
    name: "browser-gets-a-page",
    level: Level::Should,
    source: OURS,
    title: "a person is shown a page or sent on, not data",
    file: include_str!("browser_gets_a_page.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        matches!(s.method(), "GET" | "POST"),
        "the method is neither GET nor POST",
    )?;
    let rests = matches!(s.ends().last(), Some(End::Page { status, .. }) if *status < 400);
    only_if(rests, "the visit ends on no page")?;
    let attempt = s.attempt();
    let last = s
        .answers()
        .next_back()
        .map_or(&attempt.chain, |answer| &answer.chain);
    let response = last
        .last()
        .and_then(|exchange| exchange.answer.as_ref().ok());
    let kind = response.and_then(|response| response.header("Content-Type"));
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    let is_data = kind.contains("json") || kind.contains("octet-stream");
    let what = if is_data {
        format!("content of type {kind}")
    } else {
        "a page".to_owned()
    };
    s.must_not(
        Seen::of(is_data, what),
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "a page for people, or a redirect",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OWN, error, json, redirect, signed_off};

    fn case() -> Case {
        Case::new().get(&[OWN])
    }

    #[test]
    fn a_page_keeps_it_where_the_endpoint_works() {
        case()
            .gets(signed_off())
            .orderly_worked()
            .assert_kept(&RULE);
        case()
            .gets(signed_off())
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn data_break_it() {
        case()
            .gets(json(200, r#"{"status":"ok"}"#))
            .assert_violated(&RULE);
    }

    #[test]
    fn errors_and_redirects_are_not_its_business() {
        case().gets(error()).assert_not_mine(&RULE);
        case().gets(json(400, "{}")).assert_not_mine(&RULE);
        case().gets(redirect(303, OUT)).assert_not_mine(&RULE);
    }
}
