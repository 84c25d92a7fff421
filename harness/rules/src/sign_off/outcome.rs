//! What came of it: where the visit rested, what it offered, whether it asked or failed.

use super::SignOff;
use crate::record::{Answer, Answered, Exchange, Views};
use crate::ruling::{Seen, Stop};
use crate::visit::{self, Departure, End, PageKind};
use signoff_oidc::Response;

impl<'a> SignOff<'a> {
    /// Where the visit rested first.
    pub fn end(&self) -> End {
        let attempt = self.attempt();
        self.end_of(&attempt.views, &attempt.chain)
    }

    pub(crate) fn end_of(&self, views: &Views, chain: &[Exchange]) -> End {
        views
            .end
            .get_or_init(|| visit::end(self.world, chain))
            .clone()
    }

    fn offers_of(&self, views: &'a Views, chain: &[Exchange]) -> &'a [String] {
        views
            .offers
            .get_or_init(|| visit::offers(self.world, chain))
    }

    /// Where each part of the visit ended: the request, then each answer.
    pub fn ends(&self) -> Vec<End> {
        let answers = self
            .answers()
            .map(|answer| self.end_of(&answer.views, &answer.chain));
        std::iter::once(self.end()).chain(answers).collect()
    }

    /// The answers that [belong](Answered::belongs) to this sign-off.
    pub fn answers(&self) -> impl DoubleEndedIterator<Item = &'a Answer> {
        let answers = self.attempt().answers.iter();
        answers.filter(|answer| answer.answered.belongs())
    }

    /// Every way in which the browser was sent away, before or after an answer.
    pub fn departures(&self) -> Vec<Departure> {
        self.ends()
            .into_iter()
            .filter_map(|end| match end {
                End::Left(departure) => Some(departure),
                _ => None,
            })
            .collect()
    }

    /// Whether the browser was taken off the IdP by any means.
    pub fn left(&self) -> Seen {
        let ends = self.ends();
        if let Some(departure) = self.departures().first() {
            return Seen::Yes(departure.describe());
        }
        let unclear = ends.iter().find_map(|end| match end {
            End::Unclear => Some("a script on the page could not be understood"),
            End::NoAnswer(_) => Some("no answer came"),
            End::Loop => Some("the IdP redirects in a loop"),
            _ => None,
        });
        match unclear {
            Some(why) => Seen::Unknown(why.to_owned()),
            None => Seen::No(format!("no redirect: {}", self.describe_end())),
        }
    }

    /// Whether the browser left, or was offered a link, to exactly the target that was asked for (with the
    /// state added, if one was sent).
    pub fn honoured(&self) -> Seen {
        let Some(target) = self.target().once().cloned() else {
            return Seen::Unknown("no target was asked for".to_owned());
        };
        let mut offered: Vec<String> = self
            .departures()
            .into_iter()
            .map(|departure| departure.to)
            .collect();
        offered.extend(self.offers());
        let hits = offered.iter().any(|to| leads_to(to.as_bytes(), &target));
        match (hits, self.left()) {
            (true, _) => Seen::Yes("the target was honoured".to_owned()),
            (false, Seen::Unknown(why)) => Seen::Unknown(why),
            (false, seen) => Seen::No(format!("the target was not honoured: {}", seen.what())),
        }
    }

    /// Links to elsewhere on the pages where the visit rested.
    pub fn offers(&self) -> Vec<String> {
        let attempt = self.attempt();
        let mut links = self.offers_of(&attempt.views, &attempt.chain).to_vec();
        for answer in self.answers() {
            links.extend_from_slice(self.offers_of(&answer.views, &answer.chain));
        }
        links
    }

    /// Whether the IdP asked before anything else.
    pub fn asked(&self) -> Seen {
        match self.end() {
            End::Page {
                kind: PageKind::Asks,
                ..
            } => Seen::Yes("a page asks".to_owned()),
            End::Unclear => {
                Seen::Unknown("a script on the page could not be understood".to_owned())
            }
            End::NoAnswer(why) => Seen::Unknown(why),
            End::Loop => Seen::Unknown("the IdP redirects in a loop".to_owned()),
            End::Page {
                kind: PageKind::Other,
                ..
            } => Seen::Unknown("the page was not recognised".to_owned()),
            _ => Seen::No(format!("no question: {}", self.describe_end())),
        }
    }

    /// Whether the first rest or a later one is an error: a page of the IdP with a status of 400 or more,
    /// or one that the dialect knows as an error.
    pub fn failed(&self) -> Seen {
        let ends = self.ends();
        let is_error = |end: &End| {
            matches!(
                end,
                End::Page {
                    kind: PageKind::Error,
                    ..
                }
            )
        };
        if ends.iter().any(is_error) {
            return Seen::Yes(self.describe_end());
        }
        let unclear = ends.iter().find_map(|end| match end {
            End::NoAnswer(why) => Some(why.clone()),
            End::Unclear | End::Loop => Some(describe(end)),
            _ => None,
        });
        unclear.map_or_else(|| Seen::No(self.describe_end()), Seen::Unknown)
    }

    /// Whether the sign-off did its work: the session ended, at once or after the yes, and no error showed.
    pub fn worked(&self) -> Seen {
        match self.failed() {
            Seen::Yes(what) => Seen::No(format!("it failed: {what}")),
            _ => self.ended_at_last(),
        }
    }

    /// Whether it worked and, if a target was asked for, honoured it.
    pub fn worked_and_honoured(&self) -> Seen {
        if self.target().is_omitted() {
            self.worked()
        } else {
            self.worked().and(self.honoured())
        }
    }

    /// What was answered, if the IdP asked.
    pub fn answered(&self) -> Option<Answered> {
        self.attempt().answers.first().map(|answer| answer.answered)
    }

    /// Ends the ruling unless the visit went as far as the person meant it to: no question, or a yes.
    /// What rests on a page that was not recognised, with the session alive, may be a question.
    pub fn carried_through(&self) -> Result<(), Stop> {
        let last = self.ends().pop();
        match (self.asked(), self.answered()) {
            (Seen::Yes(_), Some(Answered::Yes)) => match last {
                Some(End::Page {
                    kind: PageKind::Asks,
                    ..
                }) => Err(Stop::Undecided("it asks once more after a yes".to_owned())),
                _ => Ok(()),
            },
            (Seen::Yes(_), _) => Err(Stop::NotMine(
                "the End-User was asked and did not say yes".to_owned(),
            )),
            (Seen::Unknown(why), _) if !self.ended_before_answer().is_yes() => {
                Err(Stop::Undecided(why))
            }
            _ => Ok(()),
        }
    }

    /// The first answer of the endpoint itself, if one came.
    pub fn first_response(&self) -> Option<&'a Response> {
        self.attempt().chain[0].answer.as_ref().ok()
    }

    /// Every exchange of the visit, in order, with those of what went out at the same moment.
    pub fn exchanges(&self) -> impl Iterator<Item = &'a Exchange> {
        let attempt = self.attempt();
        let answers = attempt.answers.iter();
        let answered = answers.flat_map(|answer| answer.chain.iter().chain(&answer.beside));
        attempt.chain.iter().chain(&attempt.beside).chain(answered)
    }

    /// Every answer of the visit, in order.
    pub fn responses(&self) -> impl Iterator<Item = &'a Response> {
        let exchanges = self.exchanges();
        exchanges.filter_map(|exchange| exchange.answer.as_ref().ok())
    }

    /// The visit in a few words, for reports.
    pub fn describe_end(&self) -> String {
        let words: Vec<String> = self.ends().iter().map(describe).collect();
        words.join(", then ")
    }
}

/// True when `to` is `target`, perhaps with parameters added to its query; the fragment, if any, is kept.
pub fn leads_to(to: &[u8], target: &[u8]) -> bool {
    let split = |text: &[u8]| -> (Vec<u8>, Vec<u8>) {
        let at = text.iter().position(|&b| b == b'#').unwrap_or(text.len());
        (text[..at].to_vec(), text[at..].to_vec())
    };
    let ((to, to_fragment), (target, fragment)) = (split(to), split(target));
    let rest = to.strip_prefix(target.as_slice());
    let joined = rest.is_some_and(|rest| match rest.first() {
        None => true,
        Some(b'?') => !target.contains(&b'?'),
        Some(b'&') => target.contains(&b'?'),
        Some(_) => target.ends_with(b"?") || target.ends_with(b"&"),
    });
    joined && to_fragment == fragment
}

/// One end in a few words.
pub fn describe(end: &End) -> String {
    match end {
        End::Left(departure) => departure.describe(),
        End::Page {
            kind: PageKind::Asks,
            status,
        } => format!("{status} page that asks"),
        End::Page {
            kind: PageKind::SignIn,
            status,
        } => format!("{status} sign-in page"),
        End::Page {
            kind: PageKind::Error,
            status,
        } => format!("{status} error page"),
        End::Page {
            kind: PageKind::SignedOff,
            status,
        } => format!("{status} signed-off page"),
        End::Page {
            kind: PageKind::Other,
            status,
        } => format!("{status} page"),
        End::Unclear => "a page with a script that was not understood".to_owned(),
        End::NoAnswer(why) => format!("no answer ({why})"),
        End::Loop => "redirects without end".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Case, HINT, Session, TARGET, asks, error, redirect, signed_off};

    #[test]
    fn a_replayed_answer_is_not_part_of_the_sign_off() {
        let case = Case::new()
            .get(&[("id_token_hint", HINT), TARGET])
            .gets(asks())
            .says(
                Answered::Yes,
                redirect(303, crate::testing::OUT),
                Session::Ended,
            )
            .says(Answered::Replayed, error(), Session::Lives);
        assert!(case.sign_off().worked_and_honoured().is_yes());
        assert!(case.sign_off().really_over().is_yes());
    }

    #[test]
    fn a_visit_is_carried_through_when_nobody_asked_or_the_person_said_yes() {
        let asked = || Case::new().get(&[]).gets(asks());
        let no = asked().says(Answered::No, signed_off(), Session::Lives);
        let yes = asked().says(Answered::Yes, signed_off(), Session::Ended);
        assert!(matches!(
            no.sign_off().carried_through(),
            Err(Stop::NotMine(_))
        ));
        assert_eq!(yes.sign_off().carried_through(), Ok(()));
        let unrecognised = Case::new().get(&[]);
        assert!(matches!(
            unrecognised.sign_off().carried_through(),
            Err(Stop::Undecided(_))
        ));
        let refused = Case::new().get(&[]).gets(error());
        assert_eq!(refused.sign_off().carried_through(), Ok(()));
    }

    #[test]
    fn an_error_behind_a_script_is_not_told() {
        let script = crate::testing::page(500, "<script>location = base</script>");
        let case = Case::new().get(&[]).gets(script);
        assert!(matches!(case.sign_off().failed(), Seen::Unknown(_)));
    }

    #[test]
    fn a_target_is_reached_only_byte_for_byte() {
        assert!(leads_to(
            b"https://rp.example/out",
            b"https://rp.example/out"
        ));
        assert!(leads_to(
            b"https://rp.example/out?state=1",
            b"https://rp.example/out"
        ));
        assert!(leads_to(
            b"https://rp.example/out?a=1&state=1",
            b"https://rp.example/out?a=1"
        ));
        assert!(!leads_to(
            b"https://rp.example/outer",
            b"https://rp.example/out"
        ));
        assert!(!leads_to(
            b"https://rp.example/out?a=1?state=1",
            b"https://rp.example/out?a=1"
        ));
        assert!(!leads_to(
            b"https://RP.example/out",
            b"https://rp.example/out"
        ));
        assert!(!leads_to(
            b"https://rp.example/out#x",
            b"https://rp.example/out"
        ));
    }

    #[test]
    fn what_a_session_tells_after_a_late_answer_is_not_of_this_sign_off() {
        let case = Case::new()
            .get(&[("id_token_hint", HINT)])
            .gets(asks())
            .says(Answered::Late, signed_off(), Session::Ended);
        assert!(case.sign_off().ended_at_last().is_no());
    }

    #[test]
    fn further_parameters_follow_a_question_mark_of_the_target_itself() {
        assert!(leads_to(
            b"https://rp.example/out?state=1",
            b"https://rp.example/out?"
        ));
        assert!(leads_to(
            b"https://rp.example/out?a=1&state=1",
            b"https://rp.example/out?a=1&"
        ));
        assert!(!leads_to(
            b"https://rp.example/out&state=1",
            b"https://rp.example/out"
        ));
        assert!(leads_to(
            b"https://rp.example/out?state=1#x",
            b"https://rp.example/out#x"
        ));
    }

    #[test]
    fn a_visit_that_did_not_end_anywhere_tells_neither_question_nor_departure() {
        let unread = crate::testing::page(200, "<script>location = base</script>");
        let loops = redirect(302, crate::testing::END);
        for case in [
            Case::new().get(&[TARGET]).gets(unread),
            Case::new().get(&[TARGET]).gets(loops),
            Case::new().get(&[TARGET]).gets_nothing(),
        ] {
            let sign_off = case.sign_off();
            for seen in [
                sign_off.asked(),
                sign_off.left(),
                sign_off.failed(),
                sign_off.honoured(),
            ] {
                assert!(matches!(seen, Seen::Unknown(_)), "{seen:?}");
            }
        }
        let other = Case::new().get(&[]);
        assert!(matches!(other.sign_off().asked(), Seen::Unknown(_)));
        assert!(
            Case::new()
                .get(&[])
                .gets(error())
                .sign_off()
                .asked()
                .is_no()
        );
    }

    #[test]
    fn a_page_that_asks_once_more_after_a_yes_is_not_carried_through() {
        let twice = Case::new().get(&[]).gets(asks());
        let twice = twice.says(Answered::Yes, asks(), Session::Lives);
        assert!(matches!(
            twice.sign_off().carried_through(),
            Err(Stop::Undecided(_))
        ));
        let unrecognised = Case::new().get(&[]).at_rest(Session::Ended);
        assert_eq!(unrecognised.sign_off().carried_through(), Ok(()));
    }

    #[test]
    fn what_was_asked_for_is_honoured_by_a_redirect_or_by_a_link() {
        let link = format!(
            "<h1>You are signed out</h1><a href='{}'>on</a>",
            crate::testing::OUT
        );
        let offered = Case::new()
            .get(&[TARGET])
            .gets(crate::testing::page(200, &link));
        assert!(offered.sign_off().honoured().is_yes());
        assert!(offered.sign_off().left().is_no());
        let after_yes = Case::new().get(&[TARGET]).gets(asks()).says(
            Answered::Yes,
            crate::testing::page(200, &link),
            Session::Ended,
        );
        assert!(after_yes.sign_off().honoured().is_yes());
        let stays = Case::new().get(&[TARGET]).gets(signed_off());
        assert!(stays.sign_off().honoured().is_no());
    }

    #[test]
    fn an_error_is_no_work_done_even_if_the_session_ended() {
        let case = Case::new().get(&[TARGET]).gets(error());
        let case = case.at_rest(Session::Ended);
        assert!(case.sign_off().worked().is_no());
        let unhonoured = Case::new().get(&[TARGET]).gets(signed_off());
        let unhonoured = unhonoured.at_rest(Session::Ended);
        assert!(unhonoured.sign_off().worked().is_yes());
        assert!(unhonoured.sign_off().worked_and_honoured().is_no());
    }
}
