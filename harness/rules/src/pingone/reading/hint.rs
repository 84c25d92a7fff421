//! The hint against the checks that the documentation names. Each function says why a hint has to be
//! refused; what cannot be told is not a reason.

use crate::record::{CookiesSent, Life, Provenance, TokenKind, Witness};
use crate::sign_off::SignOff;
use serde_json::Value;
use signoff_oidc::{Door, token};

/// True when no application of this environment is named in `aud` as the one that the hint was signed for:
/// a forged token, a token of another environment, an access token, or an `aud` without a known application.
/// Applications share the environment's key, so a hint signed with it for a known application passes.
pub(in crate::pingone) fn is_signed_for_no_application(s: &SignOff<'_>) -> bool {
    let Some(facts) = s.hint_facts() else {
        return false;
    };
    let Some(claims) = claims(s) else {
        return false;
    };
    match (facts.provenance, facts.kind) {
        (Provenance::Forged, _) => s.hint_is_forged(),
        (Provenance::Issued, TokenKind::Id) => false,
        _ => names_none_of_ours(s, &claims),
    }
}

/// True when the application that the hint identifies was deleted before, or when the hint was signed with
/// the environment's key and its `aud` is one application that is not known.
pub(in crate::pingone) fn names_unknown_application(s: &SignOff<'_>) -> bool {
    let deleted = || identified_application(s).is_some_and(|id| s.attempt().deleted.contains(&id));
    if deleted() {
        return true;
    }
    is_signed_not_issued(s)
        && claims(s)
            .is_some_and(|claims| audience(&claims).len() == 1 && names_none_of_ours(s, &claims))
}

/// The one application that the hint identifies: whom a genuine hint was issued to, or the only `aud` of
/// one that the environment's key signed.
pub(in crate::pingone) fn identified_application(s: &SignOff<'_>) -> Option<String> {
    if let Some(sign_in) = s.genuine_hint() {
        return Some(sign_in.client_id.clone());
    }
    let mut audience = audience(&claims(s).filter(|_| is_signed_not_issued(s))?);
    let only = audience.pop()?;
    (audience.is_empty() && s.world.client(&only).is_some()).then_some(only)
}

/// True when the application that the hint identifies was disabled before.
pub(in crate::pingone) fn application_is_disabled(s: &SignOff<'_>) -> bool {
    let attempt = s.attempt();
    identified_application(s)
        .is_some_and(|id| attempt.disabled.contains(&id) && !attempt.deleted.contains(&id))
}

/// True when the hint is the IdP's own and its `iss` is neither the issuer of the target nor the URL that
/// the request was sent to, without its last segment.
pub(in crate::pingone) fn has_foreign_issuer(s: &SignOff<'_>) -> bool {
    let own = s.hint_facts().is_some_and(|facts| {
        facts.provenance != Provenance::Forged && facts.kind != TokenKind::Access
    });
    let Some(claims) = claims(s).filter(|_| own) else {
        return false;
    };
    let issuer = claims.get("iss").and_then(Value::as_str);
    // At another host of the tenant the usual issuer is a foreign one.
    let usual = s.door() != Door::OtherAddress && issuer == Some(s.world.issuer.as_str());
    !usual && issuer != server_url(s).as_deref()
}

/// True when the request went to `https://{custom domain}/as/signoff`, without an environment in its path.
/// Nothing for another endpoint.
pub(in crate::pingone) fn uses_custom_domain(s: &SignOff<'_>) -> Option<bool> {
    let path = String::from_utf8_lossy(s.attempt().chain[0].request.path()).into_owned();
    path.ends_with("/as/signoff")
        .then_some(path == "/as/signoff")
}

/// The authorization server URL used for the request.
fn server_url(s: &SignOff<'_>) -> Option<String> {
    let request = &s.attempt().chain[0].request;
    let path = String::from_utf8_lossy(request.path()).into_owned();
    let (server, _) = path.rsplit_once('/')?;
    Some(format!("{}{server}", request.origin))
}

/// True when the hint is genuine, or signed with the environment's key, and about another user than the one
/// whose session the browser holds.
pub(in crate::pingone) fn is_about_another_user(s: &SignOff<'_>) -> bool {
    let subject = match s.genuine_hint() {
        // The same name is the same user, even where each client is told another subject.
        Some(_) if s.hint_fits_user() => None,
        Some(sign_in) => sign_in.sub.clone(),
        None => claims(s)
            .filter(|_| is_signed_not_issued(s))
            .and_then(|claims| claims.get("sub")?.as_str().map(str::to_owned)),
    };
    let current = s.attempt().cookies == CookiesSent::Current && s.session_alive().is_yes();
    match (subject, subject_of_session(s)) {
        (Some(hinted), Some(signed_in)) => current && hinted != signed_in,
        _ => false,
    }
}

fn subject_of_session(s: &SignOff<'_>) -> Option<String> {
    let attempt = s.attempt();
    let probed = attempt.before.iter().find_map(|probe| match &probe.life {
        Life::Alive(sub) if probe.witness == Witness::Jar(attempt.browser) => sub.clone(),
        _ => None,
    });
    probed.or_else(|| s.last_sign_in()?.sub.clone())
}

fn is_signed_not_issued(s: &SignOff<'_>) -> bool {
    s.hint_facts()
        .is_some_and(|facts| facts.provenance == Provenance::SignedNotIssued)
}

fn names_none_of_ours(s: &SignOff<'_>, claims: &Value) -> bool {
    audience(claims)
        .iter()
        .all(|id| s.world.client(id).is_none())
}

/// `aud` as a list; it may be a string or an array (Core 1.0 section 2).
fn audience(claims: &Value) -> Vec<String> {
    match claims.get("aud") {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(several)) => several
            .iter()
            .filter_map(|id| id.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

fn claims(s: &SignOff<'_>) -> Option<Value> {
    token::claims(&text(s)?).filter(Value::is_object)
}

fn text(s: &SignOff<'_>) -> Option<String> {
    String::from_utf8(s.hint().once()?.clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::is_signed_for_no_application;
    use crate::pingone::reading::fixture::{AtPingOne, alice, token};
    use crate::record::Provenance;

    #[test]
    fn a_token_that_was_issued_is_signed_for_its_application_whatever_its_audience_says() {
        let text = token(r#"{"aud":"https://api.example"}"#);
        let mut issued = alice();
        issued.record.ledger.sign_ins[0].id_token.clone_from(&text);
        let issued = issued.signs_off(&[("id_token_hint", &text)]);
        assert!(!is_signed_for_no_application(&issued.sign_off()));
        let made = alice().signs_off_with(&text, Provenance::SignedNotIssued);
        assert!(is_signed_for_no_application(&made.sign_off()));
    }
}
