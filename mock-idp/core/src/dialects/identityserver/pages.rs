//! The pages of the host. What they do is what the sample pages do; look and markup are ours.

use super::antiforgery::Issued;
use super::{CONSENT_PAGE, LOGIN_PAGE, LOGOUT_PAGE, LOGOUT_SCRIPT, Version, at};
use crate::authorize::Authorization;
use crate::http::Response;
use crate::page::{self, escape, hidden};
use crate::realm::Realm;
use crate::refusal::Refusal;

/// What a signed-off person is shown.
#[derive(Debug, Default)]
pub(super) struct LoggedOut {
    /// The address of the frame that tells the clients.
    pub(super) frame: Option<String>,
    /// The way back to the client.
    pub(super) back: Option<String>,
    /// The client that signed off.
    pub(super) client: Option<String>,
}

/// The question whether to sign off. There is no button for a no: one leaves the page.
pub(super) fn question(realm: &Realm, token: &Issued, logout_id: Option<&str>) -> Response {
    let carried = logout_id.map(|id| hidden(logout_id_field(realm), id));
    let content = format!(
        "<p>Would you like to log out of IdentityServer?</p>\
         <form method=\"post\" action=\"{}\">{}{}<button>Yes</button></form>",
        escape(&at(realm, LOGOUT_PAGE)),
        carried.unwrap_or_default(),
        token.field(),
    );
    if realm.policy.confirmation.frames_forbidden {
        page::of_host(200, "Logout", &content)
    } else {
        page::unprotected("en", 200, "Logout", &content)
    }
}

fn logout_id_field(realm: &Realm) -> &'static str {
    match Version::of(&realm.tenant) {
        Version::Four => "logoutId",
        Version::Seven | Version::Eight => "LogoutId",
    }
}

/// The page after the sign-off, with the way back and the frame that tells the clients.
pub(super) fn logged_out(realm: &Realm, shown: &LoggedOut) -> Response {
    let client = shown
        .client
        .as_deref()
        .and_then(|id| realm.tenant.client(id));
    let name = client.map_or("the application", |client| client.name.as_str());
    let back = shown.back.as_deref().map(|address| {
        format!(
            "<p>Click <a class=\"PostLogoutRedirectUri\" href=\"{}\">here</a> to return to {}.</p>",
            escape(address),
            escape(name)
        )
    });
    let frame = shown.frame.as_deref().map(|address| {
        let address = escape(address);
        format!("<iframe width=\"0\" height=\"0\" class=\"signout\" src=\"{address}\"></iframe>")
    });
    let automatic = realm
        .tenant
        .identity_server
        .automatic_redirect_after_sign_out;
    let script = back.as_ref().filter(|_| automatic).map(|_| {
        format!(
            "<script src=\"{}\"></script>",
            escape(&at(realm, LOGOUT_SCRIPT))
        )
    });
    let parts = [back, frame, script].map(Option::unwrap_or_default);
    let content = format!("<p>You are now logged out.</p>{}", parts.concat());
    page::of_host(200, "Logged out", &content)
}

/// The script that follows the way back by itself.
pub(super) fn logout_script() -> Response {
    let script = "window.addEventListener('load',function(){\
        var back=document.querySelector('a.PostLogoutRedirectUri');if(back){window.location=back.href}});";
    Response::content(200, "text/javascript; charset=utf-8", script)
}

/// The form to sign in.
pub(super) fn login(
    realm: &Realm,
    token: &Issued,
    return_url: &str,
    username: &str,
    failed: bool,
) -> Response {
    let field = |name: &str| match Version::of(&realm.tenant) {
        Version::Four => name.to_owned(),
        Version::Seven | Version::Eight => format!("Input.{name}"),
    };
    let button = match Version::of(&realm.tenant) {
        Version::Four => "button".to_owned(),
        Version::Seven | Version::Eight => "Input.Button".to_owned(),
    };
    let content = format!(
        "{notice}<form method=\"post\" action=\"{action}\">{carried}{token}\
         <label>Username <input name=\"{username_field}\" value=\"{username}\" autocomplete=\"username\"></label>\
         <label>Password <input name=\"{password_field}\" type=\"password\" autocomplete=\"current-password\"></label>\
         <button name=\"{button}\" value=\"login\">Login</button>\
         <button name=\"{button}\" value=\"cancel\">Cancel</button></form>",
        notice = page::alert(failed.then_some("Invalid username or password")),
        action = escape(&at(realm, LOGIN_PAGE)),
        carried = hidden(&field("ReturnUrl"), return_url),
        token = token.field(),
        username_field = field("Username"),
        username = escape(username),
        password_field = field("Password"),
    );
    page::of_host(200, "Login", &content)
}

/// The form to consent.
pub(super) fn consent(
    realm: &Realm,
    token: &Issued,
    return_url: &str,
    authorization: &Authorization,
) -> Response {
    let client = realm.tenant.client(&authorization.client);
    let name = client.map_or("An application", |client| client.name.as_str());
    let scopes: Vec<_> = authorization.scope.split(' ').map(escape).collect();
    let scopes = scopes.join("</li><li>");
    let content = format!(
        "<p>{} is requesting your permission</p><ul><li>{scopes}</li></ul><form method=\"post\" action=\"{}\">{}{}\
         <button name=\"button\" value=\"yes\">Yes, Allow</button>\
         <button name=\"button\" value=\"no\">No, Do Not Allow</button></form>",
        escape(name),
        escape(&at(realm, CONSENT_PAGE)),
        hidden("ReturnUrl", return_url),
        token.field(),
    );
    page::of_host(200, "Consent", &content)
}

/// The error page of the host, `/home/error` in the samples.
pub(super) fn error(status: u16, message: &str) -> Response {
    let content = format!("<p>Sorry, there was an error: {}</p>", escape(message));
    page::of_host(status, "Error", &content)
}

/// A sign-off that is refused. The product knows of none: only faults get here.
pub(crate) fn sign_off_error(refusal: Refusal) -> Response {
    error(400, refusal.message())
}
