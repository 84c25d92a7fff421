//! The examination of an `id_token_hint`: named steps in a fixed order that end in a hint or in one typed refusal.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::config::KeyChoice;
use crate::jwt::{Names, Parts};
use crate::policy::{Algorithms, ClientFrom, ExpectedIssuer, UserBy, VerifyingKey};
use crate::realm::Realm;
use crate::refusal::HintRefusal;
use crate::sessions::Session;
use crate::signing::SigningKey;

/// A step of the examination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintStep {
    /// It is no longer than IdentityServer reads.
    Length,
    /// The algorithm is RS256, the only one used here.
    Algorithm,
    /// The signature is this tenant's.
    Signature,
    /// It is an ID token and not an access token or another kind.
    Kind,
    /// Its issuer is the one of the URL the request was sent to.
    Issuer,
    /// It was issued to exactly one application.
    Audience,
    /// That application exists.
    ApplicationExists,
    /// That application is enabled.
    ApplicationEnabled,
    /// Its user exists.
    UserKnown,
    /// It is not past its `exp`. Rarely steps: RP-Initiated Logout section 2 wants expired hints accepted.
    Expiry,
    /// Its `sid`, if it has one, is of a session that is current or recent (RP-Initiated Logout section 2).
    SessionRecent,
    /// There is a session. Never steps by a right-minded provider.
    SessionPresent,
    /// Its user is the session's, if there is a session.
    SessionUser,
    /// The session it was issued in is remembered and has not ended. Rarely steps: a genuine hint outlives its session.
    SessionOfHint,
    /// The same, but a hint that names no user passes (`IdentityServer4`, Duende 7).
    SessionUserIfNamed,
    /// It is about the session, if there is one: by its `sid`, or by its user where it has none (Duende 8).
    SessionItself,
}

/// What IdentityServer reads of a JWT, in characters (`InputLengthRestrictions.Jwt`).
const LONGEST_JWT: usize = 51_200;

type Check = fn(&Examination) -> Result<(), HintRefusal>;

/// Every step, in the order in which they are steps. A policy leaves some out.
pub const STEPS: &[HintStep] = &[
    HintStep::Length,
    HintStep::Algorithm,
    HintStep::Signature,
    HintStep::Kind,
    HintStep::Issuer,
    HintStep::Audience,
    HintStep::ApplicationExists,
    HintStep::ApplicationEnabled,
    HintStep::UserKnown,
    HintStep::Expiry,
    HintStep::SessionRecent,
    HintStep::SessionPresent,
    HintStep::SessionUser,
    HintStep::SessionOfHint,
    HintStep::SessionUserIfNamed,
    HintStep::SessionItself,
];

impl HintStep {
    fn check(self) -> Check {
        match self {
            Self::Length => length,
            Self::Algorithm => algorithm,
            Self::Signature => signature,
            Self::Kind => kind,
            Self::Issuer => issuer,
            Self::Audience => audience,
            Self::ApplicationExists => application_exists,
            Self::ApplicationEnabled => application_enabled,
            Self::UserKnown => user_known,
            Self::Expiry => expiry,
            Self::SessionRecent => session_recent,
            Self::SessionPresent => session_present,
            Self::SessionUser => session_user,
            Self::SessionOfHint => session_of_hint,
            Self::SessionUserIfNamed => session_user_if_named,
            Self::SessionItself => session_itself,
        }
    }
}

/// The members of a hint that the steps look at. Others mean nothing to them.
const HEADER: Names = &["alg", "kid", "typ", "crit"];
const CLAIMS: Names = &[
    "iss",
    "sub",
    "aud",
    "azp",
    "exp",
    "sid",
    "scope",
    "client_id",
    "events",
];

/// A hint that passed: only what it says, nothing of the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hint {
    pub(crate) client: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) sid: Option<String>,
}

/// What the steps look at.
struct Examination<'a> {
    realm: &'a Realm,
    token: &'a [u8],
    parts: &'a Parts<'a>,
    expected_issuer: String,
    session: Option<&'a Session>,
    now: Timestamp,
}

/// Examines a hint for a request that was sent to `expected_issuer` in a browser with this session.
pub(crate) fn examine(
    realm: &Realm,
    token: &[u8],
    expected_issuer: String,
    session: Option<&Session>,
    now: Timestamp,
) -> Result<Hint, HintRefusal> {
    let parts = Parts::with(token, HEADER, CLAIMS).ok_or(HintRefusal::Malformed)?;
    let examination = Examination {
        realm,
        token,
        parts: &parts,
        expected_issuer,
        session,
        now,
    };
    let steps = STEPS
        .iter()
        .filter(|step| realm.policy.hint.steps.contains(step));
    steps
        .map(|step| step.check())
        .try_for_each(|check| check(&examination))?;
    Ok(Hint {
        client: client_of(realm, &parts.claims).map(str::to_owned),
        user: text(&parts.claims, "sub").map(str::to_owned),
        sid: session_of(realm, token, &parts.claims).map(str::to_owned),
    })
}

fn text<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}

/// The id of the session a token says it is of; else the one the provider remembers it was issued in.
fn session_of<'a>(
    realm: &'a Realm,
    token: &[u8],
    claims: &'a Map<String, Value>,
) -> Option<&'a str> {
    let remembered = || realm.store.session_of_id_token(token);
    text(claims, "sid").or_else(remembered)
}

/// The audience, if it is a single one; an `azp` must name the same.
fn sole_audience(claims: &Map<String, Value>) -> Option<&str> {
    let audience = match claims.get("aud")? {
        Value::String(only) => only.as_str(),
        Value::Array(list) if list.len() == 1 => list[0].as_str()?,
        _ => return None,
    };
    let authorized = claims
        .get("azp")
        .is_none_or(|azp| azp.as_str() == Some(audience));
    authorized.then_some(audience)
}

fn first_audience(claims: &Map<String, Value>) -> Option<&str> {
    match claims.get("aud")? {
        Value::String(only) => Some(only),
        Value::Array(list) => list.first()?.as_str(),
        _ => None,
    }
}

/// The client that the hint is taken to be for.
fn client_of<'a>(realm: &Realm, claims: &'a Map<String, Value>) -> Option<&'a str> {
    let named = match realm.policy.hint.client_from {
        ClientFrom::FirstAudienceAlone => return first_audience(claims),
        ClientFrom::Audience => None,
        ClientFrom::FirstAudience => claims
            .get("aud")
            .and_then(Value::as_array)
            .and_then(|list| list.first())
            .and_then(Value::as_str),
        ClientFrom::ClientIdElseAudience => text(claims, "client_id"),
    };
    named.or_else(|| sole_audience(claims))
}

fn unless(good: bool, refusal: HintRefusal) -> Result<(), HintRefusal> {
    if good { Ok(()) } else { Err(refusal) }
}

fn length(e: &Examination) -> Result<(), HintRefusal> {
    unless(e.token.len() <= LONGEST_JWT, HintRefusal::TooLong)
}

fn is_unsigned(e: &Examination) -> bool {
    text(&e.parts.header, "alg").is_some_and(|alg| alg.eq_ignore_ascii_case("none"))
}

fn algorithm(e: &Examination) -> Result<(), HintRefusal> {
    let critical = e.parts.header.contains_key("crit");
    let usual = text(&e.parts.header, "alg") == Some("RS256") && !critical;
    let tolerated = e.realm.policy.hint.algorithms == Algorithms::Rs256OrNone && is_unsigned(e);
    unless(usual || tolerated, HintRefusal::Algorithm)
}

fn signature(e: &Examination) -> Result<(), HintRefusal> {
    if e.realm.policy.hint.algorithms == Algorithms::Rs256OrNone && is_unsigned(e) {
        return Ok(());
    }
    // A key is found by its id (RFC 7515 section 4.1.4); there is none by another.
    let kid = e.parts.header.get("kid");
    let by_this_key = kid.is_none_or(|kid| kid.as_str() == Some(e.realm.key.kid()));
    let good = match e.realm.policy.hint.key {
        VerifyingKey::Own => {
            by_this_key && e.realm.key.verifies(e.parts.signed, &e.parts.signature)
        }
        VerifyingKey::Neighbours => SigningKey::chosen(&KeyChoice::Second)
            .is_ok_and(|key| key.verifies(e.parts.signed, &e.parts.signature)),
    };
    unless(good, HintRefusal::Signature)
}

/// ID tokens have neither a `typ` of another kind nor the claims that only other kinds have (RFC 8725 section 3.11).
fn kind(e: &Examination) -> Result<(), HintRefusal> {
    let typ = e
        .parts
        .header
        .get("typ")
        .is_none_or(|typ| typ.as_str().is_some_and(|t| t.eq_ignore_ascii_case("JWT")));
    let foreign = ["scope", "client_id", "events"]
        .iter()
        .any(|name| e.parts.claims.contains_key(*name));
    unless(typ && !foreign, HintRefusal::NotAnIdToken)
}

fn issuer(e: &Examination) -> Result<(), HintRefusal> {
    let expected = match e.realm.policy.hint.issuer {
        ExpectedIssuer::AsIssued => e.expected_issuer.clone(),
        ExpectedIssuer::WithSlash => format!("{}/", e.expected_issuer),
    };
    unless(
        text(&e.parts.claims, "iss") == Some(&expected),
        HintRefusal::Issuer,
    )
}

fn audience(e: &Examination) -> Result<(), HintRefusal> {
    unless(
        client_of(e.realm, &e.parts.claims).is_some(),
        HintRefusal::Audience,
    )
}

fn application_exists(e: &Examination) -> Result<(), HintRefusal> {
    let known = client_of(e.realm, &e.parts.claims).and_then(|id| e.realm.tenant.client(id));
    unless(known.is_some(), HintRefusal::ApplicationUnknown)
}

fn application_enabled(e: &Examination) -> Result<(), HintRefusal> {
    let enabled =
        client_of(e.realm, &e.parts.claims).is_some_and(|id| e.realm.is_enabled_client(id));
    unless(enabled, HintRefusal::ApplicationDisabled)
}

fn user_known(e: &Examination) -> Result<(), HintRefusal> {
    let sub = text(&e.parts.claims, "sub");
    let known = match e.realm.policy.hint.user_by {
        UserBy::Id => sub.and_then(|id| e.realm.tenant.user(id)).is_some(),
        UserBy::Username => {
            let mut users = e.realm.tenant.users.iter();
            users.any(|user| Some(user.username.as_str()) == sub)
        }
    };
    unless(known, HintRefusal::UserUnknown)
}

fn expiry(e: &Examination) -> Result<(), HintRefusal> {
    let expires = e.parts.claims.get("exp").and_then(Value::as_i64);
    unless(
        expires.is_some_and(|at| at > e.now.as_second()),
        HintRefusal::Expired,
    )
}

fn session_recent(e: &Examination) -> Result<(), HintRefusal> {
    let Some(id) = session_of(e.realm, e.token, &e.parts.claims) else {
        return Ok(());
    };
    let lifetimes = &e.realm.tenant.lifetimes;
    let recent = e.realm.tenant.freedom.recent_session;
    let session = e.realm.store.session(id);
    unless(
        session.is_some_and(|session| session.is_recent(e.now, lifetimes.session_idle, recent)),
        HintRefusal::SessionNotRecent,
    )
}

fn session_present(e: &Examination) -> Result<(), HintRefusal> {
    unless(e.session.is_some(), HintRefusal::NoSession)
}

fn session_user(e: &Examination) -> Result<(), HintRefusal> {
    let user = text(&e.parts.claims, "sub");
    unless(
        e.session
            .is_none_or(|session| Some(session.user.as_str()) == user),
        HintRefusal::OtherUser,
    )
}

fn session_of_hint(e: &Examination) -> Result<(), HintRefusal> {
    let session = text(&e.parts.claims, "sid").and_then(|sid| e.realm.store.session(sid));
    unless(
        session.is_some_and(|session| !session.ended),
        HintRefusal::NoSession,
    )
}

fn session_user_if_named(e: &Examination) -> Result<(), HintRefusal> {
    match text(&e.parts.claims, "sub") {
        None => Ok(()),
        Some(_) => session_user(e),
    }
}

fn session_itself(e: &Examination) -> Result<(), HintRefusal> {
    match (e.session, text(&e.parts.claims, "sid")) {
        (Some(session), Some(sid)) => unless(session.id == sid, HintRefusal::OtherSession),
        _ => session_user_if_named(e),
    }
}
