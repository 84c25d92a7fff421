//! After a successful logout the browser is redirected with 302, and that answer carries the `Set-Cookie`
//! that clears the session cookie.
//!
//! # Why it matters
//! With 307 the browser would send a posted ID token on to the application. A cookie that is cleared
//! on some later answer is not cleared when the browser never gets there.
//!
//! # What does not count
//! Where the redirect leads (P1-SO-17, P1-SA-06), and the attributes of the cookie (P1-SA-04).
//!
//! # How to fix
//! Put `Location` and `Set-Cookie` on one answer with status 302.

use super::reading::{is_documented_to_work, not_asked};
use super::{LEGACY_GUIDE, PRODUCT};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::setting::Setting;
use crate::sign_off::SignOff;
use signoff_oidc::cookies::SetCookie;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "P1-SA-05",
    name: "redirect-clears-cookie",
    level: Level::Indicative,
    source: LEGACY_GUIDE,
    title: "one answer redirects with 302 and clears the cookie",
    file: include_str!("redirect_clears_cookie.rs"),
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_documented_to_work(s),
        "the request is none that has to be carried out",
    )?;
    only_if(
        !tells_others(s),
        "the sign-off tells other applications too, and how it goes on then is not documented",
    )?;
    s.signed_in_before()?;
    not_asked(s)?;
    s.must(
        redirects_and_clears(s),
        s.shown(&s.worked()),
        "302 with Location and a Set-Cookie that clears ST",
    )
}

fn tells_others(s: &SignOff<'_>) -> bool {
    s.attempt().settings.contains(&Setting::OthersToo(true))
}

fn redirects_and_clears(s: &SignOff<'_>) -> Seen {
    let Some(response) = s.first_response() else {
        return Seen::Unknown("no answer came".to_owned());
    };
    let clears = response
        .all("Set-Cookie")
        .iter()
        .filter_map(|field| SetCookie::parse(field))
        .any(|cookie| cookie.name == "ST" && cookie.value.is_empty());
    let redirects = response.status == 302 && response.location().is_some();
    let what = if clears {
        "ST is cleared"
    } else {
        "ST is not cleared"
    };
    Seen::of(
        redirects && clears,
        format!("status {}, {what}", response.status),
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice, done};
    use crate::setting::Setting;
    use crate::testing::{BYE, Case, OUT, Session, TARGET, redirect, with_header};

    fn case() -> Case {
        alice().signs_off(&[OWN_HINT, TARGET])
    }

    #[test]
    fn one_answer_does_both() {
        case().ends_at(OUT).assert_kept(&RULE);
        alice().signs_off(&[OWN_HINT]).lands().assert_kept(&RULE);
    }

    #[test]
    fn another_status_and_no_cookie_break_it() {
        let mut repeats = done(OUT);
        repeats.status = 307;
        case()
            .gets(repeats)
            .at_rest(Session::Ended)
            .assert_violated(&RULE);
        let bare = case().gets(redirect(302, OUT)).at_rest(Session::Ended);
        bare.assert_violated(&RULE);
        for cookie in ["ST-NO-SS=; Max-Age=0", "ST=new"] {
            let answer = with_header(redirect(302, OUT), "Set-Cookie", cookie);
            let case = case().gets(answer).at_rest(Session::Ended);
            case.assert_violated(&RULE);
        }
    }

    #[test]
    fn without_a_logout_nothing_is_decided() {
        case().gets(done(OUT)).assert_undecided(&RULE);
        case().gets_refused().assert_undecided(&RULE);
    }

    #[test]
    fn a_request_to_refuse_is_not_its_business() {
        let foreign = alice().signs_off(&[OWN_HINT, ("post_logout_redirect_uri", BYE)]);
        foreign.gets_refused().assert_not_mine(&RULE);
    }

    #[test]
    fn a_sign_off_that_tells_others_is_not_its_business() {
        let told = alice().with_setting(Setting::OthersToo(true));
        told.signs_off(&[OWN_HINT, TARGET]).assert_not_mine(&RULE);
        let silent = alice().with_setting(Setting::OthersToo(false));
        let silent = silent.signs_off(&[OWN_HINT, TARGET]);
        silent.ends_at(OUT).assert_kept(&RULE);
    }
}
