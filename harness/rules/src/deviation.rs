//! Known differences between a product and a specification. A deviation makes a difference visible, with
//! its reason and source; it never hides a hole.

use crate::rule::Grade;
use crate::ruling::Seen;
use crate::sign_off::SignOff;
use crate::visit::{End, PageKind};
use std::collections::BTreeMap;

/// A declared difference. It covers one sign-off at a time: `when` must hold, and what `by` names must be
/// seen on that same sign-off.
#[derive(Debug, Clone)]
pub struct Deviation {
    /// The rules it touches.
    pub rules: Vec<String>,
    /// A closed predicate over the facts of the sign-off.
    pub when: When,
    /// What is seen instead.
    pub by: By,
    /// Why it is so.
    pub reason: String,
    /// Where it is documented.
    pub source: String,
    /// How well.
    pub grade: Grade,
    /// The last day on which it counts (ISO 8601), if it ends.
    pub until: Option<String>,
}

/// Rules that nothing may waive.
pub const NEVER_WAIVED: &[&str] = &["RPIL-2-22", "RPIL-4-02"];

/// A conjunction of comparisons of facts: `method = POST and hint = absent`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When(Vec<(String, bool, String)>);

/// The facts that a predicate may name, and the words each may have; any word for an empty list.
pub const FACTS: &[(&str, &[&str])] = &[
    ("method", &[]),
    ("body", &["none", "form", "other"]),
    ("hint", &["absent", "empty", "once", "repeated"]),
    (
        "hint.provenance",
        &[
            "none",
            "issued",
            "issued-elsewhere",
            "signed-not-issued",
            "forged",
        ],
    ),
    ("hint.kind", &["none", "id", "access", "made"]),
    ("hint.session", &["none", "current", "other"]),
    ("hint.user", &["none", "same", "other"]),
    ("hint.expired", &["true", "false"]),
    ("redirect", &["absent", "empty", "once", "repeated"]),
    (
        "redirect.registered",
        &["none", "client", "enabled", "disabled", "nowhere"],
    ),
    (
        "client_id",
        &[
            "absent",
            "empty",
            "repeated",
            "agrees",
            "disagrees",
            "known",
            "unknown",
        ],
    ),
    ("client.disabled", &["true", "false"]),
    ("state", &["absent", "empty", "once", "repeated"]),
    ("session", &["alive", "none", "unknown"]),
    ("cookies", &["current", "saved", "none", "altered"]),
];

impl When {
    /// Parses `fact = word and fact != word …`; an empty text always holds. The error says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut terms = Vec::new();
        for term in text
            .split(" and ")
            .map(str::trim)
            .filter(|term| !term.is_empty())
        {
            let (fact, equal, word) = match term.split_once("!=") {
                Some((fact, word)) => (fact, false, word),
                None => term
                    .split_once('=')
                    .map(|(fact, word)| (fact, true, word))
                    .ok_or_else(|| format!("`{term}` is not of the form `fact = word`"))?,
            };
            let (fact, word) = (fact.trim(), word.trim());
            let Some((_, words)) = FACTS.iter().find(|(name, _)| *name == fact) else {
                let names: Vec<&str> = FACTS.iter().map(|(name, _)| *name).collect();
                return Err(format!(
                    "no fact is called `{fact}`; there are {}",
                    names.join(", ")
                ));
            };
            if !words.is_empty() && !words.contains(&word) {
                return Err(format!(
                    "`{fact}` is never `{word}`; it is one of {}",
                    words.join(", ")
                ));
            }
            terms.push((fact.to_owned(), equal, word.to_owned()));
        }
        Ok(When(terms))
    }

    /// Whether it holds for these facts.
    pub fn holds(&self, facts: &BTreeMap<&'static str, String>) -> bool {
        self.0.iter().all(|(fact, equal, word)| {
            facts
                .get(fact.as_str())
                .is_some_and(|value| (value == word) == *equal)
        })
    }
}

/// What has to be seen instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// This product rule is kept on the same sign-off.
    Rule(String),
    /// The endpoint answered with this status code.
    Status(u16),
    /// The IdP asked.
    Asked,
    /// It showed an error page and sent nobody away.
    ErrorPage,
    /// The browser was sent to exactly the target that was asked for.
    TargetHonoured,
    /// The session ended.
    SessionEnded,
    /// The session lives on.
    SessionAlive,
    /// The sign-in set a cookie of this name.
    Cookie(String),
}

impl By {
    /// Parses `P1-SO-03`, `status 404`, `asked`, `error page`, `target honoured`, `session ended`, `session alive`,
    /// `cookie ST`.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.trim() {
            "asked" => Ok(By::Asked),
            "error page" => Ok(By::ErrorPage),
            "target honoured" => Ok(By::TargetHonoured),
            "session ended" => Ok(By::SessionEnded),
            "session alive" => Ok(By::SessionAlive),
            other if other.starts_with("cookie ") => {
                Ok(By::Cookie(other["cookie ".len()..].trim().to_owned()))
            }
            other => match other.strip_prefix("status ").map(str::trim).map(str::parse) {
                Some(Ok(status)) => Ok(By::Status(status)),
                Some(Err(_)) => Err(format!("`{other}`: after `status` stands a number")),
                None if crate::catalogue::find(other).is_some() => Ok(By::Rule(other.to_owned())),
                None => Err(format!(
                    "`{other}` is neither a rule nor one of: status N, asked, error page, target honoured, session ended, session alive, cookie NAME"
                )),
            },
        }
    }

    /// Whether it is seen on this sign-off. Product rules are looked up by the caller, who has judged them.
    pub fn is_seen(&self, sign_off: &SignOff<'_>, kept: impl Fn(&str) -> bool) -> bool {
        match self {
            By::Rule(id) => kept(id),
            By::Status(status) => sign_off
                .first_response()
                .is_some_and(|response| response.status == *status),
            By::Asked => sign_off.asked().is_yes(),
            By::ErrorPage => matches!(
                sign_off.end(),
                End::Page {
                    kind: PageKind::Error,
                    ..
                }
            ),
            By::TargetHonoured => sign_off.honoured().is_yes(),
            By::SessionEnded => matches!(sign_off.ended_at_last(), Seen::Yes(_)),
            By::SessionAlive => matches!(sign_off.ended_at_last(), Seen::No(_)),
            By::Cookie(name) => sign_off.was_given_cookie(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{
        Case, EVIL, OUT, OWN, Session, TARGET, asks, blank, error, redirect, signed_off,
        with_header,
    };

    #[test]
    fn a_predicate_names_facts_that_exist() {
        let when = When::parse("method = POST and hint != absent").expect("parses");
        let facts = BTreeMap::from([("method", "POST".to_owned()), ("hint", "once".to_owned())]);
        assert!(when.holds(&facts));
        assert!(!when.holds(&BTreeMap::from([
            ("method", "GET".to_owned()),
            ("hint", "once".to_owned())
        ])));
        assert!(When::parse("colour = red").is_err_and(|why| why.contains("no fact")));
        assert!(When::parse("hint = twice").is_err_and(|why| why.contains("never")));
        assert!(When::parse("hint").is_err());
    }

    #[test]
    fn what_is_seen_instead_is_a_rule_or_a_named_behaviour() {
        assert_eq!(By::parse("status 404"), Ok(By::Status(404)));
        assert_eq!(By::parse("cookie ST"), Ok(By::Cookie("ST".to_owned())));
        assert!(By::parse("status x").is_err());
        assert!(By::parse("RPIL-99").is_err());
        assert_eq!(By::parse("RPIL-3-04"), Ok(By::Rule("RPIL-3-04".to_owned())));
    }

    #[test]
    fn each_behaviour_is_seen_on_a_sign_off_that_shows_it_and_on_no_other() {
        let case = |answer| Case::new().get(&[OWN, TARGET]).gets(answer);
        for (text, shows, other) in [
            ("asked", asks(), signed_off()),
            ("status 400", error(), asks()),
            ("error page", error(), asks()),
            ("target honoured", redirect(302, OUT), redirect(302, EVIL)),
        ] {
            let by = By::parse(text).expect("a behaviour");
            assert!(by.is_seen(&case(shows).sign_off(), |_| false), "{text}");
            assert!(!by.is_seen(&case(other).sign_off(), |_| true), "{text}");
        }
        let seen = |by: &By, session| {
            let case = case(asks()).at_rest(session);
            by.is_seen(&case.sign_off(), |_| false)
        };
        assert!(seen(&By::SessionEnded, Session::Ended));
        assert!(seen(&By::SessionAlive, Session::Lives));
        for session in [Session::Lives, Session::Unclear] {
            assert!(!seen(&By::SessionEnded, session), "{session:?}");
        }
        for session in [Session::Ended, Session::Unclear] {
            assert!(!seen(&By::SessionAlive, session), "{session:?}");
        }
    }

    #[test]
    fn a_rule_is_seen_where_it_was_kept() {
        let case = Case::new().get(&[]);
        let by = By::Rule("P1-SO-03".to_owned());
        assert!(by.is_seen(&case.sign_off(), |id| id == "P1-SO-03"));
        assert!(!by.is_seen(&case.sign_off(), |id| id != "P1-SO-03"));
    }

    #[test]
    fn a_cookie_is_seen_when_a_sign_in_of_this_browser_set_it() {
        let given = |cookie: &str, name: &str| {
            let case = Case::new()
                .signed_in_by(with_header(blank(), "Set-Cookie", cookie))
                .get(&[]);
            By::Cookie(name.to_owned()).is_seen(&case.sign_off(), |_| false)
        };
        assert!(given("ST=1; Path=/", "ST"));
        assert!(!given("ST=1", "st"));
        assert!(!given("ST=; Max-Age=0", "ST"));
    }
}
