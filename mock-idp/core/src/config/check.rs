//! Whether a configuration can work, found out before the first request.

use std::collections::BTreeSet;

use url::Url;

use super::{
    Client, Config, ConfigError, DialectId, Edition, FaultUse, Freedom, IdentityServerSettings,
    LogoutSettings, Registration, SignOnSettings, Tenant, TokenEndpointAuth, WorkOs,
};
use crate::faults::{fault, faults};
use crate::signing::{SigningKey, rsa_keys};

/// Refuses what cannot work.
pub(crate) fn check(config: &Config) -> Result<(), ConfigError> {
    if config.tenants.is_empty() {
        return Err(wrong("tenants", "there is none", "configure at least one"));
    }
    let mut ids = BTreeSet::new();
    for (index, tenant) in config.tenants.iter().enumerate() {
        let at = format!("tenants[{index}]");
        if !ids.insert(tenant.id.as_str()) {
            return Err(wrong(
                format!("{at}.id"),
                "another tenant has it",
                "give each its own",
            ));
        }
        check_addresses(&at, tenant)?;
        check_people(&at, tenant)?;
        check_sign_on(&at, tenant)?;
        check_logout_settings(&at, tenant)?;
        check_workos(&at, tenant)?;
        check_registration(&at, tenant)?;
        check_freedom(&at, tenant)?;
        check_identity_server(&at, tenant)?;
        SigningKey::chosen(&tenant.signing_key).map_err(|_| {
            wrong(
                format!("{at}.signing_key"),
                "it is no RSA key",
                "give PKCS#8 in PEM with at least 2048 bits, or choose a fixed one",
            )
        })?;
    }
    config
        .faults
        .iter()
        .enumerate()
        .try_for_each(|(index, used)| check_fault(index, used, config))
}

fn check_addresses(at: &str, tenant: &Tenant) -> Result<(), ConfigError> {
    let issuer_at = format!("{at}.issuer");
    let bare = |text: &str| {
        Url::parse(text).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none()
        })
    };
    if bare(&tenant.issuer).is_none() {
        return Err(wrong(
            issuer_at,
            "it is no http(s) URL without query and fragment",
            "write it as in OpenID Connect Discovery section 3",
        ));
    }
    let path_ok = match tenant.dialect {
        DialectId::PingOne => tenant.issuer.ends_with(&format!("/{}/as", tenant.id)),
        DialectId::Oidc | DialectId::IdentityServer | DialectId::WorkOs if tenant.id.is_empty() => {
            origin_of(&tenant.issuer) == tenant.issuer
        }
        DialectId::Oidc | DialectId::IdentityServer | DialectId::WorkOs => {
            tenant.issuer.ends_with(&format!("/{}", tenant.id))
        }
    };
    if !path_ok {
        return Err(wrong(
            issuer_at,
            "its path does not end with the tenant's id",
            "PingOne: {origin}/{id}/as; others: {origin}/{id}, or {origin} when the id is empty",
        ));
    }
    if tenant
        .id
        .contains(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'))
    {
        return Err(wrong(
            format!("{at}.id"),
            "it cannot stand in a path",
            "use letters, digits, - _ .",
        ));
    }
    if let Some(base) = &tenant.ui_base
        && bare(base).is_none_or(|_| origin_of(base) != *base)
    {
        return Err(wrong(
            format!("{at}.ui_base"),
            "it is no origin",
            "write scheme, host and port only",
        ));
    }
    if let Some(domain) = &tenant.custom_domain
        && bare(&format!("https://{domain}")).is_none_or(|url| url.path() != "/")
    {
        return Err(wrong(
            format!("{at}.custom_domain"),
            "it is no host name",
            "write the host only",
        ));
    }
    check_edition(at, tenant)
}

fn check_edition(at: &str, tenant: &Tenant) -> Result<(), ConfigError> {
    let known = Edition::of(tenant.dialect);
    if known.contains(&tenant.edition) {
        return Ok(());
    }
    let names: Vec<_> = known.iter().map(|edition| edition.name()).collect();
    Err(wrong(
        format!("{at}.edition"),
        format!(
            "{} has no edition {}",
            tenant.dialect,
            tenant.edition.name()
        ),
        format!("leave it out, or choose one of: {}", names.join(", ")),
    ))
}

fn check_people(at: &str, tenant: &Tenant) -> Result<(), ConfigError> {
    let mut ids = BTreeSet::new();
    for (index, client) in tenant.clients.iter().enumerate() {
        let at = format!("{at}.clients[{index}]");
        if client.id.is_empty() || !ids.insert(client.id.as_str()) {
            return Err(wrong(
                format!("{at}.id"),
                "it is empty or used twice",
                "give each client its own",
            ));
        }
        let secret = client
            .secret
            .as_deref()
            .is_some_and(|secret| !secret.is_empty());
        if secret != client.token_endpoint_auth.has_secret() {
            return Err(wrong(
                format!("{at}.secret"),
                "it does not fit token_endpoint_auth",
                "basic and post need a secret, so does secret-jwt; private-key-jwt and none have none",
            ));
        }
        check_jwks(&at, client)?;
        check_uris(&at, client)?;
    }
    let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
    for (index, user) in tenant.users.iter().enumerate() {
        if user.id.is_empty() || !ids.insert(&user.id) || !names.insert(&user.username) {
            return Err(wrong(
                format!("{at}.users[{index}]"),
                "its id is empty, or id or username are used twice",
                "give each user their own",
            ));
        }
    }
    Ok(())
}

fn check_jwks(at: &str, client: &Client) -> Result<(), ConfigError> {
    let keys = client.jwks.as_ref().map_or(0, |jwks| rsa_keys(jwks).len());
    if (client.token_endpoint_auth == TokenEndpointAuth::PrivateKeyJwt) == (keys > 0) {
        return Ok(());
    }
    Err(wrong(
        format!("{at}.jwks"),
        "it does not fit token_endpoint_auth",
        "private-key-jwt needs a set with an RSA key, the others have none",
    ))
}

fn check_sign_on(at: &str, tenant: &Tenant) -> Result<(), ConfigError> {
    let at = format!("{at}.sign_on");
    if tenant.dialect != DialectId::PingOne && tenant.sign_on != SignOnSettings::default() {
        return Err(wrong(at, "this dialect has none", "leave it out"));
    }
    let named = |name: &String| !name.is_empty() && !name.contains(' ');
    if tenant.sign_on.policies.is_empty() || !tenant.sign_on.policies.iter().all(named) {
        return Err(wrong(
            format!("{at}.policies"),
            "there is none, or a name is empty or has a space in it",
            "acr_values lists names with spaces between them; give at least one",
        ));
    }
    if tenant.sign_on.sessions_per_user == 0 {
        return Err(wrong(
            format!("{at}.sessions_per_user"),
            "nobody could sign on",
            "give at least 1",
        ));
    }
    Ok(())
}

fn check_uris(at: &str, client: &Client) -> Result<(), ConfigError> {
    let lists = [
        ("redirect_uris", client.redirect_uris.as_slice()),
        (
            "post_logout_redirect_uris",
            &client.post_logout_redirect_uris,
        ),
        ("login_page_url", client.login_page_url.as_slice()),
        (
            "front_channel_logout_uri",
            client.front_channel_logout_uri.as_slice(),
        ),
        (
            "back_channel_logout_uri",
            client.back_channel_logout_uri.as_slice(),
        ),
    ];
    for (list, uris) in lists {
        check_uri_list(&format!("{at}.{list}"), uris)?;
    }
    match client.cors_origins.iter().position(|o| !is_origin(o)) {
        None => Ok(()),
        Some(bad) => Err(wrong(
            format!("{at}.cors_origins[{bad}]"),
            "it is no origin",
            "write scheme, host and port as a browser does: https://app.example.com, or https://*.example.com",
        )),
    }
}

/// Whether a text is an origin as a browser writes it, with at most one `*` in its host.
pub(crate) fn is_origin(text: &str) -> bool {
    let plain = text.replacen('*', "any", 1);
    !plain.contains('*')
        && Url::parse(&plain).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == plain
        })
}

fn check_uri_list(at: &str, uris: &[String]) -> Result<(), ConfigError> {
    match uris.iter().position(|uri| !can_be_registered(uri)) {
        None => Ok(()),
        Some(bad) => Err(wrong(
            format!("{at}[{bad}]"),
            "it is no absolute URI in visible ASCII",
            "write it as the browser is to be sent there",
        )),
    }
}

fn check_logout_settings(at: &str, tenant: &Tenant) -> Result<(), ConfigError> {
    let at = format!("{at}.logout_settings");
    if tenant.dialect != DialectId::PingOne && tenant.logout_settings != LogoutSettings::default() {
        return Err(wrong(at, "this dialect has none", "leave them out"));
    }
    check_uri_list(
        &format!("{at}.post_logout_redirect_uris"),
        &tenant.logout_settings.post_logout_redirect_uris,
    )
}

fn check_workos(at: &str, tenant: &Tenant) -> Result<(), ConfigError> {
    let at = format!("{at}.workos");
    let workos = &tenant.workos;
    if tenant.dialect != DialectId::WorkOs && *workos != WorkOs::default() {
        return Err(wrong(at, "this dialect has none", "leave it out"));
    }
    let (mut ids, mut keys) = (BTreeSet::new(), BTreeSet::new());
    for (index, connection) in workos.connections.iter().enumerate() {
        let at = format!("{at}.connections[{index}]");
        if !ids.insert(&connection.id) || !keys.insert(&connection.external_key) {
            let problem = "another connection has its id or its external_key";
            return Err(wrong(at, problem, "give each its own"));
        }
        let key = &connection.external_key;
        let segment = |octet: u8| octet.is_ascii_alphanumeric() || b"-_".contains(&octet);
        if key.is_empty() || !key.bytes().all(segment) {
            let at = format!("{at}.external_key");
            return Err(wrong(
                at,
                "it cannot stand in a path",
                "use letters, digits, - _",
            ));
        }
        check_uri_list(
            &format!("{at}.application_logout"),
            connection.application_logout.as_slice(),
        )?;
    }
    for (index, profile) in workos.profiles.iter().enumerate() {
        if !ids.contains(&profile.connection) {
            return Err(wrong(
                format!("{at}.profiles[{index}].connection"),
                "there is no such connection",
                "name the id of one in connections",
            ));
        }
    }
    Ok(())
}

fn check_registration(at: &str, tenant: &Tenant) -> Result<(), ConfigError> {
    let at = format!("{at}.registration");
    if tenant.dialect != DialectId::Oidc && tenant.registration != Registration::default() {
        return Err(wrong(at, "this dialect has none", "leave it out"));
    }
    if tenant.registration == Registration::Token(String::new()) {
        return Err(wrong(
            at,
            "the initial access token is empty",
            "give one, or choose \"open\" or \"closed\"",
        ));
    }
    Ok(())
}

fn check_freedom(at: &str, tenant: &Tenant) -> Result<(), ConfigError> {
    let at = format!("{at}.freedom");
    if tenant.dialect != DialectId::Oidc && tenant.freedom != Freedom::default() {
        return Err(wrong(at, "this dialect has none", "leave it out"));
    }
    if !matches!(tenant.freedom.error_status, 200 | 400..=499) {
        return Err(wrong(
            format!("{at}.error_status"),
            "a page that says that a request is wrong has another status code",
            "give 200, or one of 400 to 499",
        ));
    }
    Ok(())
}

fn check_identity_server(at: &str, tenant: &Tenant) -> Result<(), ConfigError> {
    let at = format!("{at}.identity_server");
    let settings = &tenant.identity_server;
    if tenant.dialect != DialectId::IdentityServer && *settings != IdentityServerSettings::default()
    {
        return Err(wrong(at, "this dialect has none", "leave it out"));
    }
    if tenant.edition == Edition::IdentityServer4 && settings.server_side_sessions {
        return Err(wrong(
            format!("{at}.server_side_sessions"),
            "IdentityServer4 has none",
            "leave it out, or choose an edition of Duende",
        ));
    }
    Ok(())
}

pub(crate) fn can_be_registered(uri: &str) -> bool {
    uri.chars().all(|c| c.is_ascii_graphic()) && Url::parse(uri).is_ok()
}

/// Refuses a fault that nobody could ever see.
pub(crate) fn check_fault(
    index: usize,
    used: &FaultUse,
    config: &Config,
) -> Result<(), ConfigError> {
    let at = format!("faults[{index}]");
    let Some(known) = fault(&used.id) else {
        let names: Vec<_> = faults().iter().map(|fault| fault.id).collect();
        return Err(wrong(
            format!("{at}.id"),
            format!("there is no fault {:?}", used.id),
            format!("there are: {}", names.join(", ")),
        ));
    };
    if used.times == Some(0) {
        return Err(wrong(
            format!("{at}.times"),
            "it would never be on",
            "give at least 1, or leave it out",
        ));
    }
    let at_tenant = |tenant: &&Tenant| used.is_at(&tenant.id);
    let fits = |tenant: &&Tenant| known.fits(tenant.dialect);
    let of_client = |tenant: &&Tenant| {
        let client = used.client.as_deref();
        client.is_none_or(|id| tenant.client(id).is_some())
    };
    let mut tenants = config
        .tenants
        .iter()
        .filter(at_tenant)
        .filter(fits)
        .peekable();
    if tenants.peek().is_none() {
        let dialects = known.dialects.iter().map(|dialect| dialect.name());
        let dialects: Vec<_> = dialects.collect();
        return Err(wrong(
            at,
            "no tenant can have it",
            format!("it is for the dialects {}", dialects.join(", ")),
        ));
    }
    if !tenants.any(|tenant| of_client(&tenant)) {
        return Err(wrong(
            format!("{at}.client"),
            "no such tenant has it",
            "name a client of the tenant",
        ));
    }
    Ok(())
}

/// Scheme, host and port of a URL, as written.
pub(crate) fn origin_of(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    &url[..end]
}

fn wrong(
    at: impl Into<String>,
    problem: impl Into<String>,
    advice: impl Into<String>,
) -> ConfigError {
    ConfigError {
        at: at.into(),
        problem: problem.into(),
        advice: advice.into(),
    }
}
