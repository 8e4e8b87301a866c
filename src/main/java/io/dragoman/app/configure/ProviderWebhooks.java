// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.configure;

import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.Side;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.connector.WebhookSetup;
import io.dragoman.connector.WebhookSetup.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the providers of channels and desks where to post, as they run now. Blocks. Thread-safe. */
public final class ProviderWebhooks {
    private final ConnectorRegistry registry;
    private final Transport transport;

    public ProviderWebhooks(ConnectorRegistry registry, Transport transport) {
        this.registry = registry;
        this.transport = transport;
    }

    /**
     * What was done, or is to be done.
     *
     * @param callbackUrl where the provider is to post
     * @param automatic whether it needs no person
     * @param done whether the provider was told; what is for a person was not
     * @param problem what is wrong all the same, with what to do
     */
    public record Connected(
            String id,
            String callbackUrl,
            boolean automatic,
            List<String> steps,
            boolean done,
            @Nullable String problem) {
        public Connected {
            steps = List.copyOf(steps);
        }
    }

    /** Whether the provider of an account can be told without a person. */
    static boolean canConnect(ConfiguredAccount configured) {
        Plan plan = plan(configured);
        return plan.automatic() && !plan.steps().isEmpty();
    }

    private static Plan plan(ConfiguredAccount configured) {
        return configured.connector() instanceof WebhookSetup setup
                ? setup.plan(configured.account())
                : new Plan(false, List.of());
    }

    /** Tells the provider; empty when there is no channel or desk of this id on this side. */
    public Optional<Connected> connect(Side side, String id) {
        Map<String, ConfiguredAccount> accounts = side == Side.CHANNEL
                ? registry.now().channels()
                : registry.now().desks();
        return Optional.ofNullable(accounts.get(id)).map(this::connect);
    }

    private Connected connect(ConfiguredAccount configured) {
        Plan plan = plan(configured);
        boolean can = canConnect(configured);
        return new Connected(
                configured.account().id(),
                configured.account().callback().toString(),
                plan.automatic(),
                plan.steps(),
                can,
                can ? told(configured).orElse(null) : null);
    }

    private Optional<String> told(ConfiguredAccount configured) {
        try {
            return ((WebhookSetup) configured.connector())
                    .connect(
                            configured.account(),
                            transport.with(configured.account().trust()));
        } catch (TransportFailure e) {
            return Optional.of("The provider cannot be asked: " + e.getMessage() + ".");
        }
    }
}
