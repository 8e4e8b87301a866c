// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.email;

import io.dragoman.message.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far an IMAP folder has been read.
 *
 * @param uidValidity the folder's UIDVALIDITY; another one means that all its UIDs are new
 * @param uid the last UID taken
 * @param since mail that arrived earlier was not wanted at the first start
 * @param rescanTo up to this UID mail may be known already, since the folder was numbered anew
 * @param stuckSince when the next mail was first refused by the server; null when it was not
 */
record ImapPosition(
        long uidValidity,
        long uid,
        Instant since,
        long rescanTo,
        @Nullable Instant stuckSince) {

    static ImapPosition read(String text) {
        return Json.read(text, ImapPosition.class);
    }

    String write() {
        return Json.write(this);
    }

    /** The same folder under new numbers, from its beginning. */
    ImapPosition renumbered(long validity, long lastUid) {
        return new ImapPosition(validity, 0, since, lastUid, null);
    }

    ImapPosition after(long taken) {
        return new ImapPosition(uidValidity, taken, since, rescanTo, null);
    }

    ImapPosition stuck(Instant now) {
        return new ImapPosition(uidValidity, uid, since, rescanTo, now);
    }

    /** Whether a mail was there before the first start and only looks new. */
    boolean isOld(long candidate, @Nullable Instant arrived) {
        return candidate <= rescanTo && arrived != null && arrived.isBefore(since);
    }
}
