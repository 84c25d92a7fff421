//! A POST is not answered with a redirect that makes the browser send its body again to another site.
//!
//! # Why it matters
//! 307 and 308 repeat method and body: the ID token of the hint, or the answer to the question, goes to
//! whoever the redirect names.
//!
//! # What does not count
//! 302 instead of 303, which browsers treat alike. A 307 from one page of the IdP to another. RFC 9700 says
//! this of requests that may carry credentials; an ID token of the hint is taken for one, because it says
//! who the person is and silences the question.
//!
//! # How to fix
//! Redirect with 303.

use crate::record::Exchange;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use crate::visit::{self, Departure, End, Vehicle};
use signoff_oidc::spec::{Document, Level, Reference};

pub(super) const RULE: Rule = Rule {
    id: "BCP-4.12-01",
    name: "request-not-sent-on",
    level: Level::MustNot,
    source: Reference {
        document: Document::Rfc9700,
        section: "4.12",
    },
    title: "no 307 or 308 sends a POST on to another site",
    file: include_str!("request_not_sent_on.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let chains = std::iter::once(&s.attempt().chain).chain(s.answers().map(|answer| &answer.chain));
    let left: Vec<Departure> = chains
        .filter(|chain| ends_in_post(chain))
        .filter_map(|chain| match visit::end(s.world, chain) {
            End::Left(departure) => Some(departure),
            _ => None,
        })
        .filter(|departure| matches!(departure.by, Vehicle::Status(_)))
        .collect();
    only_if(
        !left.is_empty(),
        "no POST was answered with a redirect to another site",
    )?;
    let sent_on = left
        .iter()
        .find(|departure| matches!(departure.by, Vehicle::Status(307 | 308)));
    let forbidden = sent_on.map_or_else(
        || Seen::No("another status".to_owned()),
        |departure| Seen::Yes(departure.describe()),
    );
    s.must_not(
        forbidden,
        s.shown(&s.left()),
        "303 (or 302), so that the body stays here",
    )
}

fn ends_in_post(chain: &[Exchange]) -> bool {
    chain
        .last()
        .is_some_and(|last| last.request.method == "POST" && !last.request.body.is_empty())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, asks, error, page, redirect};

    #[test]
    fn a_303_and_a_302_keep_it() {
        for status in [302, 303] {
            Case::new()
                .post(&[OWN, TARGET])
                .gets(redirect(status, OUT))
                .assert_kept(&RULE);
        }
    }

    #[test]
    fn a_307_or_308_breaks_it_after_an_answer_too() {
        for status in [307, 308] {
            Case::new()
                .post(&[OWN, TARGET])
                .gets(redirect(status, OUT))
                .assert_violated(&RULE);
            Case::new()
                .get(&[OWN, TARGET])
                .gets(asks())
                .says(Answered::Yes, redirect(status, OUT), Session::Ended)
                .assert_violated(&RULE);
        }
    }

    #[test]
    fn a_get_a_page_and_a_script_are_not_its_business() {
        Case::new()
            .get(&[OWN, TARGET])
            .gets(redirect(307, OUT))
            .assert_not_mine(&RULE);
        Case::new()
            .post(&[OWN, TARGET])
            .gets(error())
            .assert_not_mine(&RULE);
        Case::new()
            .post(&[])
            .gets(redirect(307, OUT))
            .assert_not_mine(&RULE);
        let script = format!("<script>location.replace('{OUT}')</script>");
        Case::new()
            .post(&[OWN, TARGET])
            .gets(page(200, &script))
            .assert_not_mine(&RULE);
    }
}
