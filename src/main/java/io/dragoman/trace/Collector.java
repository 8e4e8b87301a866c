// SPDX-License-Identifier: Apache-2.0
package io.dragoman.trace;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The way to a collector: OTLP over HTTP, in Protocol Buffers. */
public final class Collector {
    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    /** The exporter tells Java's own log of each failure; we tell ours once. Held, or its level would be forgotten. */
    private static final Logger THEIRS = Logger.getLogger("io.opentelemetry");

    private Collector() {}

    /**
     * Sends there; nothing is asked before the first spans.
     *
     * @param headers what the collector requires, such as a key
     */
    public static SpanExporter at(URI endpoint, Map<String, String> headers) {
        THEIRS.setLevel(Level.OFF);
        OtlpHttpSpanExporterBuilder builder =
                OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString()).setTimeout(TIMEOUT);
        headers.forEach(builder::addHeader);
        return builder.build();
    }
}
