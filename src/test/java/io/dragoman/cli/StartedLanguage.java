// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import java.util.Locale;

/** Starts Dragoman as the launcher does and says which language Java goes by at its end. */
public final class StartedLanguage {
    private StartedLanguage() {}

    /** Ends by itself. */
    public static void main(String[] arguments) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() ->
                        System.out.println("goes by " + Locale.getDefault().toLanguageTag())));
        Dragoman.main(arguments);
    }
}
