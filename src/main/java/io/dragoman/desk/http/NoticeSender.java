// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.DeliveryLookup.Absent;
import io.dragoman.connector.DeliveryLookup.Answer;
import io.dragoman.connector.DeliveryLookup.Unknown;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Refused;
import io.dragoman.connector.Outcome.Sent;
import io.dragoman.connector.Transport;
import io.dragoman.model.Reason;
import io.dragoman.profile.ExpressionFailed;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Brings notices to the helpdesk of an account as its profile says, and finds out whether one arrived. */
final class NoticeSender {
    /** The longest id of a helpdesk that is kept. */
    private static final int LONGEST_ID = 255;

    private final Account account;
    private final DeskProfile profile;

    NoticeSender(Account account, DeskProfile profile) {
        this.account = account;
        this.profile = profile;
    }

    /** Sends one, or nothing where the helpdesk has nothing for it. */
    Outcome send(ToDesk told, Transport transport) {
        NoticeChoice choice = new NoticeChoice(profile, told.notice());
        Optional<DeskCall> call = choice.call();
        if (call.isEmpty()) {
            return choice.untold();
        }
        try {
            NoticeAttempt attempt = new NoticeAttempt(account, profile, told, call.get(), transport);
            Outcome outcome = attempt.wanted() ? attempt.write() : new Sent(null);
            return attempt.wanted() && outcome instanceof Sent sent ? sent(sent, choice.known()) : outcome;
        } catch (ExpressionFailed e) {
            return new Refused(Reason.UNSUPPORTED, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Asks whether the helpdesk has one from an attempt whose end is unknown.
     *
     * @param since when that attempt began
     * @param known whether an id belongs to something else of ours
     */
    Answer lookUp(ToDesk told, Instant since, Predicate<String> known, Transport transport) {
        Optional<DeskCall> call = new NoticeChoice(profile, told.notice()).call();
        if (call.isEmpty() || call.get().idempotent()) {
            return new Absent(); // nothing was written, or a repetition doubles nothing
        }
        LookUp lookUp = call.get().lookUp();
        if (lookUp == null) {
            return new Unknown(profile.title() + " cannot be asked for it: its profile has no look-up", null);
        }
        try {
            NoticeAttempt attempt = new NoticeAttempt(account, profile, told, call.get(), transport);
            return attempt.wanted() ? attempt.lookUp(lookUp, since, known) : new Absent();
        } catch (ExpressionFailed e) {
            return new Unknown(String.valueOf(e.getMessage()), NoticeAttempt.AGAIN);
        }
    }

    /** Only of a request that opens the conversation the answer's id is that of the conversation. */
    private Sent sent(Sent sent, boolean known) {
        String reference = known ? null : kept(sent.externalId());
        String note =
                known || reference != null || profile.call(DeskProfile.CREATE).isEmpty()
                        ? null
                        : "the answer had no id of the conversation, so that the next message opens another";
        return new Sent(reference, sent.losses(), note, kept(sent.written())).keeping(sent.kept());
    }

    private static @Nullable String kept(@Nullable String id) {
        return id == null || id.length() > LONGEST_ID ? null : id;
    }
}
