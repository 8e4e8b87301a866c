// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of a connector by its settings alone: an account, where any words will do for what it needs. */
class SettingsSample implements ConnectorSample {
    private static final Account.Installation HOME =
            new Account.Installation(URI.create("https://chat.example.com"), new Secret("key-of-the-installation"));

    /** What a text may have to look like. */
    private static final List<String> WORDS = List.of("word", "1", "shop@example.com", "+15550100", "shop.example.com");

    private final Connector connector;
    /** The one that is tried first. */
    private String word = WORDS.get(0);

    private @Nullable Account usual;

    SettingsSample(Connector connector) {
        this.connector = connector;
    }

    @Override
    public Connector connector() {
        return connector;
    }

    /** Made once: every body that is read needs it. */
    @Override
    public final synchronized Account account() {
        if (usual == null) {
            usual = account(usualProvider());
        }
        return usual;
    }

    /** The provider of the usual account, which nobody asks. */
    URI usualProvider() {
        return URI.create("http://127.0.0.1:9");
    }

    @Override
    public Account account(URI provider) {
        if (findsProfiles()) {
            throw new NotApplicable("each profile makes a connector of its own, which ./dragoman profile test tests");
        }
        for (String one : WORDS) {
            word = one;
            Account account = account(texts(provider));
            if (connector.problems(account).isEmpty()) {
                return account;
            }
        }
        throw new NotApplicable("no sample of a whole account, neither declared nor from a simulator");
    }

    /** Whether it is the one that finds profiles, and has none itself. */
    private boolean findsProfiles() {
        return connector instanceof Profiled
                && connector.settings().stream()
                        .allMatch(setting -> setting.name().equals(Profiled.SETTING));
    }

    @Override
    public List<String> secrets() {
        return connector.settings().stream()
                .map(setting -> account().values().get(setting.name()))
                .filter(Secret.class::isInstance)
                .map(value -> ((Secret) value).value())
                .toList();
    }

    /** What stands in the file, by the names of the settings. */
    Map<String, String> texts(URI provider) {
        Map<String, String> texts = new TreeMap<>();
        for (Setting<?> setting : connector.settings()) {
            if (setting.required() && !setting.name().contains(".")) {
                texts.put(setting.name(), text(setting, provider));
            }
        }
        return texts;
    }

    private String text(Setting<?> setting, URI provider) {
        return switch (setting.type()) {
            case URL -> provider.toString();
            case SECRET -> "canary-of-a-secret";
            case INTEGER -> "1";
            case DURATION -> "1m";
            case FLAG -> "true";
            case CHOICE -> setting.words().get(0);
            case TEXT ->
                Stream.concat(Stream.of(word), WORDS.stream())
                        .filter(one -> isTaken(setting, one))
                        .findFirst()
                        .orElse(WORDS.get(0));
        };
    }

    private static boolean isTaken(Setting<?> setting, String word) {
        try {
            return setting.parser().apply(word) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Of what stands in the file. */
    final Account account(Map<String, String> texts) {
        Map<String, Object> values = new TreeMap<>();
        for (Setting<?> setting : connector.settings()) {
            String text = texts.getOrDefault(setting.name(), isWanted(setting, texts) ? setting.fallback() : null);
            if (text != null) {
                Object value = value(setting, text);
                values.put(setting.name(), value);
            }
        }
        return new Account(connector.side(), "sample", connector.kind(), values, false, HOME);
    }

    /** As the configuration is read: the defaults of a group hold where something of it is written. */
    private static boolean isWanted(Setting<?> setting, Map<String, String> texts) {
        int dot = setting.name().lastIndexOf('.') + 1;
        String group = setting.name().substring(0, dot);
        return dot == 0 || texts.keySet().stream().anyMatch(name -> name.startsWith(group));
    }

    private static Object value(Setting<?> setting, String text) {
        try {
            return Objects.requireNonNull(setting.parser().apply(text));
        } catch (IllegalArgumentException e) {
            throw new NotApplicable("no sample of a whole account: " + setting.name() + " " + e.getMessage());
        }
    }
}
