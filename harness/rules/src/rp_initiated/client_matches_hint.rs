//! When a request carries both a `client_id` and an `id_token_hint`, the OP checks that the hint was issued
//! to that client.
//!
//! # Why it matters
//! Products that let one of the two win silently (B-29, B-32) send people to the addresses of a client that
//! the hint has nothing to do with.
//!
//! # What does not count
//! Whether the session ends: ending it needs no client. A refused URI that only the client of `client_id`
//! registered proves no comparison either, since the hint's client has not registered it. A redirect that
//! reports an error: RPIL-4-04 forbids it, but the two were compared. A redirect after a question that an agreeing
//! request is not asked: the two may have been compared, so it is undecided. Repeated values.
//!
//! # How to fix
//! Compare `client_id` with the client that the ID token was issued to, and treat a difference as an error
//! of the request: no redirect.

use super::section;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Stop, only_if};
use crate::sign_off::{Control, SignOff};
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "RPIL-2-05",
    name: "client-matches-hint",
    level: Level::Must,
    source: section("2"),
    title: "client_id is the client that the hint was issued to",
    file: include_str!("client_matches_hint.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(
        s.client_disagrees(),
        "no genuine hint beside one client_id of another client",
    )?;
    let Some(uri) = s.target().once().cloned() else {
        return Err(Stop::Undecided(
            "without one target nothing shows whether the two were compared".to_owned(),
        ));
    };
    only_if(s.registered(&uri).anywhere, "the target is not registered")?;
    let of_hints_client = s
        .genuine_hint()
        .and_then(|hint| s.world.client(&hint.client_id))
        .is_some_and(|client| {
            let mut own = client.post_logout_redirect_uris.iter();
            own.any(|registered| registered.as_bytes() == uri)
        });
    let proof = if of_hints_client {
        s.did(Control::Orderly, SignOff::honoured, "honour its target")
    } else {
        Err(Stop::Undecided(
            "the hint's client has not registered the target, which is reason enough to refuse it"
                .to_owned(),
        ))
    };
    let left = s.left_as_granted();
    if left.is_yes() && s.asked().is_yes() && !s.control(Control::Orderly)?.asked().is_yes() {
        return Err(Stop::Undecided(
            "it was asked about and an agreeing request is not, so the two may have been compared"
                .to_owned(),
        ));
    }
    s.must_not(
        left,
        proof,
        "no redirect, because client_id and hint disagree",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::record::Answered;
    use crate::sign_off::Control;
    use crate::testing::{BYE, Case, EVIL, OUT, OWN, Session, TARGET, asks, error, redirect};

    fn disagreeing(target: &str) -> Case {
        Case::new().get(&[
            OWN,
            ("client_id", "b"),
            ("post_logout_redirect_uri", target),
        ])
    }

    #[test]
    fn a_question_that_an_agreeing_request_is_not_asked_leaves_it_open() {
        let asked = || {
            disagreeing(BYE)
                .gets(asks())
                .says(Answered::Yes, redirect(302, BYE), Session::Ended)
        };
        let unasked = Case::new().get(&[OWN, TARGET]).gets(redirect(302, OUT));
        asked()
            .control(Control::Orderly, unasked)
            .assert_undecided(&RULE);
        let as_well = Case::new().get(&[OWN, TARGET]).gets(asks());
        asked()
            .control(Control::Orderly, as_well)
            .assert_violated(&RULE);
    }

    #[test]
    fn a_refusal_where_the_hint_alone_would_do_keeps_it() {
        disagreeing(OUT)
            .gets(error())
            .orderly_worked()
            .assert_kept(&RULE);
        disagreeing(OUT)
            .gets(asks())
            .orderly_worked()
            .assert_kept(&RULE);
        disagreeing(OUT)
            .gets(error())
            .orderly_refused()
            .assert_undecided(&RULE);
    }

    #[test]
    fn a_redirect_to_either_clients_address_breaks_it() {
        disagreeing(OUT)
            .gets(redirect(303, OUT))
            .assert_violated(&RULE);
        disagreeing(BYE)
            .gets(redirect(303, BYE))
            .assert_violated(&RULE);
    }

    #[test]
    fn a_redirect_that_reports_an_error_is_not_held_against_the_comparison() {
        disagreeing(OUT)
            .gets(redirect(
                303,
                "https://rp.example/out?error=invalid_request",
            ))
            .assert_undecided(&RULE);
    }

    #[test]
    fn refusing_what_the_hints_client_has_not_registered_proves_nothing() {
        disagreeing(BYE)
            .gets(error())
            .orderly_worked()
            .assert_undecided(&RULE);
    }

    #[test]
    fn agreeing_or_lone_values_and_unregistered_targets_are_not_its_business() {
        Case::new()
            .get(&[OWN, ("client_id", "a"), TARGET])
            .assert_not_mine(&RULE);
        Case::new()
            .get(&[("client_id", "b"), TARGET])
            .assert_not_mine(&RULE);
        disagreeing(EVIL).assert_not_mine(&RULE);
    }
}
