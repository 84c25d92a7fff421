//! Signing in at the target: authorization code flow with PKCE, through the IdP's own pages or flow API,
//! as a relying party and a person would. A failure says at which step, and what was seen.

mod outside;
mod steps;

pub use outside::{OutsideAnswer, OutsideEnd, OutsideTask};

use crate::behind;
use crate::run::Case;
use crate::target::{FormFields, SignInKind};
use crate::wire::{Fidelity, Wire};
use base64::Engine as _;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use signoff_oidc::params::encode;
use signoff_oidc::token::{base64url, claims};
use signoff_oidc::uri::resolve;
use signoff_oidc::{Client, ClientAuth, Params, Request, Response, Timestamp, User};
use signoff_rules::page::{Field, Form, Page, announced};
use signoff_rules::record::{Offline, SignedIn};
use signoff_rules::visit::{self, Hop};

/// How many requests a sign-in may take.
const STEPS: usize = 25;

/// Why a sign-in failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInError {
    /// What was being done, and what was seen instead.
    pub what: String,
    /// True when the target could not be reached at all.
    pub unreachable: bool,
    /// The error code, where the IdP answered the client with one.
    pub refused: Option<String>,
}

impl SignInError {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        SignInError {
            what: what.into(),
            unreachable: false,
            refused: None,
        }
    }
}

impl From<crate::wire::Failure> for SignInError {
    fn from(failure: crate::wire::Failure) -> Self {
        SignInError {
            what: failure.what,
            unreachable: failure.unreachable,
            refused: None,
        }
    }
}

/// An authorization request under way.
pub(crate) struct Authorization {
    pub(crate) url: String,
    pub(crate) redirect_uri: String,
    scope: String,
    verifier: String,
    state: String,
    nonce: String,
}

/// What an authorization request asks for besides the usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Ask {
    /// Nothing may be shown (Core 1.0 section 3.1.2.1, `prompt=none`).
    pub(crate) silent: bool,
    /// The person signs in anew.
    pub(crate) fresh: bool,
    /// `offline_access`, which goes with `prompt=consent` (section 11).
    pub(crate) offline: bool,
}

impl Ask {
    fn prompt(self) -> Option<&'static str> {
        match (self.silent, self.fresh, self.offline) {
            (true, ..) => Some("none"),
            (_, true, true) => Some("login consent"),
            (_, true, false) => Some("login"),
            (_, false, true) => Some("consent"),
            (_, false, false) => None,
        }
    }
}

/// What the authorization response said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answered {
    Code(String),
    Error(String),
}

/// Builds the authorization request (OpenID Connect Core 1.0 section 3.1.2.1, RFC 7636).
pub(crate) fn authorization<W: Wire>(
    case: &mut Case<'_, W>,
    client: &Client,
    ask: Ask,
) -> Result<Authorization, SignInError> {
    let looks = ask.silent;
    let behind = case.world.behind.as_ref().filter(|_| looks);
    let metadata = behind
        .map(|behind| &behind.metadata)
        .or(case.world.metadata.as_ref());
    let endpoint = metadata
        .and_then(|m| m.text("authorization_endpoint"))
        .ok_or_else(|| {
            SignInError::new("the discovery document names no authorization_endpoint")
        })?;
    let redirect_uri = client
        .redirect_uris
        .first()
        .ok_or_else(|| SignInError::new(format!("client {} has no redirect URI", client.id)))?
        .clone();
    let mut scope = case.target.scope.clone();
    if ask.offline && !scope.split(' ').any(|word| word == "offline_access") {
        scope.push_str(" offline_access");
    }
    let (verifier, state, nonce) = (case.random(), case.random(), case.random());
    let mut params = Params::new()
        .with("response_type", "code")
        .with("client_id", client.id.as_str())
        .with("redirect_uri", redirect_uri.as_str())
        .with("scope", scope.as_str())
        .with("state", state.as_str())
        .with("nonce", nonce.as_str())
        .with(
            "code_challenge",
            base64url(&Sha256::digest(verifier.as_bytes())),
        )
        .with("code_challenge_method", "S256");
    if let Some(broker) = case.target.behind.as_ref().filter(|_| !looks) {
        params.push("connection", broker.connection.as_str());
    }
    if let Some(prompt) = ask.prompt() {
        params.push("prompt", prompt);
    }
    let joint = if endpoint.contains('?') { '&' } else { '?' };
    let url = format!("{endpoint}{joint}{}", params.encode());
    case.names.add(&state, "sign-in state");
    case.names.add(&nonce, "nonce");
    Ok(Authorization {
        url,
        redirect_uri,
        scope,
        verifier,
        state,
        nonce,
    })
}

impl Authorization {
    /// The authorization response in this address, if the browser was sent back to the client.
    pub(crate) fn answered(&self, address: &str) -> Option<Answered> {
        let rest = address.strip_prefix(self.redirect_uri.as_str())?;
        let query = rest
            .trim_start_matches(['?', '&'])
            .split('#')
            .next()
            .unwrap_or("");
        let params = Params::parse(query.as_bytes());
        let code = params.text("code").map(Answered::Code);
        code.or_else(|| params.text("error").map(Answered::Error))
    }

    fn checked(&self, address: &str) -> Result<Option<Answered>, SignInError> {
        let Some(answered) = self.answered(address) else {
            return Ok(None);
        };
        let state = address
            .split_once('?')
            .and_then(|(_, query)| Params::parse(query.as_bytes()).text("state"));
        if state.as_deref() != Some(self.state.as_str()) {
            return Err(SignInError::new(
                "the authorization response carries another state than the request",
            ));
        }
        Ok(Some(answered))
    }
}

/// Signs the user in at the client in this browser. True when a password was asked for.
pub(crate) async fn sign_in<W: Wire>(
    case: &mut Case<'_, W>,
    browser: usize,
    client: &Client,
    user: &User,
    ask: Ask,
) -> Result<(SignedIn, bool), SignInError> {
    case.browsed.clear();
    let authorization = authorization(case, client, ask)?;
    let target = case.target;
    let (code, password_used) = match &target.sign_in {
        SignInKind::Form => by_form(case, browser, &authorization, user).await?,
        SignInKind::PingOneFlow => by_flow(case, browser, &authorization, user).await?,
        SignInKind::Steps(steps) => {
            steps::by_steps(case, browser, &authorization, (client, user), steps).await?
        }
        SignInKind::Outside => {
            let outside =
                outside::by_something_outside(case, browser, &authorization, (client, user))
                    .await?;
            match outside.end {
                outside::End::Code(code) => (code, outside.password_used),
                outside::End::Tokens(tokens) => {
                    let signed_in = entry(case, browser, client, user, None, &tokens)?;
                    return Ok((signed_in, outside.password_used));
                }
            }
        }
    };
    case.names.add(&code, "code");
    let tokens = redeem(case, client, &authorization, &code).await?;
    let nonce = Some(authorization.nonce.as_str());
    let mut signed_in = entry(case, browser, client, user, nonce, &tokens)?;
    signed_in.offline = Offline::of(&authorization.scope, tokens["scope"].as_str());
    Ok((signed_in, password_used))
}

fn refused(error: &str) -> SignInError {
    SignInError {
        refused: Some(error.to_owned()),
        ..SignInError::new(format!("the IdP answered the sign-in with error={error}"))
    }
}

/// Where a request of the sign-in has led.
enum Followed {
    /// Back to the client, with this code.
    Answered(String),
    /// To a page, or to something that leads nowhere.
    Rests(Request, Response),
}

/// Sends a request and follows where the answer leads, as a browser would.
async fn follow<W: Wire>(
    case: &mut Case<'_, W>,
    browser: usize,
    authorization: &Authorization,
    mut request: Request,
) -> Result<Followed, SignInError> {
    for _ in 0..STEPS {
        let response = case.browse(browser, &request, Fidelity::Ordinary).await?;
        match visit::hop(case.world, &request, &response) {
            Hop::Follow(next) => request = next,
            Hop::Rests | Hop::Unclear => return Ok(Followed::Rests(request, response)),
            Hop::Leaves(departure) => {
                let address = resolve(&request.url(), &departure.to)
                    .map_or(departure.to.clone(), |url| url.to_string());
                return match authorization
                    .checked(&departure.to)?
                    .or(authorization.checked(&address)?)
                {
                    Some(Answered::Code(code)) => Ok(Followed::Answered(code)),
                    Some(Answered::Error(error)) => Err(refused(&error)),
                    None => Err(SignInError::new(format!(
                        "the sign-in left the IdP for {}; is its host missing from own_origins?",
                        departure.to.split('?').next().unwrap_or("")
                    ))),
                };
            }
        }
    }
    Err(SignInError::new(format!(
        "the sign-in took more than {STEPS} requests"
    )))
}

/// Follows redirects, fills the password form, consents.
async fn by_form<W: Wire>(
    case: &mut Case<'_, W>,
    browser: usize,
    authorization: &Authorization,
    user: &User,
) -> Result<(String, bool), SignInError> {
    let mut request = Request::get(&authorization.url)
        .ok_or_else(|| SignInError::new("the authorization_endpoint is no http(s) URL"))?;
    let mut passwords = 0;
    for _ in 0..STEPS {
        request = match follow(case, browser, authorization, request).await? {
            Followed::Answered(code) => return Ok((code, passwords > 0)),
            Followed::Rests(at, response) => fill(case, &at, &response, user, &mut passwords)?,
        };
    }
    Err(SignInError::new(format!(
        "the sign-in showed more than {STEPS} pages"
    )))
}

/// Where the browser is, in words: the address without its query, the status, and what the page says.
fn seen(at: &Request, response: &Response) -> String {
    let page = Page::read(response);
    let says = match announced(response) {
        Some(alert) => format!(", which says “{alert}”"),
        None => String::new(),
    };
    format!(
        "at {}{} (status {}, “{}”{says})",
        at.origin,
        String::from_utf8_lossy(at.path()),
        response.status,
        page.heading
    )
}

/// The request that answers a page of the sign-in.
fn fill<W: Wire>(
    case: &Case<'_, W>,
    at: &Request,
    response: &Response,
    user: &User,
    passwords: &mut usize,
) -> Result<Request, SignInError> {
    let page = Page::read(response);
    let where_ = || seen(at, response);
    if response.status >= 400 {
        return Err(SignInError::new(format!("the sign-in failed {}", where_())));
    }
    let fields = &case.target.fields;
    if let Some(form) = page
        .forms
        .iter()
        .find(|form| form.wants_password() || named(form, fields.password.as_ref()))
    {
        if *passwords > 0 {
            return Err(SignInError::new(format!(
                "the password was refused {}",
                where_()
            )));
        }
        *passwords += 1;
        return submit(at, form, fields, user).ok_or_else(|| {
            SignInError::new(format!(
                "the password form cannot be submitted {}",
                where_()
            ))
        });
    }
    if let Some(form) = page
        .forms
        .iter()
        .find(|form| username_field(form, fields).is_some())
    {
        return submit(at, form, fields, user).ok_or_else(|| {
            SignInError::new(format!(
                "the user name form cannot be submitted {}",
                where_()
            ))
        });
    }
    let consent = page
        .forms
        .first()
        .ok_or_else(|| SignInError::new(format!("no form to go on with {}", where_())))?;
    let button = consent
        .buttons()
        .find(|button| affirmative(button))
        .or_else(|| consent.buttons().next());
    visit::submission(at, consent, button).ok_or_else(|| {
        SignInError::new(format!("the consent form cannot be submitted {}", where_()))
    })
}

fn named(form: &Form, name: Option<&String>) -> bool {
    name.is_some_and(|name| form.fields.iter().any(|field| field.name == *name))
}

fn submit(at: &Request, form: &Form, names: &FormFields, user: &User) -> Option<Request> {
    let mut filled = form.clone();
    if let Some(index) = username_field(form, names) {
        user.name.clone_into(&mut filled.fields[index].value);
    }
    let password = filled
        .fields
        .iter_mut()
        .find(|field| match &names.password {
            Some(name) => field.name == *name,
            None => field.kind == "password",
        });
    if let Some(field) = password {
        user.password.clone_into(&mut field.value);
    }
    let button = filled
        .buttons()
        .find(|button| affirmative(button))
        .or_else(|| filled.buttons().find(|b| !negative(b)));
    visit::submission(at, &filled, button)
}

/// The field for the user name: the one that is named, else one that looks like it, else the only text field.
fn username_field(form: &Form, names: &FormFields) -> Option<usize> {
    if let Some(name) = &names.username {
        return form.fields.iter().position(|field| field.name == *name);
    }
    let texts = || {
        form.fields
            .iter()
            .enumerate()
            .filter(|(_, field)| matches!(field.kind.as_str(), "text" | "email" | "tel"))
    };
    let words = [
        "user",
        "login",
        "email",
        "mail",
        "identifier",
        "account",
        "name",
    ];
    let looks = |field: &Field| {
        let text = format!("{} {}", field.name, field.text).to_ascii_lowercase();
        words.iter().any(|word| text.contains(word))
    };
    let found = texts()
        .find(|(_, field)| looks(field))
        .or_else(|| texts().next());
    found.map(|(index, _)| index)
}

fn affirmative(button: &Field) -> bool {
    let text = format!("{} {} {}", button.text, button.value, button.name).to_ascii_lowercase();
    !negative(button)
        && [
            "continue",
            "sign in",
            "sign-in",
            "sign on",
            "log in",
            "login",
            "submit",
            "allow",
            "accept",
            "consent",
            "yes",
            "next",
            "authorize",
            "approve",
        ]
        .iter()
        .any(|word| text.contains(word))
}

fn negative(button: &Field) -> bool {
    let text = format!("{} {} {}", button.text, button.value, button.name).to_ascii_lowercase();
    ["cancel", "deny", "decline", "abort", "reject", "back"]
        .iter()
        .any(|word| text.contains(word))
}

/// `PingOne`'s flow API (`usernamePassword.check`), then `/as/resume`.
async fn by_flow<W: Wire>(
    case: &mut Case<'_, W>,
    browser: usize,
    authorization: &Authorization,
    user: &User,
) -> Result<(String, bool), SignInError> {
    let mut request = Request::get(&authorization.url)
        .ok_or_else(|| SignInError::new("the authorization_endpoint is no http(s) URL"))?;
    let mut password_used = false;
    for _ in 0..STEPS {
        let response = case.browse(browser, &request, Fidelity::Ordinary).await?;
        let Some(location) = response.location() else {
            return Err(SignInError::new(format!(
                "the sign-in stopped at {}{} with status {}",
                request.origin,
                String::from_utf8_lossy(request.path()),
                response.status
            )));
        };
        match authorization.checked(&location)? {
            Some(Answered::Code(code)) => return Ok((code, password_used)),
            Some(Answered::Error(error)) => return Err(refused(&error)),
            None => {}
        }
        let url = resolve(&request.url(), &location)
            .ok_or_else(|| SignInError::new("the sign-in redirects to something that is no URL"))?;
        let flow_id = url
            .query_pairs()
            .find(|(name, _)| name == "flowId")
            .map(|(_, value)| value.into_owned());
        let resumes = url.path().ends_with("/as/resume");
        request = match flow_id.filter(|_| !resumes) {
            Some(_) if password_used => {
                return Err(SignInError::new("the flow asks for the password again"));
            }
            Some(flow) => {
                password_used = true;
                check_password(case, browser, &flow, user).await?
            }
            None => Request::get(url.as_str()).ok_or_else(|| {
                SignInError::new("the sign-in redirects to something that is no http(s) URL")
            })?,
        };
    }
    Err(SignInError::new(format!(
        "the sign-in took more than {STEPS} requests"
    )))
}

/// Posts user name and password to the flow; the request that resumes the authorization.
async fn check_password<W: Wire>(
    case: &mut Case<'_, W>,
    browser: usize,
    flow: &str,
    user: &User,
) -> Result<Request, SignInError> {
    let issuer = case.target.issuer.as_str();
    let base = issuer
        .strip_suffix("/as")
        .ok_or_else(|| SignInError::new("the issuer of a PingOne target ends in /as"))?;
    let mut request = Request::get(&format!("{base}/flows/{}", encode(flow.as_bytes())))
        .ok_or_else(|| SignInError::new("the issuer is no http(s) URL"))?
        .with_header(
            "Content-Type",
            "application/vnd.pingidentity.usernamePassword.check+json",
        );
    "POST".clone_into(&mut request.method);
    request.body = json!({ "username": user.name, "password": user.password })
        .to_string()
        .into_bytes();
    let response = case.browse(browser, &request, Fidelity::Ordinary).await?;
    let body: Value = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
    if body["status"] != "COMPLETED" {
        let code = body["details"][0]["code"]
            .as_str()
            .or(body["code"].as_str())
            .or(body["status"].as_str())
            .unwrap_or("no code");
        return Err(SignInError::new(format!(
            "usernamePassword.check answered {} ({code})",
            response.status
        )));
    }
    let resume = body["resumeUrl"]
        .as_str()
        .ok_or_else(|| SignInError::new("the completed flow has no resumeUrl"))?;
    Request::get(resume).ok_or_else(|| SignInError::new("the resumeUrl is no http(s) URL"))
}

/// Redeems an authorization code (Core 1.0 section 3.1.3.1).
pub(crate) async fn redeem<W: Wire>(
    case: &mut Case<'_, W>,
    client: &Client,
    authorization: &Authorization,
    code: &str,
) -> Result<Value, SignInError> {
    let params = Params::new()
        .with("grant_type", "authorization_code")
        .with("code", code)
        .with("redirect_uri", authorization.redirect_uri.as_str())
        .with("code_verifier", authorization.verifier.as_str());
    let response = token_request(case, client, params).await?;
    let body: Value = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
    if response.status != 200 {
        let error = body["error"].as_str().unwrap_or("no error code");
        let hint = if error == "invalid_client" {
            "; is the client's secret right?"
        } else {
            ""
        };
        return Err(SignInError::new(format!(
            "the token endpoint answered {} ({error}){hint}",
            response.status
        )));
    }
    Ok(body)
}

/// A request to the token endpoint with the client's authentication.
pub(crate) async fn token_request<W: Wire>(
    case: &mut Case<'_, W>,
    client: &Client,
    params: Params,
) -> Result<Response, SignInError> {
    client_request(case, "token_endpoint", client, params).await
}

/// A request to the endpoint of this member of the metadata, with the client's authentication (Core 1.0 section 9).
pub(crate) async fn client_request<W: Wire>(
    case: &mut Case<'_, W>,
    member: &str,
    client: &Client,
    mut params: Params,
) -> Result<Response, SignInError> {
    let endpoint = case
        .world
        .metadata
        .as_ref()
        .and_then(|m| m.text(member))
        .ok_or_else(|| SignInError::new(format!("the discovery document names no {member}")))?;
    let secret = client.secret.as_deref().unwrap_or("");
    if client.auth != ClientAuth::ClientSecretBasic {
        params.push("client_id", client.id.as_str());
    }
    if client.auth == ClientAuth::ClientSecretPost {
        params.push("client_secret", secret);
    }
    let mut request = Request::post_form(endpoint, &params)
        .ok_or_else(|| SignInError::new(format!("the {member} is no http(s) URL")))?;
    if client.auth == ClientAuth::ClientSecretBasic {
        let pair = format!(
            "{}:{}",
            encode(client.id.as_bytes()),
            encode(secret.as_bytes())
        );
        request = request.with_header(
            "Authorization",
            format!(
                "Basic {}",
                base64::engine::general_purpose::STANDARD.encode(pair)
            ),
        );
    }
    Ok(case.exchange(&request, Fidelity::Ordinary).await?)
}

fn entry<W: Wire>(
    case: &mut Case<'_, W>,
    browser: usize,
    client: &Client,
    user: &User,
    nonce: Option<&str>,
    tokens: &Value,
) -> Result<SignedIn, SignInError> {
    if case.target.behind.is_some() {
        return behind::entry(case, browser, client, user, tokens);
    }
    let text = |name: &str| tokens[name].as_str().map(str::to_owned);
    let id_token = text("id_token").ok_or_else(|| {
        SignInError::new("the token response has no id_token; is the scope openid?")
    })?;
    let access_token = text("access_token").unwrap_or_default();
    let payload = claims(&id_token);
    let claim = |name: &str| payload.as_ref().and_then(|p| p.get(name)).cloned();
    if let (Some(sent), Some(claimed)) = (nonce, claim("nonce"))
        && claimed.as_str() != Some(sent)
    {
        return Err(SignInError::new(
            "the ID token carries another nonce than the request",
        ));
    }
    let number = case.record.ledger.sign_ins.len();
    case.names.add(&id_token, &format!("id token {number}"));
    case.names
        .add(&access_token, &format!("access token {number}"));
    let refresh_token = text("refresh_token");
    if let Some(refresh) = &refresh_token {
        case.names.add(refresh, &format!("refresh token {number}"));
    }
    let sid = claim("sid").and_then(|v| v.as_str().map(str::to_owned));
    let sub = claim("sub").and_then(|v| v.as_str().map(str::to_owned));
    if let Some(sid) = &sid {
        case.names.add(sid, &format!("sid {number}"));
    }
    Ok(SignedIn {
        seq: case.next_seq(),
        browser,
        session: 0,
        client_id: client.id.clone(),
        user: user.name.clone(),
        sub,
        sid,
        id_token,
        access_token,
        profile: None,
        refresh_token,
        offline: Offline::of(&case.target.scope, tokens["scope"].as_str()),
        at: case.wire.now(),
        expires: claim("exp")
            .and_then(|v| v.as_i64())
            .and_then(|s| Timestamp::from_second(s).ok()),
        exchanges: std::mem::take(&mut case.browsed),
    })
}
