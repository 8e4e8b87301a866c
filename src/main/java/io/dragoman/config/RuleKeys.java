// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import java.util.List;
import java.util.stream.Stream;

/** The keys of {@code rules.yaml}, {@code replies.yaml} and {@code hours.yaml}, for the reference and the schema. */
public final class RuleKeys {
    private static final List<String> PRIORITIES = List.of("low", "normal", "high", "urgent");
    private static final List<String> STATES = List.of("open", "closed");
    private static final List<String> CONTENTS = List.of(
            "image",
            "audio",
            "video",
            "file",
            "sticker",
            "media",
            "location",
            "contact",
            "choice",
            "text",
            "unsupported");

    /** As the rules declare them. */
    private static final List<RuleKey> DECLARED = List.of(
            key(
                    "rule",
                    "name",
                    "text",
                    "What the rule is called in explanations; no two rules share a name.",
                    "Refunds"),
            key(
                    "rule",
                    "when",
                    "map",
                    "What must all be so for the rule to apply; without it, it always applies.",
                    "{}"),
            key("rule", "reply", "text", "The reply of replies.yaml that is sent automatically.", "out-of-hours"),
            key("rule", "team", "text", "The team that the conversation goes to.", "billing"),
            key("rule", "tags", "texts", "Tags to add to the conversation.", "[refund]"),
            RuleKey.of("rule", "priority", "word", PRIORITIES, "How urgent the conversation becomes.", "high"),
            key("rule", "desk", "text", "The desk that the conversation is forwarded to from now on.", "billing-desk"),
            key("rule", "drop", "text", "Forwards the message nowhere, for the reason given here.", "advertising"),
            key("rule", "close", "flag", "Closes the conversation.", "true"),
            key("rule", "note", "text", "A note for the agents.", "Check the order number first."),
            key("rule", "stop", "flag", "When the rule applies, no later rule is looked at.", "true"),
            key("when", "channel", "texts", "The channel it came in on.", "[shop-whatsapp, support-mail]"),
            key("when", "kind", "texts", "The kind of that channel.", "email"),
            key(
                    "when",
                    "text",
                    "search",
                    "Words, or /RE2 expressions/, in what the customer wrote.",
                    "{any: [refund]}"),
            key("when", "subject", "search", "The same in the subject.", "invoice"),
            key("when", "from", "texts", "The sender's address; * stands for any characters.", "\"*@example.com\""),
            key("when", "language", "texts", "The customer's language; de takes in de-AT.", "[de, fr]"),
            RuleKey.of("when", "has", "words", CONTENTS, "What the message holds, any of these.", "[image, file]"),
            key("when", "first", "flag", "Whether it is the conversation's first message.", "true"),
            key("when", "hours", "opening", "Whether the business is open when the message comes in.", "closed"),
            key("when", "contact", "map", "Who the customer is.", "{tags: vip}"),
            key("when", "conversation", "map", "The conversation as it was before this message.", "{team: billing}"),
            key("when", "automatic", "flag", "Whether a machine wrote the message.", "true"),
            key("when", "if", "expression", "A CEL expression, for everything else.", "message.parts.size() > 1"),
            key("text", "any", "texts", "At least one is found.", "[refund, money back]"),
            key("text", "all", "texts", "Every one is found.", "[order, late]"),
            key("text", "none", "texts", "Not one is found.", "[newsletter]"),
            key("contact", "tags", "search", "The contact's tags, whole.", "vip"),
            key("contact", "name", "search", "Words in the contact's name.", "Ana"),
            key("contact", "language", "texts", "The language stored with the contact.", "de"),
            key("conversation", "team", "texts", "The team that has it.", "billing"),
            key("conversation", "tags", "search", "Its tags, whole.", "{none: [refund]}"),
            RuleKey.of("conversation", "priority", "words", PRIORITIES, "How urgent it is.", "[high, urgent]"),
            RuleKey.of("conversation", "status", "word", STATES, "Whether it was still open.", "open"),
            key("conversation", "subject", "search", "Words in its first subject.", "invoice"),
            key("conversation", "language", "texts", "Its language.", "ka"),
            key("conversation", "desk", "texts", "The desk that has it.", "billing-desk"),
            RuleKey.of("open", "is", "word", STATES, "What they must be.", "closed"),
            key("open", "name", "text", "Which of the hours.yaml are meant; default when left out.", "night"),
            key("guard", "perContact", "number", "Automatic replies to a contact in 24 hours.", "3"),
            key("guard", "perConversation", "number", "Automatic replies in a conversation in 24 hours.", "2"),
            key("guard", "perMinute", "number", "Automatic replies of the whole gateway in a minute.", "60"),
            key("hours", "zone", "text", "The time zone whose clock counts.", "Europe/Berlin"),
            key("hours", "week", "map", "The spans of each day, or of several.", "{mon-fri: [\"09:00-17:00\"]}"),
            key("hours", "holidays", "list", "The days that are not like the week.", "[2026-12-25, 01-01]"),
            key("holiday", "date", "text", "The day; without a year, every year.", "2026-12-24"),
            key("holiday", "name", "text", "What the day is called.", "Christmas Eve"),
            key("holiday", "open", "texts", "The day's own spans; none when left out.", "[\"09:00-12:00\"]"));

    /** What {@code replies.yaml} holds: names that the business chooses, no fixed words. */
    private static final List<RuleKey> REPLIES = List.of(
            new RuleKey(
                    "replies.*",
                    RuleKey.Form.REPLY,
                    List.of(),
                    "The text of the reply of that name, as a Liquid template. By language, the one that is called"
                            + " default, else the first, serves all other languages.",
                    "{en: \"Hello {{ contact.name }}\", de: \"Hallo {{ contact.name }}\"}"),
            new RuleKey(
                    "business.*",
                    RuleKey.Form.TEXT,
                    List.of(),
                    "A word of your own for all replies, which use it as {{ business.name }}.",
                    "name: Example Ltd"));

    /** All of them, in the order of the reference. */
    public static final List<RuleKey> ALL =
            Stream.concat(DECLARED.stream(), REPLIES.stream()).toList();

    private RuleKeys() {}

    private static RuleKey key(String place, String name, String form, String about, String example) {
        return RuleKey.of(place, name, form, List.of(), about, example);
    }
}
