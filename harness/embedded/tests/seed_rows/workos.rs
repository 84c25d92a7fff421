//! WorkOS: Single Logout, started by the application, started at the identity provider, and what holds for both.

use crate::witness::{Shown, rule, test};
use crate::{Product, Row};

const PAGE: Shown = test(
    "mock-idp/server/tests/seeds.rs",
    "the_page_on_single_logout_with_an_identity_provider_behind_the_product",
);

const NOTICE: Shown = test(
    "mock-idp/server/tests/seeds.rs",
    "a_notice_at_the_registered_address_leads_to_the_application_which_clears_its_cookies",
);

pub(crate) const PRODUCT: Product = Product {
    name: "WorkOS",
    dialect: "workos",
    families: &[("WOS-RP", 5), ("WOS-IDP", 3), ("WOS-GEN", 1)],
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
    row("WOS-RP-01", &[rule("WOS-RP-01", "brokered/orderly"), PAGE]),
    row(
        "WOS-RP-02",
        &[
            rule("WOS-RP-02", "brokered/call/key/absent"),
            rule("WOS-RP-02", "brokered/call/profile/unknown"),
            rule("WOS-RP-02", "brokered/call/profile/other-tenant"),
            PAGE,
        ],
    ),
    row("WOS-RP-03", &[rule("WOS-RP-03", "brokered/orderly"), PAGE]),
    row(
        "WOS-RP-04",
        &[
            rule("WOS-RP-04", "brokered/orderly"),
            rule("WOS-RP-04", "brokered/token/unknown"),
            rule("WOS-RP-04", "brokered/token/used"),
            rule("WOS-RP-04", "brokered/token/expired"),
            rule("WOS-RP-04", "brokered/token/altered"),
            rule("WOS-RP-04", "brokered/token/other-tenant"),
            PAGE,
        ],
    ),
    row(
        "WOS-RP-05",
        &[
            rule("WOS-RP-05", "brokered/connection/other-protocol"),
            rule("WOS-RP-05", "brokered/connection/no-revocation"),
            rule("WOS-RP-05", "brokered/connection/no-end-session"),
            PAGE,
        ],
    ),
    row("WOS-IDP-01", &[NOTICE]),
    row(
        "WOS-IDP-02",
        &[
            rule("WOS-IDP-02", "brokered/notice/orderly"),
            rule("WOS-IDP-02", "brokered/notice/with-parameters"),
            rule("WOS-IDP-02", "brokered/notice/unknown-key"),
            PAGE,
        ],
    ),
    row("WOS-IDP-03", &[NOTICE]),
    row(
        "WOS-GEN-01",
        &[rule("WOS-GEN-01", "brokered/connection/not-enabled"), PAGE],
    ),
];
