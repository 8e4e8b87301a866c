// SPDX-License-Identifier: Apache-2.0
package io.dragoman.journey;

import io.dragoman.connector.Account;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.ConnectorRegistry;
import io.dragoman.connector.CustomerLookup;
import io.dragoman.connector.CustomerLookup.Answer;
import io.dragoman.connector.Transport;
import io.dragoman.model.Contact;
import io.dragoman.model.Identity;
import io.dragoman.store.LookedUp.Known;
import io.dragoman.store.Store;
import io.dragoman.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks CRMs and shops what they know of who wrote, where that is not known or too old. What they say is kept, and rules see
 * what is kept. A message waits for it no longer than the account's bound; what comes later is there for the next one. Who
 * failed is not asked for a while, and few questions are under way at once. Thread-safe.
 */
public final class LookUps {
    private static final Logger LOG = LoggerFactory.getLogger(LookUps.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    /** A customer who is not known there may be soon. */
    private static final Duration UNKNOWN_AGE = Duration.ofMinutes(5);

    private static final int MOST_AT_ONCE = 16;
    private static final int MOST_OF_ONE = 4;
    private static final int MOST_ADDRESSES = 2;

    private final Store store;
    private final ConnectorRegistry registry;
    private final Transport transport;
    private final Clock clock;
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MOST_AT_ONCE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), LookUps::thread);
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();
    private final Map<String, Instant> failed = new ConcurrentHashMap<>();

    public LookUps(Store store, ConnectorRegistry registry, Transport transport, Clock clock) {
        this.store = store;
        this.registry = registry;
        this.transport = transport;
        this.clock = clock;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "look-up");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * A contact with what is known of them by then.
     *
     * @param outcomes what came of each look-up, for the explanation; empty where there was none
     */
    public record Result(Contact contact, List<String> outcomes) {
        @Override
        public String toString() {
            return "Result" + outcomes;
        }
    }

    /**
     * An account and the address that it is asked about.
     *
     * @param event for which it is asked
     */
    private record Question(String event, Account account, CustomerLookup connector, Identity address) {
        @Override
        public String toString() {
            return "Question[" + account.id() + "]";
        }
    }

    /** Whether anybody can be asked about a contact. */
    boolean any(Contact contact) {
        return !questions("", contact).isEmpty();
    }

    /**
     * Asks about a contact. Completes in the bound, whatever becomes of the questions.
     *
     * @param event the id of the contact's message
     */
    CompletableFuture<Result> of(String event, Contact contact) {
        List<CompletableFuture<String>> outcomes =
                questions(event, contact).stream().map(this::outcome).toList();
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenCompose(all -> store.write(tx -> new Result(
                        tx.contacts().refreshed(contact),
                        outcomes.stream().map(CompletableFuture::join).toList())));
    }

    private List<Question> questions(String event, Contact contact) {
        List<Question> questions = new ArrayList<>();
        for (ConfiguredAccount one : registry.now().channels().values()) {
            if (one.connector() instanceof CustomerLookup connector) {
                connector.askedBy(one.account()).stream()
                        .sorted()
                        .flatMap(type -> contact.verified(type).stream())
                        .limit(MOST_ADDRESSES)
                        .forEach(address -> questions.add(new Question(event, one.account(), connector, address)));
            }
        }
        return questions;
    }

    private CompletableFuture<String> outcome(Question question) {
        String id = question.account().id();
        Instant now = clock.instant();
        Optional<Known> known = store.read(tx -> known(tx, question));
        if (known.isPresent() && now.isBefore(good(question, known.get()))) {
            return CompletableFuture.completedFuture(
                    id + ": " + word(known.get()) + ", asked " + age(known.get(), now) + " ago");
        }
        String old = known.map(one -> ", so what it said " + age(one, now) + " ago counts")
                .orElse("");
        Instant pause = failed.get(id);
        if (pause != null && now.isBefore(pause)) {
            return CompletableFuture.completedFuture(id + ": not asked, for it failed shortly before" + old);
        }
        Duration bound = question.connector().bound(question.account());
        CompletableFuture<String> asked = ask(question);
        return asked.copy()
                .completeOnTimeout("no answer in " + bound.toMillis() + " ms", bound.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(e -> "failed, " + e.getClass().getSimpleName())
                .thenApply(word -> id + ": " + word + (isAnswer(word) ? "" : old));
    }

    private static Optional<Known> known(Tx tx, Question question) {
        return tx.lookedUp()
                .find(
                        question.account().id(),
                        question.address().type(),
                        question.address().value());
    }

    private static Instant good(Question question, Known known) {
        Duration age = question.connector().age(question.account());
        return known.at().plus(known.found() || age.compareTo(UNKNOWN_AGE) < 0 ? age : UNKNOWN_AGE);
    }

    private static String age(Known known, Instant now) {
        return Math.max(0, Duration.between(known.at(), now).toSeconds()) + " s";
    }

    private static String word(Known known) {
        return known.found() ? "found" : "not found";
    }

    private static boolean isAnswer(String word) {
        return word.equals("found") || word.equals("not found");
    }

    private CompletableFuture<String> ask(Question question) {
        long taken = store.read(tx -> tx.erasures().taken());
        Semaphore mine = places.computeIfAbsent(question.account().id(), id -> new Semaphore(MOST_OF_ONE));
        if (!mine.tryAcquire()) {
            return CompletableFuture.completedFuture("not asked, for too many questions are under way");
        }
        try {
            return CompletableFuture.supplyAsync(() -> answer(question, mine), threads)
                    .thenCompose(answer -> keep(question, answer, taken));
        } catch (RejectedExecutionException e) {
            mine.release();
            return CompletableFuture.completedFuture("not asked, for too many questions are under way");
        }
    }

    private Answer answer(Question question, Semaphore mine) {
        String id = question.account().id();
        Answer answer;
        try {
            answer = question.connector().ask(question.account(), question.address(), transport);
        } catch (RuntimeException e) {
            answer = new Answer.Failed(e.getClass().getSimpleName());
        } finally {
            mine.release();
        }
        if (answer instanceof Answer.Failed fault) {
            failed.put(id, clock.instant().plus(AFTER_FAILURE));
            LOG.warn("look-up: {} failed, it is not asked for {}: {}", id, AFTER_FAILURE, fault.why());
        } else {
            failed.remove(id);
        }
        return answer;
    }

    /**
     * Durably, before the message that waits for it goes on. What comes back about somebody who was erased, or about
     * whomever a shop wanted erased, meanwhile is forgotten at once.
     *
     * @param taken how many had been erased when it was asked
     */
    private CompletableFuture<String> keep(Question question, Answer answer, long taken) {
        if (answer instanceof Answer.Failed fault) {
            return CompletableFuture.completedFuture("failed, " + fault.why());
        }
        Answer.@Nullable Found found = answer instanceof Answer.Found one ? one : null;
        Known known = new Known(found != null, found == null ? Map.of() : found.attributes(), clock.instant());
        Identity address = question.address();
        String id = question.account().id();
        String email = address.type().equals(Identity.EMAIL) ? address.value() : null;
        String phone = address.type().equals(Identity.PHONE) ? address.value() : null;
        return store.write(tx -> {
            if (tx.erasures().taken() != taken || tx.erasures().isErased(question.event())) {
                return "not kept, for somebody was erased meanwhile";
            }
            tx.lookedUp().put(id, address.type(), address.value(), known);
            if (found != null) {
                found.orders().forEach(order -> tx.orders().put(id, order, email, phone));
            }
            return word(known);
        });
    }
}
