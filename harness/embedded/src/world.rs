//! The world of the scenarios: two clients and one that may be disabled, two users, a second tenant. The
//! same facts go to the mock as its configuration and to the harness as its target.

use crate::brokered;
use mock_idp_core::{
    Client as MockClient, Config, ConfigError, DialectId, KeyChoice, Tenant, User as MockUser,
    test_keys,
};
use signoff_engine::Target;
use signoff_engine::dialects;
use signoff_engine::target::{FormFields, OtherTenant};
use signoff_oidc::{Client, ClientAuth, Origin, Timestamp, User};

/// When every case in memory begins: a fixed moment, so that the same seed gives the same bytes.
pub const START: Timestamp = Timestamp::constant(1_767_225_600, 0);

const ENVIRONMENT: &str = "8e8a0c5f-3b1d-4f0e-9c55-0d2f6f1f2a10";
const OTHER_ENVIRONMENT: &str = "1b6f2d34-77c2-4d7a-8a0b-5e9c4a7d9f21";
const CLIENT_A: &str = "3f0c3a52-0c0d-4f57-9e0a-6f5c1f0b7a01";
const CLIENT_B: &str = "9a7d1f60-5b7e-4c39-8d51-2c3e4f5a6b02";
const DISPOSABLE: &str = "c4b8e2d7-1a2f-4e6b-b0c3-7d8e9f0a1b03";
const FOREIGN_CLIENT: &str = "e1f2a3b4-c5d6-4e7f-8091-a2b3c4d5e604";
const ALICE: &str = "6a1d0b9e-2f3c-4d5e-8f70-1a2b3c4d5e11";
const BOB: &str = "7b2e1caf-3041-4e6f-9081-2b3c4d5e6f12";
const CUSTOM_DOMAIN: &str = "login.example.com";
const MALLORY: &str = "8c3f2db0-4152-4f70-a192-3c4d5e6f7013";

/// The embedded mock: its configuration and the target that describes it.
#[derive(Debug, Clone)]
pub struct Embedded {
    /// What the mock is made of.
    pub config: Config,
    /// What the harness knows of it.
    pub target: Target,
}

impl Embedded {
    /// The mock of this dialect in memory, with these faults. The issuer is https, as in production.
    pub fn in_memory(dialect: DialectId, faults: &[String]) -> Result<Self, ConfigError> {
        Embedded::made(dialect, None, in_production(dialect), faults)
    }

    /// The same in an edition of the dialect, by its name at the harness.
    pub fn in_edition(
        dialect: DialectId,
        edition: &str,
        faults: &[String],
    ) -> Result<Self, ConfigError> {
        Embedded::made(dialect, Some(edition), in_production(dialect), faults)
    }

    /// The mock of this dialect behind this origin, with a second tenant beside it.
    pub fn at(dialect: DialectId, origin: &str, faults: &[String]) -> Result<Self, ConfigError> {
        Embedded::made(dialect, None, origin, faults)
    }

    fn made(
        dialect: DialectId,
        edition: Option<&str>,
        origin: &str,
        faults: &[String],
    ) -> Result<Self, ConfigError> {
        let (mut tenant, mut neighbour) = match dialect {
            DialectId::PingOne => (
                Tenant::pingone(ENVIRONMENT, origin),
                Tenant::pingone(OTHER_ENVIRONMENT, origin),
            ),
            DialectId::Oidc => (
                Tenant::oidc("main", format!("{origin}/main")),
                Tenant::oidc("neighbour", format!("{origin}/neighbour")),
            ),
            DialectId::WorkOs => return brokered::at(origin, faults),
            DialectId::IdentityServer => (
                Tenant::identity_server("main", format!("{origin}/main")),
                Tenant::identity_server("neighbour", format!("{origin}/neighbour")),
            ),
        };
        let product = dialects::find(dialect.name());
        let default_edition = product.and_then(dialects::Dialect::default_edition);
        let other_edition = edition.filter(|edition| Some(*edition) != default_edition);
        tenant.edition = edition.and_then(crate::edition).unwrap_or_default();
        neighbour.edition = tenant.edition;
        if dialect == DialectId::PingOne && origin.starts_with("https:") {
            tenant.custom_domain = Some(CUSTOM_DOMAIN.to_owned());
        }
        let clients = [client_a(), client_b(), disposable()].map(|client| match dialect {
            DialectId::IdentityServer => listening(client),
            DialectId::PingOne | DialectId::Oidc | DialectId::WorkOs => client,
        });
        tenant.clients = clients.iter().map(mock_client).collect();
        tenant.users = vec![
            MockUser::new(ALICE, "alice", "alice-password"),
            MockUser::new(BOB, "bob", "bob-password"),
        ];
        // Environments of PingOne have keys, applications and users of their own. Plain tenants share all three here: a
        // token of the neighbour then differs in nothing but its issuer and its session.
        let (foreign_client, foreign_key, foreign_id, foreign_user) = match dialect {
            DialectId::PingOne => (foreign(), KeyChoice::Second, MALLORY, user("mallory")),
            DialectId::Oidc | DialectId::IdentityServer | DialectId::WorkOs => {
                (client_a(), KeyChoice::First, ALICE, user("alice"))
            }
        };
        let neighbour = Tenant {
            clients: vec![mock_client(&foreign_client)],
            users: vec![MockUser::new(
                foreign_id,
                foreign_user.name.as_str(),
                foreign_user.password.as_str(),
            )],
            signing_key: foreign_key,
            ..neighbour
        };
        let mut config = Config::new(0, vec![tenant.clone(), neighbour.clone()]);
        for fault in faults {
            config = config.with_fault(fault.as_str());
        }
        // A configuration that cannot work is refused here, not in the middle of a run.
        mock_idp_core::Op::new(config.clone())?;
        let [client, other_client, disposable_client] = clients;
        let target = Target {
            name: match other_edition {
                Some(edition) => format!("{}-{edition}", dialect.name()),
                None => dialect.name().to_owned(),
            },
            dialect: dialect.name().to_owned(),
            edition: edition.or(default_edition).map(str::to_owned),
            description: String::new(),
            real: false,
            issuer: tenant.issuer,
            own_origins: Vec::new(),
            client,
            other_client: Some(other_client),
            disposable_client: Some(disposable_client),
            user: user("alice"),
            other_user: Some(user("bob")),
            sign_in: product
                .map(|product| (product.sign_in)())
                .unwrap_or_default(),
            fields: FormFields::default(),
            confirmation: None,
            signing_key: Some(test_keys::FIRST_PKCS8_PEM.to_owned()),
            other_tenant: Some(OtherTenant {
                issuer: neighbour.issuer,
                client: foreign_client,
                user: foreign_user,
            }),
            behind: None,
            custom_domain: (dialect == DialectId::PingOne).then(|| CUSTOM_DOMAIN.to_owned()),
            scope: "openid".to_owned(),
            deviations: Vec::new(),
            repeat_with: repeat_with(dialect, other_edition),
        };
        Ok(Embedded { config, target })
    }
}

fn in_production(dialect: DialectId) -> &'static str {
    match dialect {
        DialectId::PingOne => "https://auth.pingone.com",
        DialectId::Oidc => "https://op.example",
        DialectId::IdentityServer => "https://identity.example",
        DialectId::WorkOs => "https://auth.workos.com",
    }
}

/// The flags that name this mock again; none for the default one.
fn repeat_with(dialect: DialectId, edition: Option<&str>) -> String {
    let dialect = match dialect {
        DialectId::PingOne => String::new(),
        DialectId::Oidc | DialectId::IdentityServer | DialectId::WorkOs => {
            format!("--dialect {}", dialect.name())
        }
    };
    let edition = edition.map_or_else(String::new, |edition| format!("--edition {edition}"));
    format!("{dialect} {edition}").trim().to_owned()
}

pub(crate) fn client(id: &str, secret: &str, redirect: &str, post_logout: &[&str]) -> Client {
    Client {
        id: id.to_owned(),
        secret: Some(secret.to_owned()),
        auth: ClientAuth::ClientSecretBasic,
        redirect_uris: vec![redirect.to_owned()],
        post_logout_redirect_uris: post_logout.iter().map(|uri| (*uri).to_owned()).collect(),
        frontchannel_logout_uri: None,
        backchannel_logout_uri: None,
    }
}

/// The same client, with addresses at which it hears of sign-offs.
fn listening(client: Client) -> Client {
    let origin = client.redirect_uris.first().and_then(|uri| Origin::of(uri));
    let at = |path: &str| origin.as_ref().map(|origin| format!("{origin}{path}"));
    Client {
        frontchannel_logout_uri: at("/front-channel-logout"),
        backchannel_logout_uri: at("/back-channel-logout"),
        ..client
    }
}

fn client_a() -> Client {
    let post_logout = [
        "https://rp.example/app/signed-out",
        "https://rp.example/app/signed-out?from=signoff&last_state=done",
        "com.example.app:/signed-out",
        // Registered as it stands: nothing here takes it for a pattern.
        "https://*.rp.example/signed-out",
    ];
    client(
        CLIENT_A,
        "secret-of-client-a-3f0c3a52",
        "https://rp.example/app/callback",
        &post_logout,
    )
}

fn client_b() -> Client {
    client(
        CLIENT_B,
        "secret-of-client-b-9a7d1f60",
        "https://other-rp.example/callback",
        &["https://other-rp.example/goodbye"],
    )
}

fn disposable() -> Client {
    client(
        DISPOSABLE,
        "secret-of-client-c-c4b8e2d7",
        "https://old-rp.example/callback",
        &["https://old-rp.example/bye"],
    )
}

fn foreign() -> Client {
    client(
        FOREIGN_CLIENT,
        "secret-of-client-d-e1f2a3b4",
        "https://foreign-rp.example/callback",
        &["https://foreign-rp.example/bye"],
    )
}

pub(crate) fn user(name: &str) -> User {
    User {
        name: name.to_owned(),
        password: format!("{name}-password"),
    }
}

pub(crate) fn mock_client(client: &Client) -> MockClient {
    let mut mock = MockClient::confidential(
        client.id.as_str(),
        client.secret.as_deref().unwrap_or_default(),
    );
    mock.redirect_uris.clone_from(&client.redirect_uris);
    mock.post_logout_redirect_uris
        .clone_from(&client.post_logout_redirect_uris);
    mock.front_channel_logout_uri
        .clone_from(&client.frontchannel_logout_uri);
    mock.front_channel_logout_session_required = client.frontchannel_logout_uri.is_some();
    mock.back_channel_logout_uri
        .clone_from(&client.backchannel_logout_uri);
    mock.back_channel_logout_session_required = client.backchannel_logout_uri.is_some();
    mock
}
