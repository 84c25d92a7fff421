//! A new sign-in brings a new session identifier: what named the session before, cookie or `sid`, names no
//! later one.
//!
//! # Why it matters
//! A provider that gave the next session the identifier of the one before handed the next user of the browser
//! the tokens of the earlier one (C-05, C-06), and a cookie that was copied once works for ever.
//!
//! # What does not count
//! A second application that joins a session. Cookies that the sign-off does not delete: they may name the
//! browser and not the session. Values of fewer than 8 characters.
//!
//! # How to fix
//! Draw a new identifier at each sign-in, and never look one up by user.

use super::reading::{Field, deletes, fields_of};
use super::section;
use crate::record::{Attempt, SignedIn};
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use signoff_oidc::spec::Level;

pub(super) const RULE: Rule = Rule {
    id: "CK-8.4-01",
    name: "new-session-new-cookie",
    level: Level::Should,
    source: section("8.4"),
    title: "a new sign-in brings a new session identifier",
    file: include_str!("new_session_new_cookie.rs"),
    judge: Judge::SignOff(judge),
    ..Rule::BLANK
};

/// Shorter values may be flags.
const SHORTEST: usize = 8;

fn judge(s: &SignOff<'_>) -> Ruling {
    let pairs = pairs(s);
    only_if(
        !pairs.is_empty(),
        "no two sessions followed each other in this browser",
    )?;
    let deleted = deleted_names(s);
    let mut compared = Seen::Unknown("neither a sid nor a cookie that was deleted".to_owned());
    for (earlier, later) in pairs {
        let sids = match (&earlier.sid, &later.sid) {
            (Some(a), Some(b)) => {
                let same = a == b;
                let word = if same { "the same" } else { "another" };
                Some(Seen::of(same, format!("{word} sid")))
            }
            _ => None,
        };
        let cookies = deleted.iter().filter_map(|name| {
            let (a, b) = (value_of(earlier, name)?, value_of(later, name)?);
            let same = a == b && a.len() >= SHORTEST;
            let word = if same { "the same" } else { "another" };
            Some(Seen::of(same, format!("{word} value of {name}")))
        });
        for seen in sids.into_iter().chain(cookies) {
            compared = match (compared, seen) {
                (found @ Seen::Yes(_), _) => found,
                (_, seen) => seen,
            };
        }
    }
    s.must_not(
        compared,
        s.shown(&Seen::Yes("two sessions".to_owned())),
        "another sid and another cookie for the new session",
    )
}

/// Sign-ins in this browser before the request that followed each other and opened sessions of their own.
fn pairs<'a>(s: &SignOff<'a>) -> Vec<(&'a SignedIn, &'a SignedIn)> {
    let attempt = s.attempt();
    let mine: Vec<&SignedIn> = s
        .record
        .ledger
        .sign_ins
        .iter()
        .filter(|sign_in| sign_in.browser == attempt.browser && sign_in.seq < attempt.seq)
        .collect();
    mine.windows(2)
        .filter_map(|two| match two {
            [earlier, later] if earlier.session != later.session => Some((*earlier, *later)),
            _ => None,
        })
        .collect()
}

/// The cookies that some sign-off of this browser deleted.
fn deleted_names(s: &SignOff<'_>) -> Vec<String> {
    let mine = |attempt: &&Attempt| attempt.browser == s.attempt().browser;
    let mut names = Vec::new();
    for attempt in s.record.attempts[..s.index].iter().filter(mine) {
        let answers = attempt.answers.iter().flat_map(|answer| &answer.chain);
        for field in attempt.chain.iter().chain(answers).flat_map(fields_of) {
            if let Some(cookie) = field.read().filter(|cookie| deletes(cookie, attempt.at)) {
                names.push(cookie.name);
            }
        }
    }
    names.sort();
    names.dedup();
    names
}

/// The last value that the sign-in gave the cookie.
fn value_of(sign_in: &SignedIn, name: &str) -> Option<String> {
    let fields: Vec<_> = sign_in.exchanges.iter().flat_map(fields_of).collect();
    let mut cookies = fields.iter().rev().filter_map(Field::read);
    cookies
        .find(|cookie| cookie.name == name && !cookie.value.is_empty())
        .map(|cookie| cookie.value)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, redirect, with_header};

    fn set(field: &str) -> signoff_oidc::Response {
        with_header(redirect(302, OUT), "Set-Cookie", field)
    }

    fn twice(first: &str, second: &str, session: usize) -> Case {
        Case::new()
            .signed_in_by(set(&format!("s={first}")))
            .get(&[OWN, TARGET])
            .gets(set("s=; Max-Age=0"))
            .at_rest(Session::Ended)
            .sign_in("alice", "a", 0, session)
            .signed_in_by(set(&format!("s={second}")))
            .get(&[OWN, TARGET])
    }

    #[test]
    fn new_identifiers_keep_it() {
        twice("first-value", "second-value", 1).assert_kept(&RULE);
    }

    #[test]
    fn the_same_cookie_or_the_same_sid_breaks_it() {
        twice("first-value", "first-value", 1).assert_violated(&RULE);
        let mut same_sid = twice("first-value", "second-value", 1);
        same_sid.record.ledger.sign_ins[1].sid = Some("sid-0".to_owned());
        same_sid.assert_violated(&RULE);
    }

    #[test]
    fn only_sessions_of_this_browser_from_before_the_request_are_compared() {
        let same = || twice("first-value", "first-value", 1);
        let mut of_two_browsers = same();
        of_two_browsers.record.ledger.sign_ins[1].browser = 1;
        of_two_browsers.assert_not_mine(&RULE);
        let mut afterwards = same();
        let sign_off = afterwards.record.attempts[1].seq;
        afterwards.record.ledger.sign_ins[1].seq = sign_off + 1;
        afterwards.assert_not_mine(&RULE);
    }

    #[test]
    fn a_short_value_another_cookie_and_an_empty_one_are_no_identifiers() {
        twice("flag=on", "flag=on", 1).assert_kept(&RULE);
        twice("in-eight", "in-eight", 1).assert_violated(&RULE);
        let with_another = |cookie: &str| {
            let mut case = twice("first-value", "second-value", 1);
            for sign_in in &mut case.record.ledger.sign_ins {
                let last = sign_in.exchanges.last_mut().expect("an exchange");
                let answer = last.answer.clone().expect("an answer");
                last.answer = Ok(with_header(answer, "Set-Cookie", cookie));
            }
            case
        };
        with_another("theme=dark-and-quiet").assert_kept(&RULE);
        with_another("s=").assert_kept(&RULE);
    }

    #[test]
    fn nothing_to_compare_is_undecided_and_one_session_is_not_its_business() {
        let mut bare = twice("first-value", "first-value", 1);
        bare.record.ledger.sign_ins[1].sid = None;
        bare.record.attempts[0].chain[0].answer = Ok(redirect(303, OUT));
        bare.assert_undecided(&RULE);
        twice("first-value", "first-value", 0).assert_not_mine(&RULE);
    }
}
