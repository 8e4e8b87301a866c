// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.model.ContactAttribute;
import io.dragoman.model.Conversation;
import io.dragoman.rules.facts.Trigger.On;
import io.dragoman.rules.poll.PollQuestion;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Tx;
import java.util.List;
import java.util.Map;

/**
 * Keeps what customers answer to surveys and polls as attributes: of the conversation, and of the contact, where rules,
 * replies and desks find it whatever conversation the customer writes in next.
 */
record KeptAnswers(Triggers triggers) {
    /** An answer to a poll, where its question says that it is kept; gives the conversation as it is now. */
    Conversation answer(Tx tx, String event, Versioned found, PollQuestion question, String value, long now) {
        Conversation after = found.conversation();
        String attribute = question.attribute();
        if (attribute != null) {
            after = after.change().attributes(Map.of(attribute, value)).build();
            tx.conversations().update(after, found.version());
        }
        String ofContact = question.contactAttribute();
        if (ofContact != null) {
            contact(tx, event, after, ofContact, line(value), "poll", now);
        }
        return after;
    }

    /** A score of a survey, of the contact. */
    void score(Tx tx, String event, Conversation conversation, String attribute, int score, long now) {
        contact(tx, event, conversation, attribute, String.valueOf(score), "survey", now);
    }

    /** Nothing is kept where the contact has as many attributes as it may, and none of this name. */
    private void contact(
            Tx tx, String event, Conversation conversation, String name, String value, String source, long now) {
        String contact = conversation.contact();
        List<ContactAttribute> known = tx.attributes().of(contact);
        boolean room = known.size() < ContactAttribute.MOST
                || known.stream().anyMatch(one -> one.name().equals(name));
        if (room && tx.attributes().set(contact, name, value, source, now)) {
            triggers.raise(tx, On.CONTACT, event, conversation, now);
        }
    }

    /** What is answered may have several lines, an attribute has one. */
    private static String line(String value) {
        return value.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
