// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import io.dragoman.model.Words;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be configured, declared once: it drives reading, checking, the reference and the JSON schema.
 * A dot in the name is a level in the file: {@code imap.host}. Immutable.
 *
 * @param name as written in the file
 * @param description one sentence: what it is and where to find it
 * @param type what kind of value it takes
 * @param fallback the value's text when it is absent; null for none
 * @param required whether its absence is a problem; inside a group ({@code imap.host}) only when the group is there
 * @param words the values to choose from, for {@link Type#CHOICE}
 * @param verifies whether requests are authenticated by it, so that only an {@code insecure} account can do without
 * @param beside the secret beside which this one proves requests too, while it changes: its own name where several stand
 *     in one value, with a space between; null where only one holds
 * @param refersTo what else of the configuration it must name; null for nothing
 * @param parser from the value's text; throws {@link IllegalArgumentException} saying what is expected
 */
public record Setting<T>(
        String name,
        String description,
        Type type,
        @Nullable String fallback,
        boolean required,
        List<String> words,
        boolean verifies,
        @Nullable String beside,
        @Nullable Reference refersTo,
        Function<String, T> parser) {
    /** One that authenticates nothing and refers to nothing else. */
    public Setting(
            String name,
            String description,
            Type type,
            @Nullable String fallback,
            boolean required,
            List<String> words,
            Function<String, T> parser) {
        this(name, description, type, fallback, required, words, false, null, null, parser);
    }

    /** The kinds of value. */
    public enum Type {
        TEXT,
        SECRET,
        URL,
        INTEGER,
        FLAG,
        DURATION,
        CHOICE
    }

    /** What of the configuration a setting can name. */
    public enum Reference {
        /** A channel that sends mail. */
        MAIL_CHANNEL,
        /** The business hours of {@code hours.yaml}. */
        HOURS
    }

    public static Setting<String> text(String name, String description) {
        return new Setting<>(name, description, Type.TEXT, null, false, List.of(), text -> text);
    }

    /** The id or name of something else in the configuration, which must be there. */
    public static Setting<String> reference(String name, String description, Reference refersTo) {
        return new Setting<>(name, description, Type.TEXT, null, false, List.of(), false, null, refersTo, text -> text);
    }

    public static Setting<Secret> secret(String name, String description) {
        return new Setting<>(name, description, Type.SECRET, null, false, List.of(), Secret::new);
    }

    /** A secret that authenticates requests; without it only an {@code insecure} account can work. */
    public static Setting<Secret> verifying(String name, String description) {
        return new Setting<>(name, description, Type.SECRET, null, false, List.of(), true, null, null, Secret::new);
    }

    /** An absolute http or https address without query; a trailing slash is cut off. */
    public static Setting<URI> url(String name, String description) {
        return new Setting<>(name, description, Type.URL, null, false, List.of(), Setting::parseUrl);
    }

    public static Setting<Integer> integer(String name, String description, int least, int most) {
        return new Setting<>(name, description, Type.INTEGER, null, false, List.of(), text -> {
            try {
                int value = Integer.parseInt(text.trim());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // falls through to the one message
            }
            throw new IllegalArgumentException("must be a whole number from " + least + " to " + most);
        });
    }

    public static Setting<Boolean> flag(String name, String description) {
        return new Setting<>(name, description, Type.FLAG, null, false, List.of("true", "false"), text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("must be true or false");
            }
            return text.equals("true");
        });
    }

    /** A day, such as {@code 2027-05-31}: the moment at which it begins in UTC, so that whoever warns of its end warns early. */
    public static Setting<Instant> day(String name, String description) {
        return new Setting<>(name, description, Type.TEXT, null, false, List.of(), text -> {
            try {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("must be a day such as 2027-05-31");
            }
        });
    }

    /** A length of time, such as {@code 90s}, {@code 10m}, {@code 36h} or {@code 7d}. */
    public static Setting<Duration> duration(String name, String description) {
        return new Setting<>(name, description, Type.DURATION, null, false, List.of(), Setting::parseDuration);
    }

    /** One of an enum's words, written in lower case with hyphens. */
    public static <E extends Enum<E>> Setting<E> choice(String name, String description, Class<E> type) {
        List<String> words = Words.all(type);
        return new Setting<>(name, description, Type.CHOICE, null, false, words, text -> Words.find(type, text)
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + String.join(", ", words))));
    }

    /** The name of a file, which is read with the configuration; a relative name starts at the home folder. */
    public static <T> Setting<T> file(String name, String description, FileParser<T> parser) {
        return new Setting<>(name, description, Type.TEXT, null, false, List.of(), parser);
    }

    /** Reads a value from a file. Throws {@link IllegalArgumentException} saying what is expected. */
    @FunctionalInterface
    public interface FileParser<T> extends Function<String, T> {
        T read(String name, Path home);

        @Override
        default T apply(String name) {
            return read(name, Path.of(""));
        }
    }

    /** The same setting where a file's relative name starts at this folder. */
    public Setting<T> at(Path home) {
        return parser instanceof FileParser<T> files
                ? new Setting<>(
                        name,
                        description,
                        type,
                        fallback,
                        required,
                        words,
                        verifies,
                        beside,
                        refersTo,
                        text -> files.read(text, home))
                : this;
    }

    /** The same setting, whose absence is a problem. */
    public Setting<T> need() {
        return new Setting<>(name, description, type, fallback, true, words, verifies, beside, refersTo, parser);
    }

    /** The same setting for values of one form; {@code otherwise} says what is expected. */
    public Setting<T> matching(String pattern, String otherwise) {
        return checked(text -> text.matches(pattern), otherwise);
    }

    /** The same setting for values that pass a check; {@code otherwise} says what is expected. */
    public Setting<T> checked(Predicate<String> check, String otherwise) {
        return new Setting<>(name, description, type, fallback, required, words, verifies, beside, refersTo, text -> {
            if (!check.test(text)) {
                throw new IllegalArgumentException(otherwise);
            }
            return parser.apply(text);
        });
    }

    /** The same secret, which while that one changes is what that one was, or will be. */
    public Setting<T> besides(Setting<T> current) {
        return besides(current.name());
    }

    /** The same secret, of which there may be several while it changes, with a space between. */
    public Setting<T> several() {
        return besides(name);
    }

    private Setting<T> besides(String current) {
        return new Setting<>(name, description, type, fallback, required, words, verifies, current, refersTo, parser);
    }

    /** The same setting with a value for when it is absent. */
    public Setting<T> or(String value) {
        return new Setting<>(name, description, type, value, false, words, verifies, beside, refersTo, parser);
    }

    private static URI parseUrl(String text) {
        try {
            URI uri = new URI(inLowerCase(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getUserInfo() != null) {
                throw new IllegalArgumentException(
                        "must have no user and password in it: they would stand in logs. Set them by settings of their own");
            }
            if (web && (uri.getPort() == 0 || uri.getPort() > 65_535)) {
                throw new IllegalArgumentException(
                        "has the port " + uri.getPort() + " but must have one from 1 to 65535, or none");
            }
            if (web && uri.getHost() != null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // falls through to the one message
        }
        throw new IllegalArgumentException("must be an address such as https://chat.example.com");
    }

    /** The scheme is written in any case (RFC 3986, 3.1). */
    private static String inLowerCase(String url) {
        int colon = Math.max(0, url.indexOf(':'));
        return url.substring(0, colon).toLowerCase(Locale.ROOT) + url.substring(colon);
    }

    private static Duration parseDuration(String text) {
        try {
            String unit = text.substring(text.length() - 1).toUpperCase(Locale.ROOT);
            Duration value = Duration.parse(unit.equals("D") ? "P" + text : "PT" + text);
            if (!value.isNegative()) {
                return value;
            }
        } catch (DateTimeParseException | IndexOutOfBoundsException e) {
            // falls through to the one message
        }
        throw new IllegalArgumentException("must be a length of time such as 90s, 10m, 36h or 7d");
    }

    /** The names of settings, for a sentence. */
    public static String names(List<Setting<?>> settings) {
        return settings.stream().map(Setting::name).collect(Collectors.joining(", "));
    }
}
