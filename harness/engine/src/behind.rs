//! Products that sign people on at an identity provider behind them: what is known of the two, and who signed in.

use crate::campaign::fetch;
use crate::run::Case;
use crate::sign_in::SignInError;
use crate::target::{Broker, Target};
use crate::wire::{Failure, Fidelity, Wire};
use serde_json::{Value, json};
use signoff_oidc::discovery::document_url;
use signoff_oidc::{Client, Metadata, Origin, Request, User};
use signoff_rules::record::{Exchange, Offline, SignedIn};
use signoff_rules::world::{Behind, Unable, World};
use signoff_scenarios::Inability;

/// The world of such a product. It publishes no metadata of its own; that of the identity provider is read.
pub(crate) async fn read_world<W: Wire>(
    wire: &mut W,
    target: &Target,
    broker: &Broker,
    seed: u64,
) -> Result<World, String> {
    let unreachable = |failure: Failure| format!("{} cannot be reached: {failure}", broker.issuer);
    wire.begin(seed).await.map_err(unreachable)?;
    let url = document_url(&broker.issuer);
    let request = Request::get(&url)
        .ok_or_else(|| format!("the issuer {} is no http(s) URL", broker.issuer))?;
    let discovery = wire
        .send(&request, Fidelity::Ordinary)
        .await
        .map_err(unreachable)?;
    let found = (discovery.status == 200)
        .then(|| Metadata::parse(&discovery.body))
        .flatten()
        .filter(|metadata| metadata.text("authorization_endpoint").is_some());
    let Some(behind) = found else {
        return Err(format!(
            "{url} answered {} and no document with an authorization_endpoint, so no session can be looked at",
            discovery.status
        ));
    };
    let base = target.issuer.trim_end_matches('/');
    let own = json!({
        "authorization_endpoint": format!("{base}/sso/authorize"),
        "token_endpoint": format!("{base}/sso/token"),
    });
    let jwks = fetch(wire, behind.text("jwks_uri")).await;
    let addresses = [target.issuer.as_str(), broker.issuer.as_str()]
        .into_iter()
        .chain(
            ["authorization_endpoint", "end_session_endpoint"]
                .iter()
                .filter_map(|name| behind.text(name)),
        );
    let mut own_origins: Vec<Origin> = Vec::new();
    for origin in addresses
        .filter_map(Origin::of)
        .chain(target.own_origins.iter().cloned())
    {
        if !own_origins.contains(&origin) {
            own_origins.push(origin);
        }
    }
    Ok(World {
        listening: Vec::new(),
        confirmation: target.confirmation.clone(),
        dialect: target.dialect.clone(),
        edition: target.edition.clone(),
        real: target.real,
        issuer: target.issuer.clone(),
        own_origins,
        doors: Vec::new(),
        clients: target.clients(),
        discovery,
        metadata: Metadata::parse(own.to_string().as_bytes()),
        rfc8414: None,
        jwks,
        behind: Some(Behind {
            metadata: behind,
            unable: broker
                .unable
                .iter()
                .map(|(profile, why)| (profile.clone(), unable(*why)))
                .collect(),
            notice: broker.notice.clone(),
            application_logout: broker.application_logout.clone(),
        }),
    })
}

fn unable(why: Inability) -> Unable {
    match why {
        Inability::OtherProtocol => {
            Unable::Unsupported("its connection does not speak OpenID Connect")
        }
        Inability::NoRevocation => {
            Unable::Unsupported("its identity provider has no revocation_endpoint")
        }
        Inability::NoEndSession => {
            Unable::Unsupported("its identity provider has no end_session_endpoint")
        }
        Inability::NotEnabled => Unable::NotEnabled,
    }
}

/// The entry of somebody who signed in and got a profile.
pub(crate) fn entry<W: Wire>(
    case: &mut Case<'_, W>,
    browser: usize,
    client: &Client,
    user: &User,
    answer: &Value,
) -> Result<SignedIn, SignInError> {
    let profile = answer["profile"]["id"]
        .as_str()
        .ok_or_else(|| SignInError::new("the token response has no profile with an id"))?
        .to_owned();
    let access_token = answer["access_token"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let number = case.record.ledger.sign_ins.len();
    case.names
        .add(&access_token, &format!("access token {number}"));
    Ok(SignedIn {
        seq: case.next_seq(),
        browser,
        session: 0,
        client_id: client.id.clone(),
        user: user.name.clone(),
        sub: answer["profile"]["idp_id"].as_str().map(str::to_owned),
        sid: None,
        id_token: String::new(),
        access_token,
        profile: Some(profile),
        refresh_token: None,
        offline: Offline::No,
        at: case.wire.now(),
        expires: None,
        exchanges: std::mem::take(&mut case.browsed),
    })
}

/// The logout token that a call was answered with, and when.
pub(crate) fn logout_token(call: &Exchange) -> Option<(u32, String)> {
    let answer = call.answer.as_ref().ok()?;
    let body: Value = serde_json::from_slice(&answer.body).ok()?;
    let text = body["logout_token"].as_str()?;
    Some((call.seq, text.to_owned()))
}
