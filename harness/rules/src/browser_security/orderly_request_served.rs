//! A request with everything in order is carried out: the session ends, and the browser comes back to the
//! registered address that was asked for.
//!
//! # Why it matters
//! The specification forbids much and asks little of an OP that declines: one that refuses its own hints
//! (B-38, B-40), reads a parameter under another name or stays on its own page whatever is asked
//! (F-05) breaks none of its sentences, and no application can sign anybody off with it.
//!
//! # What does not count
//! Whether the person is asked first: the yes is given. Requests that lack anything, those of a disabled
//! client, and those whose `Origin` is a stranger's. The level is a SHOULD of our own.
//!
//! # How to fix
//! Follow the request of the finding through the log of the provider: some check refuses what it issued or
//! registered itself.

use super::OURS;
use crate::named_hosts::foreign_hosts;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CSS-14",
    name: "orderly-request-served",
    level: Level::Should,
    source: OURS,
    title: "a request with everything in order is carried out",
    file: include_str!("orderly_request_served.rs"),
    sums_up: true,
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(s.is_orderly(), "the request is not orderly")?;
    only_if(
        foreign_hosts(s, &["Origin"]).is_empty(),
        "the request comes from a page of a stranger",
    )?;
    s.carried_through()?;
    s.must(
        s.worked_and_honoured(),
        // The person is signed in there: so the target is alive, and what is missing is missing here.
        s.shown(&s.session_alive()),
        "the session over, and the browser at the registered address if one was asked for",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, asks, error, redirect, signed_off};

    fn case() -> Case {
        Case::new().get(&[OWN, TARGET])
    }

    #[test]
    fn the_end_and_the_redirect_keep_it_after_a_yes_too() {
        case()
            .gets(redirect(303, OUT))
            .at_rest(Session::Ended)
            .assert_kept(&RULE);
        case()
            .gets(asks())
            .says(Answered::Yes, redirect(303, OUT), Session::Ended)
            .assert_kept(&RULE);
        Case::new()
            .get(&[OWN])
            .gets(signed_off())
            .at_rest(Session::Ended)
            .assert_kept(&RULE);
    }

    #[test]
    fn an_error_an_own_page_and_a_session_that_lives_break_it() {
        case().gets(error()).assert_violated(&RULE);
        case()
            .gets(signed_off())
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
        case().gets(redirect(303, OUT)).assert_violated(&RULE);
    }

    #[test]
    fn what_lacks_something_and_what_was_declined_is_not_its_business() {
        Case::new()
            .get(&[TARGET])
            .gets(error())
            .assert_not_mine(&RULE);
        case()
            .gets(asks())
            .says(Answered::No, signed_off(), Session::Lives)
            .assert_not_mine(&RULE);
        case()
            .gets(error())
            .before(Session::Ended)
            .assert_not_mine(&RULE);
        case()
            .header("Origin", "https://evil.test")
            .gets(error())
            .assert_not_mine(&RULE);
    }
}
