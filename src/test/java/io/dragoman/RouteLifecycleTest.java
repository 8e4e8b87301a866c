// SPDX-License-Identifier: Apache-2.0
package io.dragoman;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Outbound;
import io.dragoman.model.DeskNotice;
import io.dragoman.model.Part;
import io.dragoman.rules.Decision;
import io.dragoman.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of our routes can be stopped, started, suspended and resumed while work goes on. */
final class RouteLifecycleTest {
    private static final List<String> ROUTES = List.of("webhook:shop", "poll:shop", "journey", "outbox");
    private static final int CUSTOMERS = 4;
    private static final int ROUNDS = 3;

    @TempDir
    private Path data;

    private final MailboxChannel channel = new MailboxChannel();
    private final TestDesk desk = new TestDesk();
    private final AtomicBoolean load = new AtomicBoolean(true);

    private TestGateway start() throws Exception {
        return new TestGateway(data, situation -> Decision.NOTHING, channel, desk, setup -> setup);
    }

    @Test
    void everyRouteShouldRestartAndResumeUnderLoadWithoutLossOrDouble() throws Exception {
        try (TestGateway test = start()) {
            List<CompletableFuture<Integer>> customers = IntStream.range(0, CUSTOMERS)
                    .mapToObj(customer -> CompletableFuture.supplyAsync(() -> write(test, customer)))
                    .toList();
            RouteController routes = test.gateway.camelContext().getRouteController();
            for (int round = 0; round < ROUNDS; round++) {
                for (String route : ROUTES) {
                    routes.stopRoute(route);
                    routes.startRoute(route);
                    progress(route + " restarted");
                    routes.suspendRoute(route);
                    assertThat(routes.getRouteStatus(route).isSuspended())
                            .as(route)
                            .isTrue();
                    routes.resumeRoute(route);
                    progress(route + " resumed");
                }
            }
            load.set(false);
            int posted = 0;
            for (CompletableFuture<Integer> customer : customers) {
                posted += customer.get();
            }
            int all = posted + channel.mailbox.size();
            TestGateway.await("all " + all, () -> desk.sent.size() >= all);
            for (Map.Entry<String, List<Integer>> customer : numbers().entrySet()) {
                assertThat(customer.getValue())
                        .as(customer.getKey())
                        .containsExactlyElementsOf(
                                IntStream.range(0, customer.getValue().size())
                                        .boxed()
                                        .toList());
            }
            assertThat(numbers().values().stream().mapToInt(List::size).sum()).isEqualTo(all);
        }
    }

    @Test
    void restartShouldLeaveNoListenerAndNoThread() throws Exception {
        try (TestGateway test = start()) {
            write(test, 0, 0);
            TestGateway.await("the first", () -> !desk.sent.isEmpty());
            RouteController routes = test.gateway.camelContext().getRouteController();
            cycle(routes);
            Collection<?> listeners = listeners(test.gateway.store());
            int before = listeners.size();
            long threads = threads();
            for (int i = 0; i < 5; i++) {
                cycle(routes);
            }
            assertThat(listeners).hasSize(before);
            TestGateway.await("the old threads' end", () -> threads() <= threads + 2);
            for (String route : ROUTES) {
                routes.stopRoute(route);
            }
            assertThat(listeners).isEmpty();
            TestGateway.await("no worker", () -> names().noneMatch(name -> name.contains("lane")));
        }
    }

    @Test
    void suspendedRouteShouldTakeNothingAndLoseNothing() throws Exception {
        try (TestGateway test = start()) {
            RouteController routes = test.gateway.camelContext().getRouteController();
            routes.suspendRoute("webhook:shop");
            assertThat(test.post("[]")).isEqualTo(503);
            routes.resumeRoute("webhook:shop");
            routes.stopRoute("webhook:shop");
            assertThat(test.post("[]")).as("stopped, but configured").isEqualTo(503);
            routes.startRoute("webhook:shop");
            for (String route : List.of("journey", "outbox", "poll:shop")) {
                routes.suspendRoute(route);
                int sent = desk.sent.size();
                mail();
                assertThat(write(test, 0, sent)).isEqualTo(200);
                TestGateway.await("nobody who claims or polls", () -> names().noneMatch(working(route)));
                assertThat(desk.sent).as(route).hasSizeLessThanOrEqualTo(sent + (route.equals("poll:shop") ? 1 : 0));
                routes.resumeRoute(route);
                TestGateway.await("both", () -> desk.sent.size() == sent + 2);
            }
        }
    }

    /** Tells the thread that takes work up for a route. */
    private static java.util.function.Predicate<String> working(String route) {
        String part = Map.of(
                        "journey",
                        "lane-inbox-dispatcher",
                        "outbox",
                        "lane-outbox-dispatcher",
                        "poll:shop",
                        "poll-shop")
                .get(route);
        return name -> name.contains(part);
    }

    private static void cycle(RouteController routes) throws Exception {
        for (String route : ROUTES) {
            routes.stopRoute(route);
            routes.startRoute(route);
            routes.suspendRoute(route);
            routes.resumeRoute(route);
        }
    }

    /** After a change, work goes on: by the webhook and by the poll. */
    private void progress(String what) {
        int before = desk.sent.size();
        mail();
        int mailed = channel.mailbox.size() - 1;
        TestGateway.await("progress after " + what, () -> desk.sent.size() > before && seen("mail", mailed));
    }

    private boolean seen(String who, int number) {
        return numbers().getOrDefault(who, List.of()).contains(number);
    }

    private void mail() {
        channel.mailbox.add(message("mail", channel.mailbox.size()));
    }

    private int write(TestGateway test, int customer) {
        int number = 0;
        while (load.get()) {
            if (write(test, customer, number) == 200) {
                number++;
            }
        }
        return number;
    }

    private static int write(TestGateway test, int customer, int number) {
        return test.post(message("c" + customer, number));
    }

    private static String message(String from, int number) {
        return "[{\"id\":\"" + from + "-" + number + "\",\"from\":\"" + from + "\",\"text\":\"" + number + "\"}]";
    }

    /** What the desk was sent, by customer, in order. */
    private Map<String, List<Integer>> numbers() {
        return desk.sent.stream()
                .map(sent -> ((Outbound.ToDesk) sent).notice())
                .filter(notice -> notice.type() == DeskNotice.Type.MESSAGE_RECEIVED)
                .collect(Collectors.groupingBy(
                        notice -> notice.data().contact().identities().get(0).value(),
                        Collectors.mapping(
                                notice -> Integer.valueOf(((Part.Text)
                                                notice.data().message().parts().get(0))
                                        .text()),
                                Collectors.toCollection(ArrayList::new))));
    }

    private static java.util.stream.Stream<String> names() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
    }

    private static long threads() {
        return names().filter(name -> name.contains("lane") || name.contains("poll"))
                .count();
    }

    private static Collection<?> listeners(Store store) throws ReflectiveOperationException {
        var field = Store.class.getDeclaredField("listeners");
        field.setAccessible(true);
        return (Collection<?>) field.get(store);
    }
}
