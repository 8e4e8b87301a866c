// SPDX-License-Identifier: Apache-2.0
package io.dragoman.trace;

import io.dragoman.model.Reason;
import io.dragoman.model.Words;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Events;
import io.dragoman.store.LeasedWork;
import io.dragoman.work.Traces;
import io.dragoman.work.WorkOutcome;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one trace of an event: {@code accept}, then {@code journey}, then a {@code deliver} for each attempt of each
 * delivery. A span has our ids and words, never a text, an address or an id of the customer's. Thread-safe.
 */
public final class EventTraces implements Traces {
    private final Resource resource;
    private final double share;
    private final Consumer<SpanData> spans;
    private final Clock clock;

    /**
     * @param gateway names this process among those that share the store
     * @param share of all events, from 0 to 1
     * @param spans takes what is to be sent, at once
     */
    public EventTraces(String gateway, double share, Consumer<SpanData> spans, Clock clock) {
        this.resource = Resource.create(Attributes.builder()
                .put("service.name", "dragoman")
                .put("service.instance.id", gateway)
                .build());
        this.share = share;
        this.spans = spans;
        this.clock = clock;
    }

    @Override
    public void accepted(String source, boolean asked, List<String> events, Instant begun) {
        for (String event : events) {
            String trace = TraceIds.trace(event);
            if (TraceIds.sampled(trace, share)) {
                Attributes attributes = of(event, source).build();
                SpanKind kind = asked ? SpanKind.SERVER : SpanKind.CONSUMER;
                add("accept", kind, TraceIds.accept(trace, event), SpanContext.getInvalid(), begun, attributes, false);
            }
        }
    }

    @Override
    public void ended(LeasedWork work, Instant begun, @Nullable WorkOutcome outcome, @Nullable Throwable failure) {
        String event = work instanceof LeasedWork.Event journey
                ? journey.stored().id()
                : ((LeasedWork.Delivery) work).stored().event();
        String trace = TraceIds.trace(event);
        if (!TraceIds.sampled(trace, share)) {
            return;
        }
        boolean failed = failure != null || (outcome != null && outcome.isFailure());
        if (work instanceof LeasedWork.Event journey) {
            journey(trace, journey, begun, outcome, failure, failed);
        } else {
            deliver(trace, (LeasedWork.Delivery) work, begun, outcome, failure, failed);
        }
    }

    private void journey(
            String trace,
            LeasedWork.Event work,
            Instant begun,
            @Nullable WorkOutcome outcome,
            @Nullable Throwable failure,
            boolean failed) {
        Events.Stored event = work.stored();
        AttributesBuilder attributes = of(event.id(), event.source())
                .put("dragoman.event.type", event.type())
                .put("dragoman.attempt", event.attempts());
        end(attributes, outcome, failure);
        SpanContext self = failure == null
                ? TraceIds.journey(trace, event.id())
                : TraceIds.journey(trace, event.id(), event.attempts());
        SpanContext parent = TraceIds.accept(trace, event.id());
        add("journey", SpanKind.INTERNAL, self, parent, begun, attributes.build(), failed);
    }

    private void deliver(
            String trace,
            LeasedWork.Delivery work,
            Instant begun,
            @Nullable WorkOutcome outcome,
            @Nullable Throwable failure,
            boolean failed) {
        Deliveries.Stored delivery = work.stored();
        AttributesBuilder attributes = Attributes.builder()
                .put("dragoman.event.id", delivery.event())
                .put("dragoman.delivery.id", delivery.id())
                .put("dragoman.delivery.kind", Words.of(delivery.kind()))
                .put("dragoman.target", delivery.target())
                .put("dragoman.conversation.id", delivery.conversation())
                .put("dragoman.attempt", work.attempt());
        if (delivery.message() != null) {
            attributes.put("dragoman.message.id", delivery.message());
        }
        end(attributes, outcome, failure);
        SpanContext self = TraceIds.delivery(trace, delivery.id(), work.attempt());
        SpanContext parent = TraceIds.journey(trace, delivery.event());
        add("deliver", SpanKind.CLIENT, self, parent, begun, attributes.build(), failed);
    }

    private static AttributesBuilder of(String event, String source) {
        return Attributes.builder().put("dragoman.event.id", event).put("dragoman.source", source);
    }

    private static void end(AttributesBuilder attributes, @Nullable WorkOutcome outcome, @Nullable Throwable failure) {
        if (failure != null) { // the class alone is sure to hold no content
            attributes.put("error.type", failure.getClass().getName());
        } else if (outcome != null && outcome.endedAs() != null) {
            attributes.put("dragoman.outcome", outcome.endedAs());
            Reason reason = outcome.endedBecause();
            if (reason != null) {
                attributes.put("dragoman.reason", Words.of(reason));
            }
        }
    }

    private void add(
            String name,
            SpanKind kind,
            SpanContext self,
            SpanContext parent,
            Instant begun,
            Attributes attributes,
            boolean failed) {
        StatusData status = failed ? StatusData.error() : StatusData.unset();
        spans.accept(new FinishedSpan(resource, name, kind, self, parent, begun, clock.instant(), attributes, status));
    }
}
