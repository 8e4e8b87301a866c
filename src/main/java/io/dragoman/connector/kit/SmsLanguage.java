// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.kit;

/**
 * What the tables of a language have (3GPP TS 23.038, A.2 and A.3), by its identifier there. Here stands where Turkish (1),
 * Spanish (2) and Portuguese (3) differ from the GSM alphabet; those from 4 on have letters of their own in {@link SmsTables}.
 */
final class SmsLanguage {
    /** No character of its own. */
    static final char NONE = '\0';

    /** By the language: septets and what they stand for behind an escape, in turns. */
    private static final String[] SINGLE = {
        "",
        "GĞIİSŞcçgğiısş",
        "\tçAÁIÍOÓUÚaáiíoóuú",
        "\u0005ê\tç\u000bÔ\fô\u000eÁ\u000fá\u0012Φ\u0013Γ\u0015Ω\u0016Π\u0017Ψ\u0018Σ\u0019Θ\u001fÊ"
                + "AÀIÍOÓUÚ[Ã\\ÕaÂiíoóuú{ã|õ\u007fâ",
    };

    /** The same for the alphabet itself; Spanish has none. */
    private static final String[] LOCKING = {
        "",
        "\u0004€\u0007ı\u000bĞ\fğ\u001cŞ\u001dş@İ`ç",
        "",
        "\u0004ê\u0006ú\u0007í\bó\tç\u000bÔ\fô\u000eÁ\u000fá\u0012ª\u0013Ç\u0014À\u0015∞\u0016^\u0017\\"
                + "\u0018€\u0019Ó\u001a|\u001cÂ\u001dâ\u001eÊ$º@Í[Ã\\Õ]Ú`~{ã|õ}`",
    };

    private static final SmsTables WHOLE = SmsTables.shipped();
    private static final char UNREADABLE = '?';

    private SmsLanguage() {}

    static boolean isKnown(int language) {
        return isDifference(language) || WHOLE.has(language);
    }

    private static boolean isDifference(int language) {
        return language >= 0 && language < SINGLE.length;
    }

    /** What a septet behind an escape stands for; {@link #NONE} where it is as in the alphabet. */
    static char behindEscape(int language, int septet) {
        return WHOLE.has(language) ? WHOLE.single(language, septet) : find(SINGLE, language, septet);
    }

    /** What a septet stands for, likewise; a question mark where a language of its own letters has none. */
    static char locked(int language, int septet) {
        if (!WHOLE.has(language)) {
            return find(LOCKING, language, septet);
        }
        char letter = WHOLE.locking(language, septet);
        return letter == NONE ? UNREADABLE : letter;
    }

    private static char find(String[] tables, int language, int septet) {
        String table = isDifference(language) ? tables[language] : "";
        for (int i = 0; i < table.length(); i += 2) {
            if (table.charAt(i) == septet) {
                return table.charAt(i + 1);
            }
        }
        return NONE;
    }
}
