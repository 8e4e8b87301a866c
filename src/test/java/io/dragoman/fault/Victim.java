// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.Gateway;
import io.dragoman.Setup;
import io.dragoman.TestChannel;
import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Directory;
import io.dragoman.connector.Secret;
import io.dragoman.desk.webhook.WebhookDesk;
import io.dragoman.rules.Decision;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A gateway in a process of its own, to be killed: the test channel in front, the real webhook desk behind. The property
 * {@code halt}, such as {@code send.after:20}, ends it by itself at that call of a connector or of the rules.
 */
public final class Victim {
    static final String SECRET = "secret of shop";

    private Victim() {}

    /** Arguments: the data folder, the desk's address and secret. Prints the port when it is ready. */
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        Account.Installation home =
                new Account.Installation(URI.create("http://localhost:8080"), new Secret("test key"));
        FailPoint failPoint = FailPoint.of(System.getProperty("halt"));
        Connector channel = failPoint.around(new TestChannel(Connector.Side.CHANNEL));
        Connector desk = failPoint.around(new WebhookDesk());
        Map<String, Object> deskSettings = Map.of(
                "url", URI.create(arguments[1]),
                "secret", new Secret(arguments[2]),
                "timeout", Duration.ofSeconds(15));
        Directory directory = new Directory(
                Map.of("shop", bound("shop", channel, Map.of("secret", new Secret(SECRET)), home)),
                Map.of("desk", bound("desk", desk, deskSettings, home)),
                "desk",
                Duration.ofDays(7),
                Duration.ofSeconds(5));
        Gateway gateway = Gateway.start(new Setup(
                data,
                data.resolve("dragoman.db"),
                List.of("file:routes/*.camel.yaml"),
                directory,
                situation -> {
                    failPoint.reached("decide.before");
                    return Decision.NOTHING;
                },
                "127.0.0.1",
                0,
                1024 * 1024,
                1024 * 1024,
                home.publicUrl(),
                home.key(),
                Clock.systemUTC(),
                new Random(),
                failure -> Runtime.getRuntime().halt(70)));
        System.out.println("port " + gateway.publicPort());
    }

    private static Directory.Bound bound(
            String id, Connector connector, Map<String, Object> values, Account.Installation home) {
        return new Directory.Bound(new Account(id, connector.kind(), values, false, home), connector);
    }

    /** A place where the process ends at once, without a chance to tidy up. */
    private record FailPoint(String place, AtomicInteger left) {
        static FailPoint of(@Nullable String property) {
            String[] parts = property == null ? new String[] {"nowhere", "1"} : property.split(":", 2);
            return new FailPoint(parts[0], new AtomicInteger(Integer.parseInt(parts[1])));
        }

        void reached(String here) {
            if (here.equals(place) && left.decrementAndGet() == 0) {
                Runtime.getRuntime().halt(9);
            }
        }

        Connector around(Connector connector) {
            return (Connector) Proxy.newProxyInstance(
                    Victim.class.getClassLoader(), new Class<?>[] {Connector.class}, (proxy, method, arguments) -> {
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
    }
}
