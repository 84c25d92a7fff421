//! Every endpoint of an environment, with what the public documentation says of it. Requests are answered by this list,
//! and `SUPPORTED.md` is written from it.

use super::sharing::{self, Sharing};
use super::{
    cross_protocol, discovery, errors, flows, hosted, idp_signoff, orchestration, session_check,
    sign_on,
};
use crate::config::Edition;
use crate::cors;
use crate::http::Response;
use crate::logout::sign_off;
use crate::realm::{Incoming, Realm};
use crate::supported::Grade;
use crate::token::{self, introspection, pushed, revocation};
use crate::userinfo;

/// Something that is served below `/{environment}`, or at the root of a custom domain.
pub(crate) struct Endpoint {
    pub(crate) path: &'static str,
    /// Other spellings of the path.
    pub(crate) aliases: &'static [&'static str],
    pub(crate) methods: &'static str,
    pub(crate) does: &'static str,
    pub(crate) grade: Grade,
    /// What is otherwise at the product, or not known of it.
    pub(crate) differs: &'static str,
    /// Which pages may read the answer.
    sharing: Sharing,
    served: fn(&Realm) -> bool,
    respond: fn(&mut Realm, &Incoming) -> Response,
}

/// In the order in which a client meets them.
pub(crate) static ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/as/.well-known/openid-configuration",
        aliases: &[],
        methods: "GET",
        does: "the metadata of the environment",
        grade: Grade::Sample,
        differs: "lists what the mock serves: neither implicit nor device grants, no request objects",
        sharing: Sharing::Everybody,
        served: always,
        respond: |realm, incoming| incoming.document(discovery::document(realm, incoming)),
    },
    Endpoint {
        path: "/as/jwks",
        aliases: &[],
        methods: "GET",
        does: "the key that signs tokens",
        grade: Grade::Inferred,
        differs: "one fixed test key, no rotation; the members of the product's keys were never captured",
        sharing: Sharing::Everybody,
        served: always,
        respond: |realm, incoming| incoming.document(realm.jwks()),
    },
    Endpoint {
        path: "/as/authorize",
        aliases: &[],
        methods: "GET, POST",
        does: "the code flow with PKCE; `response_mode` query, fragment, form_post and pi.flow; `prompt`, `max_age`, \
               `login_hint`, `acr_values`",
        grade: Grade::Documented,
        differs: "sign-on policies all ask for a password only; no `request`, `login_hint_token`, `mobilePayload`",
        sharing: Sharing::Application(sharing::by_client_id),
        served: always,
        respond: sign_on::authorize,
    },
    Endpoint {
        path: "/as/par",
        aliases: &[],
        methods: "POST",
        does: "takes an authorization request beforehand (RFC 9126)",
        grade: Grade::Sample,
        differs: "the product's lifetime of a pushed request is not public; here a minute",
        sharing: Sharing::Everybody,
        served: always,
        respond: |realm, incoming| pushed::respond(realm, incoming, sign_on::MODES),
    },
    Endpoint {
        path: "/flows/{id}",
        aliases: &[],
        methods: "GET, POST",
        does: "a sign-on as a conversation in JSON: `usernamePassword.check`, `password.reset`, `session.reset`",
        grade: Grade::Documented,
        differs: "no registration, recovery, one-time codes or devices; cookies suffice (the product may want a bearer \
                  token, too); the texts of errors are ours",
        sharing: Sharing::Everybody,
        served: always,
        respond: flows::respond,
    },
    Endpoint {
        path: "/signon/",
        aliases: &["/signon", "/as/signon"],
        methods: "GET, POST",
        does: "the hosted pages: sign on, choose a password, signed off, error",
        grade: Grade::Inferred,
        differs: "look and markup are ours, and so are the offers to be somebody by one click and to go back",
        sharing: Sharing::Own,
        served: always,
        respond: hosted::respond,
    },
    Endpoint {
        path: "/as/resume",
        aliases: &[],
        methods: "GET",
        does: "ends a flow: the redirect with the code, or JSON for pi.flow",
        grade: Grade::Documented,
        differs: "the shape of its errors is not public",
        sharing: Sharing::Application(sharing::by_flow),
        served: always,
        respond: sign_on::resume,
    },
    Endpoint {
        path: "/as/token",
        aliases: &[],
        methods: "POST",
        does: "authorization_code, refresh_token, client_credentials; every documented client authentication",
        grade: Grade::Documented,
        differs: "refresh tokens are opaque and not rotated; no device, exchange or CIBA grant",
        sharing: Sharing::Everybody,
        served: always,
        respond: token::respond,
    },
    Endpoint {
        path: "/as/userinfo",
        aliases: &[],
        methods: "GET, POST",
        does: "claims of the token's user",
        grade: Grade::Sample,
        differs: "only the claims of the scopes profile and email",
        sharing: Sharing::Everybody,
        served: always,
        respond: |realm, incoming| userinfo::respond(realm, incoming),
    },
    Endpoint {
        path: "/as/introspect",
        aliases: &[],
        methods: "POST",
        does: "tells a client about its own tokens (RFC 7662)",
        grade: Grade::Documented,
        differs: "no resources with credentials of their own",
        sharing: Sharing::Everybody,
        served: always,
        respond: introspection::respond,
    },
    Endpoint {
        path: "/as/revoke",
        aliases: &[],
        methods: "POST",
        does: "ends a refresh token; an access token for the product's own API is answered with success and lives on",
        grade: Grade::Documented,
        differs: "there are no custom resources, so no access token can be revoked; of refresh tokens for the product's \
                  own API nothing is public",
        sharing: Sharing::Everybody,
        served: always,
        respond: revocation::respond,
    },
    Endpoint {
        path: "/as/signoff",
        aliases: &[],
        methods: "GET, POST",
        does: "ends the session of the cookie",
        grade: Grade::Documented,
        differs: "see the checks below",
        sharing: Sharing::Application(sharing::by_hint),
        served: |realm| realm.tenant.end_session_endpoint,
        respond: sign_off,
    },
    Endpoint {
        path: "/as/idpSignoff",
        aliases: &[],
        methods: "GET, POST",
        does: "ends a session by its ID token alone",
        grade: Grade::Documented,
        differs: "current edition only; the shape of its errors is not public: JSON if asked for, else the hosted page; \
                  POST is not documented",
        sharing: Sharing::Everybody,
        served: has_newer_sign_offs,
        respond: idp_signoff::respond,
    },
    Endpoint {
        path: "/xp/signoff",
        aliases: &[],
        methods: "GET, POST",
        does: "ends the session for all its applications, with a frame for each front-channel address",
        grade: Grade::Documented,
        differs: "current edition only; no WS-Federation, no SAML; that it works without `enableCrossProtocolSLO`, and \
                  its answer without a session, are our reading",
        sharing: Sharing::Application(sharing::by_hint),
        served: has_newer_sign_offs,
        respond: cross_protocol::respond,
    },
    Endpoint {
        path: "/as/checksession",
        aliases: &[],
        methods: "GET",
        does: "the frame of Session Management 1.0, for applications with `opSessionCheckEnabled`",
        grade: Grade::Documented,
        differs: "served without a custom domain, too; the name of the cookie it reads is ours",
        sharing: Sharing::Own,
        served: always,
        respond: |_, incoming| incoming.document(session_check::frame()),
    },
    Endpoint {
        path: "/session",
        aliases: &[],
        methods: "DELETE",
        does: "flow orchestration's end of the sign-off (legacy edition)",
        grade: Grade::Documented,
        differs: "the call between the product's services is noted in the journal and not made over a wire",
        sharing: Sharing::Own,
        served: |realm| realm.tenant.edition == Edition::Legacy,
        respond: orchestration::respond,
    },
];

fn always(_: &Realm) -> bool {
    true
}

/// Both came later than the older editions, and go with the logout endpoint.
pub(super) fn has_newer_sign_offs(realm: &Realm) -> bool {
    realm.tenant.end_session_endpoint && realm.tenant.edition == Edition::Current
}

impl Endpoint {
    fn is_at(&self, path: &str) -> bool {
        match self.path.strip_suffix("{id}") {
            Some(prefix) => path.starts_with(prefix),
            None => self.path == path || self.aliases.contains(&path),
        }
    }
}

/// Answers a request by the endpoint at its path, whose name is for the journal.
pub(crate) fn respond(realm: &mut Realm, incoming: &Incoming) -> (&'static str, Response) {
    let found = ENDPOINTS
        .iter()
        .find(|endpoint| endpoint.is_at(incoming.path) && (endpoint.served)(realm));
    let Some(endpoint) = found else {
        return ("(unknown)", errors::not_found(realm));
    };
    let beforehand = endpoint.sharing.beforehand();
    if let Some(answer) = cors::preflight(incoming, beforehand, endpoint.methods) {
        return (endpoint.path, answer);
    }
    // Found out first: the answer may end the flow that names the application.
    let readers = endpoint.sharing.readers(realm, incoming);
    let response = (endpoint.respond)(realm, incoming);
    (endpoint.path, cors::readable(incoming, readers, response))
}
