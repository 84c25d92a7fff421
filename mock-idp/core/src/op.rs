//! The provider: finds the tenant a request is for, keeps the clock and the journal, obeys the control surface.

mod conversation;
mod injection;
mod of_tenant;
mod reconfigure;

use jiff::{SignedDuration, Timestamp};

use crate::address::Address;
use crate::call::{Note, Step};
use crate::clock::Clock;
use crate::config::{Client, Config, ConfigError, DialectId, FaultUse, check, origin_of};
use crate::control::{Control, ControlAnswer, ControlError};
use crate::dialects::{self, OAUTH_METADATA};
use crate::faults::faults;
use crate::http::{Request, Response};
use crate::journal::{Entry, Journal};
use crate::parameters::Parameters;
use crate::platform;
use crate::random::Seeded;
use crate::realm::{Incoming, Realm, Site};

pub use injection::FAULT_HEADER;

/// The name of the platform API's own stream of random values. No tenant can be called so.
const PLATFORM: &str = "/platform";

/// An OpenID provider. Cheap to make: keys are parsed once in the life of the program.
pub struct Op {
    config: Config,
    realms: Vec<Realm>,
    clock: Clock,
    journal: Journal,
    switched_on: Vec<FaultUse>,
    platform_random: Seeded,
}

impl Op {
    /// A provider as configured, or what is wrong with the configuration.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        check(&config)?;
        let mut op = Self {
            realms: Vec::new(),
            clock: Clock::Running(SignedDuration::ZERO),
            journal: Journal::new(config.journal_bound),
            switched_on: config.faults.clone(),
            platform_random: Seeded::new(config.seed, PLATFORM),
            config,
        };
        op.reset()?;
        Ok(op)
    }

    /// Takes a request up: answers it, or says what has to be asked first. Any octets are answered; nothing panics.
    pub fn begin(&mut self, request: &Request, now: Timestamp) -> Step {
        let at = self.clock.time(now);
        if let Some(refusal) = self.config.limits.refuse(request) {
            return self.noted(at, None, request, "(too long)", refusal);
        }
        let Some(address) = Address::of(request) else {
            let refusal = Response::text(
                400,
                "The request target is neither a path nor an http(s) URL.",
            );
            return self.noted(at, None, request, "(unknown)", refusal);
        };
        if platform::is_meant(&self.realms, &address) {
            return self.managed(now, request, &address);
        }
        let Some((index, site, below)) = self.locate(&address) else {
            let refusal = Response::text(404, "No tenant is served at this address.");
            return self.noted(at, None, request, "(unknown)", refusal);
        };
        let at = self.time_at(index, now);
        let incoming = Incoming {
            request,
            path: below,
            query: Parameters::parse(address.query.as_bytes()),
            site,
            now: at,
        };
        let armed = match self.arm(index, &incoming) {
            Ok(armed) => armed,
            Err(refusal) => return self.noted(at, None, request, "(unknown)", refusal),
        };
        self.realms[index].progress.next_request();
        let (endpoint, turn) = dialects::respond(&mut self.realms[index], &incoming);
        self.disarm(index, armed, endpoint);
        self.stepped(at, Some(index), Note::of(request, endpoint), turn, 0)
    }

    /// Answers a call of PingOne's platform API, which is about all environments.
    fn managed(&mut self, now: Timestamp, request: &Request, address: &Address) -> Step {
        let at = platform::environment(&self.realms, address)
            .map_or_else(|| self.clock.time(now), |index| self.time_at(index, now));
        let incoming = Incoming {
            request,
            path: address.path,
            query: Parameters::parse(address.query.as_bytes()),
            site: Site::Default,
            now: at,
        };
        let before = self.realms.len();
        let world = platform::World {
            realms: &mut self.realms,
            random: &mut self.platform_random,
            seed: self.config.seed,
            keyring: self.config.keyring(),
        };
        let answered = platform::respond(world, &incoming);
        if self.realms.len() > before {
            self.inject_everywhere();
        }
        let index = answered.environment.filter(|_| self.realms.len() >= before);
        self.noted(at, index, request, answered.endpoint, answered.response)
    }

    /// Carries out a command of the control surface.
    pub fn control(
        &mut self,
        command: Control,
        now: Timestamp,
    ) -> Result<ControlAnswer, ControlError> {
        match command {
            Control::AdvanceClock { seconds } => self.clock = self.clock.advanced(now, seconds)?,
            Control::SetClock { at } => self.clock = self.clock.set(now, at),
            Control::FreezeClock {} => self.clock = self.clock.stopped(now),
            Control::RunClock {} => self.clock = self.clock.running(now),
            Control::DisableClient { tenant, client } => {
                self.set_enabled(&tenant, &client, false)?;
            }
            Control::EnableClient { tenant, client } => self.set_enabled(&tenant, &client, true)?,
            Control::DeleteClient { tenant, client } => {
                self.client(&tenant, &client)?;
                let realm = self.realm(&tenant)?;
                realm.tenant.clients.retain(|known| known.id != client);
            }
            Control::Reset {} => {
                self.clock = Clock::Running(SignedDuration::ZERO);
                self.switched_on.clone_from(&self.config.faults);
                self.journal = Journal::new(self.config.journal_bound);
                // The configuration was found good when the provider was made.
                let _unchanged = self.reset();
            }
            Control::TenantClock { tenant, clock } => {
                return self.set_tenant_clock(&tenant, clock, now);
            }
            Control::ResetTenant { tenant } => {
                self.reset_tenant(&tenant)?;
            }
            Control::SwitchFault { id, on: true } => self.use_fault(FaultUse::new(id))?,
            Control::SwitchFault { id, on: false } => self.drop_fault(&id, None, None)?,
            Control::UseFault(fault) => self.use_fault(fault)?,
            Control::DropFault { id, tenant, client } => {
                self.drop_fault(&id, tenant.as_deref(), client.as_deref())?;
            }
        }
        Ok(self.standing(self.clock.time(now)))
    }

    fn standing(&self, now: Timestamp) -> ControlAnswer {
        let used = |id: &&str| self.switched_on.iter().any(|used| used.id == *id);
        let ids = faults().iter().map(|fault| fault.id);
        ControlAnswer {
            now,
            faults: ids.filter(used).collect(),
            uses: self.switched_on.clone(),
        }
    }

    /// What happened, oldest first, as far back as the configured bound.
    pub fn journal(&self) -> impl Iterator<Item = &Entry> {
        self.journal.entries()
    }

    fn reset(&mut self) -> Result<(), ConfigError> {
        let made: Result<Vec<_>, _> = self
            .config
            .tenants
            .iter()
            .map(|tenant| {
                Realm::new(
                    tenant,
                    self.config.seed,
                    &injection::standing(&self.switched_on, &tenant.id),
                    &self.config.keyring(),
                )
            })
            .collect();
        self.platform_random = Seeded::new(self.config.seed, PLATFORM);
        self.realms = made.map_err(|_| ConfigError {
            at: "tenants".into(),
            problem: "a signing key is no RSA key".into(),
            advice: "give PKCS#8 in PEM".into(),
        })?;
        Ok(())
    }

    fn realm(&mut self, id: &str) -> Result<&mut Realm, ControlError> {
        let known = self
            .realms
            .iter()
            .map(|realm| realm.tenant.id.clone())
            .collect();
        let found = self.realms.iter_mut().find(|realm| realm.tenant.id == id);
        found.ok_or_else(|| ControlError::UnknownTenant {
            id: id.to_owned(),
            known,
        })
    }

    fn client(&mut self, tenant: &str, id: &str) -> Result<&mut Client, ControlError> {
        let clients = &mut self.realm(tenant)?.tenant.clients;
        let known = clients.iter().map(|client| client.id.clone()).collect();
        let found = clients.iter_mut().find(|client| client.id == id);
        found.ok_or_else(|| ControlError::UnknownClient {
            id: id.to_owned(),
            known,
        })
    }

    fn set_enabled(&mut self, tenant: &str, id: &str, enabled: bool) -> Result<(), ControlError> {
        self.client(tenant, id)?.enabled = enabled;
        Ok(())
    }

    /// The tenant an address belongs to: by its custom domain, else by path, where the issuer's own host goes first.
    fn locate<'a>(&self, address: &Address<'a>) -> Option<(usize, Site, &'a str)> {
        let custom = self.realms.iter().position(|realm| {
            let domain = realm.tenant.custom_domain.as_deref();
            domain.is_some_and(|domain| domain.eq_ignore_ascii_case(&address.authority))
        });
        if let Some(index) = custom {
            return Some((index, Site::CustomDomain, address.path));
        }
        let by_path = self.realms.iter().enumerate().filter_map(|(index, realm)| {
            let prefix = realm.prefix.as_str();
            let below = below(address.path, prefix)
                .or_else(|| metadata_below(address.path, prefix, realm.tenant.dialect))?;
            let scheme = origin_of(&realm.tenant.issuer).strip_suffix(&address.authority);
            let own_host = scheme.is_some_and(|scheme| scheme.ends_with("://"));
            Some(((own_host, prefix.len()), (index, Site::Default, below)))
        });
        by_path
            .max_by_key(|(rank, (index, ..))| (*rank, std::cmp::Reverse(*index)))
            .map(|(_, found)| found)
    }

    fn noted(
        &mut self,
        at: Timestamp,
        index: Option<usize>,
        request: &Request,
        endpoint: &'static str,
        response: Response,
    ) -> Step {
        self.stepped(at, index, Note::of(request, endpoint), response.into(), 0)
    }
}

fn below<'a>(path: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(prefix)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// RFC 8414 section 3.1 puts its well-known path between the host and the path of the issuer.
fn metadata_below<'a>(path: &'a str, prefix: &str, dialect: DialectId) -> Option<&'a str> {
    let well_known = path.strip_suffix(prefix)?;
    (dialect == DialectId::Oidc && well_known == OAUTH_METADATA).then_some(well_known)
}
