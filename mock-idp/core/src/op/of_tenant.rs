//! What the control surface does to one tenant alone.

use jiff::Timestamp;

use super::{Op, injection};
use crate::clock::Clock;
use crate::control::{ControlAnswer, ControlError, TenantClock};
use crate::realm::Realm;

impl Op {
    /// The time at a tenant.
    pub(super) fn time_at(&self, index: usize, now: Timestamp) -> Timestamp {
        self.clock_at(index).time(now)
    }

    fn clock_at(&self, index: usize) -> Clock {
        let realm = self.realms.get(index);
        realm.and_then(|realm| realm.clock).unwrap_or(self.clock)
    }

    pub(super) fn set_tenant_clock(
        &mut self,
        tenant: &str,
        clock: TenantClock,
        now: Timestamp,
    ) -> Result<ControlAnswer, ControlError> {
        let before = self.realm(tenant)?.clock.unwrap_or(self.clock);
        let after = match clock {
            TenantClock::Advance(seconds) => before.advanced(now, seconds)?,
            TenantClock::Set(at) => before.set(now, at),
            TenantClock::Freeze => before.stopped(now),
            TenantClock::Run => before.running(now),
        };
        self.realm(tenant)?.clock = Some(after);
        Ok(self.standing(after.time(now)))
    }

    pub(super) fn reset_tenant(&mut self, id: &str) -> Result<(), ControlError> {
        self.realm(id)?;
        let configured = self.config.tenants.iter().find(|tenant| tenant.id == id);
        let Some(tenant) = configured else {
            return Err(ControlError::UnknownTenant {
                id: id.to_owned(),
                known: self
                    .config
                    .tenants
                    .iter()
                    .map(|tenant| tenant.id.clone())
                    .collect(),
            });
        };
        let made = Realm::new(tenant, self.config.seed, &[], &self.config.keyring());
        // The configuration was found good when the provider was made.
        if let Ok(made) = made {
            *self.realm(id)? = made;
        }
        let of_tenant = |tenant: Option<&str>| tenant == Some(id);
        self.switched_on
            .retain(|used| !of_tenant(used.tenant.as_deref()));
        let configured = self.config.faults.iter();
        let configured = configured.filter(|used| of_tenant(used.tenant.as_deref()));
        self.switched_on.extend(configured.cloned());
        self.journal.forget(id);
        for realm in &mut self.realms {
            realm.inject(&injection::standing(&self.switched_on, &realm.tenant.id));
        }
        Ok(())
    }
}
