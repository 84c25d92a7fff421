//! Another configuration for a provider that is already at work.

use super::Op;
use crate::config::{Config, ConfigError};
use crate::realm::Realm;

impl Op {
    /// Goes on with another configuration, or changes nothing when that one cannot work.
    ///
    /// A tenant that is configured as before keeps its sessions, tokens and switched-off clients, and one that was made
    /// through the platform API stays; one that is configured otherwise begins anew. Clock and journal go on. Faults that were switched by command stay, unless the configured faults
    /// themselves are others than before.
    pub fn reconfigure(&mut self, config: Config) -> Result<(), ConfigError> {
        let mut next = Self::new(config)?;
        if next.config.faults == self.config.faults {
            next.switched_on = std::mem::take(&mut self.switched_on);
        }
        if next.config.seed == self.config.seed {
            for realm in &mut next.realms {
                if let Some(known) = self.unchanged(&next.config, &realm.tenant.id) {
                    std::mem::swap(realm, known);
                }
            }
            next.realms.append(&mut self.made_at_work(&next.config));
            // Beginning this stream anew would give identifiers out twice.
            std::mem::swap(&mut next.platform_random, &mut self.platform_random);
        }
        next.clock = self.clock;
        std::mem::swap(&mut next.journal, &mut self.journal);
        next.journal.rebound(next.config.journal_bound);
        next.inject_everywhere();
        *self = next;
        Ok(())
    }

    /// The realms that no configuration knows.
    fn made_at_work(&mut self, next: &Config) -> Vec<Realm> {
        let configured = |id: &str| {
            let mut tenants = self.config.tenants.iter().chain(&next.tenants);
            tenants.any(|tenant| tenant.id == id)
        };
        let realms = std::mem::take(&mut self.realms).into_iter();
        realms
            .filter(|realm| !configured(&realm.tenant.id))
            .collect()
    }

    /// The realm of a tenant that is configured now as it will be.
    fn unchanged(&mut self, next: &Config, id: &str) -> Option<&mut Realm> {
        let configured = |config: &Config| {
            let found = config.tenants.iter().find(|tenant| tenant.id == id);
            found.cloned()
        };
        if configured(&self.config) != configured(next) {
            return None;
        }
        self.realms.iter_mut().find(|realm| realm.tenant.id == id)
    }
}
