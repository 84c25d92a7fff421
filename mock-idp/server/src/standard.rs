//! The provider one gets without configuring anything: one tenant, two clients, two users.
//!
//! All ids, secrets and passwords are fixed, public and good for nothing but tests.

use mock_idp_core::{Client, DialectId, Tenant, User};

/// The id of the PingOne environment.
pub const PINGONE_ENVIRONMENT: &str = "5f1c7d2e-4a0b-4c3d-9e8f-7a6b5c4d3e2f";
/// The id of the plain tenant: the path of its issuer.
pub const OIDC_TENANT: &str = "main";

/// The standard tenant of a dialect, on a server with this origin (`http://127.0.0.1:8080`).
pub fn tenant(dialect: DialectId, origin: &str) -> Tenant {
    let (id, clients, users) = match dialect {
        DialectId::PingOne => (PINGONE_ENVIRONMENT, pingone_clients(), pingone_users()),
        DialectId::Oidc => (OIDC_TENANT, oidc_clients(), oidc_users()),
    };
    tenant_called(id, dialect, origin, clients.into(), users.into())
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
        DialectId::Oidc => Tenant::oidc(id, format!("{origin}/{id}")),
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
