//! With POST the parameters are those of the form body.
//!
//! # Why it matters
//! Endpoints that route every method but read the query alone (L-09) answer a POST as if it had no
//! parameters: the hint and the target are lost without a word.
//!
//! # What does not count
//! An endpoint that refuses POST: RPIL-2-18 judges that. Parameters in the query of a POST, of which the
//! specification says nothing, but for a second `state` there: the one of the body is the one that was sent.
//!
//! # How to fix
//! Read `application/x-www-form-urlencoded` bodies at the logout endpoint.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::Params;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-21",
    name: "body-read",
    level: Level::Indicative,
    source: section("2"),
    title: "the parameters of a POST are read from its body",
    file: include_str!("body_read.rs"),
    needs: &[Control::OtherMethod],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    if let Some((own, stray)) = two_states(s) {
        return state_of_the_body(s, &own, &stray);
    }
    only_if(
        s.method() == "POST" && s.is_orderly() && s.target().once().is_some(),
        "no orderly POST with a target",
    )?;
    if s.failed().is_yes() {
        return Err(Stop::Undecided(
            "the POST was refused, so it is open whether its body was read".to_owned(),
        ));
    }
    s.carried_through()?;
    let proof = match s.shown(&s.honoured()) {
        Ok(proof) => Ok(proof),
        Err(_) => s.did(Control::OtherMethod, SignOff::honoured, "honour its target"),
    };
    s.must(
        s.honoured(),
        proof,
        "the target of the body honoured, as that of the query is",
    )
}

/// The state of the body and another one in the query, when the query of this POST holds nothing else.
fn two_states(s: &SignOff<'_>) -> Option<(Vec<u8>, Vec<u8>)> {
    let (query, own) = (s.query(), s.form().given("state").once()?.clone());
    let stray = query.given("state").once()?.clone();
    let plain = |value: &[u8]| value.iter().all(u8::is_ascii_alphanumeric);
    let alone = query.iter().count() == 1;
    (s.method() == "POST" && alone && own != stray && plain(&own) && plain(&stray))
        .then_some((own, stray))
}

fn state_of_the_body(s: &SignOff<'_>, own: &[u8], stray: &[u8]) -> Ruling {
    only_if(
        s.hint_fits_session() && s.honoured().is_yes(),
        "no orderly POST whose target was honoured",
    )?;
    let states: Vec<Vec<u8>> = s
        .departures()
        .iter()
        .filter_map(|departure| departure.to.split_once('?'))
        .flat_map(|(_, query)| {
            let query = Params::parse(query.split('#').next().unwrap_or("").as_bytes());
            let states = query.iter().filter(|(name, _)| *name == b"state");
            states.map(|(_, value)| value.to_vec()).collect::<Vec<_>>()
        })
        .collect();
    let has = |state: &[u8]| states.iter().any(|known| known == state);
    only_if(has(own) || has(stray), "neither state came back")?;
    s.must(
        if has(own) {
            Seen::Yes("the state of the body came back".to_owned())
        } else {
            Seen::No("the state of the query came back, although the body has one".to_owned())
        },
        s.shown(&s.honoured()),
        "the state of the body, as every other parameter of it",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::sign_off::Control;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, asks, error, redirect, signed_off};

    fn by_post() -> Case {
        Case::new().post(&[OWN, TARGET])
    }

    fn by_get() -> Case {
        Case::new().get(&[OWN, TARGET]).gets(redirect(303, OUT))
    }

    #[test]
    fn an_honoured_target_of_the_body_keeps_it() {
        by_post().gets(redirect(303, OUT)).assert_kept(&RULE);
    }

    fn with_another_state_in_the_query(returned: &str) -> Case {
        let mut case = Case::new().post(&[OWN, TARGET, ("state", "body")]);
        case.record.attempts[0].chain[0].request.target = b"/end?state=query".to_vec();
        case.gets(redirect(303, &format!("{OUT}?state={returned}")))
    }

    #[test]
    fn of_two_states_the_one_of_the_body_comes_back() {
        with_another_state_in_the_query("body").assert_kept(&RULE);
        with_another_state_in_the_query("query").assert_violated(&RULE);
        with_another_state_in_the_query("neither").assert_not_mine(&RULE);
    }

    #[test]
    fn two_states_that_are_plain_and_differ_tell_which_was_read_and_nothing_else_does() {
        let with = |own: &str, query: &str, returned: &str| {
            let mut case = Case::new().post(&[OWN, TARGET, ("state", own)]);
            case.record.attempts[0].chain[0].request.target = format!("/end?{query}").into();
            case.gets(redirect(303, &format!("{OUT}?state={returned}")))
        };
        with("same", "state=same", "same").assert_not_mine(&RULE);
        with("a b", "state=query", "query").assert_not_mine(&RULE);
        with("body", "state=a%20b", "body").assert_not_mine(&RULE);
        with("body", "state=query&x=1", "query").assert_not_mine(&RULE);
        let mut get = with_another_state_in_the_query("query");
        get.record.attempts[0].chain[0].request.method = "GET".to_owned();
        get.assert_not_mine(&RULE);
        let mut of_another_session = with_another_state_in_the_query("query");
        of_another_session.record.ledger.sign_ins[0].id_token = "another".to_owned();
        of_another_session.assert_not_mine(&RULE);
    }

    #[test]
    fn a_target_that_only_the_query_can_name_breaks_it() {
        let asked = || {
            by_post()
                .gets(asks())
                .says(Answered::Yes, signed_off(), Session::Ended)
        };
        asked()
            .control(Control::OtherMethod, by_get())
            .assert_violated(&RULE);
        asked()
            .control(Control::OtherMethod, by_get().gets(error()))
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_refused_post_and_a_get_are_judged_elsewhere() {
        by_post().gets(error()).assert_undecided(&RULE);
        by_get().assert_not_mine(&RULE);
    }
}
