//! The token of a request stands neither in an error text nor in an address that the browser is sent to.
//!
//! # Why it matters
//! Error texts are copied into tickets and addresses into logs (U-04, U-05). Products wrote the exception with
//! the token in it onto the page (J-07).
//!
//! # What does not count
//! Hidden fields of a question, which need the request again. Pages that report no error. The level is a MUST
//! NOT, because a token is a credential: an ID token silences the question of the next request.
//!
//! # How to fix
//! Name the parameter that is wrong, and never its value.

use super::OURS;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use crate::visit::{End, PageKind};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-09",
    name: "tokens-not-told",
    level: Level::MustNot,
    source: OURS,
    title: "no token in error texts and redirects",
    file: include_str!("tokens_not_told.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

/// Shorter values are no tokens and may stand on any page.
const SHORTEST: usize = 10;

fn judge(s: &SignOff<'_>) -> Ruling {
    let hint = s.hint();
    let token = hint
        .once()
        .filter(|text| text.len() >= SHORTEST)
        .ok_or_else(|| Stop::NotMine("no token was sent".to_owned()))?;
    let token = String::from_utf8_lossy(token);
    let departures = s.departures();
    let errors = error_texts(s);
    only_if(
        !departures.is_empty() || !errors.is_empty(),
        "neither an error nor a redirect to elsewhere",
    )?;
    let told = if departures.iter().any(|to| to.to.contains(&*token)) {
        Seen::Yes("the token in the address of a redirect".to_owned())
    } else {
        let told = errors.iter().any(|text| text.contains(&*token));
        let what = if told {
            "the token in the text of an error"
        } else {
            "the token is told nowhere"
        };
        Seen::of(told, what)
    };
    s.must_not(
        told,
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "no part of the answer repeats the token",
    )
}

fn error_texts(s: &SignOff<'_>) -> Vec<String> {
    let is_error = |end: &End| {
        matches!(
            end,
            End::Page {
                kind: PageKind::Error,
                ..
            }
        )
    };
    let attempt = s.attempt();
    let chains =
        std::iter::once(&attempt.chain).chain(attempt.answers.iter().map(|answer| &answer.chain));
    chains
        .filter(|chain| is_error(&crate::visit::end(s.world, chain)))
        .filter_map(|chain| chain.last()?.answer.as_ref().ok())
        .map(signoff_oidc::Response::text)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, HINT, OUT, OWN, TARGET, asks, error, page, redirect};

    fn case() -> Case {
        Case::new().get(&[OWN, TARGET])
    }

    #[test]
    fn an_answer_without_the_token_keeps_it() {
        for answer in [error(), redirect(303, OUT)] {
            case().gets(answer).orderly_worked().assert_kept(&RULE);
        }
        case()
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn the_token_in_an_error_or_a_redirect_breaks_it() {
        case()
            .gets(page(400, &format!("<p>cannot verify {HINT}</p>")))
            .assert_violated(&RULE);
        case()
            .gets(redirect(302, &format!("{OUT}?id_token={HINT}")))
            .assert_violated(&RULE);
    }

    #[test]
    fn questions_and_requests_without_a_token_are_not_its_business() {
        case().gets(asks()).assert_not_mine(&RULE);
        Case::new().get(&[]).gets(error()).assert_not_mine(&RULE);
    }
}
