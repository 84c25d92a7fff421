//! What the provider promises, seen through `handle` and `control` alone.

mod browser;
mod oidc_sign_off;
mod pingone_sign_off;
