// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.Setup;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConfiguredAccounts;
import io.dragoman.connector.Connector;
import io.dragoman.rules.Decision;
import io.dragoman.rules.Rules;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.facts.Trigger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A place where the process ends at once, without a chance to tidy up, at the so manieth time that it is reached:
 * before or after a connector's method, in the rules, or where a class of ours asks for the time.
 */
final class FailPoint {
    private static final String CLOCK = "clock.";

    private final String place;
    private final AtomicInteger left;

    /** Made from a text such as {@code send.after:20}; null is nowhere. */
    FailPoint(@Nullable String text) {
        String[] parts = text == null ? new String[] {"nowhere", "1"} : text.split(":", 2);
        this.place = parts[0];
        this.left = new AtomicInteger(Integer.parseInt(parts[1]));
    }

    /** The same gateway with this place in it. */
    Setup in(Setup setup) {
        Setup.Environment environment = setup.environment();
        Clock clock = place.startsWith(CLOCK) ? new AskedClock(environment.clock()) : environment.clock();
        ConfiguredAccounts accounts = setup.accounts();
        return new Setup(
                setup.settings(),
                new ConfiguredAccounts(around(accounts.channels()), around(accounts.desks()), accounts.policy()),
                rules(setup.rules()),
                setup.routes(),
                setup.key(),
                setup.adminToken(),
                new Setup.Environment(clock, environment.random(), environment.fatal()));
    }

    private void reached(String here) {
        if (here.equals(place) && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(9);
        }
    }

    private Rules rules(Rules rules) {
        return new Rules() {
            @Override
            public Decision apply(Situation situation) {
                reached("rules.before");
                Decision decision = rules.apply(situation);
                reached("rules.after");
                return decision;
            }

            @Override
            public Set<Trigger> triggers() {
                return rules.triggers();
            }
        };
    }

    private Map<String, ConfiguredAccount> around(Map<String, ConfiguredAccount> configured) {
        Map<String, ConfiguredAccount> around = new LinkedHashMap<>();
        configured.forEach((id, one) -> around.put(id, new ConfiguredAccount(one.account(), around(one.connector()))));
        return around;
    }

    private Connector around(Connector connector) {
        return (Connector) Proxy.newProxyInstance(
                FailPoint.class.getClassLoader(), interfaces(connector), (proxy, method, arguments) -> {
                    reached(method.getName() + ".before");
                    try {
                        Object result = method.invoke(connector, arguments);
                        reached(method.getName() + ".after");
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** All that a connector implements: {@link Connector} alone is sealed and cannot be stood in for. */
    static Class<?>[] interfaces(Connector connector) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> type = connector.getClass(); type != null; type = type.getSuperclass()) {
            interfaces.addAll(List.of(type.getInterfaces()));
        }
        return interfaces.toArray(Class<?>[]::new);
    }

    /** Tells the time, and looks who asks: {@code clock.Settle.process} is that method, whoever it asked through. */
    private final class AskedClock extends Clock {
        private final Clock clock;

        AskedClock(Clock clock) {
            this.clock = clock;
        }

        @Override
        public long millis() {
            boolean here = StackWalker.getInstance()
                    .walk(frames -> frames.anyMatch(
                            frame -> place.endsWith("." + simple(frame.getClassName()) + "." + frame.getMethodName())));
            if (here) {
                reached(place);
            }
            return clock.millis();
        }

        private static String simple(String name) {
            return name.substring(name.lastIndexOf('.') + 1);
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return clock.withZone(zone);
        }
    }
}
