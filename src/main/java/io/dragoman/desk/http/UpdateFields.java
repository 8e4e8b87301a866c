// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.Conversation.Priority;
import io.dragoman.model.DeskEvent;
import io.dragoman.profile.Element;
import io.dragoman.profile.Expression;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where in a payload it stands how an agent sorted a conversation. What is null is not there; an expression without a
 * value takes away what it is about, but for the priority.
 *
 * @param assignee the helpdesk's word, or several for the same agent, as {@code team}
 * @param priorities ours by the helpdesk's words
 * @param sorting ours for the account's teams and agents
 */
record UpdateFields(
        Place place,
        @Nullable Expression assignee,
        @Nullable Expression team,
        @Nullable Expression tags,
        @Nullable Expression priority,
        Map<String, Priority> priorities,
        Sorting sorting) {
    private static final int LONGEST_WORD = 200;
    private static final int MOST_TAGS = 100;

    UpdateFields {
        priorities = Map.copyOf(priorities);
    }

    /** The same for an account. */
    UpdateFields knowing(Sorting words) {
        return new UpdateFields(place, assignee, team, tags, priority, priorities, words);
    }

    DeskEvent read(Element element) throws MalformedPayload {
        Place.Named named = place.change(element, "updated");
        return new DeskEvent.ConversationUpdated(
                named.key(),
                named.at(),
                named.conversation(),
                named.reference(),
                word(element, assignee, sorting.assignees()),
                word(element, team, sorting.teams()),
                tags(element),
                priority(element));
    }

    private static @Nullable String word(Element element, @Nullable Expression expression, Map<String, String> words)
            throws MalformedPayload {
        if (expression == null) {
            return null;
        }
        return checked(Sorting.ours(words, texts(element, expression)).strip(), expression);
    }

    private static List<String> texts(Element element, Expression expression) throws MalformedPayload {
        return element.items(expression).stream()
                .map(Expression::asText)
                .filter(Objects::nonNull)
                .map(String::strip)
                .toList();
    }

    private static String checked(String word, Expression expression) throws MalformedPayload {
        if (word.length() > LONGEST_WORD || word.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedPayload(expression.place() + " must give at most " + LONGEST_WORD
                    + " characters, and no control characters");
        }
        return word;
    }

    private @Nullable List<String> tags(Element element) throws MalformedPayload {
        if (tags == null) {
            return null;
        }
        List<String> words = texts(element, tags);
        if (words.size() > MOST_TAGS) {
            throw new MalformedPayload(tags.place() + " must give at most " + MOST_TAGS + " tags");
        }
        for (String word : words) {
            checked(word, tags);
        }
        return words;
    }

    /** A word that the profile does not know says nothing. */
    private @Nullable Priority priority(Element element) throws MalformedPayload {
        Optional<String> word = element.find(priority);
        return word.map(priorities::get).orElse(null);
    }
}
