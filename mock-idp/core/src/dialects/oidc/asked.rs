//! What Core 1.0 asks of an authorization request beyond what every product looks at: prompts, hints, claims, offline
//! access, and the request objects that this provider does not read.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::authorize::{Authorization, Prompt, Rejected, Reply};
use crate::jwt::Parts;
use crate::parameters::Parameters;
use crate::realm::{Realm, Site};

/// Completes an authorization request, or says why it cannot be served.
pub(super) fn complete(
    realm: &Realm,
    sent: &Parameters,
    mut authorization: Authorization,
) -> Result<Authorization, Rejected> {
    let reply = authorization.reply.clone();
    let sorry = |(error, description)| sent_back(&reply, error, description);
    if let Some(objection) = unsupported(sent) {
        return Err(sorry(objection));
    }
    let prompts: Vec<&str> = words(sent, "prompt");
    if prompts.iter().any(|prompt| !PROMPTS.contains(prompt)) {
        return Err(sorry(("invalid_request", "There is no such prompt.")));
    }
    if prompts.contains(&"select_account") && authorization.prompt == Prompt::AsNeeded {
        authorization.prompt = Prompt::Login;
    }
    authorization.wanted.consent = prompts.contains(&"consent");
    if !authorization.wanted.consent {
        // Section 11: without consent the wish for offline access is ignored.
        let granted: Vec<&str> = authorization
            .scope
            .split(' ')
            .filter(|scope| *scope != "offline_access")
            .collect();
        authorization.scope = granted.join(" ");
    }
    let claims = match sent.octets("claims") {
        None => Map::new(),
        Some(text) => object(text)
            .ok_or_else(|| sorry(("invalid_request", "The claims parameter is no JSON object.")))?,
    };
    authorization.wanted.claims.id_token = names(&claims, "id_token");
    authorization.wanted.claims.userinfo = names(&claims, "userinfo");
    let by_claim = claims
        .get("id_token")
        .and_then(|members| members["sub"]["value"].as_str())
        .map(str::to_owned);
    let hint = sent
        .octets("id_token_hint")
        .filter(|_| realm.policy.around.sign_in_hint_heeded);
    let by_hint = match hint {
        None => None,
        Some(hint) => Some(subject_of(realm, hint).ok_or_else(|| {
            sorry((
                "invalid_request",
                "The ID token hint is none of this provider's.",
            ))
        })?),
    };
    authorization.wanted.user = match (by_hint, by_claim) {
        (Some(hint), Some(claim)) if hint != claim => {
            return Err(sorry((
                "login_required",
                "Two different End-Users are asked for.",
            )));
        }
        (hint, claim) => hint.or(claim),
    };
    Ok(authorization)
}

/// The values of `prompt` (Core section 3.1.2.1).
pub(super) const PROMPTS: [&str; 4] = ["none", "login", "consent", "select_account"];

/// Sections 6 and 7.2.1: what is not supported is refused by name.
fn unsupported(sent: &Parameters) -> Option<(&'static str, &'static str)> {
    let there = |name| sent.octets(name).is_some();
    if there("request") {
        Some(("request_not_supported", "Request objects are not read."))
    } else if there("request_uri") {
        Some((
            "request_uri_not_supported",
            "Request objects are not fetched.",
        ))
    } else if there("registration") {
        Some((
            "registration_not_supported",
            "Clients register at an endpoint of its own.",
        ))
    } else {
        None
    }
}

fn sent_back(reply: &Reply, error: &'static str, description: &'static str) -> Rejected {
    Rejected::Sent {
        reply: reply.clone(),
        error,
        description,
    }
}

fn words<'a>(sent: &'a Parameters, name: &'a str) -> Vec<&'a str> {
    let text = sent.text(name).unwrap_or_default();
    text.split(' ').filter(|word| !word.is_empty()).collect()
}

fn object(text: &[u8]) -> Option<Map<String, Value>> {
    match serde_json::from_slice(text) {
        Ok(Value::Object(members)) => Some(members),
        _ => None,
    }
}

/// The names of the claims asked for at one place (section 5.5).
fn names(claims: &Map<String, Value>, place: &str) -> BTreeSet<String> {
    let members = claims.get(place).and_then(Value::as_object);
    let members = members.into_iter().flatten();
    members.map(|(name, _)| name.clone()).collect()
}

/// The subject of an ID token of this provider, whoever it was issued to and however old it is (section 3.1.2.2).
fn subject_of(realm: &Realm, hint: &[u8]) -> Option<String> {
    let parts = Parts::of(hint)?;
    let text = |name: &str| parts.claims.get(name).and_then(Value::as_str);
    let genuine = parts.header.get("alg").and_then(Value::as_str) == Some("RS256")
        && realm.key.verifies(parts.signed, &parts.signature)
        && text("iss") == Some(realm.issuer(Site::Default).as_str());
    text("sub").filter(|_| genuine).map(str::to_owned)
}
