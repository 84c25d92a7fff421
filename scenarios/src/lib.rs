//! What is tried around a sign-off, and why: scenarios as data.
//!
//! A scenario says what relying parties and people mean to do, in symbolic values ("the ID token issued to
//! client A for Alice, its audience changed to B, signed by a stranger"). It knows no product, no server
//! and no rule. [`catalogue`] is the list of the hand-written ones, one file a family under `families/`;
//! [`generated`] composes those that nobody wrote.

pub mod case_file;
pub mod families;
pub mod generated;
pub mod intent;
pub mod redirect;
pub mod scenario;
pub mod setting;
pub mod token;
pub mod way;

pub use case_file::{CaseFile, Found};
pub use families::catalogue;
pub use intent::{
    ContentType, Cookies, IfAsked, LogoutIntent, Method, Name, Parameter, Place, RequestTarget,
    Sent, Spelling, State, Text, Value,
};
pub use redirect::{RedirectOperation, RedirectUri, Registered};
pub use scenario::{Browser, Party, Person, Scenario, SignIn, Step};
pub use setting::Setting;
pub use signoff_oidc::Door;
pub use token::{ClaimEdit, ClaimValue, HeaderEdit, Hint, IssuerEdit, Signing, TokenSpelling};
pub use way::{ByToken, Inability, Key, LogoutToken, Notice, Way, Whose};
