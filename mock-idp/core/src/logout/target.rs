//! Where the browser may go after sign-off, and how `state` gets there.

use percent_encoding::{AsciiSet, CONTROLS, percent_encode};

use crate::config::{Client, LengthUnit};
use crate::parameters::encoded;
use crate::policy::{Extra, Otherwise, RegisteredList, Returned, Spelled, Unchecked, Whose};
use crate::realm::{Incoming, Realm};
use crate::refusal::Refusal;
use crate::uri;

use super::Farewell;
use super::hint::Hint;
use super::intake::Wish;

/// Byte for byte: the only comparison that RP-Initiated Logout section 3 allows.
pub(crate) fn exactly(registered: &str, requested: &[u8]) -> bool {
    registered.as_bytes() == requested
}

/// Whose registered values count for a request.
enum Counting<'a> {
    One(&'a Client),
    Every(Vec<&'a Client>),
}

/// Where the browser is to go: nowhere if nothing was asked for, nowhere with a reason if it may not.
pub(crate) fn resolve(
    realm: &Realm,
    incoming: &Incoming,
    wish: &Wish,
    hint: Option<&Hint>,
    with_session: bool,
) -> Result<Option<Vec<u8>>, Refusal> {
    let policy = &realm.policy.target;
    let counting = counting(realm, wish, hint);
    let Some(target) = &wish.target else {
        return if policy.required {
            Err(Refusal::TargetRequired)
        } else {
            Ok(otherwise(realm, incoming, &counting))
        };
    };
    if too_long(realm, &target.checked, wish.state.as_deref()) {
        return Err(Refusal::TargetTooLong);
    }
    let unchecked = match policy.unchecked {
        Unchecked::Never => false,
        Unchecked::Always => true,
        Unchecked::WithSession => with_session,
        Unchecked::ClientUnknown => names_unknown_client(realm, wish),
        Unchecked::NobodyCounts => counting.clients().is_empty(),
        Unchecked::ForwardedHost => is_at_forwarded_host(incoming, &target.checked),
    };
    let admitted = counting.clients().iter().any(|client| {
        registered(client, policy.list)
            .iter()
            .any(|known| (policy.admits)(known, &target.checked))
    });
    let settings = &realm.tenant.logout_settings;
    let of_environment = settings.enable_alt_oidc_post_logout_uri_validation
        && settings
            .post_logout_redirect_uris
            .iter()
            .any(|known| exactly(known, &target.checked));
    if unchecked || admitted || of_environment {
        Ok(policy.followed.then(|| target.used.clone()))
    } else {
        Err(Refusal::TargetUnregistered)
    }
}

fn names_unknown_client(realm: &Realm, wish: &Wish) -> bool {
    let named = wish.client_id.as_deref().map(String::from_utf8_lossy);
    named.is_some_and(|id| realm.tenant.client(&id).is_none())
}

fn is_at_forwarded_host(incoming: &Incoming, target: &[u8]) -> bool {
    let host = incoming.header_text("X-Forwarded-Host");
    let text = String::from_utf8_lossy(target);
    let rest = text.split_once("://").map_or("", |(_, rest)| rest);
    host.is_some_and(|host| rest.split(['/', '?', '#']).next() == Some(host))
}

impl<'a> Counting<'a> {
    fn clients(&self) -> &[&'a Client] {
        match self {
            Self::One(client) => std::slice::from_ref(client),
            Self::Every(clients) => clients,
        }
    }
}

fn counting<'a>(realm: &'a Realm, wish: &Wish, hint: Option<&Hint>) -> Counting<'a> {
    let clients = || realm.tenant.clients.iter();
    let named = |id: &str| realm.tenant.client(id).filter(|client| client.enabled);
    let of_hint = hint.map(|hint| {
        hint.client
            .as_deref()
            .and_then(|id| realm.tenant.client(id))
    });
    let one = match (realm.policy.target.whose, of_hint) {
        (Whose::AnyClient, _) => return Counting::Every(clients().collect()),
        (_, Some(_)) if !realm.policy.target.narrowed_by_hint => {
            return Counting::Every(clients().collect());
        }
        (Whose::HintClientElseAnyEnabled, None) => {
            return Counting::Every(clients().filter(|client| client.enabled).collect());
        }
        (Whose::HintClientElseNamedClient, None) => wish
            .client_id
            .as_deref()
            .and_then(|id| std::str::from_utf8(id).ok())
            .and_then(named),
        (Whose::OnlyHintClient, None) => None,
        (_, Some(of_hint)) => of_hint,
    };
    one.map_or(Counting::Every(Vec::new()), Counting::One)
}

fn registered(client: &Client, list: RegisteredList) -> &[String] {
    match list {
        RegisteredList::PostLogout => &client.post_logout_redirect_uris,
        RegisteredList::SignIn => &client.redirect_uris,
    }
}

fn otherwise(realm: &Realm, incoming: &Incoming, counting: &Counting) -> Option<Vec<u8>> {
    match realm.policy.target.otherwise {
        Otherwise::OwnPage => None,
        Otherwise::Referer => incoming.request.header("Referer").map(<[u8]>::to_vec),
        Otherwise::OnlyRegistered => match counting.clients() {
            [only] => only
                .post_logout_redirect_uris
                .first()
                .map(|uri| uri.clone().into_bytes()),
            _ => None,
        },
    }
}

fn too_long(realm: &Realm, target: &[u8], state: Option<&[u8]>) -> bool {
    let count = |value: &[u8]| match realm.tenant.length_unit {
        LengthUnit::Decoded => String::from_utf8_lossy(value).chars().count(),
        LengthUnit::Encoded => encoded(value).len(),
    };
    let total = count(target).saturating_add(state.map_or(0, count));
    realm
        .policy
        .target
        .fewer_characters_than
        .is_some_and(|bound| total >= bound)
}

/// The address the browser is sent to, as it stands in `Location`.
pub(crate) fn address(realm: &Realm, issuer: &str, farewell: &Farewell, target: &[u8]) -> String {
    let policy = &realm.policy.state;
    let returned = match policy.returned {
        Returned::Always => true,
        Returned::Never => false,
        Returned::NotOnPost => !farewell.by_post,
        Returned::UnlessUriHasState => !target.windows(6).any(|window| window == b"state="),
    };
    let state = match &farewell.state {
        Some(state) if returned => Some(state.as_slice()),
        None if policy.added_when_absent => Some(b"".as_slice()),
        _ => None,
    };
    let with_state = state.map_or_else(
        || uri::location(target),
        |state| join(policy.spelled, target, state),
    );
    let extra: Vec<_> = policy
        .extra
        .iter()
        .filter_map(|extra| extra_parameter(*extra, issuer, farewell))
        .collect();
    uri::with_parameters(with_state.as_bytes(), &extra)
}

fn join(spelled: Spelled, target: &[u8], state: &[u8]) -> String {
    let value = encoded(state);
    match spelled {
        Spelled::FormEncoded => uri::with_query(target, &format!("state={value}")),
        Spelled::SemicolonKept => {
            uri::with_query(target, &format!("state={}", value.replace("%3B", ";")))
        }
        Spelled::Percent => {
            uri::with_query(target, &format!("state={}", value.replace('+', "%20")))
        }
        Spelled::NameOnly => uri::with_query(target, "state"),
        Spelled::AlwaysQuestionMark => format!("{}?state={value}", uri::location(target)),
        Spelled::Reserialised => reserialised(target, &format!("state={value}")),
        Spelled::AspNet => {
            uri::with_query_at_the_end(target, &format!("state={}", aspnet_encoded(state)))
        }
        Spelled::Raw => uri::with_query(target, &format!("state={}", uri::location(state))),
    }
}

/// The URI with the parameters of its query, the new one among them, in reversed alphabetical order.
fn reserialised(target: &[u8], added: &str) -> String {
    let text = uri::location(target);
    let (before, query) = text.split_once('?').unwrap_or((&text, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<&str> = pairs.chain([added]).collect();
    pairs.sort_unstable_by(|a, b| b.cmp(a));
    format!("{before}?{}", pairs.join("&"))
}

/// What `UrlEncoder.Default` of .NET escapes besides what is no visible ASCII.
const ASPNET: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'+')
    .add(b'/')
    .add(b':')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A value as ASP.NET writes it into a query.
pub(crate) fn aspnet_encoded(value: &[u8]) -> String {
    percent_encode(value, ASPNET).to_string()
}

fn extra_parameter<'a>(
    extra: Extra,
    issuer: &'a str,
    farewell: &'a Farewell,
) -> Option<(&'static str, &'a [u8])> {
    match extra {
        Extra::ClientId => farewell
            .client
            .as_ref()
            .map(|client| ("client_id", client.as_bytes())),
        Extra::Iss => Some(("iss", issuer.as_bytes())),
        Extra::Sid => farewell.sid.as_ref().map(|sid| ("sid", sid.as_bytes())),
    }
}
