// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The topic that what is posted goes through on its way into the store: {@code inbox.kafka} of {@code gateway.yaml}.
 *
 * @param brokers as Kafka's clients take them
 * @param group what the gateways that share the store are called together
 * @param client how a client logs in; null for nothing
 */
public record InboxSettings(
        String brokers,
        String topic,
        String group,
        @Nullable Secret client) {
    private static final Pattern OF_SECURITY = Pattern.compile("(security|ssl|sasl)\\..+|client\\.(rack|dns\\.lookup)");

    static final Setting<String> BROKERS = Setting.text(
                    "inbox.kafka.brokers",
                    "Kafka brokers to begin with, such as kafka1:9092,kafka2:9092: what is posted is acknowledged once it is"
                            + " in a topic there, and goes into the store from it. Without it, straight into the store.")
            .matching(
                    "[^\\s,:\\[\\]]+:\\d{1,5}(\\s*,\\s*[^\\s,:\\[\\]]+:\\d{1,5})*",
                    "must be hosts with their ports, with commas between, such as kafka1:9092,kafka2:9092")
            .need();
    private static final Setting<String> TOPIC = Setting.text(
                    "inbox.kafka.topic", "The topic; it must be there, and be this installation's alone.")
            .matching("[A-Za-z0-9._-]{1,249}", "must be the name of a topic: letters, digits, . _ and -")
            .or("dragoman-inbox");
    private static final Setting<String> GROUP = Setting.text(
                    "inbox.kafka.group", "The consumer group of the gateways that share the store.")
            .matching("[A-Za-z0-9._-]{1,200}", "must be the name of a group: letters, digits, . _ and -")
            .or("dragoman");
    static final Setting<Secret> CLIENT = new Setting<>(
            "inbox.kafka.client",
            "How to log in, in the words of Kafka's client.properties: security.…, ssl.…, sasl.…, a line each;"
                    + " \"${file:/run/secrets/client.properties}\".",
            Setting.Type.SECRET,
            null,
            false,
            List.of(),
            text -> new Secret(checked(text)));

    static final List<Setting<?>> ALL = List.of(BROKERS, TOPIC, GROUP, CLIENT);

    /** What the values say; empty where nothing goes through Kafka. */
    static Optional<InboxSettings> of(SettingValues values) {
        return values.find(BROKERS)
                .map(brokers -> new InboxSettings(
                        brokers.replaceAll("\\s", ""),
                        values.get(TOPIC),
                        values.get(GROUP),
                        values.find(CLIENT).orElse(null)));
    }

    /** One without a login, which no file configures. */
    public static InboxSettings at(String brokers, String topic) {
        return new InboxSettings(brokers, topic, "dragoman", null);
    }

    /** What the client is to log in with, by the names of Kafka's settings. */
    public Map<String, String> clientProperties() {
        return client == null ? Map.of() : parse(client.value());
    }

    private static String checked(String text) {
        parse(text);
        return text;
    }

    private static Map<String, String> parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("must be lines such as security.protocol=SASL_SSL");
        }
        Map<String, String> byName = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (!OF_SECURITY.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "has a line that is not about security. Names of its lines begin with"
                                + " security., ssl. or sasl., or are client.rack or client.dns.lookup");
            }
            byName.put(name, properties.getProperty(name).trim());
        }
        return byName;
    }
}
