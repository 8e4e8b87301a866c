// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.model.Json;
import java.time.Duration;
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
 * @param takenAt when the last mail was taken; null for never
 */
record ImapPosition(
        long uidValidity,
        long uid,
        Instant since,
        long rescanTo,
        @Nullable Instant stuckSince,
        @Nullable Instant takenAt) {
    /** How far back a folder that was numbered anew is looked through: what arrived earlier was surely taken. */
    private static final Duration RESCAN = Duration.ofDays(30);

    static ImapPosition read(String text) {
        return Json.read(text, ImapPosition.class);
    }

    String write() {
        return Json.write(this);
    }

    /** The same folder under new numbers: all that arrived since well before the last mail was taken. */
    ImapPosition renumbered(long validity, long lastUid) {
        Instant configured = takenAt == null ? since : takenAt.minus(RESCAN);
        return new ImapPosition(validity, 0, configured.isAfter(since) ? configured : since, lastUid, null, takenAt);
    }

    ImapPosition after(long taken, Instant now) {
        return new ImapPosition(uidValidity, taken, since, rescanTo, null, now);
    }

    ImapPosition stuck(Instant now) {
        return new ImapPosition(uidValidity, uid, since, rescanTo, now, takenAt);
    }

    /** Whether a mail may be known already since the folder was numbered anew. */
    boolean isBackfilled(long candidate) {
        return candidate <= rescanTo;
    }

    /** Whether a mail was there before the first start, or taken long ago, and only looks new. */
    boolean isOld(long candidate, @Nullable Instant arrived) {
        return candidate <= rescanTo && arrived != null && arrived.isBefore(since);
    }
}
