//! Trials of other endpoints from a few answers.

use super::json;
use crate::record::Life;
use crate::rule::{Judge, Rule};
use crate::ruling::Ruling;
use crate::trials::{
    Lives, Registration, RegistrationKind, Revocation, RevocationKind, Silent, SilentEnd,
    SilentKind, Trials, Tried,
};
use serde_json::{Value, json};
use signoff_oidc::Response;

/// A registration with these metadata that was answered so.
pub(crate) fn registration(kind: RegistrationKind, asked: Value, answer: Response) -> Registration {
    Registration {
        kind,
        asked,
        answer: Ok(answer),
    }
}

/// A registration with one URI in one member, which was done as asked.
pub(crate) fn registered(kind: RegistrationKind, member: &str, uri: &str) -> Registration {
    let answer = json!({ "client_id": "c", member: [uri] }).to_string();
    registration(kind, json!({ member: [uri] }), json(201, &answer))
}

/// The same, refused.
pub(crate) fn refused(kind: RegistrationKind, member: &str, uri: &str) -> Registration {
    let answer = json(400, r#"{"error":"invalid_redirect_uri"}"#);
    registration(kind, json!({ member: [uri] }), answer)
}

/// The trial of registration.
pub(crate) fn registrations(made: Vec<Registration>) -> Trials {
    Trials {
        registration: Tried::Made(made),
        ..Trials::default()
    }
}

/// Tokens of which the refresh token works or not, and the access token.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it stands where there may be none"
)]
pub(crate) fn lives(refresh: bool, access: bool) -> Option<Lives> {
    let life = |alive| {
        if alive {
            Life::Alive(None)
        } else {
            Life::Ended
        }
    };
    Some(Lives {
        refresh: life(refresh),
        user_info: Some(life(access)),
    })
}

/// A request to revoke a token that worked, answered so, and the tokens afterwards.
pub(crate) fn revocation(kind: RevocationKind, status: u16, after: Option<Lives>) -> Revocation {
    let body = if status == 200 {
        ""
    } else {
        r#"{"error":"invalid_request"}"#
    };
    Revocation {
        kind,
        answer: Ok(json(status, body)),
        before: lives(true, true),
        after,
    }
}

/// The trial of revocation.
pub(crate) fn revocations(made: Vec<Revocation>) -> Trials {
    Trials {
        revocation: Tried::Made(made),
        ..Trials::default()
    }
}

/// The trial of authorization requests that may show nothing. Hints are of `alice`.
pub(crate) fn silent(ends: &[(SilentKind, SilentEnd)]) -> Trials {
    let made = ends.iter().map(|(kind, end)| Silent {
        kind: *kind,
        hinted: Some("alice".to_owned()),
        end: end.clone(),
    });
    Trials {
        silent: Tried::Made(made.collect()),
        ..Trials::default()
    }
}

/// A code for the tokens of this person.
pub(crate) fn code(sub: &str) -> SilentEnd {
    SilentEnd::Code(Some(sub.to_owned()))
}

super::assertions::assertions!(Trials);

impl Trials {
    pub(crate) fn judge(&self, rule: &Rule) -> Ruling {
        let Judge::Trial(_, judge) = rule.judge else {
            panic!("{} does not judge a trial", rule.id);
        };
        judge(self)
    }
}
