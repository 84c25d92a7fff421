//! What the person answers when the OP asks whether to sign off (RP-Initiated Logout 1.0 section 2), and
//! answers that no person gave.

use super::{alice, alice_at, orderly};
use crate::intent::{IfAsked, LogoutIntent};
use crate::redirect::RedirectUri;
use crate::scenario::{Browser, Party, Person, Scenario, SignIn, Step};
use crate::token::Hint;

pub(super) fn scenarios() -> Vec<Scenario> {
    [
        answered(),
        answered_beside_a_client(),
        not_answered_honestly(),
    ]
    .concat()
}

fn bare_answered(answer: IfAsked) -> Step {
    Step::SignOff(LogoutIntent::bare().if_asked(answer))
}

fn answered() -> Vec<Scenario> {
    vec![
        Scenario::of(
            "session/asked/yes",
            "A yes to the question ends the session for every application that shares it.",
            vec![alice(), alice_at(Party::B), bare_answered(IfAsked::Yes)],
        ),
        Scenario::of(
            "session/asked/no",
            "A no to the question has to leave the session as it was.",
            vec![alice(), bare_answered(IfAsked::No)],
        ),
        Scenario::of(
            "session/asked/left",
            "The page with the question is closed: no answer is not a yes.",
            vec![alice(), bare_answered(IfAsked::Leave)],
        ),
        Scenario::of(
            "session/asked/no-then-yes",
            "Who said no may change their mind, and the first answer must not block the second.",
            vec![
                alice(),
                bare_answered(IfAsked::No),
                bare_answered(IfAsked::Yes),
            ],
        ),
        Scenario::of(
            "session/asked/left-then-orderly",
            "An open question must not stand in the way of a request that needs none.",
            vec![alice(), bare_answered(IfAsked::Leave), orderly()],
        ),
        Scenario::of(
            "session/asked/beside-an-open-question",
            "A request for one application waits for its answer while the person agrees to that of another: the yes leads where its own request asked.",
            vec![
                alice(),
                alice_at(Party::B),
                Step::SignOff(
                    LogoutIntent::bare()
                        .client_id(Party::A)
                        .redirect(RedirectUri::default())
                        .if_asked(IfAsked::Leave),
                ),
                Step::SignOff(
                    LogoutIntent::bare()
                        .client_id(Party::B)
                        .redirect(RedirectUri::of(Party::B))
                        .if_asked(IfAsked::Yes),
                ),
            ],
        ),
        Scenario::of(
            "session/asked/no-to-an-orderly-request",
            "Even with a valid hint the OP may ask, and then a no counts: neither sign-off nor redirect.",
            vec![
                alice(),
                Step::SignOff(LogoutIntent::orderly().if_asked(IfAsked::No)),
            ],
        ),
        Scenario::of(
            "session/asked/no-to-another-users-hint",
            "Alice is asked because the hint is Bob's, and she says no: both sessions live on.",
            vec![
                alice(),
                Step::SignIn(
                    SignIn::default()
                        .by(Person::Bob)
                        .in_browser(Browser::Second),
                ),
                Step::SignOff(
                    LogoutIntent::bare()
                        .hint(Hint::OfSignIn(1))
                        .redirect(RedirectUri::default())
                        .if_asked(IfAsked::No),
                ),
            ],
        ),
    ]
}

/// With a `client_id` and its registered URI a redirect may follow, but only after a yes.
fn answered_beside_a_client() -> Vec<Scenario> {
    let answered = |answer| {
        LogoutIntent::bare()
            .client_id(Party::A)
            .redirect(RedirectUri::default())
            .state("kept-over-the-question")
            .if_asked(answer)
    };
    vec![
        Scenario::after_sign_in(
            "session/asked-with-client/yes",
            "Target and state have to survive the question, and the redirect comes after the yes.",
            answered(IfAsked::Yes),
        ),
        Scenario::after_sign_in(
            "session/asked-with-client/no",
            "A redirect follows a sign-off, and after a no there was none.",
            answered(IfAsked::No),
        ),
        Scenario::after_sign_in(
            "session/asked-with-client/left",
            "Nobody answered, so the browser has no reason to go anywhere.",
            answered(IfAsked::Leave),
        ),
    ]
}

fn not_answered_honestly() -> Vec<Scenario> {
    vec![
        Scenario::of(
            "session/asked/forged",
            "A foreign page sends the yes without the hidden values of the question: whoever accepts it never really asked.",
            vec![alice(), bare_answered(IfAsked::Forged)],
        ),
        Scenario::after_sign_in(
            "session/asked/tampered",
            "Where the form carries the target it was checked with, a yes posts back a stranger's instead: what was agreed to is not for the page to say.",
            LogoutIntent::bare()
                .client_id(Party::A)
                .redirect(RedirectUri::default())
                .if_asked(IfAsked::Tampered),
        ),
        Scenario::after_sign_in(
            "session/asked/tampered-beside-a-hint",
            "The same where even a good hint is asked about.",
            LogoutIntent::orderly().if_asked(IfAsked::Tampered),
        ),
        Scenario::of(
            "session/asked/replayed",
            "A yes given once is sent again after the next sign-in: it was an answer for the session that ended.",
            vec![alice(), bare_answered(IfAsked::YesTwice), alice()],
        ),
        Scenario::of(
            "session/asked/replayed-at-once",
            "The same yes is sent twice in a row, as by a double click, and the second finds nothing to end.",
            vec![alice(), bare_answered(IfAsked::YesTwice)],
        ),
    ]
}
