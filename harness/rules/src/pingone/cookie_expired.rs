//! The answer carries `Set-Cookie: ST=; Path=/{envId}; Secure; HttpOnly; expires=` a date in the past.
//!
//! # Why it matters
//! A cookie is only replaced by one with the same name and path: cleared with others it stays (G-02, G-03).
//!
//! # What does not count
//! Further attributes such as `SameSite`, further cookies, the order and the letter case of attribute names.
//! `Secure` on a plain-http loopback address; the path at a custom domain, whose URL names no environment.
//! That the session itself is over is P1-SA-03.
//!
//! # How to fix
//! Clear the cookie with the attributes it was set with.

use super::reading::{is_documented_to_work, not_asked};
use super::{LEGACY_GUIDE, PRODUCT};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::cookies::SetCookie;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SA-04",
    name: "cookie-expired",
    level: Level::Indicative,
    source: LEGACY_GUIDE,
    title: "the ST cookie is expired with its own attributes",
    file: include_str!("cookie_expired.rs"),
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_documented_to_work(s),
        "the request is none that has to be carried out",
    )?;
    s.signed_in_before()?;
    not_asked(s)?;
    s.must(
        expired(s),
        s.shown(&s.worked()),
        "ST=; Path=/{envId}; Secure; HttpOnly; expires in the past",
    )
}

fn expired(s: &SignOff<'_>) -> Seen {
    let Some(response) = s.first_response() else {
        return Seen::Unknown("no answer came".to_owned());
    };
    let cookies = response.all("Set-Cookie");
    let last = cookies
        .iter()
        .filter_map(|field| SetCookie::parse(field))
        .rfind(|cookie| cookie.name == "ST");
    let Some(cookie) = last else {
        return Seen::No("no Set-Cookie for ST".to_owned());
    };
    let path = environment_path(s);
    let outlives = cookie.max_age.is_some_and(|seconds| seconds > 0);
    let wrong = [
        (!cookie.value.is_empty(), "it has a value"),
        (
            path.is_some() && cookie.path != path,
            "its path is not the environment's",
        ),
        (
            !cookie.secure && !s.world.is_loopback_http(),
            "it is not Secure",
        ),
        (!cookie.http_only, "it is not HttpOnly"),
        (
            outlives || cookie.expires.is_none_or(|at| at >= s.attempt().at),
            "it does not expire in the past",
        ),
    ];
    match wrong.iter().find(|(is_wrong, _)| *is_wrong) {
        Some((_, what)) => Seen::No(format!("Set-Cookie for ST: {what}")),
        None => Seen::Yes("ST is expired".to_owned()),
    }
}

/// `/{envID}`, when the request's path begins with one.
fn environment_path(s: &SignOff<'_>) -> Option<String> {
    let path = String::from_utf8_lossy(s.attempt().chain[0].request.path()).into_owned();
    let environment = path.strip_suffix("/as/signoff")?;
    (!environment.is_empty()).then(|| environment.to_owned())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{
        AtPingOne, EXPIRED, OWN_HINT, alice, alice_at_custom_domain,
    };
    use crate::testing::{Case, OUT, Session, TARGET, redirect};

    fn with_cookie(field: &str) -> Case {
        answered(alice().signs_off(&[OWN_HINT, TARGET]), field)
    }

    fn answered(case: Case, field: &str) -> Case {
        let mut response = redirect(302, OUT);
        response
            .headers
            .push(("Set-Cookie".to_owned(), field.into()));
        case.gets(response).at_rest(Session::Ended)
    }

    #[test]
    fn the_documented_field_keeps_it() {
        with_cookie(EXPIRED).assert_kept(&RULE);
        let spelled = EXPIRED.replace("; Secure", "; secure; SameSite=None");
        with_cookie(&spelled).assert_kept(&RULE);
        let both = EXPIRED.replace("; expires", "; Max-Age=0; expires");
        with_cookie(&both).assert_kept(&RULE);
    }

    #[test]
    fn every_other_attribute_breaks_it() {
        let fields = [
            EXPIRED.replace("ST=;", "ST=old;"),
            EXPIRED.replace("Path=/3a1e0c52-7f6b-4a55-9f0e-4d1d0c7f2b11", "Path=/"),
            EXPIRED.replace(" Secure;", ""),
            EXPIRED.replace(" HttpOnly;", ""),
            EXPIRED.replace("1970", "2070"),
            EXPIRED.replace("; expires", "; Max-Age=60; expires"),
            EXPIRED.replace("ST=;", "ST-NO-SS=;"),
        ];
        for field in fields {
            with_cookie(&field).assert_violated(&RULE);
        }
    }

    #[test]
    fn at_a_custom_domain_the_path_is_open() {
        let case = alice_at_custom_domain().signs_off(&[OWN_HINT, TARGET]);
        let field = EXPIRED.replace("Path=/3a1e0c52-7f6b-4a55-9f0e-4d1d0c7f2b11", "Path=/");
        answered(case, &field).assert_kept(&RULE);
    }

    #[test]
    fn a_session_that_lives_on_decides_nothing() {
        with_cookie(EXPIRED)
            .at_rest(Session::Lives)
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_request_to_refuse_is_not_its_business() {
        let case = alice().signs_off(&[("id_token_hint", "garbage")]);
        case.gets_refused().assert_not_mine(&RULE);
    }
}
