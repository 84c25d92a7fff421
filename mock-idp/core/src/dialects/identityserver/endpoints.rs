//! Every endpoint of an IdentityServer and of its host, with how sure it is. Requests are answered by this list, and
//! `SUPPORTED.md` is written from it.

use super::{CONSENT_PAGE, LOGGED_OUT_PAGE, LOGIN_PAGE, LOGOUT_PAGE, LOGOUT_SCRIPT, Version};
use super::{callback, discovery, end_session, logout_page, pages, sign_in};
use crate::call::Turn;
use crate::http::Response;
use crate::realm::{Incoming, Realm};
use crate::supported::Grade;
use crate::token::{self, introspection, revocation};
use crate::userinfo;

/// How an endpoint answers: at once, or after it has told others.
enum Respond {
    AtOnce(fn(&mut Realm, &Incoming) -> Response),
    InTurns(fn(&mut Realm, &Incoming) -> Turn),
}

/// Something that is served below the issuer.
pub(crate) struct Endpoint {
    pub(crate) path: &'static str,
    pub(crate) methods: &'static str,
    pub(crate) does: &'static str,
    pub(crate) grade: Grade,
    /// What is otherwise at the product, or not known of it.
    pub(crate) differs: &'static str,
    served: fn(&Realm) -> bool,
    respond: Respond,
}

/// In the order in which a client meets them.
pub(crate) static ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/.well-known/openid-configuration",
        methods: "GET",
        does: "the metadata of the server",
        grade: Grade::Source,
        differs: "lists what the mock serves: no check of sessions, no device or CIBA grants",
        served: |_| true,
        respond: Respond::AtOnce(|realm, incoming| incoming.document(discovery::document(realm))),
    },
    Endpoint {
        path: "/.well-known/openid-configuration/jwks",
        methods: "GET",
        does: "the key that signs tokens",
        grade: Grade::Source,
        differs: "one fixed test key, no rotation",
        served: |_| true,
        respond: Respond::AtOnce(|realm, incoming| incoming.document(realm.jwks())),
    },
    Endpoint {
        path: "/connect/authorize",
        methods: "GET, POST",
        does: "the code flow with PKCE",
        grade: Grade::Source,
        differs: "no implicit or hybrid flow, no request objects, no pushed requests",
        served: |_| true,
        respond: Respond::AtOnce(sign_in::authorize),
    },
    Endpoint {
        path: "/connect/authorize/callback",
        methods: "GET",
        does: "goes on with an authorization request after the login",
        grade: Grade::Source,
        differs: "",
        served: |_| true,
        respond: Respond::AtOnce(sign_in::resume),
    },
    Endpoint {
        path: LOGIN_PAGE,
        methods: "GET, POST",
        does: "the login page of the host: user name and password, or cancel",
        grade: Grade::Sample,
        differs: "look and markup are ours; no external providers, no remembering",
        served: |_| true,
        respond: Respond::AtOnce(sign_in::login),
    },
    Endpoint {
        path: CONSENT_PAGE,
        methods: "GET, POST",
        does: "the consent page, for clients with `require_consent`",
        grade: Grade::Sample,
        differs: "all scopes or none; a consent is remembered until the mock ends",
        served: |_| true,
        respond: Respond::AtOnce(sign_in::consent),
    },
    Endpoint {
        path: "/connect/token",
        methods: "POST",
        does: "authorization_code, refresh_token, client_credentials",
        grade: Grade::Source,
        differs: "refresh tokens are not rotated",
        served: |_| true,
        respond: Respond::AtOnce(token::respond),
    },
    Endpoint {
        path: "/connect/userinfo",
        methods: "GET, POST",
        does: "claims of the token's user",
        grade: Grade::Source,
        differs: "only the claims of the scopes profile and email",
        served: |_| true,
        respond: Respond::AtOnce(|realm, incoming| userinfo::respond(realm, incoming)),
    },
    Endpoint {
        path: "/connect/introspect",
        methods: "POST",
        does: "tells a client about its own tokens (RFC 7662)",
        grade: Grade::Source,
        differs: "asked by clients, at the product by API resources",
        served: |_| true,
        respond: Respond::AtOnce(introspection::respond),
    },
    Endpoint {
        path: "/connect/revocation",
        methods: "POST",
        does: "ends a refresh token (RFC 7009)",
        grade: Grade::Source,
        differs: "",
        served: |_| true,
        respond: Respond::AtOnce(revocation::respond),
    },
    Endpoint {
        path: "/connect/endsession",
        methods: "GET, POST",
        does: "looks at a sign-off request, packs what may be used into a `logoutId`, and sends the browser to the logout \
               page; never an error",
        grade: Grade::Source,
        differs: "`multipart/form-data` is not read; that content of another type gives 500 was not tried at the product",
        served: |realm| realm.tenant.end_session_endpoint,
        respond: Respond::AtOnce(end_session::respond),
    },
    Endpoint {
        path: LOGOUT_PAGE,
        methods: "GET, POST",
        does: "the logout page of the host: asks unless the context has a client, signs off, tells the clients",
        grade: Grade::Sample,
        differs: "look and markup are ours; no sign-off at external providers",
        served: |_| true,
        respond: Respond::InTurns(logout_page::respond),
    },
    Endpoint {
        path: LOGGED_OUT_PAGE,
        methods: "GET",
        does: "Duende: the page after the sign-off, with the link back to the client and the frame for the front channel \
               (IdentityServer4 shows it as the answer of the logout page)",
        grade: Grade::Sample,
        differs: "look and markup are ours",
        served: |realm| Version::of(&realm.tenant) != Version::Four,
        respond: Respond::AtOnce(logout_page::logged_out),
    },
    Endpoint {
        path: LOGOUT_SCRIPT,
        methods: "GET",
        does: "with `automatic_redirect_after_sign_out`: follows the link back",
        grade: Grade::Sample,
        differs: "the script is ours",
        served: |realm| {
            realm
                .tenant
                .identity_server
                .automatic_redirect_after_sign_out
        },
        respond: Respond::AtOnce(|_, incoming| incoming.document(pages::logout_script())),
    },
    Endpoint {
        path: "/connect/endsession/callback",
        methods: "GET",
        does: "a frame for each client of the session that has a front-channel address",
        grade: Grade::Source,
        differs: "the script of Duende 8 that tells of its completion is ours",
        served: |realm| realm.tenant.end_session_endpoint,
        respond: Respond::AtOnce(callback::respond),
    },
];

/// Answers a request by the endpoint at its path, whose name is for the journal. Letter case does not count.
pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming) -> (&'static str, Turn) {
    let found = ENDPOINTS.iter().find(|endpoint| {
        endpoint.path.eq_ignore_ascii_case(incoming.path) && (endpoint.served)(realm)
    });
    let Some(endpoint) = found else {
        return ("(unknown)", Response::empty(404).into());
    };
    let turn = match endpoint.respond {
        Respond::AtOnce(respond) => respond(realm, incoming).into(),
        Respond::InTurns(respond) => respond(realm, incoming),
    };
    (endpoint.path, turn)
}
