//! The crate `openidconnect`, as it is published, against a PingOne environment of the mock: discovery, sign-on, refresh,
//! sign-off. Usage: `openidconnect-check ISSUER CLIENT SECRET REDIRECT-URI POST-LOGOUT-REDIRECT-URI USER-ID USERNAME
//! PASSWORD`. Each step is a line; the first that fails ends it.

mod person;

use std::error::Error;

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreErrorResponseType, CoreIdToken, CoreUserInfoClaims,
};
use openidconnect::reqwest::blocking::Client as Http;
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndSessionUrl,
    IssuerUrl, LogoutRequest, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl, RequestTokenError, Scope,
    TokenResponse as _,
};

use person::Person;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The client with the endpoints that the provider announced.
type Client = openidconnect::core::CoreClient<
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointMaybeSet,
    openidconnect::EndpointMaybeSet,
>;

fn main() -> Outcome<()> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [
        issuer,
        id,
        secret,
        redirect,
        signed_off,
        user,
        name,
        password,
    ] = given.as_slice()
    else {
        return Err("eight arguments are wanted".into());
    };
    let http = person::http()?;

    let issuer = IssuerUrl::new(issuer.clone())?;
    let metadata = ProviderMetadataWithLogout::discover(&issuer, &http)?;
    let end_session = metadata.additional_metadata().end_session_endpoint.clone();
    let end_session = end_session.ok_or("the provider announces no end_session_endpoint")?;
    let client = CoreClient::from_provider_metadata(
        metadata,
        ClientId::new(id.clone()),
        Some(ClientSecret::new(secret.clone())),
    )
    .set_redirect_uri(RedirectUrl::new(redirect.clone())?);
    done("the client discovers the provider");

    let mut person = Person::new(http.clone(), redirect);
    let request = Request::of(&client, None);
    let answer = person.signs_on(&request.url, name, password)?;
    let (tokens, claims) = request.redeemed(&client, &http, &answer)?;
    same("the subject", claims.as_str(), user)?;
    let refresh = tokens.refresh_token().ok_or("there is no refresh token")?;
    done("Alice signs on; the client verifies state, nonce, signature, audience and at_hash");

    let info: CoreUserInfoClaims = client
        .user_info(tokens.access_token().clone(), None)?
        .request(&http)?;
    same("the user of userinfo", info.subject().as_str(), user)?;
    done("userinfo is about Alice");

    let renewed = client.exchange_refresh_token(refresh)?.request(&http)?;
    if renewed.access_token().secret() == tokens.access_token().secret() {
        return Err("the access token is the old one".into());
    }
    let hint = renewed.id_token().ok_or("there is no new ID token")?;
    let verifier = client.id_token_verifier();
    // An ID token of a refresh repeats no nonce (Core section 12.2).
    let again = hint.claims(&verifier, |_: Option<&Nonce>| Ok(()))?;
    same(
        "the subject of the new ID token",
        again.subject().as_str(),
        user,
    )?;
    done("the refresh token brings new tokens");

    let refresh = renewed.refresh_token().unwrap_or(refresh);
    let back = signs_off(&mut person, end_session, hint, signed_off)?;
    same("the way back", &back, &format!("{signed_off}?state=bye"))?;
    done("the client signs off, and the browser comes back with its state");

    let silent = Request::of(&client, Some("none"));
    let answer = person.opens(&silent.url)?;
    same(
        "the answer",
        &person::parameter(&answer, "error")?,
        "login_required",
    )?;
    same(
        "its state",
        &person::parameter(&answer, "state")?,
        silent.state.secret(),
    )?;
    done("the session has ended: prompt=none is answered with login_required");

    match client.exchange_refresh_token(refresh)?.request(&http) {
        Err(RequestTokenError::ServerResponse(refused))
            if *refused.error() == CoreErrorResponseType::InvalidGrant => {}
        Err(other) => return Err(other.into()),
        Ok(_) => return Err("the refresh token still works".into()),
    }
    done("the refresh token has ended with it");
    Ok(())
}

/// An authorization request, and what its answer is checked by.
struct Request {
    url: String,
    state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

impl Request {
    fn of(client: &Client, prompt: Option<&str>) -> Self {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("profile".into()))
            .add_scope(Scope::new("email".into()))
            .set_pkce_challenge(challenge);
        if let Some(prompt) = prompt {
            request = request.add_extra_param("prompt", prompt);
        }
        let (url, state, nonce) = request.url();
        Self {
            url: url.to_string(),
            state,
            nonce,
            verifier,
        }
    }

    /// The tokens for an answer, and their subject.
    fn redeemed(
        self,
        client: &Client,
        http: &Http,
        answer: &str,
    ) -> Outcome<(openidconnect::core::CoreTokenResponse, String)> {
        same(
            "the state",
            &person::parameter(answer, "state")?,
            self.state.secret(),
        )?;
        let code = AuthorizationCode::new(person::parameter(answer, "code")?);
        let tokens = client
            .exchange_code(code)?
            .set_pkce_verifier(self.verifier)
            .request(http)?;
        let token = tokens.id_token().ok_or("there is no ID token")?;
        let verifier = client.id_token_verifier();
        let claims = token.claims(&verifier, &self.nonce)?;
        let expected = AccessTokenHash::from_token(
            tokens.access_token(),
            token.signing_alg()?,
            token.signing_key(&verifier)?,
        )?;
        if claims.access_token_hash() != Some(&expected) {
            return Err("at_hash is not that of the access token".into());
        }
        let subject = claims.subject().to_string();
        Ok((tokens, subject))
    }
}

fn signs_off(
    person: &mut Person,
    endpoint: EndSessionUrl,
    hint: &CoreIdToken,
    signed_off: &str,
) -> Outcome<String> {
    let request = LogoutRequest::from(endpoint)
        .set_id_token_hint(hint)
        .set_post_logout_redirect_uri(PostLogoutRedirectUrl::new(signed_off.to_owned())?)
        .set_state(CsrfToken::new("bye".into()));
    person.opens(request.http_get_url().as_str())
}

fn same(what: &str, found: &str, expected: &str) -> Outcome<()> {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}: expected {expected}, found {found}").into())
}

fn done(sentence: &str) {
    println!("  ok   {sentence}");
}
