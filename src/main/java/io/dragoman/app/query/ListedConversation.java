// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.query;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.dragoman.model.Conversation;
import io.dragoman.model.Message;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as a line of a list.
 *
 * @param version rises with each change of it
 * @param contactName null where the contact has none
 * @param last its last message, or note; null while it has none
 * @param waitingSince when the customer wrote what nobody has answered yet; null where nobody waits
 */
public record ListedConversation(
        @JsonUnwrapped Conversation conversation,
        long version,
        @Nullable String contactName,
        @Nullable Last last,
        @Nullable Instant waitingSince) {

    /**
     * The beginning of a message.
     *
     * @param text at most 140 characters in one line
     */
    public record Last(String messageId, Message.Direction direction, Message.Author author, String text, Instant at) {
        private static final int LONGEST = 140;

        static Last of(Message message) {
            return new Last(
                    message.id(),
                    message.direction(),
                    message.author(),
                    PlainWords.line(message, LONGEST),
                    message.receivedAt());
        }

        @Override
        public String toString() {
            return "Last[" + messageId + "]";
        }
    }

    /** The same conversations with what a list shows beside them, by a query for each kind of it. */
    static List<ListedConversation> of(Tx tx, List<Versioned> found) {
        List<String> ids = found.stream().map(one -> one.conversation().id()).toList();
        Map<String, String> names = tx.contacts()
                .names(found.stream().map(one -> one.conversation().contact()).toList());
        Map<String, Message> last = tx.threadView().lastOfEach(ids).stream()
                .collect(Collectors.toMap(Message::conversation, Function.identity()));
        Map<String, Instant> waiting = tx.figures().waiting(ids);
        return found.stream()
                .map(one -> new ListedConversation(
                        one.conversation(),
                        one.version(),
                        names.get(one.conversation().contact()),
                        last.containsKey(one.conversation().id())
                                ? Last.of(last.get(one.conversation().id()))
                                : null,
                        waiting.get(one.conversation().id())))
                .toList();
    }

    @Override
    public String toString() {
        return "ListedConversation[" + conversation.id() + "]";
    }
}
