//! Which cookies the provider set, and what a browser made of them.

use crate::record::{Attempt, CookiesSent, Exchange};
use crate::sign_off::SignOff;
use signoff_oidc::Timestamp;
use signoff_oidc::cookies::{Jar, SetCookie};

/// A `Set-Cookie` field as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// The field value.
    pub(super) text: String,
    /// Which answer it stood in, counted over the visit.
    pub(super) answer: u32,
    /// Whether the answer came over https.
    pub(super) https: bool,
}

impl Field {
    /// The name before the first `=`; empty where there is none.
    pub(super) fn name(&self) -> &str {
        let pair = self.text.split(';').next().unwrap_or("");
        pair.split_once('=').map_or("", |(name, _)| name).trim()
    }

    /// The attributes as written: name and, if there is one, value.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.text.split(';').skip(1).map(|part| {
            let (name, value) = part
                .split_once('=')
                .map_or((part, None), |(name, value)| (name, Some(value.trim())));
            (name.trim(), value)
        })
    }

    /// The field as a browser reads it.
    pub(super) fn read(&self) -> Option<SetCookie> {
        SetCookie::parse(&self.text)
    }
}

/// What was set since the sign-off before this one: by the sign-ins in between, and by this visit.
pub(super) fn fields(s: &SignOff<'_>) -> Vec<Field> {
    let attempt = s.attempt();
    let earlier = s.record.attempts[..s.index]
        .iter()
        .filter(|other| other.browser == attempt.browser)
        .map(|other| other.seq)
        .max()
        .unwrap_or(0);
    let sign_ins = s.record.ledger.sign_ins.iter().filter(|sign_in| {
        sign_in.browser == attempt.browser && (earlier..attempt.seq).contains(&sign_in.seq)
    });
    let before = sign_ins.flat_map(|sign_in| &sign_in.exchanges);
    before.chain(visit(attempt)).flat_map(fields_of).collect()
}

/// What this visit itself set.
pub(super) fn fields_of_visit(s: &SignOff<'_>) -> Vec<Field> {
    visit(s.attempt()).flat_map(fields_of).collect()
}

fn visit(attempt: &Attempt) -> impl Iterator<Item = &Exchange> {
    let answers = attempt
        .answers
        .iter()
        .filter(|answer| answer.answered.belongs());
    attempt
        .chain
        .iter()
        .chain(answers.flat_map(|answer| &answer.chain))
}

/// What one answer set.
pub(super) fn fields_of(exchange: &Exchange) -> Vec<Field> {
    let fields = exchange
        .answer
        .as_ref()
        .map_or_else(|_| Vec::new(), |response| response.all("Set-Cookie"));
    let https = exchange.request.origin.is_https();
    let field = |text| Field {
        text,
        answer: exchange.seq,
        https,
    };
    fields.into_iter().map(field).collect()
}

/// The jar of the browser before and after this visit, as far as sign-ins and sign-offs filled it.
pub(super) fn jars(s: &SignOff<'_>) -> (Jar, Jar) {
    let attempt = s.attempt();
    let here = |browser: usize| browser == attempt.browser;
    let sign_ins = s.record.ledger.sign_ins.iter();
    let sign_ins = sign_ins
        .filter(|sign_in| here(sign_in.browser))
        .flat_map(|sign_in| {
            sign_in
                .exchanges
                .iter()
                .map(|exchange| (sign_in.at, exchange))
        });
    let visits = s.record.attempts.iter().enumerate();
    let visits = visits
        .filter(|(index, other)| {
            *index != s.index && here(other.browser) && other.cookies == CookiesSent::Current
        })
        .flat_map(|(_, other)| {
            let answers = other.answers.iter().flat_map(|answer| &answer.chain);
            let all = other.chain.iter().chain(answers);
            all.map(|exchange| (other.at, exchange))
        });
    let began = attempt.chain.first().map_or(attempt.seq, |first| first.seq);
    let mut events: Vec<(Timestamp, &Exchange)> = sign_ins
        .chain(visits)
        .filter(|(_, exchange)| exchange.seq < began)
        .collect();
    // A browser's answers come in the order of its requests, whichever visit they belong to.
    events.sort_by_key(|(_, exchange)| exchange.seq);
    let mut jar = Jar::new();
    for (at, exchange) in events {
        fill(&mut jar, vec![exchange], at);
    }
    let before = jar.clone();
    fill(&mut jar, visit(attempt).collect(), attempt.at);
    (before, jar)
}

fn fill(jar: &mut Jar, exchanges: Vec<&Exchange>, at: Timestamp) {
    for exchange in exchanges {
        if let Ok(response) = &exchange.answer {
            let request = &exchange.request;
            jar.store(
                &request.origin,
                request.path(),
                &response.all("Set-Cookie"),
                at,
            );
        }
    }
}

/// True when a browser that reads this at `now` forgets the cookie.
pub(super) fn deletes(cookie: &SetCookie, now: Timestamp) -> bool {
    match cookie.max_age {
        Some(seconds) => seconds <= 0,
        None => cookie.expires.is_some_and(|at| at <= now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Answered;
    use crate::testing::{Case, OUT, OWN, Session, TARGET, redirect, with_header};

    #[test]
    fn what_was_set_counts_from_the_sign_off_before() {
        let set = |value: &str| with_header(redirect(302, OUT), "Set-Cookie", value);
        let case = Case::new()
            .signed_in_by(set("a=1; Path=/"))
            .get(&[OWN, TARGET])
            .gets(set("a=; Path=/; Max-Age=0"))
            .sign_in("alice", "a", 0, 1)
            .signed_in_by(set("b=2; Path=/"))
            .get(&[OWN, TARGET])
            .gets(set("c=3"));
        let names = |fields: Vec<Field>| -> Vec<String> {
            fields.iter().map(|field| field.name().to_owned()).collect()
        };
        assert_eq!(names(fields(&case.sign_off())), ["b", "c"]);
        assert_eq!(names(fields_of_visit(&case.sign_off())), ["c"]);
        let (before, after) = jars(&case.sign_off());
        let held = |jar: &Jar| -> Vec<String> { jar.iter().map(|c| c.name.clone()).collect() };
        assert_eq!(held(&before), ["b"]);
        assert_eq!(held(&after), ["b", "c"]);
    }

    #[test]
    fn a_jar_holds_what_was_set_in_this_browser_with_its_own_cookies() {
        let set = |value: &str| with_header(redirect(302, OUT), "Set-Cookie", value);
        let earlier = |cookies| {
            let first = Case::new().get(&[OWN, TARGET]).gets(set("first=1"));
            let signed_in = first.with_cookies(cookies).sign_in("bob", "a", 0, 1);
            signed_in.signed_in_by(set("second=2")).get(&[OWN, TARGET])
        };
        let held = |case: &Case| -> Vec<String> {
            let (before, _) = jars(&case.sign_off());
            before.iter().map(|cookie| cookie.name.clone()).collect()
        };
        let case = earlier(CookiesSent::Current);
        assert_eq!(held(&case), ["first", "second"]);
        assert_eq!(held(&earlier(CookiesSent::Saved)), ["second"]);
        let mut elsewhere = case.clone();
        elsewhere.record.attempts[0].browser = 1;
        elsewhere.record.ledger.sign_ins[1].browser = 1;
        assert_eq!(held(&elsewhere), [] as [&str; 0]);
        let mut afterwards = case;
        for exchange in &mut afterwards.record.ledger.sign_ins[1].exchanges {
            exchange.seq = 99;
        }
        assert_eq!(held(&afterwards), ["first"]);
    }

    #[test]
    fn an_answer_that_was_sent_again_is_no_part_of_the_visit() {
        let set = |value: &str| with_header(redirect(302, OUT), "Set-Cookie", value);
        let case = Case::new()
            .get(&[OWN])
            .says(Answered::Yes, set("yes=1"), Session::Ended)
            .says(Answered::Replayed, set("again=1"), Session::Ended);
        let fields = fields_of_visit(&case.sign_off());
        assert_eq!(fields.iter().map(Field::name).collect::<Vec<_>>(), ["yes"]);
    }
}
