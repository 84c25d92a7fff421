//! Who is told to be signed off, by a page or by the return to the relying party, is signed off.
//!
//! # Why it matters
//! A person who leaves a shared machine on that word leaves the account open: products redirected or said
//! "logged out" and kept the session (D-01, D-05, D-09), or kept it for whoever had a copy of the cookie
//! (D-04). RP-Initiated Logout says that a logout follows a yes (RPIL-2-29) and that the redirect comes
//! after a logout (RPIL-3-01); of a sign-off without a question that ends on a page it says nothing.
//!
//! # What does not count
//! Pages that were not recognised, a return that reports an error, and what follows a no. Requests without a live session, and those with a
//! hint of another one. The level is a
//! MUST, because OWASP ASVS 5.0 requires a session that was terminated to be unusable, and because there is
//! no use of a logout that does not log out.
//!
//! # How to fix
//! End the session in the server's own memory before saying so.

use super::OURS;
use crate::record::{AtOnce, CookiesSent};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::SignOff;
use crate::visit::{End, PageKind};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-06",
    name: "says-out-is-out",
    level: Level::Must,
    source: OURS,
    title: "who is told to be signed off is signed off",
    file: include_str!("says_out_is_out.rs"),
    at_once: &[AtOnce::Request, AtOnce::Answer],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.attempt().cookies == CookiesSent::Current,
        "the request did not carry the browser's session",
    )?;
    only_if(
        s.genuine_hint().is_none() || s.hint_fits_session(),
        "the hint names another session, which may be the one that was ended",
    )?;
    s.signed_in_before()?;
    s.carried_through()?;
    let told = told(s);
    if let Seen::No(what) = told {
        return Err(Stop::NotMine(what));
    }
    s.must(
        s.really_over(),
        s.shown(&told),
        "the session over, for the browser and for cookies kept from before",
    )
}

/// Whether the visit ended with the word that the person is signed off.
fn told(s: &SignOff<'_>) -> Seen {
    let returned = match s.target().once() {
        Some(target) if s.left().is_yes() && !s.reports_error() => s.sent_to(target),
        _ => Seen::No("no return to the relying party".to_owned()),
    };
    let page = matches!(
        s.ends().last(),
        Some(End::Page {
            kind: PageKind::SignedOff,
            ..
        })
    );
    returned.or(Seen::of(
        page,
        if page {
            "a signed-off page"
        } else {
            "nobody was told to be signed off"
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::{Answered, CookiesSent};
    use crate::testing::{
        Case, OUT, OWN, Session, TARGET, asks, blank, error, redirect, signed_off,
    };

    fn case() -> Case {
        Case::new().get(&[OWN, TARGET])
    }

    #[test]
    fn a_session_that_is_over_keeps_it() {
        case()
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
            .assert_kept(&RULE);
        case()
            .gets(asks())
            .says(Answered::Yes, signed_off(), Session::Ended)
            .assert_kept(&RULE);
    }

    #[test]
    fn a_session_that_lives_for_anybody_breaks_it() {
        for session in [Session::Lives, Session::CookieDropped] {
            case()
                .gets(redirect(303, OUT))
                .at_rest(session)
                .assert_violated(&RULE);
            case()
                .gets(signed_off())
                .at_rest(session)
                .assert_violated(&RULE);
        }
    }

    #[test]
    fn what_cannot_be_told_is_undecided() {
        case()
            .gets(signed_off())
            .at_rest(Session::Unclear)
            .assert_undecided(&RULE);
        case().gets(blank()).assert_undecided(&RULE);
    }

    #[test]
    fn the_hint_of_another_session_is_not_its_business() {
        Case::new()
            .sign_in("bob", "a", 0, 1)
            .get(&[OWN, TARGET])
            .gets(redirect(303, OUT))
            .assert_not_mine(&RULE);
    }

    #[test]
    fn errors_questions_a_no_and_no_session_are_not_its_business() {
        case().gets(error()).assert_not_mine(&RULE);
        case().gets(asks()).assert_not_mine(&RULE);
        case()
            .gets(redirect(303, "https://rp.example/out?error=server_error"))
            .assert_not_mine(&RULE);
        case()
            .gets(asks())
            .says(Answered::No, redirect(303, OUT), Session::Lives)
            .assert_not_mine(&RULE);
        case()
            .gets(redirect(303, OUT))
            .before(Session::Ended)
            .assert_not_mine(&RULE);
        case()
            .gets(redirect(303, OUT))
            .with_cookies(CookiesSent::None)
            .assert_not_mine(&RULE);
    }
}
