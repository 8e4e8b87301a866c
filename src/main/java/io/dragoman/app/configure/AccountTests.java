// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.configure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.app.agent.AgentCommands;
import io.dragoman.app.agent.CommandSource;
import io.dragoman.app.audit.Actor;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.SelfTest;
import io.dragoman.connector.SelfTest.Check;
import io.dragoman.connector.SelfTest.Result;
import io.dragoman.connector.Side;
import io.dragoman.connector.Transport;
import io.dragoman.connector.WritesFirst;
import io.dragoman.model.Json;
import io.dragoman.model.Words;
import io.dragoman.store.Deliveries;
import io.dragoman.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether a channel or desk works as it runs now. Blocks, for some seconds where a message is sent. Thread-safe. */
public final class AccountTests {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long LOOK_NANOS = 50_000_000;
    private static final String MESSAGE = "test message";

    private final Store store;
    private final ConnectorRegistry registry;
    private final AgentCommands agents;
    private final Transport transport;
    private final Supplier<String> ids;
    private final Clock clock;

    public AccountTests(
            Store store,
            ConnectorRegistry registry,
            AgentCommands agents,
            Transport transport,
            Supplier<String> ids,
            Clock clock) {
        this.store = store;
        this.registry = registry;
        this.agents = agents;
        this.transport = transport;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param good whether nothing failed
     * @param message the id of the one that was sent; null for none
     */
    public record TestReport(
            String id,
            String kind,
            boolean good,
            List<Check> checks,
            @Nullable String message) {
        public TestReport {
            checks = List.copyOf(checks);
        }

        static TestReport of(ConfiguredAccount configured, List<Check> checks, @Nullable String message) {
            return new TestReport(
                    configured.account().id(),
                    configured.account().kind(),
                    checks.stream().noneMatch(check -> check.result() == Result.FAILED),
                    checks,
                    message);
        }
    }

    /** Looks at a channel or desk; empty when there is none of this id on this side. */
    public Optional<TestReport> look(Side side, String id) {
        return find(side, id).map(configured -> TestReport.of(configured, looked(configured), null));
    }

    /** The same for a channel, and then writes to somebody there first. */
    public Optional<TestReport> write(String channel, String to, @Nullable String subject, String text, Actor actor)
            throws MalformedPayload {
        Optional<ConfiguredAccount> found = find(Side.CHANNEL, channel);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ConfiguredAccount configured = found.get();
        List<Check> checks = new ArrayList<>();
        if (configured.connector() instanceof SelfTest) {
            checks.addAll(looked(configured));
        }
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("channel", channel)
                .put("to", to)
                .put("text", text);
        if (configured.connector() instanceof WritesFirst first && first.hasSubjects()) {
            body.put("subject", subject == null || subject.isBlank() ? "Test" : subject);
        }
        AgentCommands.Result result = agents.start(
                        "test-" + ids.get(),
                        Json.write(body).getBytes(StandardCharsets.UTF_8),
                        CommandSource.api(actor),
                        "/api/v1/channels/" + channel + "/test")
                .join();
        boolean taken = result.taken() == AgentCommands.Taken.YES;
        checks.add(taken ? sent(result.id(), channel) : Check.failed(MESSAGE, "was not accepted", result.why()));
        return Optional.of(TestReport.of(configured, checks, taken ? result.id() : null));
    }

    private Optional<ConfiguredAccount> find(Side side, String id) {
        Map<String, ConfiguredAccount> accounts = side == Side.CHANNEL
                ? registry.now().channels()
                : registry.now().desks();
        return Optional.ofNullable(accounts.get(id));
    }

    private List<Check> looked(ConfiguredAccount configured) {
        if (configured.connector() instanceof SelfTest test) {
            return test.test(
                    configured.account(), transport.with(configured.account().trust()), clock);
        }
        String side = configured.connector().side().word();
        return List.of(Check.notChecked(
                "the " + side, side + "s of kind " + configured.account().kind() + " have no test"));
    }

    /** What became of the message, which goes out like any other. */
    private Check sent(String message, String channel) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Deliveries.Stored last = null;
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            Optional<Deliveries.Stored> found = store.read(tx -> tx.deliveries().ofMessage(message)).stream()
                    .filter(delivery -> delivery.target().equals(channel))
                    .findFirst();
            last = found.orElse(null);
            if (last != null && (last.doneAt() != null || last.reason() != null)) {
                break;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return check(last, message);
    }

    private static Check check(Deliveries.@Nullable Stored delivery, String message) {
        if (delivery == null || (delivery.doneAt() == null && delivery.reason() == null)) {
            return Check.notChecked(
                    MESSAGE, "is still on its way; GET messages/" + message + "/explain tells what becomes of it");
        }
        return switch (delivery.state()) {
            case DELIVERED -> Check.ok(MESSAGE, "was sent");
            case UNCERTAIN -> Check.notChecked(MESSAGE, "may have been sent: the attempt's end is unknown");
            default ->
                Check.failed(
                        MESSAGE,
                        "was not sent: " + (delivery.reason() == null ? "" : Words.of(delivery.reason()))
                                + (delivery.detail() == null ? "" : ": " + delivery.detail()),
                        "Correct what the reason names, then test again.");
        };
    }
}
