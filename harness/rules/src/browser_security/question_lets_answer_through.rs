//! The Content Security Policy of the page that asks does not bar the redirect that follows the yes.
//!
//! # Why it matters
//! Browsers apply `form-action` to the redirects after a form, too. A policy of `'self'` on the page that asks
//! left people on an empty page, signed off and not sent back (H-10).
//!
//! # What does not count
//! Questions that nobody answered with yes, and sign-offs that send the browser nowhere. The level is a
//! SHOULD: browsers differ, and the session has ended.
//!
//! # How to fix
//! Leave `form-action` away on that page, or name the origin of the registered URI in it.

use super::OURS;
use crate::record::Answered;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use crate::visit::Vehicle;
use signoff_oidc::spec::Level;
use url::Url;

pub(super) const RULE: Rule = Rule {
    id: "CSS-13",
    name: "question-lets-answer-through",
    level: Level::Should,
    source: OURS,
    title: "the policy of the question lets the redirect through",
    file: include_str!("question_lets_answer_through.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.answered() == Some(Answered::Yes),
        "no question was answered with yes",
    )?;
    let departures = s.departures();
    let Some(left) = departures
        .iter()
        .find(|departure| matches!(departure.by, Vehicle::Status(_)))
    else {
        return Err(crate::ruling::Stop::NotMine(
            "the yes led to no redirect to elsewhere".to_owned(),
        ));
    };
    let last = s.attempt().chain.last();
    let page = last.and_then(|exchange| exchange.answer.as_ref().ok());
    let policies = page.map_or_else(Vec::new, |page| page.all("Content-Security-Policy"));
    let target = s.as_browsers_read(&left.to);
    let barring = policies
        .iter()
        .flat_map(|value| value.split(','))
        .find(|policy| target.as_ref().is_some_and(|url| bars(s, policy, url)));
    s.must_not(
        barring.map_or_else(
            || Seen::No("nothing bars it".to_owned()),
            |_| Seen::Yes(format!("a form-action that bars {}", left.describe())),
        ),
        s.shown(&s.left()),
        "no form-action, or one that allows the address",
    )
}

/// Whether the policy has a `form-action` that does not allow this address (CSP level 3 section 6.4.1).
fn bars(s: &SignOff<'_>, policy: &str, url: &Url) -> bool {
    let directive = policy.split(';').find_map(|directive| {
        let mut words = directive.split_ascii_whitespace();
        let name = words.next()?;
        name.eq_ignore_ascii_case("form-action")
            .then(|| words.map(str::to_ascii_lowercase).collect::<Vec<_>>())
    });
    directive.is_some_and(|sources| !sources.iter().any(|source| allows(s, source, url)))
}

fn allows(s: &SignOff<'_>, source: &str, url: &Url) -> bool {
    let web = matches!(url.scheme(), "http" | "https");
    match source {
        "'none'" => false,
        "'self'" => s.world.is_own(url.as_str()),
        "*" => web,
        scheme if scheme.ends_with(':') => url.scheme() == scheme.trim_end_matches(':'),
        other => {
            let host = other.split_once("://").map_or(other, |(_, host)| host);
            let host = host.split(['/', ':']).next().unwrap_or(host);
            url.host_str().is_some_and(|name| {
                name == host
                    || host
                        .strip_prefix('*')
                        .is_some_and(|domain| name.ends_with(domain))
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::testing::{
        Case, OUT, OWN, Session, TARGET, asks, redirect, signed_off, with_header,
    };

    fn with(policy: &str) -> Case {
        let page = with_header(asks(), "Content-Security-Policy", policy);
        Case::new().get(&[OWN, TARGET]).gets(page).says(
            Answered::Yes,
            redirect(303, OUT),
            Session::Ended,
        )
    }

    #[test]
    fn no_form_action_or_one_that_allows_the_address_keeps_it() {
        for policy in [
            "default-src 'none'",
            "form-action 'self' https://rp.example",
            "form-action https:",
            "form-action *.example",
            "form-action *",
        ] {
            with(policy).assert_kept(&RULE);
        }
    }

    #[test]
    fn one_that_bars_it_breaks_it() {
        for policy in [
            "form-action 'self'",
            "default-src 'none'; Form-Action 'none'",
            "form-action",
            "form-action https://other.example",
        ] {
            with(policy).assert_violated(&RULE);
        }
    }

    #[test]
    fn no_answer_and_no_redirect_are_not_its_business() {
        let page = || with_header(asks(), "Content-Security-Policy", "form-action 'self'");
        Case::new()
            .get(&[OWN, TARGET])
            .gets(page())
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[OWN])
            .gets(page())
            .says(Answered::Yes, signed_off(), Session::Ended)
            .assert_not_mine(&RULE);
    }
}
