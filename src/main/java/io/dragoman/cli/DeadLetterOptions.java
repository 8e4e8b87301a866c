// SPDX-License-Identifier: Apache-2.0
package io.dragoman.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.deadletter.DeadLetterSelection;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which dead letters a command is about. */
final class DeadLetterOptions {
    @Option(
            names = "--channel",
            paramLabel = "ID",
            description = "Only what came from or goes to this channel or desk.")
    private @Nullable String channel;

    @Option(
            names = "--reason",
            paramLabel = "WORDS",
            description = "Only where reason or detail has these words, such as provider-down.")
    private @Nullable String reason;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Only from then on: 3d, 12h, 30m ago, or 2026-11-21T10:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", converter = Time.class, description = "Only up to then.")
    private @Nullable Instant until;

    DeadLetterSelection selection(@Nullable String id) {
        return new DeadLetterSelection(id, channel, reason, since, until);
    }

    /** The same as the API takes it. */
    ObjectNode put(ObjectNode json, @Nullable String id) {
        putText(json, "id", id);
        putText(json, "channel", channel);
        putText(json, "reason", reason);
        putText(json, "since", since == null ? null : since.toString());
        putText(json, "until", until == null ? null : until.toString());
        return json;
    }

    private static void putText(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    /** A time, or how long ago. */
    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.matches("\\d{1,6}[smhdSMHD]")
                        ? Instant.now().minus(ago(text.toUpperCase(Locale.ROOT)))
                        : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new TypeConversionException("must be 3d, 12h, 30m, or a time such as 2026-11-21T10:00:00Z");
            }
        }

        private static Duration ago(String text) {
            return Duration.parse(text.endsWith("D") ? "P" + text : "PT" + text);
        }
    }
}
