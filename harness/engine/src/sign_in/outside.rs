//! Signing in by something outside: a browser that is driven, or a program of the user's. It walks from the
//! authorization request to the redirect back to the client, and hands over the cookies that the IdP has set.
//! State, nonce, code verifier and the redemption of the code stay here.

use super::{Answered, Authorization, SignInError, refused};
use crate::run::Case;
use crate::wire::Wire;
use serde_json::Value;
use signoff_oidc::cookies::Cookie;
use signoff_oidc::{Client, User};

/// What has to be done outside.
#[derive(Clone)]
pub struct OutsideTask {
    /// Where the browser begins.
    pub authorization_url: String,
    /// Where it ends: the address that begins so.
    pub redirect_uri: String,
    /// The client.
    pub client_id: String,
    /// Who signs in.
    pub user: User,
    /// The cookies that the browser holds already.
    pub cookies: Vec<Cookie>,
}

/// What came of it.
#[derive(Clone)]
pub struct OutsideAnswer {
    /// Where it ended.
    pub end: OutsideEnd,
    /// Every cookie that the browser holds now.
    pub cookies: Vec<Cookie>,
    /// Whether the IdP asked for the password: a session was begun. Otherwise the browser was signed in already.
    pub password_used: bool,
}

/// Where a sign-in outside ended.
#[derive(Clone)]
pub enum OutsideEnd {
    /// At this address of the client: the redirect URI with `code` and `state`.
    Redirect(String),
    /// With the members of a token response (Core 1.0 section 3.1.3.3), since the code was redeemed outside too.
    Tokens(Value),
}

/// What came back.
pub(super) struct Outside {
    pub(super) end: End,
    pub(super) password_used: bool,
}

/// What is left to do.
pub(super) enum End {
    /// To redeem this code.
    Code(String),
    /// Nothing: these are the tokens.
    Tokens(Value),
}

/// Has it done, and takes over where the browser came back.
pub(super) async fn by_something_outside<W: Wire>(
    case: &mut Case<'_, W>,
    browser: usize,
    authorization: &Authorization,
    (client, user): (&Client, &User),
) -> Result<Outside, SignInError> {
    let task = OutsideTask {
        authorization_url: authorization.url.clone(),
        redirect_uri: authorization.redirect_uri.clone(),
        client_id: client.id.clone(),
        user: user.clone(),
        cookies: case.cookies(browser),
    };
    let answer = case.wire.sign_in(&task).await?;
    case.hold_cookies(browser, answer.cookies);
    let password_used = answer.password_used;
    let redirect = match answer.end {
        OutsideEnd::Redirect(redirect) => redirect,
        OutsideEnd::Tokens(tokens) => {
            let end = End::Tokens(tokens);
            return Ok(Outside { end, password_used });
        }
    };
    let end = match authorization.checked(&redirect)? {
        Some(Answered::Code(code)) => End::Code(code),
        Some(Answered::Error(error)) => return Err(refused(&error)),
        None => {
            return Err(SignInError::new(format!(
                "the sign-in ended at {} and not at the client's redirect URI",
                redirect.split('?').next().unwrap_or("")
            )));
        }
    };
    Ok(Outside { end, password_used })
}
