//! Whatever is sent to the logout endpoint, the answer is not a server error.
//!
//! # Why it matters
//! Absent sessions (F-01), disabled clients (M-01), second requests (F-06) and forms that do not parse
//! (L-19) each met a crash. The person then stays signed in, and the page may tell more than it should
//! (J-07).
//!
//! # What does not count
//! 501 and 505, which answer a method or a version, 503, which says that it will pass, and 511. That no
//! answer came at all is undecided. The level is a SHOULD, because no specification of sign-off speaks of
//! status codes.
//!
//! # How to fix
//! Validate first, and answer what is wrong with a request by 400 and a page.

use super::OURS;
use crate::record::AtOnce;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-03",
    name: "answered-without-crash",
    level: Level::Should,
    source: OURS,
    title: "no request meets a server error",
    file: include_str!("answered_without_crash.rs"),
    at_once: &[AtOnce::Request, AtOnce::Answer],
    unreadable: true,
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    let mut seen = Seen::No("no server error".to_owned());
    for exchange in s.exchanges() {
        let crashed = match &exchange.answer {
            Ok(response) => Seen::of(is_crash(response.status), response.status.to_string()),
            Err(why) => Seen::Unknown(why.clone()),
        };
        seen = seen.or(crashed);
    }
    s.must_not(
        seen,
        s.did(Control::Orderly, SignOff::worked, "end its session"),
        "any other status",
    )
}

fn is_crash(status: u16) -> bool {
    (500..600).contains(&status) && !matches!(status, 501 | 503 | 505 | 511)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, asks, error, page, redirect};

    fn case() -> Case {
        Case::new().get(&[OWN, TARGET])
    }

    #[test]
    fn any_other_answer_keeps_it_where_the_endpoint_works() {
        for answer in [error(), page(503, ""), page(501, "")] {
            case().gets(answer).orderly_worked().assert_kept(&RULE);
        }
        case()
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_server_error_breaks_it_on_the_way_and_after_an_answer() {
        case().gets(page(500, "")).assert_violated(&RULE);
        case().gets(page(599, "")).assert_violated(&RULE);
        case()
            .gets(asks())
            .says(Answered::Yes, page(502, ""), Session::Lives)
            .assert_violated(&RULE);
    }

    #[test]
    fn a_server_error_for_the_same_request_at_the_same_moment_breaks_it() {
        case()
            .gets(redirect(303, OUT))
            .and_at_once(page(500, ""))
            .assert_violated(&RULE);
        case()
            .gets(redirect(303, OUT))
            .and_at_once(error())
            .orderly_worked()
            .assert_kept(&RULE);
        case()
            .gets(asks())
            .says(Answered::Yes, redirect(303, OUT), Session::Ended)
            .and_at_once(page(500, ""))
            .assert_violated(&RULE);
    }

    #[test]
    fn no_answer_tells_nothing() {
        case()
            .gets_nothing()
            .orderly_worked()
            .assert_undecided(&RULE);
    }
}
