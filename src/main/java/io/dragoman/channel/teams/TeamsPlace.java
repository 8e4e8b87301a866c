// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import io.dragoman.connector.Account;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent.Threading;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where something was written: a chat, or a thread in a channel, and the connector that it is reached by.
 *
 * @param conversation as Teams names it, with {@code ;messageid=} for a thread
 * @param service where its connector is
 */
record TeamsPlace(String conversation, URI service) {
    private static final String THREAD = ";messageid=";
    private static final String PERSON = "user:";

    /**
     * Where an activity is from.
     *
     * @param message whether somebody wrote it: in a channel a message that is in no thread begins one
     */
    static TeamsPlace of(Account account, JsonFields activity, boolean message) throws MalformedPayload {
        JsonFields conversation = activity.object("conversation");
        String id = conversation.text("id");
        if (id.chars().anyMatch(Character::isWhitespace)) {
            throw new MalformedPayload("conversation.id must have no space");
        }
        boolean begins = message && "channel".equals(conversation.word("conversationType")) && !id.contains(THREAD);
        String own = activity.word("id");
        URI service = ServiceUrl.allowed(account, activity.text("serviceUrl"))
                .orElseThrow(() -> new MalformedPayload("serviceUrl is no host of Teams that is known, nor that of "
                        + "baseUrl; if it is right, set baseUrl to it and replay this"));
        return new TeamsPlace(begins && own != null && own.matches("\\S+") ? id + THREAD + own : id, service);
    }

    /** From {@link #address}; without a connector's address it is the account's. */
    static Optional<TeamsPlace> of(Account account, String address) {
        int space = address.indexOf(' ');
        if (space < 0) {
            return Optional.of(new TeamsPlace(address, account.get(Teams.BASE_URL)));
        }
        return ServiceUrl.allowed(account, address.substring(space + 1))
                .map(service -> new TeamsPlace(address.substring(0, space), service));
    }

    /** The address of a person who has not written yet, by an id of theirs. */
    static String person(String id) {
        return PERSON + id;
    }

    /** The id of such a person, whose chat with the bot has to be opened first. */
    Optional<String> toBeOpened() {
        return conversation.startsWith(PERSON)
                ? Optional.of(conversation.substring(PERSON.length()))
                : Optional.empty();
    }

    /** As text: what an answer needs. */
    String address() {
        return conversation + " " + service;
    }

    /** The id of a message, unique in the channel. */
    String id(String message) {
        int thread = conversation.indexOf(THREAD);
        return (thread < 0 ? conversation : conversation.substring(0, thread)) + "/" + message;
    }

    /** A chat with the bot alone is one conversation for each person; a group and a thread are each one of their own. */
    Threading threading(JsonFields activity) {
        JsonFields kind = activity.inner("conversation");
        boolean personal = "personal".equals(kind.word("conversationType"))
                || (!kind.has("conversationType") && !kind.flag("isGroup"));
        return personal ? Threading.NONE : new Threading(conversation, null, List.of(), null);
    }

    @Override
    public String toString() {
        return "TeamsPlace[…]";
    }
}
