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
