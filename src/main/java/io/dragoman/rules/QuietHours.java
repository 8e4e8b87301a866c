// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Conversation;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.hours.CustomerZones;
import io.dragoman.rules.hours.QuietSpan;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When customers are left alone by what they did not just ask for, by the clock of where they are.
 *
 * @param span null for never
 * @param attribute the conversation's attribute that names the customer's time zone
 */
record QuietHours(@Nullable QuietSpan span, String attribute) {
    static final QuietHours NONE = new QuietHours(null, "timezone");

    static final List<SchemaKey> KEYS = List.of(
            new SchemaKey(
                    "quiet.hours",
                    Form.TEXT,
                    "From when to when no automatic message goes out but in answer to one, by the customer's clock.",
                    "21:00-08:00"),
            new SchemaKey(
                    "quiet.attribute",
                    Form.TEXT,
                    "The attribute of the conversation that names the customer's time zone; timezone unless said.",
                    "timezone"));

    static QuietHours read(@Nullable Node node, Problems problems) {
        if (node == null) {
            return NONE;
        }
        node.needEntries(problems);
        node.allowKeys(problems, SchemaKey.names(KEYS, "quiet."));
        String attribute = node.get("attribute")
                .map(value -> RuleValues.text(value, problems))
                .orElse(NONE.attribute);
        Node hours = node.get("hours").orElse(null);
        if (hours == null) {
            problems.add(node, "has no hours. Say from when to when, such as hours: \"21:00-08:00\".");
            return NONE;
        }
        String text = hours.needText(problems);
        Optional<QuietSpan> span = QuietSpan.parse(text);
        if (span.isEmpty() && hours.shape() == Node.Shape.TEXT) {
            problems.add(
                    hours, "is " + QuotedText.quote(text) + " but must be two different times, such as 21:00-08:00.");
        }
        return new QuietHours(span.orElse(null), attribute);
    }

    /**
     * How long an automatic message waits.
     *
     * @param until when it may go out
     * @param why for the explanation
     */
    record Wait(Instant until, String why) {}

    /**
     * Until when what these rules send waits; empty when it goes at once. What answers a message never waits.
     *
     * @param usual the zone of the business, for customers of whom nothing is known
     */
    Optional<Wait> wait(Situation situation, ZoneId usual) {
        QuietSpan quiet = span;
        if (quiet == null || situation.trigger().isMessage()) {
            return Optional.empty();
        }
        Conversation conversation = situation.conversation();
        CustomerZones.Found found = CustomerZones.of(
                conversation.attributes().get(attribute),
                Stream.concat(
                        Stream.of(conversation.address()),
                        situation.contact().identities().stream()
                                .filter(identity -> identity.type().equals("phone"))
                                .map(identity -> identity.value())),
                usual);
        Instant until = quiet.end(situation.now(), found.zones());
        return until.equals(situation.now())
                ? Optional.empty()
                : Optional.of(new Wait(
                        until, "it is quiet from " + quiet.text() + " where the customer is (" + found.why() + ")"));
    }
}
