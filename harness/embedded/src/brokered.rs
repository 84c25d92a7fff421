//! The world of a product that signs people on at an identity provider behind it: an environment, another environment
//! beside it, and the identity providers of their customers.

use crate::world::{Embedded, client, mock_client, user};
use mock_idp_core::{
    Config, ConfigError, Connection, ConnectionKind, Op, Profile, Tenant, Upstream,
    User as MockUser, WorkOs,
};
use signoff_engine::Target;
use signoff_engine::target::{Broker, FormFields, OtherTenant, SignInKind};
use signoff_oidc::{Client, ClientAuth};
use signoff_scenarios::Inability;

const CONNECTION: &str = "conn_01CUSTOMER0000000000000000";
const KEY: &str = "key-of-the-customer";
const APPLICATION_LOGOUT: &str = "https://rp.example/app/logged-out";
const UPSTREAM_SECRET: &str = "secret-of-workos-at-the-customer";

/// Profiles of connections that cannot sign anybody off, what keeps them from it, and the tenant behind each.
const UNABLE: [(&str, Inability, Option<&str>); 4] = [
    (
        "prof_01OTHERPROTOCOL0000000000",
        Inability::OtherProtocol,
        None,
    ),
    (
        "prof_01NOTENABLED0000000000000",
        Inability::NotEnabled,
        Some("customer"),
    ),
    (
        "prof_01NOREVOCATION00000000000",
        Inability::NoRevocation,
        Some("without-revocation"),
    ),
    (
        "prof_01NOENDSESSION00000000000",
        Inability::NoEndSession,
        Some("without-end-session"),
    ),
];

/// The mock behind this origin.
pub(crate) fn at(origin: &str, faults: &[String]) -> Result<Embedded, ConfigError> {
    let (own, foreign) = (application("own"), application("foreign"));
    let mut main = environment("main", origin, &own);
    main.workos
        .connections
        .extend(UNABLE.iter().map(|(id, why, tenant)| Connection {
            id: format!("conn-{id}"),
            organization: format!("org-{id}"),
            kind: if *why == Inability::OtherProtocol {
                ConnectionKind::GenericSaml
            } else {
                ConnectionKind::GenericOidc
            },
            single_logout: *why != Inability::NotEnabled,
            upstream: tenant.map(|tenant| upstream(origin, tenant)),
            external_key: format!("key-{id}"),
            application_logout: None,
        }));
    main.workos.profiles.extend(
        UNABLE
            .iter()
            .map(|(id, ..)| alice(id, &format!("conn-{id}"))),
    );
    let mut neighbour = environment("neighbour", origin, &foreign);
    // Known before anybody signs in, so that the profile of one case is there in every other.
    let known = alice("prof_01NEIGHBOUR00000000000000", CONNECTION);
    neighbour.workos.profiles.push(known);
    let witness = client(
        "wiki",
        "secret-of-client-wiki-1d2c3b4a",
        "https://wiki.example/callback",
        &["https://wiki.example/bye"],
    );
    let mut customer = identity_provider("customer", origin);
    customer.clients.push(mock_client(&witness));
    let without_revocation = Tenant {
        revocation_endpoint: false,
        ..identity_provider("without-revocation", origin)
    };
    let without_end_session = Tenant {
        end_session_endpoint: false,
        ..identity_provider("without-end-session", origin)
    };
    let issuer = customer.issuer.clone();
    let base = main.issuer.clone();
    let other = neighbour.issuer.clone();
    let tenants = vec![
        main,
        neighbour,
        customer,
        without_revocation,
        without_end_session,
    ];
    let mut config = Config::new(0, tenants);
    for fault in faults {
        config = config.with_fault(fault.as_str());
    }
    Op::new(config.clone())?;
    let behind = Broker {
        issuer,
        witness,
        connection: CONNECTION.to_owned(),
        unable: UNABLE
            .iter()
            .map(|(profile, why, _)| ((*profile).to_owned(), *why))
            .collect(),
        notice: Some(format!("{base}/sso/oidc/idp-logout/{KEY}")),
        application_logout: Some(APPLICATION_LOGOUT.to_owned()),
    };
    let target = Target {
        name: "workos".to_owned(),
        dialect: "workos".to_owned(),
        description: String::new(),
        edition: None,
        real: false,
        issuer: base,
        own_origins: Vec::new(),
        client: own,
        other_client: None,
        disposable_client: None,
        user: user("alice"),
        other_user: Some(user("bob")),
        sign_in: SignInKind::Form,
        fields: FormFields::default(),
        confirmation: None,
        signing_key: None,
        other_tenant: Some(OtherTenant {
            issuer: other,
            client: foreign,
            user: user("alice"),
        }),
        custom_domain: None,
        behind: Some(behind),
        scope: "openid".to_owned(),
        deviations: Vec::new(),
        repeat_with: "--dialect workos".to_owned(),
    };
    Ok(Embedded { config, target })
}

/// Alice as one connection knows her.
fn alice(id: &str, connection: &str) -> Profile {
    Profile {
        id: id.to_owned(),
        connection: connection.to_owned(),
        idp_id: "alice-at-the-customer".to_owned(),
        email: "alice@example.com".to_owned(),
    }
}

/// An application of an environment. Its secret is the API key.
fn application(name: &str) -> Client {
    Client {
        auth: ClientAuth::ClientSecretPost,
        ..client(
            &format!("client_01{name}00000000000000000000"),
            &format!("sk_test_of_the_{name}_environment"),
            "https://rp.example/app/callback",
            &[],
        )
    }
}

/// Both environments have a connection of the same name to the same customer.
fn environment(id: &str, origin: &str, application: &Client) -> Tenant {
    let mut tenant = Tenant::workos(id, format!("{origin}/{id}"));
    tenant.clients = vec![mock_client(application)];
    tenant.workos = WorkOs {
        connections: vec![Connection {
            id: CONNECTION.to_owned(),
            organization: format!("org_01CUSTOMER-of-{id}"),
            kind: ConnectionKind::GenericOidc,
            single_logout: true,
            upstream: Some(upstream(origin, "customer")),
            external_key: KEY.to_owned(),
            application_logout: Some(APPLICATION_LOGOUT.to_owned()),
        }],
        ..WorkOs::default()
    };
    tenant
}

fn upstream(origin: &str, tenant: &str) -> Upstream {
    Upstream {
        issuer: format!("{origin}/{tenant}"),
        client_id: "workos".to_owned(),
        client_secret: UPSTREAM_SECRET.to_owned(),
    }
}

/// An identity provider of a customer, at which both environments are the same client.
fn identity_provider(id: &str, origin: &str) -> Tenant {
    let mut tenant = Tenant::oidc(id, format!("{origin}/{id}"));
    let mut workos = mock_client(&client("workos", UPSTREAM_SECRET, "", &[]));
    workos.redirect_uris = ["main", "neighbour"]
        .map(|environment| format!("{origin}/{environment}/sso/oidc/{KEY}/callback"))
        .to_vec();
    tenant.clients = vec![workos];
    tenant.users = ["alice", "bob"]
        .map(|name| {
            MockUser::new(
                format!("{name}-at-the-customer"),
                name,
                format!("{name}-password"),
            )
        })
        .to_vec();
    tenant
}
