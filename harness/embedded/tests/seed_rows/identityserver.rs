//! `IdentityServer`: the page about the end session endpoint.

use crate::witness::{Shown, rule, test};
use crate::{Product, Row};

const PAGE: &str = "mock-idp/server/tests/seeds.rs";
const SENTENCES: Shown = test(
    PAGE,
    "the_end_session_page_of_identityserver_sentence_by_sentence",
);
const ENDPOINT: &str = "mock-idp/core/tests/provider/identityserver_end_session.rs";
const CHANNELS: &str = "mock-idp/core/tests/provider/identityserver_channels.rs";

pub(crate) const PRODUCT: Product = Product {
    name: "IdentityServer",
    dialect: "identityserver",
    families: &[("IDS", 11)],
    rows: ROWS,
};

/// A row whose sentence is the title of the rule of the same id.
const fn row(id: &'static str, shown: &'static [Shown]) -> Row {
    Row {
        id,
        says: "",
        shown,
    }
}

const ROWS: &[Row] = &[
    row("IDS-01", &[rule("IDS-01", "hint/valid"), SENTENCES]),
    row(
        "IDS-02",
        &[
            rule("IDS-02", "session/two-clients/second-asks"),
            rule("IDS-02", "session/other-browser/other-user"),
            test(
                CHANNELS,
                "each_client_of_the_session_is_loaded_in_a_frame_and_no_other",
            ),
            test(
                CHANNELS,
                "the_page_that_signs_off_first_sends_a_logout_token_to_each_client_of_the_session",
            ),
            SENTENCES,
        ],
    ),
    row(
        "IDS-03",
        &[
            test(ENDPOINT, "without_the_endpoint_its_metadata_is_gone_too"),
            SENTENCES,
        ],
    ),
    row("IDS-04", &[rule("IDS-04", "hint/absent"), SENTENCES]),
    row(
        "IDS-05",
        &[
            rule("IDS-05", "hint/valid"),
            rule("IDS-05", "hint/signature/bit-flipped"),
            SENTENCES,
        ],
    ),
    row(
        "IDS-06",
        &[
            rule("IDS-06", "hint/signature/bit-flipped"),
            test(
                ENDPOINT,
                "without_a_hint_the_person_is_asked_and_the_redirect_uri_is_dropped",
            ),
            SENTENCES,
        ],
    ),
    row("IDS-07", &[rule("IDS-07", "hint/valid"), SENTENCES]),
    row(
        "IDS-08",
        &[
            rule("IDS-08", "redirect/other-client/with-own-hint"),
            test(
                ENDPOINT,
                "a_redirect_uri_that_is_not_the_clients_is_dropped_and_the_sign_off_goes_on",
            ),
            SENTENCES,
        ],
    ),
    row(
        "IDS-09",
        &[rule("IDS-09", "redirect/other-client/with-own-hint")],
    ),
    row("IDS-10", &[rule("IDS-10", "hint/valid"), SENTENCES]),
    row("IDS-11", &[SENTENCES]),
];
