// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.config.TestSettings;
import io.dragoman.config.TraceSettings;
import io.dragoman.connector.Outcome;
import io.dragoman.connector.Secret;
import io.dragoman.model.Reason;
import io.dragoman.rules.Decision;
import io.dragoman.store.Events;
import io.dragoman.trace.CollectorStub;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An event's way, as a collector of traces sees it. */
final class TracesTest {
    private static final String HELLO = "[{\"id\":\"m-from-outside\",\"from\":\"ana-4917\",\"text\":\"hello there\"}]";

    @TempDir
    private Path data;

    private CollectorStub collector;

    @BeforeEach
    void start() throws Exception {
        collector = new CollectorStub();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void oneEventShouldBeOneTraceFromTheWebhookToTheDesk() throws Exception {
        try (TestGateway test = gateway(1)) {
            assertThat(test.post(HELLO)).isEqualTo(200);
            TestGateway.await("the spans", () -> collector.spans().size() >= 3);
        }
        assertThat(collector.refused()).isEmpty();
        Span accept = named("accept").get(0);
        Span journey = named("journey").get(0);
        Span deliver = named("deliver").get(0);
        assertThat(collector.spans()).hasSize(3).allSatisfy(span -> {
            assertThat(span.getTraceId()).isEqualTo(accept.getTraceId());
            assertThat(span.getTraceId().size()).isEqualTo(16);
            assertThat(span.getSpanId().size()).isEqualTo(8);
            assertThat(span.getEndTimeUnixNano()).isGreaterThanOrEqualTo(span.getStartTimeUnixNano());
            assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        });
        assertThat(accept.getParentSpanId().isEmpty()).isTrue();
        assertThat(journey.getParentSpanId()).isEqualTo(accept.getSpanId());
        assertThat(deliver.getParentSpanId()).isEqualTo(journey.getSpanId());
        assertThat(collector.spans().stream().map(Span::getKind))
                .containsExactlyInAnyOrder(
                        Span.SpanKind.SPAN_KIND_SERVER,
                        Span.SpanKind.SPAN_KIND_INTERNAL,
                        Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(attributes(journey))
                .containsEntry("dragoman.source", "shop")
                .containsEntry("dragoman.outcome", "done");
        assertThat(attributes(deliver))
                .containsEntry("dragoman.target", "desk")
                .containsEntry("dragoman.outcome", "sent")
                .containsEntry("dragoman.event.id", attributes(accept).get("dragoman.event.id"));
        assertThat(collector.keys()).containsOnly("key of the test");
        assertThat(collector.taken()).allMatch(one -> one.getResource().getAttributesList().stream()
                .anyMatch(attribute -> attribute.getKey().equals("service.name")
                        && attribute.getValue().getStringValue().equals("dragoman")));
    }

    @Test
    void noTextAddressOrForeignIdShouldBeInATrace() throws Exception {
        try (TestGateway test = gateway(1)) {
            test.desk.outcomes.add(new Outcome.Refused(Reason.CONTENT_REFUSED, "the desk said: secret detail"));
            test.post(HELLO);
            TestGateway.await("the spans", () -> collector.spans().size() >= 3);
        }
        assertThat(collector.taken().toString())
                .contains("content-refused")
                .doesNotContain("hello there", "ana-4917", "m-from-outside", "secret detail");
        assertThat(named("deliver").get(0).getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    }

    @Test
    void anAttemptAfterARestartShouldBelongToTheSameTrace() throws Exception {
        try (TestGateway test = gateway(1)) {
            test.desk.outcomes.add(new Outcome.Retry(Reason.PROVIDER_DOWN, "down", Duration.ofHours(1)));
            test.post(HELLO);
            TestGateway.await("the spans", () -> collector.spans().size() >= 3);
        }
        try (TestGateway again = gateway(1)) {
            again.clock.move(Duration.ofHours(2));
            TestGateway.await("the second attempt", () -> named("deliver").size() == 2);
        }
        Span first = named("deliver").get(0);
        Span second = named("deliver").get(1);
        assertThat(second.getTraceId()).isEqualTo(first.getTraceId());
        assertThat(second.getParentSpanId()).isEqualTo(named("journey").get(0).getSpanId());
        assertThat(second.getSpanId()).isNotEqualTo(first.getSpanId());
        assertThat(attributes(first)).containsEntry("dragoman.reason", "provider-down");
    }

    @Test
    void nothingShouldBeSentOfWhatIsNotInTheSample() throws Exception {
        try (TestGateway test = gateway(0)) {
            assertThat(test.post(HELLO)).isEqualTo(200);
            awaitDone(test);
        }
        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void collectorThatRefusesShouldCostNothingButTheSpans() throws Exception {
        collector.answering(400);
        try (TestGateway test = gateway(1)) {
            assertThat(test.post(HELLO)).isEqualTo(200);
            awaitDone(test);
            TestGateway.await("the drops", () -> dropped(test) == 3);
        }
    }

    @Test
    void collectorThatDoesNotAnswerShouldNotHoldUpWorkOrShutdown() throws Exception {
        collector.hang();
        TestGateway test = gateway(1);
        assertThat(test.post(HELLO)).isEqualTo(200);
        awaitDone(test);
        long begun = System.nanoTime();
        test.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    }

    private TestGateway gateway(double sample) throws Exception {
        TraceSettings traces = new TraceSettings(collector.endpoint(), sample, new Secret("api-key=key of the test"));
        return new TestGateway(
                data,
                situation -> Decision.NOTHING,
                new TestChannel(),
                new TestDesk(),
                setup -> setup.with(TestSettings.with(setup.settings(), traces)));
    }

    private static void awaitDone(TestGateway test) {
        TestGateway.await(
                "the journey", () -> test.gateway.store().read(tx -> tx.events().counts()).stream()
                        .anyMatch(count -> count.state() == Events.State.DONE));
    }

    private static double dropped(TestGateway test) {
        return test.gateway.meters().counter("dragoman.trace.spans.dropped").count();
    }

    private List<Span> named(String name) {
        return collector.spans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static Map<String, String> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey, attribute -> attribute.getValue().getStringValue()));
    }
}
