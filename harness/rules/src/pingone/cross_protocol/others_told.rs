//! With `enableCrossProtocolSLO` on, `/as/signoff` also starts the logout of the session's other
//! applications, first by a frame for each front-channel address; with it off, nobody is told.
//!
//! # Why it matters
//! An application that is not told keeps its own session, and the person who believes to be signed off
//! everywhere is not. One that is told without the setting ends sessions that nobody meant to end.
//!
//! # What does not count
//! Parameters that are added to the address: the documentation names none. The application that started the
//! sign-off. Other protocols, and calls from server to server.
//!
//! # How to fix
//! Load the registered address of every other application of the session in a frame, then go on.

use super::ENDPOINT;
use crate::page::Page;
use crate::pingone::reading::is_documented_to_work;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::setting::Setting;
use crate::sign_off::{SignOff, leads_to};
use signoff_oidc::Door;
use signoff_oidc::spec::Level;

pub(in crate::pingone) const RULE: Rule = Rule {
    id: "P1-XP-03",
    name: "others-told",
    level: Level::Indicative,
    title: "with the setting on, signoff also starts the logout of the session's other applications",
    file: include_str!("others_told.rs"),
    doors: &[Door::EndSession],
    needs: &[],
    judge: Judge::SignOff(judge),
    ..ENDPOINT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        is_documented_to_work(s) && s.genuine_hint().is_some(),
        "the request need not be carried out, or names no application",
    )?;
    s.signed_in_before()?;
    let on = setting(s)
        .ok_or_else(|| Stop::NotMine("how the setting stands is not known".to_owned()))?;
    let addresses = addresses(s);
    only_if(
        !addresses.is_empty(),
        "no other application of the session has a front-channel address",
    )?;
    let proof = s.shown(&s.ended_at_last());
    if s.first_response().is_none() {
        return Err(Stop::Undecided("no answer came".to_owned()));
    }
    let frames = frames(s);
    let told = |address: &String| {
        frames
            .iter()
            .any(|source| leads_to(source.as_bytes(), address.as_bytes()))
    };
    let what = format!("frames: {}", frames.len());
    if on {
        let all = Seen::of(addresses.iter().all(told), what);
        s.must(all, proof, "a frame for each front-channel address")
    } else {
        let any = Seen::of(addresses.iter().any(told), what);
        s.must_not(any, proof, "no frame for a front-channel address")
    }
}

fn setting(s: &SignOff<'_>) -> Option<bool> {
    let settings = s.attempt().settings.iter().rev();
    settings.into_iter().find_map(|setting| match setting {
        Setting::OthersToo(on) => Some(*on),
        _ => None,
    })
}

/// The front-channel addresses of the session's other applications.
fn addresses(s: &SignOff<'_>) -> Vec<String> {
    let Some(hint) = s.genuine_hint() else {
        return Vec::new();
    };
    let of_session = |client: &str| {
        let mut sign_ins = s.record.ledger.sign_ins.iter();
        sign_ins.any(|sign_in| sign_in.session == hint.session && sign_in.client_id == client)
    };
    s.attempt()
        .settings
        .iter()
        .filter_map(|setting| match setting {
            Setting::FrontChannelUri { client, uri }
                if *client != hint.client_id && of_session(client) =>
            {
                Some(uri.clone())
            }
            _ => None,
        })
        .collect()
}

/// The sources of every frame that the visit showed.
fn frames(s: &SignOff<'_>) -> Vec<String> {
    s.responses()
        .flat_map(|response| Page::read(response).frames.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::pingone::reading::fixture::{AtPingOne, OWN_HINT, alice};
    use crate::setting::Setting;
    use crate::testing::{Case, EVIL, Session, TARGET, page};

    const ADDRESS: &str = "https://other.example/front-channel-logout";
    const FRAME: &str =
        r#"<iframe src="https://other.example/front-channel-logout?sid=1"></iframe>"#;

    fn set(on: bool) -> Case {
        alice()
            .sign_in("alice", "b", 0, 0)
            .with_setting(Setting::OthersToo(on))
            .with_setting(Setting::FrontChannelUri {
                client: "b".to_owned(),
                uri: ADDRESS.to_owned(),
            })
    }

    fn shows(case: Case, html: &str) -> Case {
        let case = case.signs_off(&[OWN_HINT, TARGET]);
        case.gets(page(200, html)).at_rest(Session::Ended)
    }

    #[test]
    fn the_other_application_is_told_exactly_when_the_setting_is_on() {
        shows(set(true), FRAME).assert_kept(&RULE);
        shows(set(false), "<p>Bye</p>").assert_kept(&RULE);
    }

    #[test]
    fn the_reverse_breaks_it() {
        shows(set(true), "<p>Bye</p>").assert_violated(&RULE);
        shows(set(false), FRAME).assert_violated(&RULE);
        let stranger = FRAME.replace("other.example", "evil.test");
        shows(set(true), &stranger).assert_violated(&RULE);
    }

    #[test]
    fn a_session_that_lives_on_and_no_answer_decide_nothing() {
        let case = shows(set(false), "<p>Bye</p>").at_rest(Session::Lives);
        case.assert_undecided(&RULE);
        let silent = set(true).signs_off(&[OWN_HINT, TARGET]).gets_nothing();
        silent.assert_undecided(&RULE);
    }

    #[test]
    fn sessions_without_another_application_are_not_its_business() {
        let alone = alice().with_setting(Setting::OthersToo(true));
        shows(alone, FRAME).assert_not_mine(&RULE);
        shows(alice(), FRAME).assert_not_mine(&RULE);
        let elsewhere = alice()
            .sign_in("bob", "b", 1, 1)
            .with_setting(Setting::OthersToo(true))
            .with_setting(Setting::FrontChannelUri {
                client: "b".to_owned(),
                uri: ADDRESS.to_owned(),
            });
        shows(elsewhere, FRAME).assert_not_mine(&RULE);
    }

    #[test]
    fn a_request_that_may_be_refused_is_not_its_business() {
        let stranger = ("post_logout_redirect_uri", EVIL);
        let case = set(true).signs_off(&[OWN_HINT, stranger]);
        case.at_rest(Session::Ended).assert_not_mine(&RULE);
    }
}
