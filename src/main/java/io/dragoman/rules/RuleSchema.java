// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import static io.dragoman.rules.SchemaKey.Form;
import static io.dragoman.rules.SchemaKey.Place;

import io.dragoman.model.Part;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every key that rules, hours and the guard know. */
final class RuleSchema {
    static final List<String> PRIORITIES = List.of("low", "normal", "high", "urgent");
    static final List<String> STATES = List.of("open", "closed");
    static final List<String> CONTENTS = Stream.concat(
                    Arrays.stream(Part.MediaKind.values()).map(ConditionReader::word), Part.types().stream())
            .toList();

    static final List<SchemaKey> ALL = List.of(
            rule("name", Form.TEXT, "What the rule is called in explanations; no two rules share a name.", "Refunds"),
            rule("when", Form.MAP, "What must all be so for the rule to apply; without it, it always applies.", "{}"),
            rule("reply", Form.TEXT, "The reply of replies.yaml that is sent automatically.", "out-of-hours"),
            rule("team", Form.TEXT, "The team that the conversation goes to.", "billing"),
            rule("tags", Form.TEXTS, "Tags to add to the conversation.", "[refund]"),
            word(Place.RULE, "priority", Form.WORD, PRIORITIES, "How urgent the conversation becomes.", "high"),
            rule("desk", Form.TEXT, "The desk that the conversation is forwarded to from now on.", "billing-desk"),
            rule("drop", Form.TEXT, "Forwards the message nowhere, for the reason given here.", "advertising"),
            rule("close", Form.FLAG, "Closes the conversation.", "true"),
            rule("note", Form.TEXT, "A note for the agents.", "Check the order number first."),
            rule("stop", Form.FLAG, "When the rule applies, no later rule is looked at.", "true"),
            when("channel", Form.TEXTS, "The channel it came in on.", "[shop-whatsapp, support-mail]"),
            when("kind", Form.TEXTS, "The kind of that channel.", "email"),
            when("text", Form.SEARCH, "Words, or /RE2 expressions/, in what the customer wrote.", "{any: [refund]}"),
            when("subject", Form.SEARCH, "The same in the subject.", "invoice"),
            when("from", Form.TEXTS, "The sender's address; * stands for any characters.", "\"*@example.com\""),
            when("language", Form.TEXTS, "The customer's language; de takes in de-AT.", "[de, fr]"),
            word(Place.WHEN, "has", Form.WORDS, CONTENTS, "What the message holds, any of these.", "[image, file]"),
            when("first", Form.FLAG, "Whether it is the conversation's first message.", "true"),
            when("hours", Form.OPENING, "Whether the business is open when the message comes in.", "closed"),
            when("contact", Form.MAP, "Who the customer is.", "{tags: vip}"),
            when("conversation", Form.MAP, "The conversation as it was before this message.", "{team: billing}"),
            when("automatic", Form.FLAG, "Whether a machine wrote the message.", "true"),
            when("if", Form.EXPRESSION, "A CEL expression, for everything else.", "message.parts.size() > 1"),
            key(Place.TEXT, "any", Form.TEXTS, "At least one is found.", "[refund, money back]"),
            key(Place.TEXT, "all", Form.TEXTS, "Every one is found.", "[order, late]"),
            key(Place.TEXT, "none", Form.TEXTS, "Not one is found.", "[newsletter]"),
            key(Place.CONTACT, "tags", Form.SEARCH, "The contact's tags, whole.", "vip"),
            key(Place.CONTACT, "name", Form.SEARCH, "Words in the contact's name.", "Ana"),
            key(Place.CONTACT, "language", Form.TEXTS, "The language stored with the contact.", "de"),
            key(Place.CONVERSATION, "team", Form.TEXTS, "The team that has it.", "billing"),
            key(Place.CONVERSATION, "tags", Form.SEARCH, "Its tags, whole.", "{none: [refund]}"),
            word(Place.CONVERSATION, "priority", Form.WORDS, PRIORITIES, "How urgent it is.", "[high, urgent]"),
            word(Place.CONVERSATION, "status", Form.WORD, STATES, "Whether it was still open.", "open"),
            key(Place.CONVERSATION, "subject", Form.SEARCH, "Words in its first subject.", "invoice"),
            key(Place.CONVERSATION, "language", Form.TEXTS, "Its language.", "ka"),
            key(Place.CONVERSATION, "desk", Form.TEXTS, "The desk that has it.", "billing-desk"),
            word(Place.OPEN, "is", Form.WORD, STATES, "What they must be.", "closed"),
            key(Place.OPEN, "name", Form.TEXT, "Which of the hours.yaml are meant; default when left out.", "night"),
            key(Place.GUARD, "perContact", Form.NUMBER, "Automatic replies to a contact in 24 hours.", "3"),
            key(Place.GUARD, "perConversation", Form.NUMBER, "Automatic replies in a conversation in 24 hours.", "2"),
            key(Place.GUARD, "perMinute", Form.NUMBER, "Automatic replies of the whole gateway in a minute.", "60"),
            key(Place.HOURS, "zone", Form.TEXT, "The time zone whose clock counts.", "Europe/Berlin"),
            key(Place.HOURS, "week", Form.MAP, "The spans of each day, or of several.", "{mon-fri: [\"09:00-17:00\"]}"),
            key(Place.HOURS, "holidays", Form.LIST, "The days that are not like the week.", "[2026-12-25, 01-01]"),
            key(Place.HOLIDAY, "date", Form.TEXT, "The day; without a year, every year.", "2026-12-24"),
            key(Place.HOLIDAY, "name", Form.TEXT, "What the day is called.", "Christmas Eve"),
            key(Place.HOLIDAY, "open", Form.TEXTS, "The day's own spans; none when left out.", "[\"09:00-12:00\"]"));

    private RuleSchema() {}

    private static SchemaKey rule(String name, Form form, String about, String example) {
        return key(Place.RULE, name, form, about, example);
    }

    private static SchemaKey when(String name, Form form, String about, String example) {
        return key(Place.WHEN, name, form, about, example);
    }

    private static SchemaKey key(Place place, String name, Form form, String about, String example) {
        return new SchemaKey(place, name, form, List.of(), about, example);
    }

    private static SchemaKey word(
            Place place, String name, Form form, List<String> words, String about, String example) {
        return new SchemaKey(place, name, form, words, about, example);
    }
}
