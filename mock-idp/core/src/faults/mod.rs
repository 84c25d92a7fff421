//! Named defects, one file each. A fault changes a policy and nothing else; it states the rules that must notice.

mod access_survives;
mod any_subject_beside_client_id;
mod api_key_ignored;
mod back_channel_everybody;
mod back_channel_incomplete;
mod bad_plru_fails_logout;
mod broken_default;
mod charset_body_ignored;
mod client_id_ignored;
mod confirm_broken;
mod confirm_drops_context;
mod confirm_forgeable;
mod confirm_form_tamper;
mod confirm_replay;
mod cookie_attribute_twice;
mod cookie_bad_grammar;
mod cookie_clear_no_samesite;
mod cookie_clear_some;
mod cookie_clear_wrong_path;
mod cookie_growth;
mod cookie_kept;
mod cookie_lifetime_kept;
mod cookie_name_twice;
mod cookie_nameless;
mod cookie_only;
mod cookie_plain;
mod cors_open;
mod crash;
mod crash_client;
mod crash_nil;
mod crash_no_session;
mod crash_parse;
mod crash_serialise;
mod csp_breaks_redirect;
mod disc_byte_order_mark;
mod disc_empty_arrays;
mod disc_endpoint_http;
mod disc_endpoints_differ;
mod disc_issuer_slash;
mod disc_missing;
mod disc_no_rs256;
mod disc_revocation_http;
mod disc_status_203;
mod disc_text_type;
mod disc_untrue;
mod dup_first_wins;
mod empty_hint_unasked_by_post;
mod ends_all_users;
mod error_leaks_internals;
mod error_redirects;
mod error_vague;
mod error_wrong_status;
mod expired_hint_repeated_client_unasked;
mod extra_params;
mod feature_unchecked;
mod fragment_unmatched_beside_client_id;
mod frame_options_only;
mod front_channel_everybody;
mod front_channel_incomplete;
mod get_refused;
mod hint_alg;
mod hint_any_audience;
mod hint_any_issuer;
mod hint_any_jwt;
mod hint_any_subject;
mod hint_crash;
mod hint_expired_refused;
mod hint_first_aud;
mod hint_forged_picks_victim;
mod hint_lookup_only;
mod hint_optional;
mod hint_own_issuer_refused;
mod hint_picks_victim;
mod hint_refused_no_session;
mod hint_required;
mod hint_sid_unchecked;
mod hint_unverified;
mod hint_unverified_beside_logout_hint;
mod hint_wrong_field;
mod hint_wrong_key;
mod id_token_no_iat;
mod idp_always_redirects;
mod idp_client_ignored;
mod idp_cookie_needed;
mod idp_setting_ignored;
mod idp_without_hint;
mod iss_missing;
mod iss_other;
mod iss_unannounced;
mod json_instead_of_redirect;
mod jwks_private;
mod kid_missing;
mod kind_unchecked;
mod landing_lost;
mod locales_skip_agreement;
mod login_on_logout;
mod logout_hint_crash;
mod logout_token_for_ever;
mod logout_token_of_any_environment;
mod logout_token_reusable;
mod logout_token_unverified;
mod long_refused;
mod long_refused_404;
mod long_refused_414;
mod long_refused_431;
mod long_state_unmatched_by_post;
mod match_after_decode;
mod match_any_client;
mod match_backslash;
mod match_glob;
mod match_host_only_if_present;
mod match_ignore_query;
mod match_ignore_userinfo;
mod match_login_uris;
mod match_loopback_loose;
mod match_normalise_path;
mod match_normalised;
mod match_prefix;
mod match_regex_unanchored;
mod match_skip_on_lookup_miss;
mod no_cache_headers;
mod no_frame_headers;
mod no_prompt;
mod no_referrer_policy;
mod notice_key_unchecked;
mod notice_obeys_request;
mod offline_revoked;
mod older_question_newer_target;
mod others_not_told;
mod overlap_crash;
mod overlap_writes_back;
mod param_misspelt;
mod plru_required;
mod post_body_ignored;
mod post_refused;
mod principal_change;
mod profile_renamed;
mod profile_unchecked;
mod prompt_always;
mod prompt_no_session;
mod provider_not_asked;
mod provider_unchecked;
mod query_reserialised;
mod query_state_beside_charset;
mod question_answers_itself;
mod redirect_302_after_post;
mod redirect_307;
mod redirect_any;
mod redirect_any_when_session;
mod redirect_decode_twice;
mod redirect_default;
mod redirect_ignored;
mod redirect_javascript;
mod redirect_referer;
mod redirect_when_client_unknown;
mod reflect_crlf;
mod reflect_html;
mod reflect_script;
mod refresh_survives;
mod refusal_links;
mod registration_answer_short;
mod registration_lax;
mod registration_lists_joined;
mod revocation_any_client;
mod revocation_does_nothing;
mod revocation_of_one_token;
mod revocation_of_refresh_tokens_only;
mod revocation_trusts_type_hint;
mod revocation_unknown_refused;
mod rfc8414_other_issuer;
mod says_out_is_in;
mod scheme_rewritten;
mod second_400;
mod second_error;
mod session_id_reused;
mod session_resurrected;
mod sign_in_307;
mod sign_in_hint_ignored;
mod sign_in_locales_refused;
mod silence_broken;
mod state_bad_join;
mod state_dropped;
mod state_dropped_if_present;
mod state_dropped_post;
mod state_empty_added;
mod state_name_only;
mod state_on_own_page;
mod state_only_400;
mod state_semicolon;
mod state_unencoded;
mod sub_too_long;
mod third_party_image;
mod trust_forwarded_host;
mod waf_403;
mod way_back_missing;
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
/// session, the other applications, the answer, the metadata.
static FAULTS: &[&Fault] = &[
    // what is read
    &post_refused::FAULT,
    &get_refused::FAULT,
    &post_body_ignored::FAULT,
    &dup_first_wins::FAULT,
    &long_refused::FAULT,
    &long_refused_414::FAULT,
    &error_wrong_status::FAULT,
    &crash::FAULT,
    &crash_parse::FAULT,
    &crash_serialise::FAULT,
    &crash_nil::FAULT,
    &state_only_400::FAULT,
    &logout_hint_crash::FAULT,
    &waf_403::FAULT,
    &long_refused_404::FAULT,
    &long_refused_431::FAULT,
    &param_misspelt::FAULT,
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
    &hint_wrong_key::FAULT,
    &hint_own_issuer_refused::FAULT,
    &hint_wrong_field::FAULT,
    &hint_lookup_only::FAULT,
    &hint_first_aud::FAULT,
    &hint_forged_picks_victim::FAULT,
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
    &match_glob::FAULT,
    &match_normalised::FAULT,
    &match_ignore_query::FAULT,
    &match_any_client::FAULT,
    &match_login_uris::FAULT,
    &plru_required::FAULT,
    &redirect_referer::FAULT,
    &redirect_default::FAULT,
    &way_back_missing::FAULT,
    &bad_plru_fails_logout::FAULT,
    &error_redirects::FAULT,
    &redirect_when_client_unknown::FAULT,
    &match_skip_on_lookup_miss::FAULT,
    &match_loopback_loose::FAULT,
    &trust_forwarded_host::FAULT,
    &redirect_ignored::FAULT,
    &scheme_rewritten::FAULT,
    &redirect_decode_twice::FAULT,
    &refusal_links::FAULT,
    &broken_default::FAULT,
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
    &query_reserialised::FAULT,
    &reflect_crlf::FAULT,
    // the question
    &no_prompt::FAULT,
    &question_answers_itself::FAULT,
    &prompt_always::FAULT,
    &confirm_forgeable::FAULT,
    &confirm_form_tamper::FAULT,
    &confirm_replay::FAULT,
    &confirm_drops_context::FAULT,
    &confirm_broken::FAULT,
    &no_frame_headers::FAULT,
    &csp_breaks_redirect::FAULT,
    &frame_options_only::FAULT,
    &prompt_no_session::FAULT,
    &second_error::FAULT,
    // the session
    &crash_no_session::FAULT,
    &second_400::FAULT,
    &login_on_logout::FAULT,
    &cookie_only::FAULT,
    &cookie_kept::FAULT,
    &says_out_is_in::FAULT,
    &ends_all_users::FAULT,
    // other addresses
    &idp_without_hint::FAULT,
    &idp_client_ignored::FAULT,
    &idp_setting_ignored::FAULT,
    &idp_cookie_needed::FAULT,
    &idp_always_redirects::FAULT,
    &xp_any_uri::FAULT,
    &others_not_told::FAULT,
    &session_id_reused::FAULT,
    &session_resurrected::FAULT,
    &principal_change::FAULT,
    &cookie_clear_wrong_path::FAULT,
    &cookie_clear_no_samesite::FAULT,
    &cookie_clear_some::FAULT,
    &cookie_growth::FAULT,
    &cookie_bad_grammar::FAULT,
    &cookie_attribute_twice::FAULT,
    &cookie_name_twice::FAULT,
    &cookie_nameless::FAULT,
    &cookie_lifetime_kept::FAULT,
    &cookie_plain::FAULT,
    // its tokens
    &refresh_survives::FAULT,
    &offline_revoked::FAULT,
    &access_survives::FAULT,
    // the other applications
    &front_channel_incomplete::FAULT,
    &front_channel_everybody::FAULT,
    &back_channel_incomplete::FAULT,
    &back_channel_everybody::FAULT,
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
    &logout_token_of_any_environment::FAULT,
    &logout_token_unverified::FAULT,
    &logout_token_for_ever::FAULT,
    &logout_token_reusable::FAULT,
    &provider_not_asked::FAULT,
    &notice_obeys_request::FAULT,
    &notice_key_unchecked::FAULT,
    &reflect_script::FAULT,
    &error_vague::FAULT,
    &error_leaks_internals::FAULT,
    &json_instead_of_redirect::FAULT,
    &no_cache_headers::FAULT,
    &no_referrer_policy::FAULT,
    &third_party_image::FAULT,
    &cors_open::FAULT,
    // the metadata
    &disc_missing::FAULT,
    &disc_untrue::FAULT,
    &disc_endpoint_http::FAULT,
    &disc_revocation_http::FAULT,
    &disc_endpoints_differ::FAULT,
    &disc_issuer_slash::FAULT,
    &disc_no_rs256::FAULT,
    &disc_empty_arrays::FAULT,
    &disc_text_type::FAULT,
    &disc_byte_order_mark::FAULT,
    &disc_status_203::FAULT,
    &rfc8414_other_issuer::FAULT,
    &jwks_private::FAULT,
    &landing_lost::FAULT,
    &iss_missing::FAULT,
    &iss_other::FAULT,
    &iss_unannounced::FAULT,
    // sign-in and its tokens
    &id_token_no_iat::FAULT,
    &sub_too_long::FAULT,
    &kid_missing::FAULT,
    &sign_in_307::FAULT,
    &silence_broken::FAULT,
    &sign_in_hint_ignored::FAULT,
    &sign_in_locales_refused::FAULT,
    // registration and revocation
    &registration_lax::FAULT,
    &registration_answer_short::FAULT,
    &registration_lists_joined::FAULT,
    &revocation_does_nothing::FAULT,
    &revocation_trusts_type_hint::FAULT,
    &revocation_any_client::FAULT,
    &revocation_of_one_token::FAULT,
    &revocation_of_refresh_tokens_only::FAULT,
    &revocation_unknown_refused::FAULT,
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
    &overlap_crash::FAULT,
    &overlap_writes_back::FAULT,
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
    "overlap-crash",
    "overlap-writes-back",
];

/// Every fault there is, in the order of a sign-off: what is read, the hint, the redirect URI, `state`, the question,
/// the session, the other applications, the answer, the metadata.
pub fn faults() -> &'static [&'static Fault] {
    FAULTS
}

/// The fault with this id.
pub fn fault(id: &str) -> Option<&'static Fault> {
    FAULTS.iter().find(|fault| fault.id == id).copied()
}
