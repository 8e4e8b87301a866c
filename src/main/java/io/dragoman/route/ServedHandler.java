// SPDX-License-Identifier: Apache-2.0
package io.dragoman.route;

import io.dragoman.connector.Account;
import io.dragoman.connector.OpeningHours;
import io.dragoman.connector.Quota;
import io.dragoman.connector.Request;
import io.dragoman.connector.Served;
import io.dragoman.http.server.ClientAddressResolver;
import io.dragoman.http.server.ProblemDetails;
import io.dragoman.http.server.QuotaLimiter;
import io.dragoman.store.Conversations;
import io.dragoman.store.Feeds;
import io.dragoman.store.Store;
import io.dragoman.work.TypingSink;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a {@link Served} channel decided: keeps its quotas, reads its feeds, hands on what is to be taken in. */
final class ServedHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ServedHandler.class);

    private static final ProblemDetails MOVED = ProblemDetails.of(401, "This token is no longer valid.");
    private static final ProblemDetails NOT_THEIRS = ProblemDetails.of(404, "There is no such conversation of yours.");
    private static final ProblemDetails UNAVAILABLE = ProblemDetails.of(
                    503, "The gateway is unavailable. Please try again.")
            .later(5);

    private final Served served;
    private final Account account;
    private final FeedStreams streams;
    private final Store store;
    private final QuotaLimiter quotas = new QuotaLimiter();
    private final Supplier<String> ids;
    private final Supplier<OpeningHours> hours;
    private final TypingSink typing;

    ServedHandler(Served served, Account account, RouteServices services) {
        this.served = served;
        this.account = account;
        this.streams = services.feedStreams();
        this.store = streams.store;
        this.ids = services.ids();
        this.hours = () -> services.registry().now().hours(); // those that are configured then
        this.typing = services.typing();
    }

    /**
     * Answers a request.
     *
     * @param client the address of whoever sent it
     * @param intake takes in what is to be stored, and goes on when it is answered: with null when it is durable
     */
    void handle(HttpServerRequest http, Request request, String client, BiConsumer<Request, Runnable> intake) {
        Served.Reply reply;
        try {
            reply = served.serve(account, request, ids);
        } catch (RuntimeException | StackOverflowError e) { // a bug of ours: its class alone is sure to hold no content
            LOG.error(
                    "{}: a request was not understood: {}",
                    account.id(),
                    e.getClass().getName());
            ProblemDetails.of(400, "This request cannot be read.").answer(http.response());
            return;
        }
        reply.headers().forEach(http.response()::putHeader);
        String network = ClientAddressResolver.network(client);
        for (Quota quota : reply.quotas()) {
            int wait = quotas.take(quota, network, System.nanoTime());
            if (wait > 0) {
                ProblemDetails.of(429, "Too many requests. Please wait a little.")
                        .later(wait)
                        .answer(http.response());
                return;
            }
        }
        if (reply.content() instanceof Served.Body body) {
            answer(http.response(), body);
        } else if (reply.content() instanceof Served.Hours named) {
            answer(http.response(), named.then().apply(hours.get().at(named.name(), request.receivedAt())));
        } else if (reply.content() instanceof Served.Current current) {
            unlessMoved(http, current.address(), current::body, body -> answer(http.response(), body));
        } else if (reply.content() instanceof Served.Page page) {
            unlessMoved(http, page.address(), () -> page(page), body -> answer(http.response(), body));
        } else if (reply.content() instanceof Served.Typing told) {
            unlessMoved(http, told.address(), told::typing, customer -> {
                typing.customer(account.id(), customer);
                http.response().setStatusCode(204).end();
            });
        } else if (reply.content() instanceof Served.Stream stream) {
            streams.open(http, account.id(), stream.address(), network, stream.after());
        } else if (reply.content() instanceof Served.Take take) {
            unlessMoved(http, take.address(), () -> isOfThatAddress(take), isTheirs -> {
                if (isTheirs) {
                    intake.accept(take.request(), () -> taken(http, take));
                } else {
                    NOT_THEIRS.answer(http.response());
                }
            });
        }
    }

    private Served.Body page(Served.Page page) {
        List<Feeds.Entry> entries =
                store.read(tx -> tx.feeds().after(account.id(), page.address(), page.after(), page.most()));
        return Served.Body.json(200, FeedJson.page(entries, page.after()).toString());
    }

    /** A conversation follows its feed to another address in a moment, not at once. */
    private boolean isOfThatAddress(Served.Take take) {
        String conversation = take.conversation();
        return conversation == null
                || store.read(tx -> tx.conversations()
                                .find(conversation)
                                .map(Conversations.Versioned::conversation)
                                .filter(found -> found.channel().equals(account.id()))
                                .map(found -> tx.feeds()
                                        .movedTo(account.id(), found.address())
                                        .orElse(found.address())))
                        .filter(take.address()::equals)
                        .isPresent();
    }

    /** It is durable: the answer names its place, whether it came once or twice. */
    private void taken(HttpServerRequest http, Served.Take take) {
        if (take.key().isEmpty()) {
            answer(http.response(), take.then());
            return;
        }
        blocking(
                http,
                () -> store.read(tx -> tx.feeds().find(account.id(), take.address(), take.key())),
                (Optional<Feeds.Entry> entry) -> answer(
                        http.response(),
                        entry.map(found -> Served.Body.json(
                                        200, FeedJson.entry(found).toString()))
                                .orElse(take.then())));
    }

    private <T> void unlessMoved(
            HttpServerRequest http, String address, Callable<T> work, java.util.function.Consumer<T> then) {
        this.<@Nullable T>blocking(
                http,
                () -> store.read(tx -> tx.feeds().movedTo(account.id(), address))
                                .isPresent()
                        ? null
                        : work.call(),
                result -> {
                    if (result == null) {
                        MOVED.answer(http.response());
                    } else {
                        then.accept(result);
                    }
                });
    }

    private <T> void blocking(HttpServerRequest http, Callable<T> work, java.util.function.Consumer<T> then) {
        streams.vertx
                .<T>executeBlocking(work, false)
                .onSuccess(then::accept)
                .onFailure(failure -> UNAVAILABLE.answer(http.response()));
    }

    private static void answer(HttpServerResponse response, Served.Body body) {
        response.setStatusCode(body.status()).putHeader("Content-Type", body.type());
        if (body.status() == 204 || body.status() == 304) {
            response.end();
        } else {
            response.end(Buffer.buffer(body.bytes()));
        }
    }
}
