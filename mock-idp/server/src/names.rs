//! The host names under which the parts of a provider are reached.

use mock_idp_core::{DialectId, Tenant};

/// The hosts that a tenant names. PingOne's authorization server brings the hosts of its pages and its platform API.
pub(crate) fn of_tenant(tenant: &Tenant) -> Vec<String> {
    let issuer = host_of(&tenant.issuer);
    let mut hosts = vec![issuer.to_owned()];
    if tenant.dialect == DialectId::PingOne
        && let Some(region) = issuer.strip_prefix("auth.pingone.")
    {
        hosts.extend(["apps", "api"].map(|part| format!("{part}.pingone.{region}")));
    }
    hosts.extend(
        tenant
            .ui_base
            .as_deref()
            .map(|base| host_of(base).to_owned()),
    );
    hosts.extend(
        tenant
            .custom_domain
            .as_deref()
            .map(|domain| host_of(domain).to_owned()),
    );
    hosts
}

/// The host of a URL or authority, without port and brackets.
fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some(bracketed) = authority.strip_prefix('[') {
        return bracketed.split(']').next().unwrap_or_default();
    }
    authority.split(':').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found_in_urls_and_authorities() {
        for (address, host) in [
            ("https://auth.pingone.eu/x/as", "auth.pingone.eu"),
            ("http://127.0.0.1:8080/x", "127.0.0.1"),
            ("http://[::1]:8080", "::1"),
            ("login.example.com:8443", "login.example.com"),
        ] {
            assert_eq!(host_of(address), host);
        }
    }

    #[test]
    fn a_region_brings_the_hosts_of_pages_and_api() {
        let mut tenant = Tenant::pingone("e", "https://auth.pingone.com.au");
        tenant.custom_domain = Some("login.example.com".to_owned());
        let expected = [
            "auth.pingone.com.au",
            "apps.pingone.com.au",
            "api.pingone.com.au",
            "login.example.com",
        ];
        assert_eq!(of_tenant(&tenant), expected);
    }
}
