// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import io.dragoman.connector.Account;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.Desk;
import io.dragoman.connector.Outbound.ToDesk;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.MessageBuilder;
import io.dragoman.model.Part;
import io.dragoman.model.Reason;
import io.dragoman.model.Status;
import io.dragoman.model.Words;
import io.dragoman.yaml.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** News of a customer: {@code send}, the {@code request} that it must become at the helpdesk, and the rest as ever. */
final class NoticeCase {
    private static final Instant WHEN = Instant.parse("2026-11-21T10:02:11.120Z");

    private final Desk desk;
    private final Account account;

    NoticeCase(Desk desk, Account account) {
        this.desk = desk;
        this.account = account;
    }

    CaseResult run(String name, Node root) {
        CaseResult.Kind kind = CaseResult.Kind.OTHER;
        try {
            Node send = SentCase.need(root, "send");
            Node outcome = SentCase.need(root, "outcome");
            boolean asks = root.get("request").isPresent() || root.get("calls").isPresent();
            CannedTransport transport = CannedTransport.of(
                    root, desk, account, ReceivedCase.time(CaseJson.text(send, "at", "2026-11-21T10:00:30Z")));
            ToDesk told = notice(send);
            Outcome ended = desk.deliver(account, told, transport);
            kind = kind(told, ended, asks);
            RequestCheck.of(root, transport, ended, CaseJson.text(outcome, "is", ""));
            checkKept(outcome, ended);
            return new CaseResult(name, kind, null);
        } catch (CaseFailed e) {
            return new CaseResult(name, kind, e.getMessage());
        }
    }

    private static CaseResult.Kind kind(ToDesk told, Outcome ended, boolean asks) {
        if (!(ended instanceof Outcome.Sent)) {
            return CaseResult.Kind.REFUSAL;
        }
        if (!asks) {
            return CaseResult.Kind.OTHER;
        }
        return told.notice().data().conversation().deskReference() == null
                ? CaseResult.Kind.CREATE
                : CaseResult.Kind.APPEND;
    }

    private static void checkKept(Node outcome, Outcome ended) throws CaseFailed {
        Map<String, String> expected = CaseJson.texts(outcome, "kept");
        Map<String, String> kept = ended instanceof Outcome.Sent sent ? new TreeMap<>(sent.kept()) : Map.of();
        if (!expected.equals(kept)) {
            throw CaseFailed.differs("outcome.kept", expected.toString(), kept.toString());
        }
        checkLosses(outcome, ended instanceof Outcome.Sent sent ? sent.losses() : List.of());
    }

    private static void checkLosses(Node outcome, List<String> losses) throws CaseFailed {
        if (outcome.get("losses").isPresent() && !texts(outcome, "losses").equals(losses)) {
            throw CaseFailed.differs("outcome.losses", texts(outcome, "losses").toString(), losses.toString());
        }
    }

    private static List<String> texts(Node node, String key) {
        return node.get(key).map(Node::items).orElse(List.of()).stream()
                .map(Node::text)
                .toList();
    }

    /** An attempt whose end is unknown, and what the helpdesk says of it. */
    CaseResult lookUp(String name, Node root) {
        try {
            Node told = SentCase.need(root, "lookUp");
            Instant now = ReceivedCase.time(CaseJson.text(told, "at", "2026-11-21T10:10:30Z"));
            CannedTransport transport = CannedTransport.of(root, desk, account, now);
            if (!(desk instanceof DeliveryLookup<?>)) {
                throw new CaseFailed("has lookUp:, but the profile has no look-up");
            }
            @SuppressWarnings("unchecked") // a desk is asked for what desks are sent
            DeliveryLookup<ToDesk> asked = (DeliveryLookup<ToDesk>) desk;
            DeliveryLookup.Answer answer = asked.lookUp(
                    account,
                    notice(told),
                    ReceivedCase.time(CaseJson.text(told, "since", "2026-11-21T10:00:30Z")),
                    texts(told, "known")::contains,
                    transport);
            RequestCheck.calls(root, transport);
            Node outcome = SentCase.need(root, "outcome");
            String expected = CaseJson.text(outcome, "is", "");
            if (!expected.equals(words(answer))) {
                throw CaseFailed.differs("outcome", expected, words(answer) + " (" + answer + ")");
            }
            checkLosses(outcome, answer instanceof DeliveryLookup.Found found ? found.losses() : List.of());
            return new CaseResult(name, CaseResult.Kind.LOOK_UP, null);
        } catch (CaseFailed e) {
            return new CaseResult(name, CaseResult.Kind.LOOK_UP, e.getMessage());
        }
    }

    private static String words(DeliveryLookup.Answer answer) {
        if (answer instanceof DeliveryLookup.Found found) {
            return "found" + (found.externalId() == null ? "" : " " + found.externalId())
                    + (found.written() == null ? "" : " written " + found.written());
        }
        return answer instanceof DeliveryLookup.Absent ? "absent" : "unknown";
    }

    private static ToDesk notice(Node send) throws CaseFailed {
        String word = CaseJson.text(send, "notice", "message.received");
        DeskNotice.Type type = Arrays.stream(DeskNotice.Type.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new CaseFailed("send.notice is '" + word + "', which is no type of notice"));
        Conversation conversation = new ConversationBuilder("c-1", "shop", "telegram", "p-1", "7001", WHEN)
                .subject(find(send, "subject"))
                .desk("acme")
                .deskReference(find(send, "reference"))
                .onlyTags(texts(send, "tags"))
                .priority(word(Conversation.Priority.class, send, "priority", Conversation.Priority.NORMAL))
                .team(find(send, "team"))
                .assignee(find(send, "assignee"))
                .status(
                        CaseJson.text(send, "closed", "").equals("true")
                                ? Conversation.State.CLOSED
                                : Conversation.State.OPEN)
                .build();
        Contact contact = new Contact("p-1", CaseJson.text(send, "name", "Ana"), "en", identities(send), List.of());
        Message message = type == DeskNotice.Type.CONVERSATION_UPDATED ? null : message(send, type);
        return new ToDesk(
                CaseJson.text(send, "key", "d-1"),
                new DeskNotice(
                        type,
                        WHEN,
                        new DeskNotice.Data(
                                conversation,
                                contact,
                                message,
                                find(send, "reaction"),
                                find(send, "detail"),
                                texts(send, "notes"))),
                CaseJson.texts(send, "kept"));
    }

    private static Message message(Node send, DeskNotice.Type type) throws CaseFailed {
        boolean ours = type == DeskNotice.Type.MESSAGE_SENT || type == DeskNotice.Type.DELIVERY_UPDATED;
        List<Part> parts = new ArrayList<>();
        send.get("media").ifPresent(media -> parts.add(SentCase.media(media)));
        send.get("text").ifPresent(text -> parts.add(new Part.Text(text.text())));
        if (parts.isEmpty()) {
            throw new CaseFailed("send must have text: or media:");
        }
        return MessageBuilder.builder()
                .id("m-1")
                .conversation("c-1")
                .sequence(7)
                .direction(ours ? Message.Direction.OUT : Message.Direction.IN)
                .author(
                        ours
                                ? new Message.Author(Message.Author.Kind.AGENT, CaseJson.text(send, "author", "Mara"))
                                : new Message.Author(Message.Author.Kind.CONTACT, "Ana"))
                .sentAt(WHEN)
                .receivedAt(WHEN)
                .parts(parts)
                .status(word(Status.class, send, "status"))
                .reason(word(Reason.class, send, "reason"))
                .build();
    }

    private static <E extends Enum<E>> @Nullable E word(Class<E> type, Node send, String key) throws CaseFailed {
        return find(send, key) == null ? null : word(type, send, key, type.getEnumConstants()[0]);
    }

    private static <E extends Enum<E>> E word(Class<E> type, Node send, String key, E otherwise) throws CaseFailed {
        String word = find(send, key);
        if (word == null) {
            return otherwise;
        }
        return Words.find(type, word)
                .orElseThrow(
                        () -> new CaseFailed("send." + key + " must be one of " + String.join(", ", Words.all(type))));
    }

    /** Those of the customer: a telephone number where the case has one, an address of mail. */
    private static List<Identity> identities(Node send) {
        List<Identity> all = new ArrayList<>(List.of(new Identity("telegram", "7001", true)));
        CaseJson.texts(send, "identities").forEach((type, value) -> all.add(new Identity(type, value, true)));
        return all;
    }

    private static @Nullable String find(Node send, String key) {
        String text = CaseJson.text(send, key, "");
        return text.isEmpty() ? null : text;
    }
}
