//! The sentences of the vendor's pages about signing off, each with the tests that show it.

/// A sentence.
#[derive(Debug)]
pub struct Row {
    /// Its identifier.
    pub id: &'static str,
    /// What it says, in short.
    pub says: &'static str,
    /// The tests of the mock that show it, over its core or over a socket.
    pub tests: &'static [&'static str],
}

const fn row(id: &'static str, says: &'static str, tests: &'static [&'static str]) -> Row {
    Row { id, says, tests }
}

/// Every sentence.
pub const ROWS: &[Row] = &[
    row(
        "P1-WF-01",
        "signing off ends the session for all its applications",
        &["a_sign_off_with_hint_and_state_ends_everything_and_goes_to_the_client"],
    ),
    row(
        "P1-WF-02",
        "a session can be read",
        &[
            "the_simple_login_makes_a_user_and_opens_a_session_that_can_be_read_and_terminated",
            "the_own_session_needs_both_the_cookie_and_a_token",
        ],
    ),
    row(
        "P1-WF-03",
        "the current session can be terminated",
        &[
            "a_session_that_is_deleted_by_the_api_is_over_for_all_its_applications",
            "the_workflow_of_a_user_who_signs_on_and_whose_session_is_terminated",
        ],
    ),
    row(
        "P1-WF-04",
        "the simple login makes a user and a session",
        &[
            "the_simple_login_makes_a_user_and_opens_a_session_that_can_be_read_and_terminated",
            "the_workflow_of_a_user_who_signs_on_and_whose_session_is_terminated",
        ],
    ),
    row(
        "P1-WF-05",
        "the variables of the collection work as they stand",
        &["the_workflow_of_a_user_who_signs_on_and_whose_session_is_terminated"],
    ),
    row(
        "P1-SO-01",
        "GET starts the sign-off",
        &["a_sign_off_with_hint_and_state_ends_everything_and_goes_to_the_client"],
    ),
    row(
        "P1-SO-02",
        "the cookie names the session",
        &["only_the_session_of_the_cookie_ends"],
    ),
    row(
        "P1-SO-03",
        "the hint is optional",
        &["the_sign_off_page_with_all_that_is_required_and_optional"],
    ),
    row(
        "P1-SO-04",
        "the hint's application must exist",
        &["each_step_refuses_what_it_is_there_for"],
    ),
    row(
        "P1-SO-05",
        "and be enabled",
        &["an_application_disabled_after_sign_on_has_no_say"],
    ),
    row(
        "P1-SO-06",
        "the hint's user must be the session's",
        &["each_step_refuses_what_it_is_there_for"],
    ),
    row(
        "P1-SO-07",
        "the hint must be signed for its audience",
        &["each_step_refuses_what_it_is_there_for"],
    ),
    row(
        "P1-SO-08",
        "issuer at a custom domain",
        &[
            "a_hint_is_good_at_the_address_that_issued_it_only",
            "the_sign_off_page_with_all_that_is_required_and_optional",
        ],
    ),
    row(
        "P1-SO-09",
        "issuer at a region",
        &[
            "a_hint_is_good_at_the_address_that_issued_it_only",
            "the_sign_off_page_with_all_that_is_required_and_optional",
        ],
    ),
    row(
        "P1-SO-10",
        "an expired hint is accepted",
        &[
            "the_editions_differ_where_the_documents_do",
            "the_sign_off_page_with_all_that_is_required_and_optional",
        ],
    ),
    row(
        "P1-SO-11",
        "three optional parameters",
        &["the_sign_off_page_with_all_that_is_required_and_optional"],
    ),
    row(
        "P1-SO-12",
        "fewer than 8192 characters",
        &["the_registered_uri_and_state_have_fewer_than_8192_characters"],
    ),
    row(
        "P1-SO-13",
        "the samples of the page",
        &["the_workflow_of_a_user_who_signs_on_and_whose_session_is_terminated"],
    ),
    row(
        "P1-SO-14",
        "with a hint, its application's redirect URIs",
        &["with_a_hint_its_application_decides_and_without_one_every_enabled_one"],
    ),
    row(
        "P1-SO-15",
        "without one, those of every enabled application",
        &["with_a_hint_its_application_decides_and_without_one_every_enabled_one"],
    ),
    row(
        "P1-SO-16",
        "POST has the parameters in the body",
        &["by_post_only_the_body_counts"],
    ),
    row(
        "P1-SO-17",
        "the signed-off page",
        &["the_cookies_are_expired_with_the_attributes_they_were_set_with"],
    ),
    row(
        "P1-SO-18",
        "the hosted error page",
        &["a_refused_sign_off_ends_nothing_and_shows_the_hosted_error_page"],
    ),
    row(
        "P1-SA-01",
        "step 1 starts at the same endpoint",
        &[
            "a_good_request_calls_flow_orchestration_before_the_session_ends_and_passes_its_cookie_on",
        ],
    ),
    row(
        "P1-SA-02",
        "step 2 calls flow orchestration, after validation only",
        &[
            "a_good_request_calls_flow_orchestration_before_the_session_ends_and_passes_its_cookie_on",
            "a_refused_request_calls_nobody",
        ],
    ),
    row(
        "P1-SA-03",
        "which deletes the session of the cookie",
        &["flow_orchestration_itself_ends_the_session_of_the_cookie"],
    ),
    row(
        "P1-SA-04",
        "and expires the cookie",
        &[
            "flow_orchestration_itself_ends_the_session_of_the_cookie",
            "the_older_guides_steps_with_both_landings_and_the_redirect_error",
        ],
    ),
    row(
        "P1-SA-05",
        "step 3 passes that on with the redirect",
        &[
            "a_good_request_calls_flow_orchestration_before_the_session_ends_and_passes_its_cookie_on",
        ],
    ),
    row(
        "P1-SA-06",
        "to the redirect URI",
        &[
            "a_good_request_calls_flow_orchestration_before_the_session_ends_and_passes_its_cookie_on",
        ],
    ),
    row(
        "P1-SA-07",
        "or to `signedOut` or the application's pages",
        &["without_a_redirect_uri_it_ends_at_signed_out_or_at_the_applications_own_pages"],
    ),
    row(
        "P1-SA-08",
        "the hint is required",
        &["a_refused_request_calls_nobody"],
    ),
    row(
        "P1-SA-09",
        "`state` comes back",
        &[
            "state_comes_back_octet_by_octet",
            "the_older_guides_steps_with_both_landings_and_the_redirect_error",
        ],
    ),
    row(
        "P1-SA-10",
        "the hint's signature is verified",
        &["each_step_refuses_what_it_is_there_for"],
    ),
    row(
        "P1-SA-11",
        "its application and user are checked",
        &["each_step_refuses_what_it_is_there_for"],
    ),
    row(
        "P1-SA-12",
        "nobody's redirect URI is a redirect error",
        &[
            "a_uri_of_any_application_of_the_environment_counts",
            "a_refused_request_calls_nobody",
        ],
    ),
    row(
        "P1-SA-13",
        "an empty redirect URI is none",
        &["without_a_redirect_uri_it_ends_at_signed_out_or_at_the_applications_own_pages"],
    ),
    row(
        "P1-IDP-01",
        "the ID token alone ends its session",
        &["without_any_cookie_the_session_of_the_token_ends_and_no_other"],
    ),
    row(
        "P1-IDP-02",
        "the hint is required",
        &["what_is_not_as_it_must_be_is_refused_and_the_session_lives"],
    ),
    row(
        "P1-IDP-03",
        "`client_id` equals the audience",
        &["what_is_not_as_it_must_be_is_refused_and_the_session_lives"],
    ),
    row(
        "P1-IDP-04",
        "the application allows it, exists, is enabled",
        &[
            "what_is_not_as_it_must_be_is_refused_and_the_session_lives",
            "a_disabled_or_deleted_application_ends_nothing",
        ],
    ),
    row(
        "P1-IDP-05",
        "three forms of answer",
        &["it_answers_in_three_forms"],
    ),
    row(
        "P1-IDP-06",
        "issuer, signature, ignored expiry",
        &[
            "what_is_not_as_it_must_be_is_refused_and_the_session_lives",
            "an_expired_token_still_ends_its_session",
        ],
    ),
    row(
        "P1-XP-01",
        "`/xp/signoff` needs a session and ends it",
        &[
            "it_ends_the_session_and_goes_only_to_the_environments_own_uris",
            "without_a_session_it_is_refused_on_the_hosted_page",
        ],
    ),
    row(
        "P1-XP-02",
        "its redirect is the environment's, else the signed-off page",
        &["it_ends_the_session_and_goes_only_to_the_environments_own_uris"],
    ),
    row(
        "P1-XP-03",
        "with the setting, `/as/signoff` tells the other applications",
        &["only_with_the_setting_on_a_sign_off_tells_the_sessions_other_applications"],
    ),
];
