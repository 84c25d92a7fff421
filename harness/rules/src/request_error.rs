//! What is wrong with a request, as far as the specification itself has the OP validate it.

use crate::record::{Provenance, TokenKind};
use crate::ruling::{Seen, Stop};
use crate::sign_off::{Control, Proof, SignOff};
use signoff_oidc::Given;

/// A validation of RP-Initiated Logout 1.0 that the request cannot pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestError {
    /// The hint is no ID token that this OP issued (section 2).
    HintNotIssued,
    /// `client_id` is not the client of the genuine hint (section 2).
    ClientDisagrees,
    /// The target is not registered for the client, or for nobody when no client is known (section 3).
    TargetNotRegistered,
}

impl RequestError {
    /// For reports.
    pub fn describe(self) -> &'static str {
        match self {
            RequestError::HintNotIssued => "the hint is no ID token that this OP issued",
            RequestError::ClientDisagrees => "client_id is not the client of the hint",
            RequestError::TargetNotRegistered => "the target is not registered",
        }
    }
}

impl SignOff<'_> {
    /// The errors of the request. Only what the specification has the OP validate counts: a missing,
    /// expired or foreign user's hint is none, nor is a repeated parameter, of which nothing is said, nor
    /// another port on loopback, which a native client may choose (RFC 8252 section 7.3). With a parameter
    /// out of its place there are none, because it is open which value counts.
    pub fn errors(&self) -> Vec<RequestError> {
        let mut errors = Vec::new();
        if self.is_mixed() {
            return errors;
        }
        if self.hint_not_issued() {
            errors.push(RequestError::HintNotIssued);
        }
        if self.client_disagrees() {
            errors.push(RequestError::ClientDisagrees);
        }
        if let Given::Once(uri) = self.target() {
            let registration = self.registered(&uri);
            if !registration.for_client.unwrap_or(registration.anywhere)
                && !self.is_loopback_port_of_registered(&uri)
            {
                errors.push(RequestError::TargetNotRegistered);
            }
        }
        errors
    }

    /// True when one hint was sent, in its place, that this OP cannot have issued as an ID token: forged,
    /// another issuer's, or an access token. A token made with a key that the target gave us is not one of
    /// them, because an OP need not be able to tell.
    pub fn hint_not_issued(&self) -> bool {
        let Some(facts) = self.hint_facts() else {
            return false;
        };
        !self.is_mixed()
            && match facts.provenance {
                Provenance::Forged | Provenance::IssuedElsewhere => true,
                Provenance::Issued => facts.kind == TokenKind::Access,
                Provenance::SignedNotIssued => false,
            }
    }

    /// Whether a hint that this OP did not issue got what a genuine one gets: a redirect, or the end of the
    /// session without a question.
    pub fn failed_hint_served(&self) -> Seen {
        let redirected = match (self.left_as_granted(), self.client_id()) {
            (Seen::Yes(what), given) if !given.is_omitted() => Seen::Unknown(format!(
                "{what}, which client_id may have opened without the hint"
            )),
            (seen, _) => seen,
        };
        let ended = match self.session_alive() {
            Seen::Yes(_) => self.ended_before_answer(),
            unseen => unseen,
        };
        redirected.or(ended)
    }

    /// Proof that a genuine hint would have got it: without that, a hint that gets nothing proves nothing.
    pub fn genuine_hint_serves(&self) -> Result<Proof, Stop> {
        let acceptable = self.target().once().is_some_and(|uri| {
            let registration = self.registered(uri);
            registration.for_client.unwrap_or(registration.anywhere)
        });
        if acceptable {
            self.did(Control::Orderly, SignOff::honoured, "honour its target")
        } else if self.session_alive().is_yes() {
            self.did(
                Control::Orderly,
                SignOff::ended_before_answer,
                "sign off without a question",
            )
        } else {
            Err(Stop::Undecided(
                "with neither a registered target nor a session there is nothing to get".to_owned(),
            ))
        }
    }

    /// True when a genuine hint and one `client_id` are sent, in their place, and name different clients.
    pub fn client_disagrees(&self) -> bool {
        !self.is_mixed()
            && match (self.genuine_hint(), self.client_id()) {
                (Some(hint), Given::Once(id)) => hint.client_id.as_bytes() != id.as_slice(),
                _ => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ACCESS_TOKEN, Case, EVIL, HINT, OUT, Session, TARGET, redirect};

    fn errors(params: &[(&str, &str)]) -> Vec<RequestError> {
        let case = Case::new()
            .made("signed", Provenance::SignedNotIssued)
            .made("tenant", Provenance::IssuedElsewhere)
            .get(params);
        case.sign_off().errors()
    }

    #[test]
    fn errors_are_those_that_the_specification_has_validated() {
        let hint = |text| ("id_token_hint", text);
        for not_issued in ["garbage", "tenant", ACCESS_TOKEN] {
            assert_eq!(errors(&[hint(not_issued)]), [RequestError::HintNotIssued]);
        }
        assert_eq!(
            errors(&[hint(HINT), ("client_id", "b"), TARGET]),
            [RequestError::ClientDisagrees]
        );
        assert_eq!(
            errors(&[hint(HINT), ("post_logout_redirect_uri", EVIL)]),
            [RequestError::TargetNotRegistered]
        );
    }

    #[test]
    fn another_port_on_loopback_is_no_error() {
        let towards = |uri| {
            let case = Case::new()
                .registers("http://127.0.0.1:9999/out")
                .get(&[("id_token_hint", HINT), ("post_logout_redirect_uri", uri)]);
            case.sign_off().errors()
        };
        assert_eq!(towards("http://127.0.0.1:4711/out"), []);
        assert_eq!(
            towards("http://127.0.0.1:4711/other"),
            [RequestError::TargetNotRegistered]
        );
    }

    #[test]
    fn what_the_specification_leaves_open_is_no_error() {
        assert_eq!(errors(&[]), []);
        assert_eq!(errors(&[TARGET]), []);
        assert_eq!(errors(&[("id_token_hint", "signed"), TARGET]), []);
        assert_eq!(errors(&[TARGET, ("post_logout_redirect_uri", EVIL)]), []);
        assert_eq!(errors(&[("id_token_hint", ""), TARGET]), []);
    }

    #[test]
    fn no_two_errors_read_alike() {
        let errors = [
            RequestError::HintNotIssued,
            RequestError::ClientDisagrees,
            RequestError::TargetNotRegistered,
        ];
        let texts = std::collections::BTreeSet::from(errors.map(RequestError::describe));
        assert_eq!(texts.len(), errors.len());
    }

    #[test]
    fn a_redirect_for_a_failed_hint_may_be_due_to_client_id() {
        let served = |params: &[(&str, &str)]| {
            let case = Case::new().get(&[&[("id_token_hint", "garbage"), TARGET], params].concat());
            let case = case.before(Session::Ended).gets(redirect(302, OUT));
            case.sign_off().failed_hint_served()
        };
        assert!(served(&[]).is_yes());
        assert!(served(&[("client_id", "")]).is_yes());
        assert!(matches!(served(&[("client_id", "a")]), Seen::Unknown(_)));
    }
}
