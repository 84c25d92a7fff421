//! An OpenID provider without a socket: requests and the time go in as values, responses come out.
//!
//! Four dialects: `pingone` signs off as PingOne documents it, `oidc` as RP-Initiated Logout asks, `identityserver` as
//! `IdentityServer4` and Duende IdentityServer do, `workos` at the identity provider behind it. A [`Fault`] is a named
//! defect that can be switched on. It knows nothing of any harness that tests it, and has no clock, file, network or
//! source of randomness of its own: the seed is in the [`Config`], the time an argument of [`Op::handle`]. What it asks of
//! others goes out as a value, too ([`Step::Call`]).
//!
//! Start reading at [`Op::handle`], then `logout`, then `dialects`.

mod accounts;
mod address;
mod authorize;
mod call;
mod clock;
mod config;
mod control;
mod cors;
mod dialects;
mod faults;
mod http;
mod journal;
mod jwt;
mod logout;
mod op;
mod page;
mod parameters;
mod platform;
mod policy;
mod random;
mod realm;
mod refusal;
mod sessions;
mod shelf;
mod signing;
pub mod supported;
pub mod test_keys;
mod token;
mod uri;
mod userinfo;

pub use call::{CallAnswer, NoAnswer, Notification, Step, Waiting};
pub use config::{
    AccessTokens, ApplicationKind, Asks, Choice, Client, Config, ConfigError, Connection,
    ConnectionKind, DialectId, Edition, FailedCheck, FaultUse, Freedom, Grant,
    IdentityServerSettings, KeyChoice, LengthUnit, Lifetimes, LogoutSettings, OwnPages,
    PasswordStatus, Pkce, Profile, QuestionKind, RedirectBy, RedirectStatus, RedirectWithoutHint,
    RefreshTokens, Registration, RepeatedParameters, SameSite, SessionCookie, SignOnSettings,
    StateSpelling, Switch, Tenant, TokenEndpointAuth, Upstream, User, WorkOs,
};
pub use control::{Control, ControlAnswer, ControlError, TenantClock};
pub use faults::{Expect, Fault, fault, faults};
pub use http::{Limits, Request, Response};
pub use journal::{Entry, Event};
pub use logout::hint::{HintStep, STEPS};
pub use op::{FAULT_HEADER, Op};
pub use policy::Policy;
pub use refusal::{HintRefusal, Refusal};
pub use signing::SignatureMemo;
