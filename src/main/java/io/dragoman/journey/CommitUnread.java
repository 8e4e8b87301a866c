// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.MailsUnread;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Conversation;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Message;
import io.dragoman.model.Part;
import io.dragoman.model.Status;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Tx;
import io.dragoman.work.DueMail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Mails a customer what an agent answered when they were gone. Each answer has a timer in the outbox, which is written
 * with it and survives a restart; when it is due and the answer is unread, all that is unread goes in one mail. The mail
 * is written in the transaction that ends the timer, with how far it got: no answer is mailed twice, and none is lost.
 */
public final class CommitUnread implements DueMail {
    private static final int MOST = 200;
    private static final String AUTHOR = "unreadMail";
    /** Where the customer's address is looked for: in so many messages of the conversation. */
    private static final int MOST_TOLD = 500;

    private final ConnectorRegistry registry;
    private final Outgoing outgoing;
    private final ChatMail mail;
    private final Supplier<String> ids;

    public CommitUnread(ConnectorRegistry registry, Outgoing outgoing, Supplier<String> ids) {
        this.registry = registry;
        this.outgoing = outgoing;
        this.mail = new ChatMail(registry, outgoing, ids);
        this.ids = ids;
    }

    /** Starts the timer of an answer, where its channel mails what is unread. */
    void answered(Tx tx, String event, Message message, Conversation conversation, long now) {
        registry.find(conversation.channel())
                .filter(channel -> channel.connector() instanceof MailsUnread)
                .flatMap(channel -> ((MailsUnread) channel.connector()).mailsUnread(channel.account()))
                .ifPresent(plan -> outgoing.unread(
                        tx, event, message, conversation, now + plan.after().toMillis(), now));
    }

    @Override
    public boolean due(Tx tx, Deliveries.Stored timer, long now) {
        Optional<ConfiguredAccount> chat = registry.find(timer.target());
        if (chat.isEmpty() || !(chat.get().connector() instanceof MailsUnread mails)) {
            return false;
        }
        Conversation conversation =
                tx.conversations().find(timer.conversation()).orElseThrow().conversation();
        List<Message> unread = unread(tx, timer, conversation);
        Optional<MailsUnread.Plan> plan = mails.mailsUnread(chat.get().account());
        Optional<ConfiguredAccount> channel = plan.flatMap(how -> mail.channel(how.via()));
        Optional<MailsUnread.Letter> letter = mails.letter(chat.get().account(), told(tx, conversation.id()));
        if (unread.isEmpty() || channel.isEmpty() || letter.isEmpty()) {
            return false;
        }
        boolean written = write(tx, timer, channel.get(), letter.get(), unread, now);
        if (written) {
            tx.unreadMails()
                    .mailed(conversation.id(), unread.get(unread.size() - 1).sequence());
            tell(tx, timer, unread.get(0), conversation, channel.get().account().id(), now);
        }
        return written;
    }

    /** From the timer's own answer on, for those before have had timers of their own; nothing when that one is read. */
    private static List<Message> unread(Tx tx, Deliveries.Stored timer, Conversation conversation) {
        Message answer = tx.messages().find(timer.timedMessage()).orElseThrow();
        if (!isUnread(answer) || answer.sequence() <= tx.unreadMails().until(conversation.id())) {
            return List.of();
        }
        return tx.messages().of(conversation.id(), answer.sequence() - 1, MOST).stream()
                .filter(CommitUnread::isUnread)
                .toList();
    }

    /** Whether a message is such a mail. */
    static boolean isMail(Message message) {
        return message.author().kind() == Message.Author.Kind.RULE
                && AUTHOR.equals(message.author().name());
    }

    private static boolean isUnread(Message message) {
        return message.author().kind() == Message.Author.Kind.AGENT
                && message.status() != Status.READ
                && message.deletedAt() == null;
    }

    private static List<Part> told(Tx tx, String conversation) {
        List<Message> messages = new ArrayList<>(tx.messages().of(conversation, 0, MOST_TOLD));
        Collections.reverse(messages);
        return messages.stream()
                .filter(message -> message.author().kind() == Message.Author.Kind.CONTACT)
                .flatMap(message -> message.parts().stream())
                .toList();
    }

    private boolean write(
            Tx tx,
            Deliveries.Stored timer,
            ConfiguredAccount channel,
            MailsUnread.Letter letter,
            List<Message> unread,
            long now) {
        String text = letter.introduction() + "\n\n" + TranscriptText.of(unread, letter.business(), "");
        ChatMail.Draft draft = new ChatMail.Draft(timer.event(), ids.get(), AUTHOR, letter.subject(), text);
        try {
            return mail.write(tx, channel, ChatMail.recipient(channel, letter.to()), draft, now);
        } catch (MalformedPayload e) {
            return false; // what the customer typed is no address
        }
    }

    /** The agent sees where the answer went. */
    private void tell(Tx tx, Deliveries.Stored timer, Message answer, Conversation conversation, String via, long now) {
        String detail = "The customer has not read it and gets it by mail, by " + via + ".";
        DeskNotice notice = Outgoing.notice(
                DeskNotice.Type.DELIVERY_UPDATED,
                now,
                conversation,
                tx.contacts().find(conversation.contact()).orElseThrow(),
                answer,
                null,
                detail);
        outgoing.notice(tx, timer.event(), timer.key(), notice, now);
    }
}
