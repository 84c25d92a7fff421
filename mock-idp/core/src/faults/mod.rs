//! Named defects, one file each. A fault changes a policy and nothing else; it states the rules that must notice.

mod any_subject_beside_client_id;
mod api_key_ignored;
mod bad_plru_fails_logout;
mod charset_body_ignored;
mod client_id_ignored;
mod confirm_broken;
mod confirm_drops_context;
mod confirm_forgeable;
mod confirm_replay;
mod cookie_kept;
mod cookie_only;
mod crash_client;
mod crash_no_session;
mod disc_missing;
mod dup_first_wins;
mod empty_hint_unasked_by_post;
mod error_redirects;
mod error_wrong_status;
mod expired_hint_repeated_client_unasked;
mod extra_params;
mod feature_unchecked;
mod fragment_unmatched_beside_client_id;
mod get_refused;
mod hint_alg;
mod hint_any_audience;
mod hint_any_issuer;
mod hint_any_jwt;
mod hint_any_subject;
mod hint_crash;
mod hint_expired_refused;
mod hint_optional;
mod hint_picks_victim;
mod hint_refused_no_session;
mod hint_required;
mod hint_sid_unchecked;
mod hint_unverified;
mod hint_unverified_beside_logout_hint;
mod idp_always_redirects;
mod idp_client_ignored;
mod idp_cookie_needed;
mod idp_setting_ignored;
mod idp_without_hint;
mod kind_unchecked;
mod locales_skip_agreement;
mod login_on_logout;
mod logout_token_for_ever;
mod logout_token_reusable;
mod logout_token_unverified;
mod long_refused;
mod long_refused_414;
mod long_state_unmatched_by_post;
mod match_after_decode;
mod match_any_client;
mod match_backslash;
mod match_host_only_if_present;
mod match_ignore_query;
mod match_ignore_userinfo;
mod match_login_uris;
mod match_normalise_path;
mod match_normalised;
mod match_prefix;
mod match_regex_unanchored;
mod no_frame_headers;
mod no_prompt;
mod notice_key_unchecked;
mod notice_obeys_request;
mod older_question_newer_target;
mod others_not_told;
mod plru_required;
mod post_body_ignored;
mod post_refused;
mod profile_renamed;
mod profile_unchecked;
mod provider_not_asked;
mod provider_unchecked;
mod query_state_beside_charset;
mod redirect_302_after_post;
mod redirect_307;
mod redirect_any;
mod redirect_any_when_session;
mod redirect_default;
mod redirect_javascript;
mod redirect_referer;
mod reflect_html;
mod says_out_is_in;
mod second_400;
mod state_bad_join;
mod state_dropped;
mod state_dropped_if_present;
mod state_dropped_post;
mod state_empty_added;
mod state_name_only;
mod state_on_own_page;
mod state_semicolon;
mod state_unencoded;
mod xp_any_uri;

use crate::config::DialectId;
use crate::policy::Policy;

/// A named defect.
#[derive(Debug)]
pub struct Fault {
    /// The defect, in a word or three.
    pub id: &'static str,
    /// What the provider then does, in one sentence.
    pub summary: &'static str,
    /// The dialects it can be switched on for.
    pub dialects: &'static [DialectId],
    /// How bad it is.
    pub expect: Expect,
    /// The rules that are broken with it and not without it, for each dialect.
    pub breaks: &'static [(DialectId, &'static [&'static str])],
    /// Entries of the defect catalogue in which real products did the same.
    pub stands_on: &'static [&'static str],
    /// The change it makes.
    pub inject: fn(&mut Policy),
}

/// What a judge must say to a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// A sentence with MUST or MUST NOT is broken.
    Must,
    /// Only sentences with SHOULD or less are broken.
    Should,
    /// Odd but legal: nothing may be called broken.
    None,
}

impl Fault {
    /// Whether the fault can be switched on for a dialect.
    pub fn fits(&self, dialect: DialectId) -> bool {
        self.dialects.contains(&dialect)
    }

    /// Whether it shows only where several things come together, so that who looks at one thing at a time never
    /// sees it.
    pub fn is_interaction(&self) -> bool {
        INTERACTIONS.contains(&self.id)
    }

    /// The rules it breaks on a dialect.
    pub fn breaks_on(&self, dialect: DialectId) -> &'static [&'static str] {
        self.breaks
            .iter()
            .find(|(of, _)| *of == dialect)
            .map_or(&[], |(_, rules)| rules)
    }
}

/// Every fault, in the order of a sign-off: what is read, the hint, the redirect URI, `state`, the question, the
/// session, the answer, the metadata.
static FAULTS: &[&Fault] = &[
    // what is read
    &post_refused::FAULT,
    &get_refused::FAULT,
    &post_body_ignored::FAULT,
    &dup_first_wins::FAULT,
    &long_refused::FAULT,
    &long_refused_414::FAULT,
    &error_wrong_status::FAULT,
    // the hint and its client
    &hint_required::FAULT,
    &hint_optional::FAULT,
    &hint_unverified::FAULT,
    &hint_alg::FAULT,
    &hint_any_jwt::FAULT,
    &hint_any_issuer::FAULT,
    &hint_any_audience::FAULT,
    &crash_client::FAULT,
    &hint_crash::FAULT,
    &hint_expired_refused::FAULT,
    &hint_refused_no_session::FAULT,
    &hint_any_subject::FAULT,
    &hint_picks_victim::FAULT,
    &hint_sid_unchecked::FAULT,
    &client_id_ignored::FAULT,
    // the redirect URI
    &redirect_any::FAULT,
    &redirect_any_when_session::FAULT,
    &redirect_javascript::FAULT,
    &match_prefix::FAULT,
    &match_ignore_userinfo::FAULT,
    &match_normalise_path::FAULT,
    &match_after_decode::FAULT,
    &match_regex_unanchored::FAULT,
    &match_host_only_if_present::FAULT,
    &match_backslash::FAULT,
    &match_normalised::FAULT,
    &match_ignore_query::FAULT,
    &match_any_client::FAULT,
    &match_login_uris::FAULT,
    &plru_required::FAULT,
    &redirect_referer::FAULT,
    &redirect_default::FAULT,
    &bad_plru_fails_logout::FAULT,
    &error_redirects::FAULT,
    // `state` and what else is added
    &state_dropped::FAULT,
    &state_dropped_post::FAULT,
    &state_dropped_if_present::FAULT,
    &state_name_only::FAULT,
    &state_bad_join::FAULT,
    &state_unencoded::FAULT,
    &state_semicolon::FAULT,
    &state_empty_added::FAULT,
    &extra_params::FAULT,
    &state_on_own_page::FAULT,
    // the question
    &no_prompt::FAULT,
    &confirm_forgeable::FAULT,
    &confirm_replay::FAULT,
    &confirm_drops_context::FAULT,
    &confirm_broken::FAULT,
    &no_frame_headers::FAULT,
    // the session
    &crash_no_session::FAULT,
    &second_400::FAULT,
    &login_on_logout::FAULT,
    &cookie_only::FAULT,
    &cookie_kept::FAULT,
    &says_out_is_in::FAULT,
    // other addresses
    &idp_without_hint::FAULT,
    &idp_client_ignored::FAULT,
    &idp_setting_ignored::FAULT,
    &idp_cookie_needed::FAULT,
    &idp_always_redirects::FAULT,
    &xp_any_uri::FAULT,
    &others_not_told::FAULT,
    // the answer
    &redirect_307::FAULT,
    &redirect_302_after_post::FAULT,
    &reflect_html::FAULT,
    // sign-off at an identity provider behind the product
    &api_key_ignored::FAULT,
    &profile_unchecked::FAULT,
    &profile_renamed::FAULT,
    &kind_unchecked::FAULT,
    &feature_unchecked::FAULT,
    &provider_unchecked::FAULT,
    &logout_token_unverified::FAULT,
    &logout_token_for_ever::FAULT,
    &logout_token_reusable::FAULT,
    &provider_not_asked::FAULT,
    &notice_obeys_request::FAULT,
    &notice_key_unchecked::FAULT,
    // the metadata
    &disc_missing::FAULT,
    // several things together
    &hint_unverified_beside_logout_hint::FAULT,
    &empty_hint_unasked_by_post::FAULT,
    &fragment_unmatched_beside_client_id::FAULT,
    &query_state_beside_charset::FAULT,
    &expired_hint_repeated_client_unasked::FAULT,
    &older_question_newer_target::FAULT,
    &locales_skip_agreement::FAULT,
    &long_state_unmatched_by_post::FAULT,
    &charset_body_ignored::FAULT,
    &any_subject_beside_client_id::FAULT,
];

/// Those that show only where several things come together.
static INTERACTIONS: &[&str] = &[
    "hint-unverified-beside-logout-hint",
    "empty-hint-unasked-by-post",
    "fragment-unmatched-beside-client-id",
    "query-state-beside-charset",
    "expired-hint-repeated-client-unasked",
    "older-question-newer-target",
    "locales-skip-agreement",
    "long-state-unmatched-by-post",
    "charset-body-ignored",
    "any-subject-beside-client-id",
];

/// Every fault there is, in the order of a sign-off: what is read, the hint, the redirect URI, `state`, the question,
/// the session, the answer, the metadata.
pub fn faults() -> &'static [&'static Fault] {
    FAULTS
}

/// The fault with this id.
pub fn fault(id: &str) -> Option<&'static Fault> {
    FAULTS.iter().find(|fault| fault.id == id).copied()
}
