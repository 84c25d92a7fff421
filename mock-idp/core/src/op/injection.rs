//! Faults at work: which of those that are switched on hold for a request, and when one is used up.

use super::Op;
use crate::config::FaultUse;
use crate::control::ControlError;
use crate::faults::{Fault, fault, faults};
use crate::http::Response;
use crate::jwt;
use crate::parameters::Parameters;
use crate::realm::{Incoming, Realm};
use crate::token::client::basic_credentials;

/// The header field that switches faults on for its own request, as names with commas between them.
pub const FAULT_HEADER: &str = "Mock-Fault";

/// What was changed for one request, to be changed back.
pub(super) struct Armed {
    /// The uses that hold for the request, by their place among those that are switched on.
    uses: Vec<usize>,
    concluded: u64,
}

/// The faults that are on for every request at a tenant.
pub(super) fn standing(switched_on: &[FaultUse], tenant: &str) -> Vec<&'static Fault> {
    let uses = switched_on
        .iter()
        .filter(|used| used.is_standing() && used.is_at(tenant));
    let ids: Vec<_> = uses.map(|used| used.id.as_str()).collect();
    in_order(&ids)
}

/// Every one once, in the order of the list of faults: the order in which they were switched on must not matter.
fn in_order(ids: &[&str]) -> Vec<&'static Fault> {
    let all = faults().iter().copied();
    all.filter(|fault| ids.contains(&fault.id)).collect()
}

impl Op {
    pub(super) fn inject_everywhere(&mut self) {
        for realm in &mut self.realms {
            realm.inject(&standing(&self.switched_on, &realm.tenant.id));
        }
    }

    /// Switches a fault on. Where it is on for the same tenant and client, it begins anew; one for everything takes the
    /// place of all others.
    pub(super) fn use_fault(&mut self, used: FaultUse) -> Result<(), ControlError> {
        let known = self.known_fault(&used.id)?;
        if used.times == Some(0) {
            return Err(ControlError::FaultForNothing);
        }
        if let Some(tenant) = &used.tenant {
            if !known.fits(self.realm(tenant)?.tenant.dialect) {
                return Err(ControlError::UnknownFault { id: used.id });
            }
            if let Some(client) = &used.client {
                self.client(tenant, client)?;
            }
        } else if let Some(client) = &used.client {
            self.somebodys_client(client)?;
        }
        let everything = used.is_standing() && used.tenant.is_none();
        self.switched_on
            .retain(|other| other.id != used.id || !(everything || other.is_about(&used)));
        self.switched_on.push(used);
        self.inject_everywhere();
        Ok(())
    }

    /// Switches a fault off, wherever it is on for this tenant and this client.
    pub(super) fn drop_fault(
        &mut self,
        id: &str,
        tenant: Option<&str>,
        client: Option<&str>,
    ) -> Result<(), ControlError> {
        self.known_fault(id)?;
        let meant = |used: &FaultUse| {
            used.id == id
                && tenant.is_none_or(|tenant| used.tenant.as_deref() == Some(tenant))
                && client.is_none_or(|client| used.client.as_deref() == Some(client))
        };
        self.switched_on.retain(|used| !meant(used));
        self.inject_everywhere();
        Ok(())
    }

    fn known_fault(&self, id: &str) -> Result<&'static Fault, ControlError> {
        let served = |fault: &&Fault| {
            let mut dialects = self.realms.iter().map(|realm| realm.tenant.dialect);
            dialects.any(|dialect| fault.fits(dialect))
        };
        let known = fault(id).filter(served);
        known.ok_or_else(|| ControlError::UnknownFault { id: id.to_owned() })
    }

    fn somebodys_client(&self, id: &str) -> Result<(), ControlError> {
        let clients = || {
            let tenants = self.realms.iter().map(|realm| &realm.tenant);
            tenants.flat_map(|tenant| &tenant.clients)
        };
        if clients().any(|client| client.id == id) {
            return Ok(());
        }
        Err(ControlError::UnknownClient {
            id: id.to_owned(),
            known: clients().map(|client| client.id.clone()).collect(),
        })
    }

    /// Puts the faults in place that hold for this request and not for every one. None when there are none, which is the
    /// usual case and costs nothing.
    pub(super) fn arm(
        &mut self,
        index: usize,
        incoming: &Incoming,
    ) -> Result<Option<Armed>, Response> {
        let asked = asked_for(incoming)?;
        let passing = self.switched_on.iter().any(|used| !used.is_standing());
        if asked.is_empty() && !passing {
            return Ok(None);
        }
        let realm = &mut self.realms[index];
        let id = realm.tenant.id.as_str();
        let named = named_clients(realm, incoming);
        let holds = |used: &FaultUse| {
            let client = used.client.as_ref();
            used.is_at(id) && client.is_none_or(|client| named.contains(client))
        };
        let of_request = self.switched_on.iter().enumerate();
        let uses: Vec<usize> = of_request
            .filter(|(_, used)| !used.is_standing() && holds(used))
            .map(|(place, _)| place)
            .collect();
        let mut ids = asked;
        ids.extend(
            uses.iter()
                .map(|place| self.switched_on[*place].id.as_str()),
        );
        ids.extend(standing(&self.switched_on, id).iter().map(|fault| fault.id));
        realm.inject(&in_order(&ids));
        let concluded = realm.progress.concluded;
        Ok(Some(Armed { uses, concluded }))
    }

    /// Takes them away again, and counts those that are good for so many sign-offs.
    pub(super) fn disarm(&mut self, index: usize, armed: Option<Armed>, endpoint: &str) {
        let Some(armed) = armed else {
            return;
        };
        let realm = &mut self.realms[index];
        let signed_off = realm.progress.concluded > armed.concluded;
        let metadata = endpoint.contains("/.well-known/");
        for place in armed.uses {
            let used = &mut self.switched_on[place];
            let counts = if realm.has_in_metadata(&used.id) {
                metadata
            } else {
                signed_off
            };
            if counts && let Some(left) = &mut used.times {
                *left = left.saturating_sub(1);
            }
        }
        self.switched_on.retain(|used| used.times != Some(0));
        let realm = &mut self.realms[index];
        realm.inject(&standing(&self.switched_on, &realm.tenant.id));
    }
}

/// The faults that a request asks for itself. A wrong name is refused: a test with a misspelt fault proves nothing.
fn asked_for<'a>(incoming: &'a Incoming) -> Result<Vec<&'a str>, Response> {
    let Some(value) = incoming.request.header(FAULT_HEADER) else {
        return Ok(Vec::new());
    };
    let text = String::from_utf8_lossy(value);
    let unknown = text
        .split(',')
        .map(str::trim)
        .find(|name| !name.is_empty() && fault(name).is_none());
    if let Some(name) = unknown {
        let shown: String = name.chars().take(64).collect();
        let text = format!("{FAULT_HEADER}: there is no fault {shown:?}.");
        return Err(Response::text(400, &text));
    }
    let names = std::str::from_utf8(value).unwrap_or_default();
    let names = names.split(',').map(str::trim);
    Ok(names.filter(|name| !name.is_empty()).collect())
}

/// The clients that a request names, genuinely or not: a fault has to hold for the bad requests as well.
fn named_clients(realm: &Realm, incoming: &Incoming) -> Vec<String> {
    let form = Parameters::of_form(incoming.request);
    let both = [&incoming.query, &form];
    let text = |name: &'static str| both.into_iter().filter_map(move |sent| sent.text(name));
    let mut named: Vec<String> = text("client_id").map(str::to_owned).collect();
    for token in text("id_token_hint").chain(text("client_assertion")) {
        named.extend(jwt::named_clients(token));
    }
    let questions = text("confirmation").filter_map(|value| realm.store.questions.find(value));
    named.extend(questions.filter_map(|question| question.farewell.client.clone()));
    let authorization = incoming.header_text("Authorization");
    named.extend(authorization.and_then(basic_credentials).map(|(id, _)| id));
    named
}
