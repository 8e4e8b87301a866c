// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Polled;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Served;
import io.dragoman.connector.Side;
import io.dragoman.connector.Webhook;
import io.dragoman.simulator.Answering;
import io.dragoman.simulator.HttpSimulator;
import io.dragoman.simulator.Simulator;
import io.dragoman.simulator.SimulatorFactory;
import io.dragoman.simulator.helpdesk.HelpdeskSimulator;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the sample of a connector. */
public final class Samples {
    private Samples() {}

    /**
     * The sample that is declared for it as a service, else one made of its simulator, else one that has no more than the
     * settings. To be closed afterwards.
     *
     * @param clock tells when requests arrive
     */
    public static Lent of(Connector connector, Clock clock) {
        ClassLoader loader = connector.getClass().getClassLoader();
        for (ConnectorSample sample : ServiceLoader.load(ConnectorSample.class, loader)) {
            if (sample.connector().getClass() == connector.getClass()) {
                return new Lent(sample, () -> {});
            }
        }
        return started(connector, loader)
                .map(started -> lent(connector, started, clock))
                .orElseGet(() -> new Lent(new SettingsSample(connector), () -> {}));
    }

    /**
     * The sample of a profile: made of the helpdesk that is simulated under this name, else one that has no more than the
     * settings. To be closed afterwards.
     *
     * @param connector speaks as the profile says
     */
    public static Lent ofProfile(Connector connector, String name, Clock clock) {
        for (SimulatorFactory factory :
                ServiceLoader.load(SimulatorFactory.class, connector.getClass().getClassLoader())) {
            if (connector.side() == Side.DESK
                    && factory.desk()
                    && factory.kind().equals(name)
                    && factory.missing().isEmpty()) {
                Simulator started = factory.start(0, null, factory.sample());
                if (started instanceof HelpdeskSimulator helpdesk) {
                    return new Lent(helpdesk(connector, helpdesk, clock), started::close);
                }
                started.close();
            }
        }
        return new Lent(new SettingsSample(connector), () -> {});
    }

    private static ConnectorSample helpdesk(Connector connector, HelpdeskSimulator helpdesk, Clock clock) {
        return helpdesk.proof().isPresent()
                ? new PostingHelpdeskSample(connector, helpdesk, clock)
                : new PolledHelpdeskSample(connector, helpdesk, clock);
    }

    /** What a connector is tried with where nothing of it was: why there is no sample, and what to do. */
    public static String lacking(Connector connector) {
        for (SimulatorFactory factory :
                ServiceLoader.load(SimulatorFactory.class, connector.getClass().getClassLoader())) {
            if (factory.channel().equals(connector.kind()) && factory.missing().isPresent()) {
                return factory.missing().get();
            }
        }
        return connector instanceof Profiled
                ? "Each profile makes a connector of its own, which ./dragoman profile test tests."
                : "No SimulatorFactory and no ConnectorSample for it is declared as a service: write one,"
                        + " as docs/adding-a-channel.md says.";
    }

    private static Lent lent(Connector connector, Started started, Clock clock) {
        Simulator simulator = started.simulator();
        if (connector instanceof Served) {
            VisitorSample visitors = new VisitorSample(connector, simulator, clock);
            return new Lent(visitors, () -> {
                simulator.close();
                visitors.close();
            });
        }
        if (connector instanceof Polled
                && !(connector instanceof Webhook)
                && started.customers().isPresent()) {
            URI customers = started.customers().get();
            PolledSample polled = polled(connector, simulator, customers, clock);
            return new Lent(polled, simulator::close);
        }
        return new Lent(sample(connector, simulator, clock), simulator::close);
    }

    private static PolledSample polled(Connector connector, Simulator simulator, URI customers, Clock clock) {
        boolean sends = !connector.features().sendsNothing();
        return sends && simulator instanceof HttpSimulator http
                ? new SendingPolledSample(connector, http, customers, clock)
                : sends && simulator instanceof Answering
                        ? new LinePolledSample(connector, simulator, customers, clock)
                        : new PolledSample(connector, simulator, customers, clock);
    }

    private static ConnectorSample sample(Connector connector, Simulator simulator, Clock clock) {
        if (!(simulator instanceof HttpSimulator http) || http.proof().isEmpty()) {
            return new SimulatedAccount(connector, simulator);
        }
        return connector.features().sendsNothing()
                ? new SimulatorSample(connector, http, clock)
                : new SendingSimulatorSample(connector, http, clock);
    }

    /** A simulator that runs, and where customers write to it when nobody is called back. */
    private record Started(Simulator simulator, Optional<URI> customers) {}

    /** One that stands in for whom this connector speaks to: a channel and a desk may have one word for their kinds. */
    private static Optional<Started> started(Connector connector, ClassLoader loader) {
        String kind = connector.kind();
        boolean desk = connector.side() == Side.DESK;
        for (SimulatorFactory factory : ServiceLoader.load(SimulatorFactory.class, loader)) {
            // a helpdesk is simulated under a word of its own
            if (factory.desk() == desk
                    && (factory.channel().equals(kind) || desk)
                    && factory.missing().isEmpty()) {
                Simulator started = factory.start(0, null, factory.sample());
                if (started.kind().equals(kind)) {
                    return Optional.of(new Started(started, factory.usualCallback()));
                }
                started.close();
            }
        }
        return Optional.empty();
    }

    /** A sample, and what ends with it. */
    public record Lent(ConnectorSample sample, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }
}
