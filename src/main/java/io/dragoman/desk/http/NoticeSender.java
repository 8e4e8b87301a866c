// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Account;
import io.dragoman.connector.HttpCall;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Outcome.Sent;
import io.dragoman.connector.Transport;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Json;
import io.dragoman.model.Message;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.profile.Documents;
import io.dragoman.profile.ExpressionFailed;
import io.dragoman.profile.SettingText;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends a notice as the profile says: one request, or none where the helpdesk has nothing for it. */
final class NoticeSender {
    /** The longest id of a helpdesk that is kept. */
    private static final int LONGEST_ID = 255;

    private final Account account;
    private final DeskProfile profile;

    NoticeSender(Account account, DeskProfile profile) {
        this.account = account;
        this.profile = profile;
    }

    Outcome send(ToDesk told, Transport transport) {
        DeskNotice notice = told.notice();
        boolean known = notice.data().conversation().deskReference() != null
                || profile.call(DeskProfile.CREATE).isEmpty();
        Optional<DeskCall> call = call(notice, known);
        if (call.isEmpty()) {
            return untold(notice, known);
        }
        try {
            Map<String, Object> context = context(told, transport.clock().instant());
            if (call.get().when() != null && !call.get().when().test(context, context)) {
                return new Sent(null);
            }
            Outcome outcome = send(call.get(), context, transport);
            return outcome instanceof Sent sent ? sent(sent, known) : outcome;
        } catch (ExpressionFailed e) {
            return new Outcome.Refused(Reason.UNSUPPORTED, String.valueOf(e.getMessage()));
        }
    }

    private Outcome send(DeskCall call, Map<String, Object> context, Transport transport) throws ExpressionFailed {
        URI base = profile.base(account)
                .orElseThrow(() -> new ExpressionFailed("the account has no " + DeskProfile.BASE_URL));
        HttpCall request = call.request().call(base, context, null);
        return call.request()
                .attempt(account, request, transport, response -> call.answer().outcome(response, context));
    }

    private Optional<DeskCall> call(DeskNotice notice, boolean known) {
        DeskNotice.Type type = notice.type();
        if (!known) {
            return type == DeskNotice.Type.MESSAGE_RECEIVED || type == DeskNotice.Type.MESSAGE_SENT
                    ? profile.call(DeskProfile.CREATE)
                    : Optional.empty();
        }
        Optional<DeskCall> note = profile.call(DeskProfile.NOTE);
        if (isRating(notice) && note.isPresent()) {
            return note; // a request for the conversation's state has no room for words
        }
        Optional<DeskCall> own = profile.call(String.valueOf(DeskProfile.KEYS.get(type)));
        return own.isPresent() || !isWorthANote(notice) ? own : note;
    }

    private static boolean isRating(DeskNotice notice) {
        return notice.type() == DeskNotice.Type.CONVERSATION_UPDATED
                && notice.data().detail() != null;
    }

    /** A conversation's state the helpdesk has itself, and of what arrived nobody has to know. */
    private static boolean isWorthANote(DeskNotice notice) {
        Message message = notice.data().message();
        return switch (notice.type()) {
            case DELIVERY_UPDATED -> message != null && message.status() == Status.FAILED;
            case CONVERSATION_UPDATED -> isRating(notice);
            case MESSAGE_RECEIVED -> false;
            default -> true;
        };
    }

    private Outcome untold(DeskNotice notice, boolean known) {
        if (known && !isWorthANote(notice)) {
            return new Sent(null);
        }
        String why = known ? "its profile has no request for it" : "it has no conversation for it yet";
        return new Sent(
                null, List.of(profile.title() + " was not sent " + notice.type().word() + ": " + why + "."));
    }

    /** Only of a request that opens the conversation the answer's id is that of the conversation. */
    private Sent sent(Sent sent, boolean known) {
        String reference = known ? null : kept(sent.externalId());
        String note =
                known || reference != null || profile.call(DeskProfile.CREATE).isEmpty()
                        ? null
                        : "the answer had no id of the conversation, so that the next message opens another";
        return new Sent(reference, sent.losses(), note, kept(sent.written()));
    }

    private static @Nullable String kept(@Nullable String id) {
        return id == null || id.length() > LONGEST_ID ? null : id;
    }

    private Map<String, Object> context(ToDesk told, Instant now) throws ExpressionFailed {
        if (!(Documents.json(Json.write(told.notice())) instanceof Map<?, ?> notice)) {
            throw new ExpressionFailed("the notice cannot be read");
        }
        Map<String, Object> context = NoticeContext.of(told, notice);
        context.put("settings", SettingText.all(account));
        context.put("callback", profile.callback(account));
        context.put("sentAt", now.toString());
        context.put("seconds", now.getEpochSecond());
        return context;
    }
}
