//! What the provider promises, seen through `handle` and `control` alone.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod any_request;
mod browser;
mod client_authentication;
mod control;
mod cors;
mod fault_effects;
mod fault_effects_around;
mod fault_list;
mod fault_uses;
mod identityserver;
mod identityserver_channels;
mod identityserver_end_session;
mod identityserver_faults;
mod identityserver_pages;
mod key_marks;
mod limits;
mod oidc_authorization;
mod oidc_registration;
mod oidc_sign_off;
mod pingone_cross_protocol;
mod pingone_flows;
mod pingone_hints;
mod pingone_idp_signoff;
mod pingone_legacy;
mod pingone_pages;
mod pingone_redirects;
mod pingone_sign_off;
mod platform;
mod platform_access;
mod platform_any_call;
mod platform_objects;
mod platform_workflow;
mod reconfigure;
mod token_endpoint;
mod tokens;
mod workos;
