//! Turns a sign-off as it is meant into the request that goes out.

use crate::forge::{self, Context};
use crate::spelling;
use signoff_oidc::{Door, Request};
use signoff_rules::record::Made;
use signoff_scenarios::{
    LogoutIntent, Method, Name, Parameter, Party, Place, RedirectUri, Registered, RequestTarget,
    State, Value, Way,
};

/// A request ready to go, without cookies, and the tokens that were made for it.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The request.
    pub request: Request,
    /// New entries for the ledger.
    pub made: Vec<Made>,
}

/// Spells the intent for the address of the target that it is meant for. The error is the reason why it is not applicable.
pub fn resolve(
    intent: &LogoutIntent,
    context: &Context<'_>,
    user: Option<&str>,
) -> Result<Resolved, String> {
    if intent.way != Way::Request {
        return Err(
            "the product has neither logout tokens nor notices of an identity provider behind it"
                .to_owned(),
        );
    }
    let endpoint = context
        .world
        .address_of(intent.door)
        .ok_or_else(|| no_address(intent.door))?;
    let mut made = Vec::new();
    let (mut query, mut body) = (Vec::new(), Vec::new());
    for parameter in &intent.parameters {
        let name = spelling::name(intent.spelling, parameter.name.as_str().as_bytes());
        let value = match &parameter.value {
            Value::Encoded(raw) => raw.clone(),
            _ => spelling::value(
                intent.spelling,
                &value(parameter, intent, context, user, &mut made)?,
            ),
        };
        let in_body = match parameter.place {
            Place::Usual => matches!(intent.method, Method::Post | Method::Put),
            Place::Query => false,
            Place::Body => true,
        };
        if in_body { &mut body } else { &mut query }.push(format!("{name}={value}"));
    }
    let endpoint = endpoint.split('#').next().unwrap_or(endpoint);
    let joint = if endpoint.contains('?') { "&" } else { "?" };
    let url = if query.is_empty() {
        endpoint.to_owned()
    } else {
        format!(
            "{endpoint}{joint}{}",
            spelling::joined(intent.spelling, &query)
        )
    };
    let has_form = matches!(intent.method, Method::Post | Method::Put) || !body.is_empty();
    let mut request = Request::get(&url).ok_or_else(|| {
        format!(
            "the address of {} is no http(s) URL",
            intent.door.describe()
        )
    })?;
    if has_form {
        request.body = spelling::joined(intent.spelling, &body).into_bytes();
        if let Some(content_type) = intent.content_type.as_str() {
            request = request.with_header("Content-Type", content_type);
        }
    }
    for (name, value) in &intent.headers {
        request = request.with_header(name, value.as_str());
    }
    intent.method.as_str().clone_into(&mut request.method);
    request.target = written(intent.request_target, &request);
    Ok(Resolved { request, made })
}

/// The target of the request in this form.
fn written(form: RequestTarget, request: &Request) -> Vec<u8> {
    let target = request.target.as_slice();
    let origin = request.origin.as_str();
    match form {
        RequestTarget::Origin => target.to_vec(),
        RequestTarget::Absolute => [origin.as_bytes(), target].concat(),
        RequestTarget::AbsoluteUpperCase => {
            [origin.to_ascii_uppercase().as_bytes(), target].concat()
        }
        RequestTarget::EmptyQuery if target.contains(&b'?') => target.to_vec(),
        RequestTarget::EmptyQuery => [target, b"?"].concat(),
        RequestTarget::Fragment => [target, b"#fragment"].concat(),
    }
}

fn value(
    parameter: &Parameter,
    intent: &LogoutIntent,
    context: &Context<'_>,
    user: Option<&str>,
    made: &mut Vec<Made>,
) -> Result<Vec<u8>, String> {
    Ok(match &parameter.value {
        Value::Text(text) | Value::State(State::Text(text)) => text.as_bytes().to_vec(),
        Value::Encoded(raw) => raw.clone().into_bytes(),
        Value::ClientId(party) => context
            .target
            .client_of(*party)
            .ok_or_else(|| missing(*party))?
            .id
            .clone()
            .into_bytes(),
        Value::UserName => user
            .ok_or("nobody is signed in in this browser")?
            .as_bytes()
            .to_vec(),
        Value::Redirect(uri) => redirect(uri, context)?.into_bytes(),
        Value::Hint(hint) => {
            let (text, entry) = forge::hint(hint, context)?;
            made.extend(entry);
            text.into_bytes()
        }
        Value::State(State::OfLength(length)) => vec![b's'; *length],
        Value::State(State::FillingTo(total)) => {
            let uri = intent
                .parameters
                .iter()
                .find_map(|p| match (&p.name, &p.value) {
                    (Name::PostLogoutRedirectUri, Value::Redirect(uri)) => {
                        Some(redirect(uri, context))
                    }
                    _ => None,
                });
            let taken = uri.transpose()?.map_or(0, |uri| uri.chars().count());
            vec![
                b's';
                total
                    .checked_sub(taken)
                    .ok_or("the redirect URI alone is longer")?
            ]
        }
    })
}

fn no_address(door: Door) -> String {
    match door {
        Door::EndSession => "the discovery document names no end_session_endpoint".to_owned(),
        _ => format!("the target is not known to have {}", door.describe()),
    }
}

pub(crate) fn missing(party: Party) -> String {
    match party {
        Party::A => "the target names no client".to_owned(),
        Party::B => "the target names no second client".to_owned(),
        Party::Disposable => "the target names no client that may be disabled".to_owned(),
    }
}

/// The symbolic URI for this target.
pub fn redirect(uri: &RedirectUri, context: &Context<'_>) -> Result<String, String> {
    let client = context
        .target
        .client_of(uri.of)
        .ok_or_else(|| missing(uri.of))?;
    let custom = |uri: &&String| !uri.starts_with("http://") && !uri.starts_with("https://");
    let registered = match uri.registered {
        Registered::First => client.post_logout_redirect_uris.first(),
        Registered::WithQuery => client
            .post_logout_redirect_uris
            .iter()
            .find(|uri| uri.contains('?')),
        Registered::CustomScheme => client.post_logout_redirect_uris.iter().find(custom),
        Registered::SignIn => client
            .redirect_uris
            .iter()
            .find(|uri| !client.post_logout_redirect_uris.contains(uri)),
        Registered::Pattern => client
            .post_logout_redirect_uris
            .iter()
            .find(|uri| uri.contains('*')),
    };
    let registered = registered.ok_or_else(|| match uri.registered {
        Registered::First => "the client has no post-logout redirect URI".to_owned(),
        Registered::WithQuery => {
            "the client has no post-logout redirect URI with a query".to_owned()
        }
        Registered::CustomScheme => {
            "the client has no post-logout redirect URI with a custom scheme".to_owned()
        }
        Registered::SignIn => {
            "the client's sign-in redirect URI is registered for sign-off too".to_owned()
        }
        Registered::Pattern => {
            "the client has no post-logout redirect URI with an asterisk".to_owned()
        }
    })?;
    uri.applied_to(registered)
        .ok_or_else(|| "the operation does not apply to the registered URI".to_owned())
}
