//! `/as/idpSignoff` answers in three forms: with a registered redirect URI by 302 to it; without one by 204
//! when the request accepts `application/json`, and otherwise by 302 to the sign-on page. A redirect URI that
//! the application did not register is not followed.
//!
//! # Why it matters
//! The vendor's clients call it in the background and wait for the 204: a redirect they would follow to a
//! page of another origin, and report an error for a sign-off that worked.
//!
//! # What does not count
//! Whether the session ended (P1-IDP-01), and how a redirect URI that is not registered is refused.
//!
//! # How to fix
//! Decide by the redirect URI first, then by the `Accept` header field.

use super::ENDPOINT;
use crate::pingone::reading::{
    is_allowed, is_documented_to_end, is_plain, session_of_hint, works_here,
};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::{SignOff, describe, leads_to};
use signoff_oidc::spec::Level;
use signoff_oidc::uri::resolve;

pub(in crate::pingone) const RULE: Rule = Rule {
    id: "P1-IDP-05",
    name: "answers-in-three-forms",
    level: Level::Indicative,
    title: "idpSignoff answers with the URI, with 204 or with the sign-on URL",
    file: include_str!("answers_in_three_forms.rs"),
    judge: Judge::SignOff(judge),
    ..ENDPOINT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    if is_foreign_target(s) {
        let expected = "no redirect to a URI that the application did not register";
        return s.must_not(s.honoured(), works_here(s), expected);
    }
    only_if(
        is_documented_to_end(s),
        "the request is none that has to be carried out",
    )?;
    session_of_hint(s)?;
    let alive = Seen::Yes("the session was seen alive before".to_owned());
    let (seen, expected) = if let Some(uri) = s.target().once() {
        let there = redirected(s, |to, _| leads_to(to.as_bytes(), uri));
        (there, "302 to the redirect URI")
    } else if accepts_json(s) {
        (no_content(s), "204 without content")
    } else {
        let there = redirected(s, |_, url| url.is_some_and(|url| is_sign_on(s, url)));
        (there, "302 to …/as/signon")
    };
    s.must(seen, s.shown(&alive), expected)
}

/// True when the application of the token did not register the redirect URI.
fn is_foreign_target(s: &SignOff<'_>) -> bool {
    let foreign = |uri: &Vec<u8>| s.registered(uri).for_client == Some(false);
    is_plain(s) && is_allowed(s) == Some(true) && s.target().once().is_some_and(foreign)
}

fn accepts_json(s: &SignOff<'_>) -> bool {
    let accept = s.attempt().chain[0].request.header("Accept");
    let accept = accept.unwrap_or_default();
    let accept = String::from_utf8_lossy(accept).to_ascii_lowercase();
    accept
        .split(',')
        .any(|range| range.split(';').next().unwrap_or_default().trim() == "application/json")
}

fn is_sign_on(s: &SignOff<'_>, url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    s.world.is_own(url) && path.ends_with("/as/signon")
}

fn redirected(s: &SignOff<'_>, there: impl Fn(&str, Option<&str>) -> bool) -> Seen {
    let Some(response) = s.first_response() else {
        return Seen::Unknown("no answer came".to_owned());
    };
    let from = s.attempt().chain[0].request.url();
    let hit = response.location().is_some_and(|to| {
        let url = resolve(&from, &to);
        there(&to, url.as_ref().map(url::Url::as_str))
    });
    let what = format!("status {}, {}", response.status, describe(&s.end()));
    Seen::of(response.status == 302 && hit, what)
}

fn no_content(s: &SignOff<'_>) -> Seen {
    let Some(response) = s.first_response() else {
        return Seen::Unknown("no answer came".to_owned());
    };
    let empty = response.status == 204 && response.body.is_empty();
    Seen::of(empty, format!("status {}", response.status))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::idp_signoff::fixture::{DOOR, allowed, asks, beside, ends_at, set};
    use crate::pingone::reading::fixture::alice;
    use crate::testing::{Case, EVIL, OUT, OWN, Session, TARGET, json, page};

    fn json_wanted() -> Case {
        asks(allowed(), &[OWN]).header("Accept", "application/json")
    }

    fn sign_on() -> String {
        DOOR.replace("idpSignoff", "signon")
    }

    #[test]
    fn each_form_in_its_place() {
        ends_at(asks(allowed(), &[OWN, TARGET]), OUT).assert_kept(&RULE);
        ends_at(asks(allowed(), &[OWN]), &sign_on()).assert_kept(&RULE);
        let empty = page(204, "");
        json_wanted()
            .gets(empty)
            .at_rest(Session::Ended)
            .assert_kept(&RULE);
    }

    #[test]
    fn another_form_breaks_it() {
        ends_at(asks(allowed(), &[OWN, TARGET]), &sign_on()).assert_violated(&RULE);
        ends_at(asks(allowed(), &[OWN]), OUT).assert_violated(&RULE);
        ends_at(json_wanted(), &sign_on()).assert_violated(&RULE);
        json_wanted().gets(json(200, "{}")).assert_violated(&RULE);
    }

    #[test]
    fn a_uri_of_nobody_is_not_followed() {
        let to = || asks(allowed(), &[OWN, ("post_logout_redirect_uri", EVIL)]);
        beside(to(), true).assert_kept(&RULE);
        beside(to(), false).assert_undecided(&RULE);
        ends_at(to(), EVIL).assert_violated(&RULE);
        let of_unknown = asks(alice(), &[OWN, ("post_logout_redirect_uri", EVIL)]);
        ends_at(of_unknown, EVIL).assert_not_mine(&RULE);
    }

    #[test]
    fn no_answer_is_undecided_and_other_requests_are_not_its_business() {
        asks(allowed(), &[OWN])
            .gets_nothing()
            .assert_undecided(&RULE);
        asks(set(false), &[OWN]).assert_not_mine(&RULE);
        asks(allowed(), &[OWN])
            .before(Session::Ended)
            .assert_not_mine(&RULE);
        allowed().get(&[OWN]).assert_not_mine(&RULE);
    }
}
