//! Only beside a valid `post_logout_redirect_uri` may a `state` be sent; otherwise it is dropped.
//!
//! # Why it matters
//! The value is the client's own, and nobody else's address should get it.
//!
//! # What does not count
//! Hints of which it is open how the product takes them, and questions that nobody answered with yes.
//!
//! # How to fix
//! Add `state` where the redirect URI is kept, and nowhere else.

use super::PRODUCT;
use super::reading::{Hint, hint, in_place, kept_target, ways_on};
use crate::returned_state::added;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, Stop, only_if};
use crate::sign_off::{Control, SignOff};

pub(super) const RULE: Rule = Rule {
    id: "IDS-09",
    name: "state-needs-target",
    title: "without a valid redirect URI the state goes nowhere",
    file: include_str!("state_needs_target.rs"),
    needs: &[Control::Orderly],
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    in_place(s)?;
    let state = s.state();
    let state = state
        .once()
        .ok_or_else(|| Stop::NotMine("no state was sent".to_owned()))?;
    let kept = match hint(s) {
        Hint::Open => {
            return Err(Stop::NotMine("it is open how the hint is taken".to_owned()));
        }
        Hint::Valid => kept_target(s).is_some(),
        Hint::Absent | Hint::Invalid => false,
    };
    only_if(!kept, "the redirect URI is a valid one")?;
    s.carried_through()?;
    let passed_on = ways_on(s)
        .iter()
        .any(|address| added(address.as_bytes(), b"").contains(state));
    let seen = match (passed_on, s.left()) {
        (true, _) => Seen::Yes("the state was passed on".to_owned()),
        (false, Seen::Unknown(why)) => Seen::Unknown(why),
        (false, _) => Seen::No("the state was passed on to nobody".to_owned()),
    };
    s.must_not(
        seen,
        s.did(
            Control::Orderly,
            SignOff::worked_and_honoured,
            "sign off as asked",
        ),
        "no address with the state in it",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::identity_server::reading::fixture::{
        alice, asks_first, beside_refusal, beside_success, signs_off,
    };
    use crate::testing::{BYE, Case, OUT, OWN, TARGET, redirect};

    const STATE: (&str, &str) = ("state", "s1");

    fn lonely() -> Case {
        alice().get(&[OWN, STATE])
    }

    #[test]
    fn a_state_that_shows_nowhere_keeps_it() {
        let foreign = alice().get(&[OWN, ("post_logout_redirect_uri", BYE), STATE]);
        let cases = [
            signs_off(lonely(), None),
            signs_off(foreign, None),
            asks_first(alice().get(&[TARGET, STATE]), None),
        ];
        for case in cases {
            beside_success(case.clone()).assert_kept(&RULE);
            beside_refusal(case).assert_undecided(&RULE);
        }
    }

    #[test]
    fn a_state_on_any_address_breaks_it() {
        signs_off(lonely(), Some("https://rp.example/?state=s1")).assert_violated(&RULE);
        let own_page = lonely().gets(redirect(302, "/end/done?state=s1"));
        own_page
            .then(
                "https://op.example/end/done?state=s1",
                crate::testing::signed_off(),
            )
            .assert_violated(&RULE);
    }

    #[test]
    fn a_valid_redirect_uri_and_no_state_are_not_its_business() {
        let orderly = alice().get(&[OWN, TARGET, STATE]);
        signs_off(orderly, Some(&format!("{OUT}?state=s1"))).assert_not_mine(&RULE);
        signs_off(alice().get(&[OWN]), None).assert_not_mine(&RULE);
    }
}
