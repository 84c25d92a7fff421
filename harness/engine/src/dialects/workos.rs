//! `WorkOS`: single sign-on through a customer's identity provider. The application's server asks for a logout token, the
//! browser takes it along, and the session ends at the identity provider. None of the words of RP-Initiated Logout 1.0.

use super::Dialect;
use crate::behind;
use crate::forge::Context;
use crate::resolve::Resolved;
use crate::speech::{Lack, Say, Word};
use crate::target::SignInKind;
use serde_json::json;
use signoff_oidc::Request;
use signoff_oidc::params::encode;
use signoff_rules::record::Exchange;
use signoff_scenarios::{ByToken, Key, LogoutIntent, LogoutToken, Notice, Way, Whose};

pub(super) const DIALECT: Dialect = Dialect {
    id: "workos",
    summary: "WorkOS: a logout token for the application's server, a redirect, the session ends at the identity provider behind it",
    editions: &[],
    sign_in: || SignInKind::Form,
    own_origins: |_| Vec::new(),
    speak,
    lacks: &[
        Lack {
            word: Word::Parameter("id_token_hint"),
            rules: &[
                "RPIL-2-02",
                "RPIL-2-2*",
                "RPIL-3-03",
                "RPIL-4-02",
                "RPIL-6-01",
            ],
            reason: "WorkOS has no id_token_hint: a logout token says who is to be signed off",
        },
        Lack {
            word: Word::Parameter("client_id"),
            rules: &["RPIL-2-04", "RPIL-2-05", "RPIL-2-06", "RPIL-4-01"],
            reason: "WorkOS has no client_id at its logout endpoint: the API key names the application",
        },
        Lack {
            word: Word::Parameter("state"),
            rules: &["RPIL-2-13", "RPIL-2-14", "RPIL-2-15"],
            reason: "WorkOS has no state: nobody is sent back",
        },
        Lack {
            word: Word::Parameter("post_logout_redirect_uri"),
            rules: &[
                "RPIL-2-07",
                "RPIL-2-08",
                "RPIL-2-09",
                "RPIL-2-10",
                "RPIL-2-11",
                "RPIL-2-12",
                "RPIL-3*",
                "RPIL-4-04",
            ],
            reason: "WorkOS has no post_logout_redirect_uri: the sign-off ends at the identity provider",
        },
        Lack {
            word: Word::Parameter("logout_hint"),
            rules: &["RPIL-2-03"],
            reason: "WorkOS has no logout_hint",
        },
        Lack {
            word: Word::Parameter("ui_locales"),
            rules: &["RPIL-2-16", "RPIL-2-17"],
            reason: "WorkOS has no ui_locales",
        },
        Lack {
            word: Word::OtherMethod,
            rules: &["RPIL-2-18", "RPIL-2-19", "RPIL-2-21"],
            reason: "WorkOS documents GET alone, with nothing but the token",
        },
        Lack {
            word: Word::AnyParameter,
            rules: &[],
            reason: "WorkOS takes no parameter but its logout token",
        },
        Lack {
            word: Word::OfRulesOnly,
            rules: &["CSS*", "!CSS-03", "!CSS-06"],
            reason: "it is about parameters and pages of RP-Initiated Logout 1.0; WorkOS has an API, a token and redirects",
        },
        Lack {
            word: Word::OfRulesOnly,
            rules: &["*", "!CSS*"],
            reason: "WorkOS is no OpenID provider here: it has no discovery document and no end_session_endpoint of its own",
        },
    ],
    doors: |_, _| Vec::new(),
    differences: &[],
};

/// A key that nobody has.
const WRONG_KEY: &str = "sk_test_nobodys";
/// A profile that nobody has.
const NOBODYS_PROFILE: &str = "prof_01NOBODYNOBODYNOBODYNOBOD";
/// A token that was never handed out.
const INVENTED_TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJwcm9maWxlX2lkIjoicHJvZl9ub2JvZHkiLCJleHAiOjQxMDI0NDQ4MDB9.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// Where a notice that could choose would go.
const ELSEWHERE: &str = "https://evil.test/";

fn speak(
    intent: &LogoutIntent,
    context: &Context<'_>,
    user: Option<&str>,
    heard: &[Exchange],
) -> Result<Say, String> {
    match &intent.way {
        // An orderly request without parameters means: sign off whoever is signed in.
        Way::Request => by_token(&ByToken::default(), context, user, heard),
        Way::Token(by) => by_token(by, context, user, heard),
        Way::Notice(notice) => notified(*notice, context),
    }
}

fn by_token(
    by: &ByToken,
    context: &Context<'_>,
    user: Option<&str>,
    heard: &[Exchange],
) -> Result<Say, String> {
    let sent = match by.token {
        LogoutToken::Absent => return visit(context, ""),
        LogoutToken::Invented => INVENTED_TOKEN.to_owned(),
        LogoutToken::Earlier(index) => {
            let earlier = context.ledger.logout_tokens.get(index);
            let earlier = earlier.ok_or("no logout token was handed out earlier")?;
            earlier.text.clone()
        }
        LogoutToken::OfOtherTenant => match heard.last() {
            None => return foreign_call(context).map(Say::Call),
            Some(call) => {
                let token = behind::logout_token(call).map(|(_, token)| token);
                token.ok_or("the other tenant hands out no logout token")?
            }
        },
        LogoutToken::AsIssued | LogoutToken::Altered => match heard.last() {
            None => return authorize(by, context, user).map(Say::Call),
            Some(call) => match behind::logout_token(call) {
                None => return Ok(Say::Nothing),
                Some((_, token)) if by.token == LogoutToken::Altered => altered(&token),
                Some((_, token)) => token,
            },
        },
    };
    visit(context, &format!("?token={}", encode(sent.as_bytes())))
}

/// The call of the application's server.
fn authorize(by: &ByToken, context: &Context<'_>, user: Option<&str>) -> Result<Request, String> {
    let key = match by.key {
        Key::Own => context.target.client.secret.as_deref(),
        Key::Wrong => Some(WRONG_KEY),
        Key::Absent => None,
    };
    let profile = profile(by.profile, context, user)?;
    call(base(context), key, profile.as_deref())
}

/// The call of an application's server in another environment, for a profile that is known there.
fn foreign_call(context: &Context<'_>) -> Result<Request, String> {
    const NO_OTHER: &str = "the target names no other tenant";
    let other = context.target.other_tenant.as_ref().ok_or(NO_OTHER)?;
    let base = other.issuer.trim_end_matches('/');
    if base == self::base(context) {
        return Err(
            "the tenants share one address, where the tokens of both are in their place".to_owned(),
        );
    }
    let profile = context.foreign_id_token.ok_or(NO_OTHER)?;
    call(base, other.client.secret.as_deref(), Some(profile))
}

fn call(base: &str, key: Option<&str>, profile: Option<&str>) -> Result<Request, String> {
    let url = format!("{base}/sso/logout/authorize");
    let mut request = Request::get(&url).ok_or("the target's address is no http(s) URL")?;
    "POST".clone_into(&mut request.method);
    let body = match profile {
        Some(profile) => json!({ "profile_id": profile }),
        None => json!({}),
    };
    request.body = body.to_string().into_bytes();
    let request = request.with_header("Content-Type", "application/json");
    Ok(match key {
        Some(key) => request.with_header("Authorization", format!("Bearer {key}")),
        None => request,
    })
}

fn profile(
    whose: Whose,
    context: &Context<'_>,
    user: Option<&str>,
) -> Result<Option<String>, String> {
    let sign_ins = &context.ledger.sign_ins;
    let found = match whose {
        Whose::Unnamed => return Ok(None),
        Whose::Nobodys => NOBODYS_PROFILE.to_owned(),
        Whose::Own => sign_ins
            .iter()
            .rev()
            .find(|signed_in| Some(signed_in.user.as_str()) == user)
            .and_then(|signed_in| signed_in.profile.clone())
            .ok_or("nobody is signed in, so there is no profile to sign off")?,
        Whose::OfSignIn(index) => sign_ins
            .get(index)
            .and_then(|signed_in| signed_in.profile.clone())
            .ok_or_else(|| format!("sign-in {index} did not happen"))?,
        Whose::OfOtherTenant => context
            .foreign_id_token
            .ok_or("the target names no other tenant")?
            .to_owned(),
        Whose::Unable(why) => {
            let broker = context.target.behind.as_ref();
            let known = broker.and_then(|broker| broker.unable.iter().find(|(_, is)| *is == why));
            let (profile, _) = known.ok_or("the target names no profile of such a connection")?;
            profile.clone()
        }
    };
    Ok(Some(found))
}

fn visit(context: &Context<'_>, query: &str) -> Result<Say, String> {
    let url = format!("{}/sso/logout{query}", base(context));
    let request = Request::get(&url).ok_or("the target's address is no http(s) URL")?;
    Ok(Say::Visit(Resolved {
        request,
        made: Vec::new(),
    }))
}

fn notified(notice: Notice, context: &Context<'_>) -> Result<Say, String> {
    let broker = context.target.behind.as_ref();
    let address = broker
        .and_then(|broker| broker.notice.as_deref())
        .ok_or("the target names no address for notices of the identity provider")?;
    let address = if notice.unknown_key {
        format!("{address}-of-nobody")
    } else {
        address.to_owned()
    };
    let query = if notice.with_parameters {
        let elsewhere = encode(ELSEWHERE.as_bytes());
        format!(
            "?post_logout_redirect_uri={elsewhere}&redirect_uri={elsewhere}&return_to={elsewhere}"
        )
    } else {
        String::new()
    };
    let request = Request::get(&format!("{address}{query}"))
        .ok_or("the address for notices is no http(s) URL")?;
    Ok(Say::Visit(Resolved {
        request,
        made: Vec::new(),
    }))
}

fn base<'a>(context: &Context<'a>) -> &'a str {
    context.target.issuer.trim_end_matches('/')
}

/// One character in the middle of the last part is another one: decoders ignore bits of the very last.
fn altered(token: &str) -> String {
    let at = token.rfind('.').map_or(token.len() / 2, |dot| dot + 1);
    let (before, behind) = token.split_at(at);
    let other = if behind.starts_with('A') { 'B' } else { 'A' };
    let rest: String = behind.chars().skip(1).collect();
    format!("{before}{other}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_altered_token_is_another_one_of_the_same_length() {
        for token in ["a.b.Abc", "a.b.xbc", "opaque-token"] {
            let other = altered(token);
            assert_ne!(other, token);
            assert_eq!(other.len(), token.len());
        }
    }
}
