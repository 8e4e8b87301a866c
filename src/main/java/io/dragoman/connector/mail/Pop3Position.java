// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.model.Hashes;
import io.dragoman.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a POP3 mailbox has been read: short hashes of the unique ids (UIDL) of the mails that are still there, twelve
 * letters each.
 *
 * @param skipped was there before the first start and not wanted
 * @param taken is stored
 * @param stuckSince when the next mail was first refused by the server; null when it was not
 */
record Pop3Position(String skipped, String taken, @Nullable Instant stuckSince) {
    private static final int LETTERS = 12;
    private static final int BYTES = 9;

    static Pop3Position read(String text) {
        return Json.read(text, Pop3Position.class);
    }

    static Pop3Position of(Collection<String> skipped, Collection<String> taken, @Nullable Instant stuckSince) {
        return new Pop3Position(String.join("", skipped), String.join("", taken), stuckSince);
    }

    String write() {
        return Json.write(this);
    }

    Set<String> skippedIds() {
        return split(skipped);
    }

    Set<String> takenIds() {
        return split(taken);
    }

    /** The short form of a unique id; 72 bits, so that no two of a mailbox meet. */
    static String shortened(String uidl) {
        byte[] digest = Hashes.sha256(uidl.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, BYTES));
    }

    private static Set<String> split(String ids) {
        Set<String> set = new LinkedHashSet<>();
        for (int i = 0; i + LETTERS <= ids.length(); i += LETTERS) {
            set.add(ids.substring(i, i + LETTERS));
        }
        return set;
    }
}
