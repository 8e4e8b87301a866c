// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.ruleset;

import io.dragoman.app.trial.MessageTrial;
import io.dragoman.app.trial.MessageTrial.TrialReport;
import io.dragoman.config.Configuration;
import io.dragoman.connector.Account;
import io.dragoman.connector.Side;
import io.dragoman.model.CustomerOrder;
import io.dragoman.model.Purpose;
import io.dragoman.model.Words;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.facts.Trigger;
import io.dragoman.rules.facts.Trigger.On;
import io.dragoman.rules.hours.Hours;
import io.dragoman.rules.schema.RuleValues;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is given in a test of rules, and asks the rules about it. */
final class GivenReader {
    private static final Set<String> KEYS = Set.of(
            "channel",
            "kind",
            "from",
            "public",
            "text",
            "subject",
            "language",
            "at",
            "attributes",
            "contact",
            "consents",
            "on",
            "silence");
    private static final Set<String> ORDER = Set.of("number", "status", "total", "currency", "url", "tracking");
    private static final Set<String> CONTACT = Set.of("tags", "attributes", "orders");

    /** What can be given beside messages, without a time. */
    private static final List<String> ON = List.of("closed", "survey", "poll", "contact");

    private final Configuration configuration;
    private final RuleBook rules;
    private final Instant now;
    private final Problems problems;

    GivenReader(Configuration configuration, RuleBook rules, Instant now, Problems problems) {
        this.configuration = configuration;
        this.rules = rules;
        this.now = now;
        this.problems = problems;
    }

    /** What the rules say of each message, and at the end of what followed; empty when it cannot be read. */
    Optional<List<TrialReport>> reports(Node test) {
        int before = problems.all().size();
        Node given = test.get("given").orElse(null);
        if (given == null) {
            problems.add(test, "has no given: name at least a text, such as given: {text: Hello}.");
            return Optional.empty();
        }
        given.needEntries(problems);
        given.allowKeys(problems, KEYS);
        MessageTrial trial = trial(given);
        Account channel = channel(given);
        Instant at = given.get("at").map(this::time).orElse(now);
        Trigger then = trigger(given);
        return problems.all().size() > before
                ? Optional.empty()
                : Optional.of(trial.run(channel, configuration.desk(), rules, at, then));
    }

    private MessageTrial trial(Node given) {
        given.get("contact").ifPresent(map -> {
            map.needEntries(problems);
            map.allowKeys(problems, CONTACT);
        });
        List<String> texts =
                given.get("text").map(node -> RuleValues.texts(node, problems)).orElse(List.of());
        boolean inPublic = given.get("public")
                .map(flag -> Boolean.TRUE.equals(RuleValues.flag(flag, problems)))
                .orElse(false);
        return new MessageTrial(
                (inPublic ? "public:" : "") + text(given, "from").orElse("customer"),
                texts.isEmpty() ? List.of("Hello") : texts,
                List.of(),
                text(given, "subject").orElse(null),
                text(given, "language").orElse(null),
                attributes(given),
                known(given));
    }

    private Map<String, String> attributes(Node around) {
        Map<String, String> attributes = new LinkedHashMap<>();
        around.get("attributes").ifPresent(map -> map.needEntries(problems)
                .forEach((name, value) -> attributes.put(name, value.needText(problems))));
        return attributes;
    }

    private MessageTrial.Known known(Node given) {
        Optional<Node> contact = given.get("contact");
        return new MessageTrial.Known(
                contact.flatMap(map -> map.get("tags"))
                        .map(tags -> RuleValues.texts(tags, problems))
                        .orElse(List.of()),
                contact.map(this::attributes).orElse(Map.of()),
                contact.flatMap(map -> map.get("orders")).map(this::orders).orElse(List.of()),
                consents(given));
    }

    /** What the customer consented to and withdrew, by purpose. */
    private Map<Purpose, Boolean> consents(Node given) {
        Map<Purpose, Boolean> consents = new EnumMap<>(Purpose.class);
        given.get("consents").ifPresent(map -> map.needEntries(problems).forEach((word, value) -> {
            Boolean said = RuleValues.flag(value, problems);
            Optional<Purpose> purpose = Words.find(Purpose.class, word);
            if (purpose.isEmpty()) {
                problems.add(
                        value,
                        "stands under '" + word + "', which is no purpose. There are "
                                + String.join(", ", Words.all(Purpose.class)) + ".");
            } else if (said != null) {
                consents.put(purpose.get(), said);
            }
        }));
        return consents;
    }

    private List<CustomerOrder> orders(Node written) {
        List<CustomerOrder> orders = new ArrayList<>();
        for (Node one : written.needItems(problems)) {
            one.needEntries(problems);
            one.allowKeys(problems, ORDER);
            String number = text(one, "number").filter(text -> !text.isBlank()).orElse("#" + (orders.size() + 1));
            orders.add(new CustomerOrder(
                    number,
                    number,
                    text(one, "status").filter(text -> !text.isBlank()).orElse("open"),
                    now,
                    now,
                    text(one, "total").orElse(null),
                    text(one, "currency").orElse(null),
                    text(one, "url").orElse(null),
                    text(one, "tracking").orElse(null)));
        }
        return orders;
    }

    private Optional<String> text(Node given, String key) {
        return given.get(key).map(node -> RuleValues.text(node, problems));
    }

    /** The configured channel that is named, else one that no rule names. */
    private Account channel(Node given) {
        List<String> ids = configuration.channels().stream().map(Account::id).toList();
        Optional<Account> named = given.get("channel")
                .map(node -> RuleValues.known(node, "channel in channels.yaml", ids, problems))
                .flatMap(configuration::channel);
        String kind = text(given, "kind").orElse("any");
        Account.Installation home = new Account.Installation(
                configuration.gateway().http().publicUrl(), new io.dragoman.connector.Secret("none is needed"));
        return named.orElseGet(() -> new Account(Side.CHANNEL, "any", kind, Map.of(), false, home));
    }

    /** A time with an offset, or one by the clock of the default hours. */
    private Instant time(Node node) {
        String text = node.needText(problems).strip().replace(' ', 'T');
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            try {
                return LocalDateTime.parse(text).atZone(zone()).toInstant();
            } catch (DateTimeException again) {
                problems.add(
                        node,
                        "is no time such as \"2026-11-28 23:10\", by the default hours, or 2026-11-28T22:10:00Z.");
                return now;
            }
        }
    }

    private ZoneId zone() {
        Map<String, Hours> hours = rules.hours();
        return Optional.ofNullable(hours.get("default"))
                .or(() -> hours.size() == 1 ? hours.values().stream().findFirst() : Optional.empty())
                .map(Hours::zone)
                .orElse(ZoneOffset.UTC);
    }

    private @Nullable Trigger trigger(Node given) {
        Optional<Node> silence = given.get("silence");
        if (silence.isPresent()) {
            Duration after = RuleValues.duration(silence.get(), problems);
            return after == null ? null : new Trigger(On.SILENCE, after);
        }
        return given.get("on")
                .map(node -> RuleValues.known(node, "thing to happen", ON, problems))
                .flatMap(word -> Words.find(On.class, word))
                .map(Trigger::of)
                .orElse(null);
    }
}
