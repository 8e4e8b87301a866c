// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where traces go: {@code traces} of {@code gateway.yaml}.
 *
 * @param sample the share of all events, from 0 to 1
 * @param headers what the collector requires; null for nothing
 */
public record TraceSettings(
        URI endpoint, double sample, @Nullable Secret headers) {
    private static final Pattern HEADER =
            Pattern.compile("\\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)=([\\x21-\\x2B\\x2D-\\x7E ]+)");

    private static final Setting<URI> ENDPOINT = Setting.url(
                    "traces.endpoint",
                    "Where an OpenTelemetry collector takes traces by OTLP over HTTP, such as"
                            + " http://127.0.0.1:4318/v1/traces. Without it none are made.")
            .need();
    private static final Setting<Double> SAMPLE = new Setting<>(
                    "traces.sample",
                    "The share of all events that are traced, from 0 to 1, such as 0.01.",
                    Setting.Type.TEXT,
                    null,
                    false,
                    List.of(),
                    TraceSettings::share)
            .or("1");
    private static final Setting<Secret> HEADERS = new Setting<>(
            "traces.headers",
            "Headers that the collector requires, as name=value with commas between: api-key=…",
            Setting.Type.SECRET,
            null,
            false,
            List.of(),
            text -> new Secret(checked(text)));

    static final List<Setting<?>> ALL = List.of(ENDPOINT, SAMPLE, HEADERS);

    /** What the values say; empty where there is no collector. */
    static Optional<TraceSettings> of(SettingValues values) {
        return values.find(ENDPOINT)
                .map(endpoint -> new TraceSettings(
                        endpoint, values.get(SAMPLE), values.find(HEADERS).orElse(null)));
    }

    /** The headers by their names. */
    public Map<String, String> headersByName() {
        return headers == null ? Map.of() : parse(headers.value());
    }

    private static double share(String text) {
        try {
            double share = Double.parseDouble(text.trim());
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // falls through to the one message
        }
        throw new IllegalArgumentException("must be a number from 0 to 1, such as 0.01");
    }

    private static String checked(String text) {
        parse(text);
        return text;
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String one : text.split(",", -1)) {
            Matcher header = HEADER.matcher(one);
            if (!header.matches()) {
                throw new IllegalArgumentException("must be headers as name=value, with commas between");
            }
            headers.put(header.group(1), header.group(2).trim());
        }
        return Map.copyOf(headers);
    }
}
