//! PingOne: the workflow of signing off, the current page, the older guide, the other endpoints.

use crate::witness::{rule, rule_in, test};
use crate::{Product, Row};

const PAGES: &str = "mock-idp/server/tests/seeds.rs";
const PLATFORM: &str = "mock-idp/core/tests/provider/platform_workflow.rs";
const LEGACY: &str = "mock-idp/core/tests/provider/pingone_legacy.rs";
const IDP: &str = "mock-idp/core/tests/provider/pingone_idp_signoff.rs";
const XP: &str = "mock-idp/core/tests/provider/pingone_cross_protocol.rs";

pub(crate) const PRODUCT: Product = Product {
    name: "PingOne",
    dialect: "pingone",
    families: &[
        ("P1-WF", 5),
        ("P1-SO", 18),
        ("P1-SA", 13),
        ("P1-IDP", 6),
        ("P1-XP", 3),
    ],
    rows: ROWS,
};

/// A row whose sentence is the title of the rule of the same id.
const fn row(id: &'static str, shown: &'static [crate::witness::Shown]) -> Row {
    Row {
        id,
        says: "",
        shown,
    }
}

const ROWS: &[Row] = &[
    row(
        "P1-WF-01",
        &[
            rule("P1-WF-01", "session/two-clients/first-asks"),
            rule("P1-WF-01", "session/two-clients/second-asks"),
            test(
                PLATFORM,
                "a_session_that_is_deleted_by_the_api_is_over_for_all_its_applications",
            ),
        ],
    ),
    row(
        "P1-WF-02",
        &[
            test(
                PAGES,
                "the_workflow_of_a_user_who_signs_on_and_whose_session_is_terminated",
            ),
            test(
                PLATFORM,
                "the_own_session_needs_both_the_cookie_and_a_token",
            ),
        ],
    ),
    row(
        "P1-WF-03",
        &[
            test(
                PAGES,
                "the_workflow_of_a_user_who_signs_on_and_whose_session_is_terminated",
            ),
            test(
                PLATFORM,
                "the_simple_login_makes_a_user_and_opens_a_session_that_can_be_read_and_terminated",
            ),
        ],
    ),
    row(
        "P1-WF-04",
        &[
            test(
                PAGES,
                "the_workflow_of_a_user_who_signs_on_and_whose_session_is_terminated",
            ),
            test(
                PLATFORM,
                "the_simple_login_makes_a_user_and_opens_a_session_that_can_be_read_and_terminated",
            ),
        ],
    ),
    row(
        "P1-WF-05",
        &[test(
            PAGES,
            "the_workflow_of_a_user_who_signs_on_and_whose_session_is_terminated",
        )],
    ),
    row(
        "P1-SO-01",
        &[
            rule("P1-SO-01", "hint/valid"),
            test(
                PAGES,
                "the_sign_off_page_with_all_that_is_required_and_optional",
            ),
        ],
    ),
    row(
        "P1-SO-02",
        &[
            rule("P1-SO-02", "hint/other-session/same-user"),
            test(
                PAGES,
                "the_sign_off_page_with_all_that_is_required_and_optional",
            ),
        ],
    ),
    row(
        "P1-SO-03",
        &[
            rule("P1-SO-03", "hint/absent"),
            test(
                PAGES,
                "the_sign_off_page_with_all_that_is_required_and_optional",
            ),
        ],
    ),
    row(
        "P1-SO-04",
        &[
            rule("P1-SO-04", "session/client-deleted/before-the-sign-off"),
            rule("P1-SO-04", "hint/audience/unknown"),
        ],
    ),
    row(
        "P1-SO-05",
        &[
            rule("P1-SO-05", "session/client-disabled/before-the-sign-off"),
            test(
                PAGES,
                "the_sign_off_page_with_all_that_is_required_and_optional",
            ),
        ],
    ),
    row(
        "P1-SO-06",
        &[
            rule("P1-SO-06", "hint/other-user/in-another-browser"),
            test(
                PAGES,
                "the_sign_off_page_with_all_that_is_required_and_optional",
            ),
        ],
    ),
    row(
        "P1-SO-07",
        &[rule("P1-SO-07", "hint/signature/bit-flipped")],
    ),
    row(
        "P1-SO-08",
        &[
            rule("P1-SO-08", "door/other-address/usual-issuer"),
            rule("P1-SO-08", "door/other-address/other-region"),
            test(
                PAGES,
                "the_sign_off_page_with_all_that_is_required_and_optional",
            ),
        ],
    ),
    row(
        "P1-SO-09",
        &[
            rule("P1-SO-09", "hint/issuer/other-region"),
            rule("P1-SO-09", "hint/issuer/other-tenant"),
            test(
                PAGES,
                "the_sign_off_page_with_all_that_is_required_and_optional",
            ),
        ],
    ),
    row(
        "P1-SO-10",
        &[
            rule("P1-SO-10", "hint/expired/aged-a-minute"),
            rule("P1-SO-10", "hint/expired/aged-a-day"),
            test(
                PAGES,
                "the_sign_off_page_with_all_that_is_required_and_optional",
            ),
        ],
    ),
    row(
        "P1-SO-11",
        &[
            rule("P1-SO-11", "hint/absent"),
            rule("P1-SO-11", "redirect/none"),
            test(
                PAGES,
                "the_sign_off_page_with_all_that_is_required_and_optional",
            ),
        ],
    ),
    row(
        "P1-SO-12",
        &[
            rule("P1-SO-12", "hint/valid"),
            test(
                PAGES,
                "the_sign_off_page_with_all_that_is_required_and_optional",
            ),
        ],
    ),
    row(
        "P1-SO-13",
        &[test(
            PAGES,
            "the_sign_off_page_with_all_that_is_required_and_optional",
        )],
    ),
    row(
        "P1-SO-14",
        &[rule("P1-SO-14", "hint/audience/other-client-genuine")],
    ),
    row(
        "P1-SO-15",
        &[
            rule("P1-SO-15", "redirect/registered/without-hint"),
            rule("P1-SO-15", "redirect/disabled-client/without-hint"),
        ],
    ),
    row(
        "P1-SO-16",
        &[
            rule("P1-SO-16", "hint/valid"),
            test(
                PAGES,
                "the_sign_off_page_with_all_that_is_required_and_optional",
            ),
        ],
    ),
    row(
        "P1-SO-17",
        &[
            rule("P1-SO-17", "redirect/none"),
            test(
                PAGES,
                "the_sign_off_page_with_all_that_is_required_and_optional",
            ),
        ],
    ),
    row("P1-SO-18", &[rule("P1-SO-18", "hint/garbage/word")]),
    row(
        "P1-SA-01",
        &[
            rule("P1-SO-01", "hint/valid"),
            test(
                PAGES,
                "the_older_guides_steps_with_both_landings_and_the_redirect_error",
            ),
        ],
    ),
    row(
        "P1-SA-02",
        &[
            test(
                PAGES,
                "the_older_guides_steps_with_both_landings_and_the_redirect_error",
            ),
            test(
                LEGACY,
                "a_good_request_calls_flow_orchestration_before_the_session_ends_and_passes_its_cookie_on",
            ),
            test(LEGACY, "a_refused_request_calls_nobody"),
            test(
                LEGACY,
                "flow_orchestration_itself_ends_the_session_of_the_cookie",
            ),
        ],
    ),
    row("P1-SA-03", &[rule("P1-SA-03", "hint/valid")]),
    row(
        "P1-SA-04",
        &[
            rule("P1-SA-04", "hint/valid"),
            test(
                PAGES,
                "the_older_guides_steps_with_both_landings_and_the_redirect_error",
            ),
        ],
    ),
    row(
        "P1-SA-05",
        &[
            rule("P1-SA-05", "hint/valid"),
            test(
                PAGES,
                "the_older_guides_steps_with_both_landings_and_the_redirect_error",
            ),
        ],
    ),
    row(
        "P1-SA-06",
        &[
            rule("P1-SA-06", "hint/valid"),
            test(
                PAGES,
                "the_older_guides_steps_with_both_landings_and_the_redirect_error",
            ),
        ],
    ),
    row(
        "P1-SA-07",
        &[
            rule_in("legacy", "P1-SA-07", "redirect/none"),
            rule_in("legacy", "P1-SA-07", "session/own-pages/without-redirect"),
            test(
                PAGES,
                "the_older_guides_steps_with_both_landings_and_the_redirect_error",
            ),
            test(
                LEGACY,
                "without_a_redirect_uri_it_ends_at_signed_out_or_at_the_applications_own_pages",
            ),
        ],
    ),
    row(
        "P1-SA-08",
        &[
            rule_in("legacy", "P1-SA-08", "hint/absent"),
            test(
                PAGES,
                "the_older_guides_steps_with_both_landings_and_the_redirect_error",
            ),
        ],
    ),
    row(
        "P1-SA-09",
        &[
            rule("P1-SA-09", "hint/valid"),
            test(
                PAGES,
                "the_older_guides_steps_with_both_landings_and_the_redirect_error",
            ),
        ],
    ),
    row("P1-SA-10", &[rule("P1-SA-10", "hint/garbage/word")]),
    row(
        "P1-SA-11",
        &[
            rule("P1-SO-04", "hint/audience/unknown"),
            rule("P1-SO-05", "hint/audience/disabled"),
            rule("P1-SO-06", "hint/other-user/by-post"),
        ],
    ),
    row(
        "P1-SA-12",
        &[
            rule_in("legacy", "P1-SA-12", "redirect/look-alike/suffix-host"),
            rule("P1-SA-12", "redirect/look-alike/suffix-host"),
            test(
                PAGES,
                "the_older_guides_steps_with_both_landings_and_the_redirect_error",
            ),
        ],
    ),
    row(
        "P1-SA-13",
        &[
            rule("P1-SA-13", "redirect/empty"),
            test(
                PAGES,
                "the_older_guides_steps_with_both_landings_and_the_redirect_error",
            ),
        ],
    ),
    row(
        "P1-IDP-01",
        &[
            rule("P1-IDP-01", "door/hint-alone/without-cookie"),
            rule("P1-IDP-01", "door/hint-alone/from-another-browser"),
            test(
                IDP,
                "without_any_cookie_the_session_of_the_token_ends_and_no_other",
            ),
        ],
    ),
    row(
        "P1-IDP-02",
        &[
            rule("P1-IDP-02", "door/hint-alone/no-hint"),
            test(
                IDP,
                "what_is_not_as_it_must_be_is_refused_and_the_session_lives",
            ),
        ],
    ),
    row(
        "P1-IDP-03",
        &[
            rule("P1-IDP-03", "door/hint-alone/client/disagrees"),
            test(
                IDP,
                "what_is_not_as_it_must_be_is_refused_and_the_session_lives",
            ),
        ],
    ),
    row(
        "P1-IDP-04",
        &[
            rule("P1-IDP-04", "door/hint-alone/application/switched-off"),
            rule("P1-IDP-04", "door/hint-alone/application/disabled"),
            rule("P1-IDP-04", "door/hint-alone/application/deleted"),
            test(IDP, "a_disabled_or_deleted_application_ends_nothing"),
        ],
    ),
    row(
        "P1-IDP-05",
        &[
            rule("P1-IDP-05", "door/hint-alone/without-cookie"),
            rule("P1-IDP-05", "door/hint-alone/answer/json-accepted"),
            rule("P1-IDP-05", "door/hint-alone/answer/page-accepted"),
            test(IDP, "it_answers_in_three_forms"),
        ],
    ),
    row(
        "P1-IDP-06",
        &[
            rule("P1-IDP-06", "door/hint-alone/hint/bit-flipped"),
            rule("P1-IDP-06", "door/hint-alone/hint/other-tenant"),
            rule("P1-IDP-06", "door/hint-alone/hint/expired-a-minute"),
            test(
                IDP,
                "what_is_not_as_it_must_be_is_refused_and_the_session_lives",
            ),
            test(IDP, "an_expired_token_still_ends_its_session"),
        ],
    ),
    row(
        "P1-XP-01",
        &[
            rule("P1-XP-01", "door/every-protocol/bare"),
            rule("P1-XP-01", "door/every-protocol/without-cookie"),
            test(
                XP,
                "it_ends_the_session_and_goes_only_to_the_environments_own_uris",
            ),
            test(XP, "without_a_session_it_is_refused_on_the_hosted_page"),
        ],
    ),
    row(
        "P1-XP-02",
        &[
            rule("P1-XP-02", "door/every-protocol/uri/listed"),
            rule("P1-XP-02", "door/every-protocol/uri/stranger"),
            test(
                XP,
                "it_ends_the_session_and_goes_only_to_the_environments_own_uris",
            ),
        ],
    ),
    row(
        "P1-XP-03",
        &[
            rule("P1-XP-03", "door/every-protocol/others/told"),
            rule("P1-XP-03", "door/every-protocol/others/not-told"),
            test(
                XP,
                "only_with_the_setting_on_a_sign_off_tells_the_sessions_other_applications",
            ),
        ],
    ),
];
