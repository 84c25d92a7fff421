//! All applications that the person signed in to in this browser during this session take part in the sign-off: each is
//! told by the channels it registered, and no other is.
//!
//! # Why it matters
//! An application that is not told stays signed in; one that has nothing to do with the session learns whose
//! session ended, or ends another one (O-15, C-12).
//!
//! # What does not count
//! Clients without an address for a channel. The back channel of clients at whose address nobody listens in this run. Cases
//! in which a client was disabled, an older question was answered after the next sign-off had begun, or somebody signed in
//! between question and answer; hints of which it is open how the product takes them; sign-offs after which the session
//! lives.
//!
//! # How to fix
//! Remember the clients of the session when their authorization responses are sent, and tell exactly these: a frame each
//! on the signed-out page, a logout token each when the session ends.

use super::PRODUCT;
use super::reading::{Hint, hint, signed_in};
use crate::record::Channel;
use crate::rule::{Judge, Rule};
use crate::ruling::{Ruling, Seen, only_if};
use crate::sign_off::SignOff;
use crate::visit::End;
use signoff_oidc::Client;

pub(super) const RULE: Rule = Rule {
    id: "IDS-02",
    name: "clients-of-session-told",
    title: "every client of the session is told of the sign-off, and no other",
    file: include_str!("clients_of_session_told.rs"),
    judge: Judge::SignOff(judge),
    ..PRODUCT
};

fn judge(s: &SignOff<'_>) -> Ruling {
    only_if(hint(s) != Hint::Open, "it is open how the hint is taken")?;
    signed_in(s)?;
    s.carried_through()?;
    // To look at the session of a disabled client the run signs in to another one, which the ledger does not show.
    only_if(
        s.attempt().disabled.is_empty(),
        "a client was disabled before",
    )?;
    only_if(
        !s.record.has_late_answers(),
        "a question was answered after the next sign-off had begun, so who heard of which is open",
    )?;
    only_if(
        !s.record.is_signed_in_meanwhile(s.index),
        "somebody signed in between the question and its answer, so whose session was ended is open",
    )?;
    let expected: Vec<(&Client, Channel)> = [Channel::Front, Channel::Back]
        .into_iter()
        .flat_map(|channel| {
            let clients = s.world.clients.iter();
            clients
                .filter(move |client| listens(s, client, channel))
                .map(move |client| (client, channel))
        })
        .filter(|(client, _)| takes_part(s, client))
        .collect();
    let strangers = s.arrivals().any(|arrival| match &arrival.client_id {
        Some(id) => s
            .world
            .client(id)
            .is_some_and(|client| !takes_part(s, client)),
        None => false,
    });
    if strangers {
        let to_stranger = Seen::Yes("a client was told that is not one of the session".to_owned());
        return s.must_not(to_stranger, s.shown(&s.ended_at_last()), "nobody else told");
    }
    only_if(
        !expected.is_empty(),
        "no client of the session has an address that can be watched",
    )?;
    only_if(
        !s.ended_at_last().is_no(),
        "the session lives, so nobody need be told",
    )?;
    let missing = expected.iter().find(|(client, channel)| {
        !s.arrivals().any(|arrival| {
            arrival.channel == *channel && arrival.client_id.as_deref() == Some(client.id.as_str())
        })
    });
    let told = match missing {
        None => Seen::Yes(format!("{} told", expected.len())),
        Some((_, Channel::Front)) if !frames_were_seen(s) => {
            Seen::Unknown("a page or a frame could not be read to its end".to_owned())
        }
        Some((client, channel)) => Seen::No(format!(
            "{} was not told by the {}",
            client.id,
            channel.word()
        )),
    };
    s.must(
        told,
        s.shown(&s.ended_at_last()),
        "every client of the session told",
    )
}

fn listens(s: &SignOff<'_>, client: &Client, channel: Channel) -> bool {
    match channel {
        Channel::Front => client.frontchannel_logout_uri.is_some(),
        Channel::Back => s.world.listening.contains(&client.id),
    }
}

/// True when somebody signed in to the client in the session that the browser held.
fn takes_part(s: &SignOff<'_>, client: &Client) -> bool {
    let Some(now) = s.last_sign_in() else {
        return false;
    };
    let same = |session: usize, sid: Option<&String>| {
        session == now.session || (sid.is_some() && sid == now.sid.as_ref())
    };
    s.record.ledger.sign_ins.iter().any(|sign_in| {
        sign_in.seq < s.attempt().seq
            && sign_in.browser == s.attempt().browser
            && sign_in.client_id == client.id
            && same(sign_in.session, sign_in.sid.as_ref())
    })
}

/// False when a page ran a script that was not understood, or a frame got no answer.
fn frames_were_seen(s: &SignOff<'_>) -> bool {
    let ends = s.ends();
    let last = ends.last();
    let unread = matches!(
        last,
        Some(End::Unclear | End::NoAnswer(_) | End::Loop) | None
    );
    let unanswered = s.attempt().frames.iter().any(|frame| frame.answer.is_err());
    !unread && !unanswered
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::identity_server::reading::fixture::{alice, signs_off, told};
    use crate::record::Answered;
    use crate::record::Channel::{Back, Front};
    use crate::testing::{Case, OWN, Session, asks, page};

    /// Both clients have both addresses, somebody listens at the one of `a`, and Alice is signed in at `a`.
    fn case() -> Case {
        let mut case = alice();
        for client in &mut case.world.clients {
            client.frontchannel_logout_uri = Some(format!("https://{}.example/front", client.id));
            client.backchannel_logout_uri = Some(format!("https://{}.example/back", client.id));
        }
        case.world.listening = vec!["a".to_owned()];
        case
    }

    fn signed_off(case: Case) -> Case {
        signs_off(case.get(&[OWN]), None)
    }

    #[test]
    fn each_client_of_the_session_told_by_each_channel_keeps_it() {
        let one = told(told(signed_off(case()), Front, Some("a")), Back, Some("a"));
        one.assert_kept(&RULE);
        let both = signed_off(case().sign_in("alice", "b", 0, 0));
        let both = told(told(both, Front, Some("a")), Back, Some("a"));
        told(both, Front, Some("b")).assert_kept(&RULE);
    }

    #[test]
    fn a_client_that_is_not_told_breaks_it() {
        told(signed_off(case()), Front, Some("a")).assert_violated(&RULE);
        told(signed_off(case()), Back, Some("a")).assert_violated(&RULE);
        let both = signed_off(case().sign_in("alice", "b", 0, 0));
        told(told(both, Front, Some("a")), Back, Some("a")).assert_violated(&RULE);
    }

    #[test]
    fn a_client_of_another_session_that_is_told_breaks_it() {
        let elsewhere = case().sign_in("bob", "b", 1, 1);
        let all = told(
            told(signed_off(elsewhere), Front, Some("a")),
            Back,
            Some("a"),
        );
        all.clone().assert_kept(&RULE);
        told(all, Front, Some("b")).assert_violated(&RULE);
    }

    #[test]
    fn a_client_is_of_the_session_by_the_session_or_by_the_sid_of_its_sign_in() {
        let with = |session: usize, sids: [Option<&str>; 2]| {
            let mut case = case().sign_in("alice", "b", 0, session);
            for (sign_in, sid) in case.record.ledger.sign_ins.iter_mut().zip(sids) {
                sign_in.sid = sid.map(str::to_owned);
            }
            // The session that the browser held is that of `a`.
            case.record.ledger.sign_ins.swap(0, 1);
            let seqs = [0, 1].map(|at| case.record.ledger.sign_ins[at].seq);
            case.record.ledger.sign_ins[0].seq = seqs[1];
            case.record.ledger.sign_ins[1].seq = seqs[0];
            let hint = ("id_token_hint", "id-token-0");
            let off = signs_off(case.get(&[hint]), None);
            let off = told(told(off, Front, Some("a")), Back, Some("a"));
            told(off, Front, Some("b"))
        };
        with(0, [None, None]).assert_kept(&RULE);
        with(1, [Some("same"), Some("same")]).assert_kept(&RULE);
        with(1, [Some("one"), Some("other")]).assert_violated(&RULE);
        with(1, [None, None]).assert_violated(&RULE);
    }

    #[test]
    fn a_client_that_was_signed_in_to_afterwards_is_not_of_the_session() {
        let off = signed_off(case());
        let off = told(told(off, Front, Some("a")), Back, Some("a"));
        told(off, Front, Some("b"))
            .sign_in("alice", "b", 0, 0)
            .assert_violated(&RULE);
    }

    #[test]
    fn what_was_not_read_is_not_missing() {
        let script = page(
            200,
            "<p>You are now logged out.</p><script>location = next()</script>",
        );
        let unread = case().get(&[OWN]).gets(script).at_rest(Session::Ended);
        told(unread, Back, Some("a")).assert_undecided(&RULE);
    }

    #[test]
    fn nobody_to_tell_an_open_question_and_a_disabled_client_are_not_its_business() {
        signed_off(alice()).assert_not_mine(&RULE);
        case().get(&[]).gets(asks()).assert_not_mine(&RULE);
        signed_off(case().disable("b")).assert_not_mine(&RULE);
        case().get(&[OWN]).assert_undecided(&RULE);
    }

    #[test]
    fn a_sign_in_between_question_and_answer_leaves_it_open() {
        let out = page(200, "<p>You are now logged out.</p>");
        let late = case()
            .get(&[])
            .gets(asks())
            .says(Answered::Late, out, Session::Ended);
        let mut late = late.sign_in("alice", "b", 0, 0);
        let begun = late.record.attempts[0].seq;
        late.record.ledger.sign_ins.last_mut().expect("b").seq = begun + 1;
        late.record.attempts[0].answers[0].chain[0].seq = begun + 2;
        told(late, Front, Some("b")).assert_not_mine(&RULE);
    }
}
