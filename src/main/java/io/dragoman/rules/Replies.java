// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Conversation;
import io.dragoman.model.UnicodeText;
import io.dragoman.rules.action.SendReply;
import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.facts.Variables;
import io.dragoman.rules.hours.Calendars;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.schema.SchemaKey.Form;
import io.dragoman.rules.text.Languages;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The automatic replies of {@code replies.yaml}: texts by language. */
final class Replies {
    /** The key of a text for everybody whose language has none. */
    private static final String DEFAULT = "default";

    static final List<SchemaKey> KEYS = List.of(
            new SchemaKey(
                    "replies.*",
                    Form.REPLY,
                    "The text of the reply of that name, as a Liquid template. By language, the one that is called"
                            + " default, else the first, serves all other languages.",
                    "{en: \"Hello {{ contact.name }}\", de: \"Hallo {{ contact.name }}\"}"),
            new SchemaKey(
                    "business.*",
                    Form.TEXT,
                    "A word of your own for all replies, which use it as {{ business.name }}.",
                    "name: Example Ltd"));

    private static final int LONGEST_TEXT = 4_000;
    /** A name on one line: a longer one is no name but an attempt to have us send a text to a forged address. */
    private static final int LONGEST_NAME = 80;

    private final Map<String, Map<String, Template>> named;
    private final Map<String, String> business;
    private final Calendars calendars;

    private Replies(Map<String, Map<String, Template>> named, Map<String, String> business, Calendars calendars) {
        this.named = named;
        this.business = business;
        this.calendars = calendars;
    }

    static Replies read(@Nullable Node root, Calendars calendars, Problems problems) {
        Map<String, String> business = new LinkedHashMap<>();
        Map<String, Map<String, Template>> named = new LinkedHashMap<>();
        Replies replies = new Replies(named, business, calendars);
        if (root == null) {
            return replies;
        }
        root.needEntries(problems);
        root.allowKeys(problems, Set.of("replies", "business"));
        root.get("business").ifPresent(map -> map.needEntries(problems)
                .forEach((name, value) -> business.put(name, value.needText(problems))));
        Liquid liquid = new Liquid(calendars.zone(), problems);
        root.get("replies").ifPresent(map -> map.needEntries(problems).forEach((name, node) -> {
            if (name.isBlank()) {
                problems.add(node, "stands under a blank name. Name the reply.");
            }
            named.put(name, texts(node, liquid, problems));
        }));
        return replies;
    }

    private static Map<String, Template> texts(Node node, Liquid liquid, Problems problems) {
        Map<String, Template> texts = new LinkedHashMap<>();
        if (node.shape() == Node.Shape.TEXT) {
            liquid.parse(node, Locale.ENGLISH).ifPresent(text -> texts.put(DEFAULT, text));
            return texts;
        }
        node.needEntries(problems).forEach((tag, text) -> {
            boolean anybody = tag.equals(DEFAULT);
            if (!anybody && !Languages.isTag(tag)) {
                problems.add(
                        text,
                        "stands under '" + tag + "', which is no language tag such as de or pt-BR, nor 'default'.");
            }
            Locale locale = anybody ? Locale.ENGLISH : Locale.forLanguageTag(tag.replace('_', '-'));
            liquid.parse(text, locale).ifPresent(template -> texts.put(tag, template));
        });
        if (node.entries().isEmpty()) {
            problems.add(node, "has no text. Write one for each language, such as en: \"Hello!\".");
        }
        return texts;
    }

    Set<String> names() {
        return named.keySet();
    }

    /**
     * Writes a reply, or says why it is suppressed.
     *
     * @param decided the situation with conversation and contact as the rules have decided that they are from now on
     */
    SendReply write(String rule, String reply, Facts facts, Situation decided, AutoReplyGuard guard) {
        Map<String, Template> texts = named.getOrDefault(reply, Map.of());
        String language = language(facts.languages(), texts.keySet());
        String refused = guard.refuses(facts.situation());
        if (refused != null) {
            return new SendReply(rule, reply, language, "", refused);
        }
        Template.Rendering rendering = render(texts.get(language), facts, decided, Map.of());
        return new SendReply(rule, reply, language, rendering.text(), rendering.failure());
    }

    /** Writes a reply that speaks of more than the message. */
    Template.Rendering render(
            String reply, List<String> languages, Facts facts, Situation decided, Map<String, Object> besides) {
        Map<String, Template> texts = named.getOrDefault(reply, Map.of());
        return render(texts.get(language(languages, texts.keySet())), facts, decided, besides);
    }

    private Template.Rendering render(
            @Nullable Template template, Facts facts, Situation decided, Map<String, Object> besides) {
        if (template == null) {
            return new Template.Rendering("", "it has no text");
        }
        Map<String, Object> variables = variables(facts, decided);
        variables.putAll(besides);
        return template.render(variables);
    }

    /** The tag of the text that serves this reader best. */
    static String language(List<String> wanted, Set<String> declared) {
        Set<String> tags = new LinkedHashSet<>(declared);
        tags.remove(DEFAULT);
        for (String tag : wanted) {
            Optional<String> best = Languages.best(tag, tags);
            if (best.isPresent()) {
                return best.get();
            }
        }
        return declared.contains(DEFAULT)
                ? DEFAULT
                : declared.stream().findFirst().orElse(DEFAULT);
    }

    /** What a template sees. What the customer wrote is a value in it, never a part of the template. */
    private Map<String, Object> variables(Facts facts, Situation decided) {
        Situation situation = facts.situation();
        Conversation before = situation.conversation();
        Map<String, Object> contact = new LinkedHashMap<>();
        put(contact, "name", QuotedText.oneLine(facts.rawName(), LONGEST_NAME));
        put(contact, "language", situation.contact().language());
        contact.put("tags", decided.contact().tags());
        contact.put("attributes", decided.contact().attributes());
        Map<String, Object> message = new LinkedHashMap<>();
        put(message, "text", UnicodeText.cut(facts.rawText(), LONGEST_TEXT));
        put(message, "subject", QuotedText.oneLine(facts.rawSubject(), LONGEST_TEXT));
        message.put("first", situation.first());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("contact", contact);
        all.put(
                "orders",
                decided.contact().orders().stream()
                        .map(order -> present(Variables.order(order)))
                        .toList());
        all.put("message", message);
        all.put("conversation", conversation(decided.conversation()));
        all.put("channel", before.channel());
        all.put("kind", before.kind());
        all.put("business", business);
        all.put("hours", calendars.times(situation.now()));
        all.put("now", situation.now().atZone(calendars.zone()));
        return all;
    }

    /** What is not set is not there, so that a template can say what stands for it. */
    private Map<String, Object> conversation(Conversation decided) {
        return present(Variables.conversation(decided));
    }

    private Map<String, Object> present(Map<String, Object> all) {
        Map<String, Object> fields = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (value instanceof String text) {
                put(fields, name, QuotedText.oneLine(text, LONGEST_TEXT));
            } else {
                fields.put(name, value instanceof Instant time ? time.atZone(calendars.zone()) : value);
            }
        });
        return fields;
    }

    private static void put(Map<String, Object> map, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            map.put(key, value);
        }
    }
}
