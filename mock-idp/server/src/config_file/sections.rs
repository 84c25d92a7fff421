//! The members of the file that are not the provider's own, and how the whole becomes a provider.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use jiff::Timestamp;
use mock_idp_core::{Config, DialectId, FaultUse, Limits, Tenant};
use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::builder::SEED;
use crate::options::{Clock, HostStyle, ServerOptions};
use crate::tls::Tls;

/// A mock identity provider and the server it runs on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    /// How the server is run. Only read at the start.
    #[serde(default)]
    pub(super) server: ServerSection,
    /// Everything unguessable is drawn from this seed: the same seed and the same requests give the same octets. Without
    /// it the ids of the keys are new at each start, so that a server on another one's port is noticed.
    #[serde(default)]
    seed: Option<u64>,
    /// The providers served side by side.
    #[serde(default)]
    tenants: Vec<Tenant>,
    /// How much of a request is read.
    #[serde(default)]
    limits: Limits,
    /// Defects that are switched on from the start.
    #[serde(default)]
    faults: Vec<FaultUse>,
    /// How many entries the journal keeps; the oldest go first.
    #[serde(default)]
    journal_bound: Option<usize>,
}

/// How the server is run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ServerSection {
    /// Where to listen; port 0 lets the system choose.
    #[schemars(with = "String", default = "default_address")]
    pub(super) address: SocketAddr,
    /// Which time the provider is told.
    clock: ClockSection,
    /// Whether TLS is spoken, with a certificate made at the start for all hosts that the tenants name.
    tls: bool,
    /// Further host names and IP addresses for the certificate.
    names: Vec<String>,
    /// Which host `{origin}` names.
    hosts: HostsSection,
}

/// Which host `{origin}` names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum HostsSection {
    /// The address that is listened on.
    #[default]
    Path,
    /// `auth.pingone.com`.
    Pingone,
    /// The same in another region, named by what follows `pingone.`: `eu`, `ca`, `asia`, `com.au`.
    PingoneIn(String),
}

impl Default for ServerSection {
    fn default() -> Self {
        Self {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080),
            clock: ClockSection::default(),
            tls: false,
            names: Vec::new(),
            hosts: HostsSection::default(),
        }
    }
}

/// Which time the provider is told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum ClockSection {
    /// The system's time.
    #[default]
    Wall,
    /// Begins at this time when the server starts, and runs.
    StartingAt(
        #[serde(deserialize_with = "time")]
        #[schemars(with = "String")]
        Timestamp,
    ),
    /// Stands at this time until it is advanced.
    StandingAt(
        #[serde(deserialize_with = "time")]
        #[schemars(with = "String")]
        Timestamp,
    ),
}

impl ServerSection {
    fn options(&self) -> ServerOptions {
        ServerOptions {
            address: self.address,
            clock: match self.clock {
                ClockSection::Wall => Clock::Wall,
                ClockSection::StartingAt(at) => Clock::StartingAt(at),
                ClockSection::StandingAt(at) => Clock::StandingAt(at),
            },
            tls: self
                .tls
                .then(|| self.names.iter().fold(Tls::new(), Tls::name)),
            hosts: match &self.hosts {
                HostsSection::Path => HostStyle::Path,
                HostsSection::Pingone => HostStyle::PingOne,
                HostsSection::PingoneIn(region) => HostStyle::PingOneIn(region.clone()),
            },
            ..ServerOptions::default()
        }
    }
}

impl Document {
    pub(super) fn options(&self) -> ServerOptions {
        ServerOptions {
            keys_marked: self.seed.is_none(),
            ..self.server.options()
        }
    }

    pub(super) fn config(&self, origin: &str) -> Config {
        let tenants = self.tenants.iter().cloned();
        let tenants = tenants.map(|tenant| addressed(tenant, origin)).collect();
        let plain = Config::new(self.seed.unwrap_or(SEED), tenants);
        Config {
            limits: self.limits.clone(),
            faults: self.faults.clone(),
            journal_bound: self.journal_bound.unwrap_or(plain.journal_bound),
            ..plain
        }
    }
}

/// The tenant with every placeholder in its addresses replaced.
fn addressed(tenant: Tenant, origin: &str) -> Tenant {
    let port = port_of(origin);
    let id = tenant.id.clone();
    let replaced = |text: String| {
        text.replace("{origin}", origin)
            .replace("{port}", &port)
            .replace("{id}", &id)
    };
    let issuer = if tenant.issuer.is_empty() {
        default_issuer(&tenant).to_owned()
    } else {
        tenant.issuer
    };
    let mut clients = tenant.clients;
    for uri in clients
        .iter_mut()
        .flat_map(|client| &mut client.redirect_uris)
    {
        *uri = replaced(std::mem::take(uri));
    }
    let mut workos = tenant.workos;
    let upstreams = workos.connections.iter_mut();
    for upstream in upstreams.filter_map(|connection| connection.upstream.as_mut()) {
        upstream.issuer = replaced(std::mem::take(&mut upstream.issuer));
    }
    Tenant {
        issuer: replaced(issuer),
        custom_domain: tenant.custom_domain.map(replaced),
        ui_base: tenant.ui_base.map(replaced),
        clients,
        workos,
        ..tenant
    }
}

fn default_issuer(tenant: &Tenant) -> &'static str {
    match tenant.dialect {
        DialectId::PingOne => "{origin}/{id}/as",
        DialectId::Oidc | DialectId::IdentityServer | DialectId::WorkOs if tenant.id.is_empty() => {
            "{origin}"
        }
        DialectId::Oidc | DialectId::IdentityServer | DialectId::WorkOs => "{origin}/{id}",
    }
}

/// The port of an origin; the one of its scheme when it names none.
fn port_of(origin: &str) -> String {
    let authority = origin.split("://").last().unwrap_or_default();
    match authority.rsplit_once(':') {
        Some((_, port)) if port.bytes().all(|octet| octet.is_ascii_digit()) => port.to_owned(),
        _ if origin.starts_with("https:") => "443".to_owned(),
        _ => "80".to_owned(),
    }
}

fn time<'de, D: Deserializer<'de>>(input: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(input)?;
    text.parse().map_err(|_| {
        D::Error::custom("it is no time with an offset, such as \"2030-01-31T12:00:00Z\"")
    })
}

fn default_address() -> String {
    ServerSection::default().address.to_string()
}

pub(super) fn schema() -> Value {
    schemars::schema_for!(Document).to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_of_an_origin_is_the_one_it_names_or_the_usual_one() {
        for (origin, port) in [
            ("http://127.0.0.1:8080", "8080"),
            ("http://[::1]:8080", "8080"),
            ("http://[::1]", "80"),
            ("https://auth.pingone.com", "443"),
        ] {
            assert_eq!(port_of(origin), port, "{origin}");
        }
    }
}
