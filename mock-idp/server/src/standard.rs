//! The provider one gets without configuring anything: one tenant, two clients, two users.
//!
//! All ids, secrets and passwords are fixed, public and good for nothing but tests.

use mock_idp_core::{
    Client, Connection, ConnectionKind, DialectId, Pkce, Profile, Tenant, Upstream, User, WorkOs,
};

/// The id of the PingOne environment.
pub const PINGONE_ENVIRONMENT: &str = "5f1c7d2e-4a0b-4c3d-9e8f-7a6b5c4d3e2f";
/// The id of the plain tenant: the path of its issuer.
pub const OIDC_TENANT: &str = "main";
/// The id of the WorkOS environment: the path of its base address.
pub const WORKOS_ENVIRONMENT: &str = "workos";
/// The id of the plain tenant that is the identity provider behind it.
pub const WORKOS_UPSTREAM: &str = "customer";

/// The id of the IdentityServer: none, it is served at the root, as in the product's own samples.
pub const IDENTITY_SERVER_TENANT: &str = "";

/// The standard tenant of a dialect, on a server with this origin (`http://127.0.0.1:8080`).
pub fn tenant(dialect: DialectId, origin: &str) -> Tenant {
    let (id, clients, users) = match dialect {
        DialectId::PingOne => (PINGONE_ENVIRONMENT, pingone_clients(), pingone_users()),
        DialectId::Oidc => (OIDC_TENANT, oidc_clients(), oidc_users()),
        DialectId::WorkOs => (WORKOS_ENVIRONMENT, workos_clients(), oidc_users()),
        DialectId::IdentityServer => (
            IDENTITY_SERVER_TENANT,
            identity_server_clients(),
            identity_server_users(),
        ),
    };
    let mut tenant = tenant_called(id, dialect, origin, clients.into(), users.into());
    if dialect == DialectId::WorkOs {
        tenant.workos = workos(origin);
    }
    tenant
}

/// The id of one that has no revocation endpoint, so that nobody can be signed off at it through WorkOS.
pub const WORKOS_BARE_UPSTREAM: &str = "bare";

/// The tenants that a dialect's standard tenant needs beside it: the identity provider behind WorkOS.
pub fn beside(dialect: DialectId, origin: &str) -> Vec<Tenant> {
    match dialect {
        DialectId::WorkOs => vec![
            workos_upstream(origin),
            Tenant {
                revocation_endpoint: false,
                ..tenant_called(
                    WORKOS_BARE_UPSTREAM,
                    DialectId::Oidc,
                    origin,
                    Vec::new(),
                    Vec::new(),
                )
            },
        ],
        DialectId::PingOne | DialectId::Oidc | DialectId::IdentityServer => Vec::new(),
    }
}

/// Two applications of one environment; their secrets are its API keys.
fn workos_clients() -> [Client; 2] {
    ["a", "b"].map(|letter| Client {
        name: format!("Application {letter}"),
        ..Client::confidential(format!("client_{letter}"), format!("sk_test_{letter}"))
            .with_redirect_uri(format!("https://{letter}.example/callback"))
    })
}

/// One connection that can do all, three that cannot sign anybody off, and a profile of each of those.
fn workos(origin: &str) -> WorkOs {
    let profile = |id: &str, connection: &str| Profile {
        id: id.to_owned(),
        connection: connection.to_owned(),
        idp_id: "alice-sub".to_owned(),
        email: "alice@example.com".to_owned(),
    };
    WorkOs {
        connections: vec![
            Connection {
                id: "conn_oidc".to_owned(),
                organization: "org_customer".to_owned(),
                kind: ConnectionKind::GenericOidc,
                single_logout: true,
                upstream: Some(Upstream {
                    issuer: format!("{origin}/{WORKOS_UPSTREAM}"),
                    client_id: "workos".to_owned(),
                    client_secret: "secret-of-workos".to_owned(),
                }),
                external_key: "key1".to_owned(),
                application_logout: Some("https://a.example/logged-out".to_owned()),
            },
            Connection {
                id: "conn_saml".to_owned(),
                organization: "org_other".to_owned(),
                kind: ConnectionKind::GenericSaml,
                single_logout: false,
                upstream: None,
                external_key: "key2".to_owned(),
                application_logout: None,
            },
            unable("off", origin, WORKOS_UPSTREAM, false),
            unable("bare", origin, WORKOS_BARE_UPSTREAM, true),
        ],
        profiles: ["saml", "off", "bare"]
            .map(|name| profile(&format!("prof_{name}"), &format!("conn_{name}")))
            .to_vec(),
        sign_out_redirects: vec!["https://a.example/signed-out".to_owned()],
        default_sign_out_redirect: Some("https://a.example/".to_owned()),
        ..WorkOs::default()
    }
}

/// A connection that has what it needs but for the feature, or but for the identity provider's endpoints.
fn unable(name: &str, origin: &str, tenant: &str, single_logout: bool) -> Connection {
    Connection {
        id: format!("conn_{name}"),
        organization: format!("org_{name}"),
        kind: ConnectionKind::GenericOidc,
        single_logout,
        upstream: Some(Upstream {
            issuer: format!("{origin}/{tenant}"),
            client_id: "workos".to_owned(),
            client_secret: "secret-of-workos".to_owned(),
        }),
        external_key: format!("key-{name}"),
        application_logout: None,
    }
}

/// The customer's identity provider: WorkOS is one of its clients, another application is a second.
fn workos_upstream(origin: &str) -> Tenant {
    let callback = format!("{origin}/{WORKOS_ENVIRONMENT}/sso/oidc/key1/callback");
    let notice = format!("{origin}/{WORKOS_ENVIRONMENT}/sso/oidc/idp-logout/key1");
    let workos = Client {
        front_channel_logout_uri: Some(notice),
        ..Client::confidential("workos", "secret-of-workos").with_redirect_uri(callback)
    };
    let clients = vec![workos, client("wiki", "Wiki", "w")];
    let users = oidc_users().into();
    tenant_called(WORKOS_UPSTREAM, DialectId::Oidc, origin, clients, users)
}

/// A tenant of a dialect with a given id, clients and users.
pub(crate) fn tenant_called(
    id: &str,
    dialect: DialectId,
    origin: &str,
    clients: Vec<Client>,
    users: Vec<User>,
) -> Tenant {
    let bare = match dialect {
        DialectId::PingOne => Tenant::pingone(id, origin),
        DialectId::Oidc if id.is_empty() => Tenant::oidc(id, origin),
        DialectId::WorkOs if id.is_empty() => Tenant::workos(id, origin),
        DialectId::WorkOs => Tenant::workos(id, format!("{origin}/{id}")),
        DialectId::Oidc => Tenant::oidc(id, format!("{origin}/{id}")),
        DialectId::IdentityServer if id.is_empty() => Tenant::identity_server(id, origin),
        DialectId::IdentityServer => Tenant::identity_server(id, format!("{origin}/{id}")),
    };
    Tenant {
        clients,
        users,
        ..bare
    }
}

fn pingone_clients() -> [Client; 2] {
    // PingOne names applications and users by UUID.
    [
        client("a1000000-0000-4000-8000-00000000000a", "Shop", "a"),
        client("b1000000-0000-4000-8000-00000000000b", "Blog", "b"),
    ]
}

fn pingone_users() -> [User; 2] {
    [
        person(
            "a2000000-0000-4000-8000-0000000a11ce",
            "alice",
            "Alice",
            "Ames",
        ),
        person(
            "b2000000-0000-4000-8000-000000000b0b",
            "bob",
            "Bob",
            "Burns",
        ),
    ]
}

fn oidc_clients() -> [Client; 2] {
    [
        client("client-a", "Shop", "a"),
        client("client-b", "Blog", "b"),
    ]
}

fn oidc_users() -> [User; 2] {
    [
        person("alice-sub", "alice", "Alice", "Ames"),
        person("bob-sub", "bob", "Bob", "Burns"),
    ]
}

/// The client of the documentation's sample request, and one that hears of sign-offs in a frame.
fn identity_server_clients() -> [Client; 2] {
    let script = Client {
        name: "JavaScript client".to_owned(),
        pkce: Pkce::Optional,
        ..Client::public("js_oidc")
            .with_redirect_uri("http://localhost:7017/callback.html")
            .with_post_logout_redirect_uri("http://localhost:7017/index.html")
    };
    let server = Client {
        front_channel_logout_uri: Some("https://b.example/signout-oidc".to_owned()),
        front_channel_logout_session_required: true,
        ..client("mvc", "MVC client", "b")
    };
    [script, server]
}

fn identity_server_users() -> [User; 2] {
    // The users of the product's samples.
    [
        person("818727", "alice", "Alice", "Smith"),
        person("88421113", "bob", "Bob", "Smith"),
    ]
}

/// A confidential client whose addresses lie on `https://{letter}.example`.
fn client(id: &str, name: &str, letter: &str) -> Client {
    let client = Client::confidential(id, format!("secret-{letter}"))
        .with_redirect_uri(format!("https://{letter}.example/callback"))
        .with_post_logout_redirect_uri(format!("https://{letter}.example/signed-off"))
        .with_post_logout_redirect_uri(format!("https://{letter}.example/signed-off?from=idp"));
    Client {
        name: name.to_owned(),
        ..client
    }
}

fn person(id: &str, username: &str, given_name: &str, family_name: &str) -> User {
    User {
        given_name: given_name.to_owned(),
        family_name: family_name.to_owned(),
        ..User::new(id, username, format!("password-of-{username}"))
    }
}
