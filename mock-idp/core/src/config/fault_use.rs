//! A fault that is switched on, and for what.

use serde::Deserialize;

/// A fault that is switched on: for everything, or for one tenant, one client, or so many sign-offs.
///
/// ```
/// # use mock_idp_core::FaultUse;
/// // The next sign-off of this application loses its `state`.
/// let fault = FaultUse::new("state-dropped").client("my-app").times(1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FaultUse {
    /// The fault's id, as in [`crate::faults`].
    pub id: String,
    /// The tenant it is confined to; every tenant whose dialect has it when absent.
    #[serde(default)]
    pub tenant: Option<String>,
    /// The client it is confined to: to requests that name it by `client_id`, the audience of an `id_token_hint`, client
    /// authentication, or the question that they answer. Every request when absent.
    #[serde(default)]
    pub client: Option<String>,
    /// For how many sign-offs it is on; a fault of the metadata counts the documents served instead. A sign-off that asks
    /// the person counts when it is answered. For ever when absent.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub times: Option<u32>,
}

impl FaultUse {
    /// A fault on every tenant whose dialect has it.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            tenant: None,
            client: None,
            times: None,
        }
    }

    /// The same, confined to a tenant.
    pub fn tenant(mut self, id: impl Into<String>) -> Self {
        self.tenant = Some(id.into());
        self
    }

    /// The same, confined to a client.
    pub fn client(mut self, id: impl Into<String>) -> Self {
        self.client = Some(id.into());
        self
    }

    /// The same, for so many sign-offs.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Whether it is on for every request at its tenants.
    pub(crate) fn is_standing(&self) -> bool {
        self.client.is_none() && self.times.is_none()
    }

    pub(crate) fn is_at(&self, tenant: &str) -> bool {
        self.tenant.as_deref().is_none_or(|id| id == tenant)
    }

    /// Whether this is the same fault for the same tenant and client.
    pub(crate) fn is_about(&self, other: &Self) -> bool {
        (&self.id, &self.tenant, &self.client) == (&other.id, &other.tenant, &other.client)
    }
}

impl From<&str> for FaultUse {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}

impl From<String> for FaultUse {
    fn from(id: String) -> Self {
        Self::new(id)
    }
}

impl From<&String> for FaultUse {
    fn from(id: &String) -> Self {
        Self::new(id)
    }
}
