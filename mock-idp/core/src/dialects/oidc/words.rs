//! What the pages about signing off say, in the languages of `ui_locales_supported`.

/// The languages, the usual one first (BCP 47).
pub(super) const LANGUAGES: [&str; 3] = ["en", "de", "fr"];

/// The texts of one language.
pub(super) struct Words {
    pub(super) language: &'static str,
    pub(super) sign_out: &'static str,
    /// Follows the name of an application.
    pub(super) asks_you: &'static str,
    pub(super) question: &'static str,
    pub(super) yes: &'static str,
    pub(super) no: &'static str,
    pub(super) signed_out: &'static str,
    pub(super) you_are_signed_out: &'static str,
    pub(super) still_signed_in: &'static str,
    pub(super) you_are_still_signed_in: &'static str,
}

const ENGLISH: Words = Words {
    language: LANGUAGES[0],
    sign_out: "Sign out",
    asks_you: "asks you to sign out.",
    question: "Do you want to sign out?",
    yes: "Yes, sign out",
    no: "No, stay signed in",
    signed_out: "Signed out",
    you_are_signed_out: "You are signed out.",
    still_signed_in: "Still signed in",
    you_are_still_signed_in: "You are still signed in.",
};

const GERMAN: Words = Words {
    language: LANGUAGES[1],
    sign_out: "Abmelden",
    asks_you: "bittet Sie, sich abzumelden.",
    question: "Möchten Sie sich abmelden?",
    yes: "Ja, abmelden",
    no: "Nein, angemeldet bleiben",
    signed_out: "Abgemeldet",
    you_are_signed_out: "Sie sind abgemeldet.",
    still_signed_in: "Weiterhin angemeldet",
    you_are_still_signed_in: "Sie sind weiterhin angemeldet.",
};

const FRENCH: Words = Words {
    language: LANGUAGES[2],
    sign_out: "Se déconnecter",
    asks_you: "vous demande de vous déconnecter.",
    question: "Voulez-vous vous déconnecter ?",
    yes: "Oui, me déconnecter",
    no: "Non, rester connecté",
    signed_out: "Déconnecté",
    you_are_signed_out: "Vous êtes déconnecté.",
    still_signed_in: "Toujours connecté",
    you_are_still_signed_in: "Vous êtes toujours connecté.",
};

/// The texts for `ui_locales`: of the first language that is there, else English (RP-Initiated Logout section 2: one
/// that is not supported is no error).
pub(super) fn words(locales: &str) -> &'static Words {
    locales.split(' ').find_map(spoken).unwrap_or(&ENGLISH)
}

/// The texts in the language of this tag.
fn spoken(tag: &str) -> Option<&'static Words> {
    let language = tag.split('-').next().unwrap_or_default();
    [&ENGLISH, &GERMAN, &FRENCH]
        .into_iter()
        .find(|words| words.language.eq_ignore_ascii_case(language))
}

/// Whether the pages speak the language of this tag.
pub(crate) fn is_spoken(tag: &str) -> bool {
    spoken(tag).is_some()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn the_first_language_that_is_there_is_spoken() {
        for (locales, language) in [
            ("", "en"),
            ("de", "de"),
            ("tlh fr-CA de", "fr"),
            ("DE-ch en", "de"),
            ("zz-ZZ", "en"),
            ("deutsch", "en"),
        ] {
            assert_eq!(words(locales).language, language, "{locales}");
        }
    }
}
