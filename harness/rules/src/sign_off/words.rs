//! The facts of a sign-off as words.

use super::SignOff;
use crate::record::{CookiesSent, TokenKind};
use crate::ruling::Seen;
use signoff_oidc::Given;
use std::collections::BTreeMap;

impl SignOff<'_> {
    /// The facts as words, for predicates (`when` of a deviation) and reports. A closed set.
    pub fn facts(&self) -> BTreeMap<&'static str, String> {
        let mut facts = BTreeMap::new();
        let hint = self.hint_facts();
        facts.insert("method", self.method().to_owned());
        facts.insert("body", self.body_word().to_owned());
        facts.insert("hint", self.hint().word().to_owned());
        facts.insert(
            "hint.provenance",
            hint.as_ref()
                .map_or("none", |h| h.provenance.word())
                .to_owned(),
        );
        let kind = hint.as_ref().map_or("none", |h| match h.kind {
            TokenKind::Id => "id",
            TokenKind::Access => "access",
            TokenKind::Made => "made",
        });
        facts.insert("hint.kind", kind.to_owned());
        let session = match self.genuine_hint() {
            None => "none",
            Some(_) if self.hint_fits_session() => "current",
            Some(_) => "other",
        };
        facts.insert("hint.session", session.to_owned());
        let user = match self.genuine_hint() {
            None => "none",
            Some(_) if self.hint_fits_user() => "same",
            Some(_) => "other",
        };
        facts.insert("hint.user", user.to_owned());
        facts.insert("hint.expired", self.hint_expired().to_string());
        facts.insert("redirect", self.target().word().to_owned());
        facts.insert("redirect.registered", self.registered_word().to_owned());
        facts.insert("client_id", self.client_id_word().to_owned());
        facts.insert("state", self.state().word().to_owned());
        facts.insert("client.disabled", self.client_disabled().to_string());
        let cookies = match self.attempt().cookies {
            CookiesSent::Current => "current",
            CookiesSent::Saved => "saved",
            CookiesSent::None => "none",
            CookiesSent::Altered => "altered",
        };
        facts.insert("cookies", cookies.to_owned());
        facts.insert(
            "session",
            match self.session_alive() {
                Seen::Yes(_) => "alive",
                Seen::No(_) => "none",
                Seen::Unknown(_) => "unknown",
            }
            .to_owned(),
        );
        facts
    }

    fn body_word(&self) -> &'static str {
        let request = &self.attempt().chain[0].request;
        if request.has_form() {
            "form"
        } else if request.body.is_empty() && request.header("Content-Type").is_none() {
            "none"
        } else {
            "other"
        }
    }

    fn registered_word(&self) -> &'static str {
        let Some(uri) = self.target().once().cloned() else {
            return "none";
        };
        let registration = self.registered(&uri);
        match (
            registration.for_client,
            registration.for_enabled,
            registration.anywhere,
        ) {
            (Some(true), _, _) => "client",
            (_, true, _) => "enabled",
            (_, _, true) => "disabled",
            _ => "nowhere",
        }
    }

    fn client_id_word(&self) -> &'static str {
        match (self.client_id(), self.genuine_hint()) {
            (Given::Absent, _) => "absent",
            (Given::Empty, _) => "empty",
            (Given::Repeated(_), _) => "repeated",
            (Given::Once(id), Some(hint)) if hint.client_id.as_bytes() == id.as_slice() => "agrees",
            (Given::Once(_), Some(_)) => "disagrees",
            (Given::Once(id), None)
                if self
                    .world
                    .clients
                    .iter()
                    .any(|c| c.id.as_bytes() == id.as_slice()) =>
            {
                "known"
            }
            (Given::Once(_), None) => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::deviation::FACTS;
    use crate::record::{CookiesSent, Provenance};
    use crate::testing::{
        ACCESS_TOKEN, BYE, Case, EVIL, HINT, LIFETIME, OUT, OWN, Session, TARGET,
    };

    fn word(case: &Case, fact: &str) -> String {
        case.sign_off().facts()[fact].clone()
    }

    fn hinted(case: Case, hint: &str) -> Case {
        let case = case
            .made("signed", Provenance::SignedNotIssued)
            .made("tenant", Provenance::IssuedElsewhere);
        case.get(&[("id_token_hint", hint)])
    }

    #[test]
    fn every_sign_off_has_the_facts_that_a_predicate_may_name_in_the_words_it_may_use() {
        for case in [
            Case::new().get(&[OWN, TARGET]),
            Case::new().post(&[("client_id", "nobody")]),
            hinted(Case::new(), "signed").before(Session::Unclear),
        ] {
            let facts = case.sign_off().facts();
            assert_eq!(facts.len(), FACTS.len());
            for (fact, words) in FACTS {
                let word = facts[fact].as_str();
                assert!(words.is_empty() || words.contains(&word), "{fact}: {word}");
            }
        }
    }

    #[test]
    fn a_hint_is_described_by_its_origin_and_by_the_session_that_it_met() {
        let alone = Case::new;
        let bob_came = || Case::new().sign_in("bob", "a", 0, 1);
        let signed_in_again = || Case::new().sign_in("alice", "a", 0, 1);
        for (case, expected) in [
            (alone().get(&[]), ["none", "none", "none", "none"]),
            (hinted(alone(), HINT), ["issued", "id", "current", "same"]),
            (
                hinted(alone(), ACCESS_TOKEN),
                ["issued", "access", "none", "none"],
            ),
            (
                hinted(alone(), "tenant"),
                ["issued-elsewhere", "made", "none", "none"],
            ),
            (
                hinted(alone(), "signed"),
                ["signed-not-issued", "made", "none", "none"],
            ),
            (
                hinted(alone(), "garbage"),
                ["forged", "made", "none", "none"],
            ),
            (hinted(bob_came(), HINT), ["issued", "id", "other", "other"]),
            (
                hinted(signed_in_again(), HINT),
                ["issued", "id", "other", "same"],
            ),
        ] {
            let facts = ["hint.provenance", "hint.kind", "hint.session", "hint.user"];
            assert_eq!(facts.map(|fact| word(&case, fact)), expected);
        }
    }

    #[test]
    fn a_hint_has_expired_from_its_last_second_on() {
        let expired = |age| word(&hinted(Case::new().later(age), HINT), "hint.expired");
        assert_eq!(expired(LIFETIME - 1), "false");
        assert_eq!(expired(LIFETIME), "true");
        assert_eq!(expired(LIFETIME + 1), "true");
    }

    #[test]
    fn a_target_is_registered_for_the_client_for_an_enabled_one_for_a_disabled_one_or_nowhere() {
        let registered = |uri| {
            let case = Case::new().get(&[OWN, ("post_logout_redirect_uri", uri)]);
            word(&case, "redirect.registered")
        };
        assert_eq!(registered(OUT), "client");
        assert_eq!(registered(BYE), "enabled");
        assert_eq!(registered(EVIL), "nowhere");
        assert_eq!(registered(""), "none");
        let of_disabled = Case::new()
            .disable("b")
            .get(&[OWN, ("post_logout_redirect_uri", BYE)]);
        assert_eq!(word(&of_disabled, "redirect.registered"), "disabled");
    }

    #[test]
    fn a_client_id_is_compared_with_the_hint_or_else_with_the_registrations() {
        let of = |params: &[(&str, &str)]| word(&Case::new().get(params), "client_id");
        let id = |id| ("client_id", id);
        assert_eq!(of(&[OWN]), "absent");
        assert_eq!(of(&[OWN, id("")]), "empty");
        assert_eq!(of(&[OWN, id("a"), id("a")]), "repeated");
        assert_eq!(of(&[OWN, id("a")]), "agrees");
        assert_eq!(of(&[OWN, id("b")]), "disagrees");
        assert_eq!(of(&[id("b")]), "known");
        assert_eq!(of(&[id("nobody")]), "unknown");
    }

    #[test]
    fn a_client_is_disabled_whichever_parameter_names_it() {
        let disabled = |params: &[(&str, &str)]| {
            let case = Case::new().disable("a").get(params);
            word(&case, "client.disabled")
        };
        assert_eq!(disabled(&[OWN]), "true");
        assert_eq!(disabled(&[("client_id", "a")]), "true");
        assert_eq!(disabled(&[("client_id", "b")]), "false");
        assert_eq!(disabled(&[]), "false");
    }

    #[test]
    fn a_body_is_a_form_only_if_it_says_so() {
        let body = |case: Case| word(&case, "body");
        assert_eq!(body(Case::new().get(&[OWN])), "none");
        assert_eq!(body(Case::new().post(&[OWN])), "form");
        let said = Case::new().get(&[OWN]).header("Content-Type", "text/plain");
        assert_eq!(body(said), "other");
        let mut unsaid = Case::new().post(&[OWN]);
        unsaid.record.attempts[0].chain[0].request.headers.clear();
        assert_eq!(body(unsaid), "other");
    }

    #[test]
    fn the_session_is_that_of_the_cookies_that_were_sent() {
        let of = |cookies| {
            let mut case = Case::new().get(&[]).before(Session::CookieDropped);
            case = case.with_cookies(cookies);
            (word(&case, "cookies"), word(&case, "session"))
        };
        let words = |cookies: &str, session: &str| (cookies.to_owned(), session.to_owned());
        assert_eq!(of(CookiesSent::Current), words("current", "none"));
        assert_eq!(of(CookiesSent::Saved), words("saved", "alive"));
        assert_eq!(of(CookiesSent::None), words("none", "none"));
        let unclear = Case::new().get(&[]).before(Session::Unclear);
        assert_eq!(word(&unclear, "session"), "unknown");
    }
}
