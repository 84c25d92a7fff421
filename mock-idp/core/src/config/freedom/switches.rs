//! Every switch of [`Freedom`] with its values, for tables and for trying their combinations.

use super::{
    AccessTokens, Asks, FailedCheck, Freedom, OwnPages, QuestionKind, RedirectBy, RedirectStatus,
    RedirectWithoutHint, RefreshTokens, RepeatedParameters, SameSite, SessionCookie, StateSpelling,
};

/// A switch of [`Freedom`]: its name in files, what is free there, and its values, the usual one first.
#[derive(Debug, Clone, Copy)]
pub struct Switch {
    /// The member of [`Freedom`].
    pub name: &'static str,
    /// The place of the text that leaves it free.
    pub source: &'static str,
    /// The values.
    pub values: &'static [Choice],
}

/// A value of a switch, as written in a file, and how it is set.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// As written in a TOML file.
    pub value: &'static str,
    /// Sets it.
    pub set: fn(&mut Freedom),
}

const fn to(value: &'static str, set: fn(&mut Freedom)) -> Choice {
    Choice { value, set }
}

impl Freedom {
    /// Every switch. Numbers stand for many; those named here are the ones that differ in kind.
    pub const SWITCHES: &'static [Switch] = &[
        Switch {
            name: "asks",
            source: "RP-Initiated Logout §2",
            values: &[
                to("\"always\"", |f| f.asks = Asks::Always),
                to("\"when-required\"", |f| f.asks = Asks::WhenRequired),
            ],
        },
        Switch {
            name: "redirect_without_hint",
            source: "RP-Initiated Logout §3",
            values: &[
                to("\"with-client-id\"", |f| {
                    f.redirect_without_hint = RedirectWithoutHint::WithClientId;
                }),
                to("\"never\"", |f| {
                    f.redirect_without_hint = RedirectWithoutHint::Never;
                }),
            ],
        },
        Switch {
            name: "redirect_status",
            source: "RFC 9110 §15.4",
            values: &[
                to("\"by-method\"", |f| {
                    f.redirect_status = RedirectStatus::ByMethod;
                }),
                to("\"found\"", |f| f.redirect_status = RedirectStatus::Found),
                to("\"see-other\"", |f| {
                    f.redirect_status = RedirectStatus::SeeOther;
                }),
            ],
        },
        Switch {
            name: "redirect_by",
            source: "RP-Initiated Logout §3",
            values: &[
                to("\"location\"", |f| f.redirect_by = RedirectBy::Location),
                to("\"link\"", |f| f.redirect_by = RedirectBy::Link),
                to("\"button\"", |f| f.redirect_by = RedirectBy::Button),
                to("\"script\"", |f| f.redirect_by = RedirectBy::Script),
                to("\"refresh\"", |f| f.redirect_by = RedirectBy::Refresh),
            ],
        },
        Switch {
            name: "failed_check",
            source: "RP-Initiated Logout §4",
            values: &[
                to("\"ask\"", |f| f.failed_check = FailedCheck::Ask),
                to("\"error\"", |f| f.failed_check = FailedCheck::Error),
                to("\"error-that-asks\"", |f| {
                    f.failed_check = FailedCheck::ErrorThatAsks;
                }),
            ],
        },
        Switch {
            name: "error_status",
            source: "RP-Initiated Logout §4",
            values: &[
                to("400", |f| f.error_status = 400),
                to("403", |f| f.error_status = 403),
                to("200", |f| f.error_status = 200),
            ],
        },
        Switch {
            name: "repeated_parameters",
            source: "silence of RP-Initiated Logout",
            values: &[
                to("\"refused\"", |f| {
                    f.repeated_parameters = RepeatedParameters::Refused;
                }),
                to("\"first\"", |f| {
                    f.repeated_parameters = RepeatedParameters::First;
                }),
                to("\"last\"", |f| {
                    f.repeated_parameters = RepeatedParameters::Last;
                }),
            ],
        },
        Switch {
            name: "question",
            source: "RP-Initiated Logout §2",
            values: &[
                to("\"post-form\"", |f| f.question = QuestionKind::PostForm),
                to("\"get-form\"", |f| f.question = QuestionKind::GetForm),
                to("\"links\"", |f| f.question = QuestionKind::Links),
            ],
        },
        Switch {
            name: "own_pages",
            source: "RP-Initiated Logout §2",
            values: &[
                to("\"direct\"", |f| f.own_pages = OwnPages::Direct),
                to("\"redirected\"", |f| f.own_pages = OwnPages::Redirected),
            ],
        },
        Switch {
            name: "recent_session",
            source: "RP-Initiated Logout §2",
            values: &[
                to("86400", |f| f.recent_session = 86_400),
                to("0", |f| f.recent_session = 0),
            ],
        },
        Switch {
            name: "sid_in_id_tokens",
            source: "Back-Channel Logout §2.1",
            values: &[
                to("true", |f| f.sid_in_id_tokens = true),
                to("false", |f| f.sid_in_id_tokens = false),
            ],
        },
        Switch {
            name: "session_cookie",
            source: "silence of RP-Initiated Logout",
            values: &[
                to("\"expired\"", |f| f.session_cookie = SessionCookie::Expired),
                to("\"left\"", |f| f.session_cookie = SessionCookie::Left),
            ],
        },
        Switch {
            name: "same_site",
            source: "RFC 6265bis §4.1.2.7",
            values: &[
                to("\"none\"", |f| f.same_site = SameSite::None),
                to("\"lax\"", |f| f.same_site = SameSite::Lax),
                to("\"strict\"", |f| f.same_site = SameSite::Strict),
            ],
        },
        Switch {
            name: "state_spelling",
            source: "RFC 3986 §3.4",
            values: &[
                to("\"form\"", |f| f.state_spelling = StateSpelling::Form),
                to("\"percent\"", |f| f.state_spelling = StateSpelling::Percent),
                to("\"semicolon-kept\"", |f| {
                    f.state_spelling = StateSpelling::SemicolonKept;
                }),
            ],
        },
        Switch {
            name: "refresh_tokens",
            source: "Core §11",
            values: &[
                to("\"with-every-code\"", |f| {
                    f.refresh_tokens = RefreshTokens::WithEveryCode;
                }),
                to("\"offline-only\"", |f| {
                    f.refresh_tokens = RefreshTokens::OfflineOnly;
                }),
            ],
        },
        Switch {
            name: "refresh_rotation",
            source: "RFC 6749 §6",
            values: &[
                to("false", |f| f.refresh_rotation = false),
                to("true", |f| f.refresh_rotation = true),
            ],
        },
        Switch {
            name: "access_tokens",
            source: "RFC 6749 §1.4",
            values: &[
                to("\"jwt\"", |f| f.access_tokens = AccessTokens::Jwt),
                to("\"opaque\"", |f| f.access_tokens = AccessTokens::Opaque),
            ],
        },
        Switch {
            name: "issuer_in_response",
            source: "RFC 9207 §2",
            values: &[
                to("true", |f| f.issuer_in_response = true),
                to("false", |f| f.issuer_in_response = false),
            ],
        },
    ];
}
