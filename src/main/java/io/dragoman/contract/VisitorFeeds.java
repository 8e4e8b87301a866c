// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Account;
import io.dragoman.connector.FeedEntry;
import io.dragoman.connector.Served;
import io.dragoman.connector.Transport;
import io.dragoman.connector.TransportFailure;
import io.dragoman.model.Json;
import io.dragoman.model.Reason;
import io.dragoman.simulator.Answering;
import io.dragoman.simulator.Script;
import io.dragoman.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The feeds of a channel that is a server itself, in memory, and how their store fares as the gateway's may. Thread-safe. */
final class VisitorFeeds implements Answering {
    /** The id of an account whose store takes nothing. */
    static final String GONE = "gone";

    private static final String NOBODY = "there is no provider to %s: the gateway's own store takes what visitors read";

    private final Simulator visitors;
    private final Transport transport;
    private final Script script = new Script();
    private final Set<List<String>> keys = new HashSet<>();
    private final List<FeedEntry> entries = new ArrayList<>();

    VisitorFeeds(Simulator visitors, Clock clock) {
        this.visitors = visitors;
        transport = new ContractTransport(Sending.PATIENCE, clock) {
            @Override
            public void publish(Account account, FeedEntry entry) throws TransportFailure {
                VisitorFeeds.this.publish(account, entry);
            }
        };
    }

    Transport transport() {
        return transport;
    }

    @Override
    public Script script() {
        return script;
    }

    @Override
    public Optional<String> lacks(Answer answer) {
        return switch (answer) {
            case THROTTLED -> Optional.of(NOBODY.formatted("have too many messages"));
            case REFUSED -> Optional.of(NOBODY.formatted("refuse any"));
            case ODD -> Optional.of(NOBODY.formatted("answer anything odd"));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> lacksWords() {
        return Optional.of(NOBODY.formatted("repeat what it was sent"));
    }

    @Override
    public Optional<String> lacksLogin() {
        return Optional.of(NOBODY.formatted("log in to"));
    }

    /** Whether visitors have read all that is there. */
    synchronized boolean isRead() {
        return visitors.delivered().size() == entries.size();
    }

    @Override
    public List<Simulator.Delivered> delivered() {
        return visitors.delivered();
    }

    private void publish(Account account, FeedEntry entry) throws TransportFailure {
        if (account.id().equals(GONE)) {
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "the store is busy");
        }
        Answer answer = script.answer(text(entry));
        if (answer == Answer.BUSY) {
            throw TransportFailure.notSent(Reason.PROVIDER_DOWN, "the store is busy");
        }
        if (answer == Answer.TAKEN || answer == Answer.SILENT) {
            add(account, entry);
        }
        if (answer != Answer.TAKEN) {
            throw TransportFailure.maybeSent(Reason.PROVIDER_DOWN, "the store did not confirm the entry");
        }
    }

    private synchronized void add(Account account, FeedEntry entry) {
        if (keys.add(List.of(account.id(), entry.address(), entry.key()))) {
            entries.add(entry);
        }
    }

    private static String text(FeedEntry entry) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : tree(entry).path("parts")) {
            text.append(part.path("text").asText());
        }
        return text.toString();
    }

    private static JsonNode tree(FeedEntry entry) {
        try {
            return Json.tree(entry.content().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CheckFailed("a feed's entry that is no JSON", "a JSON object");
        }
    }

    /** What somebody gets who reads on, as server-sent events; then the connection ends, and they come again. */
    synchronized byte[] read(Served.Content content) {
        StringBuilder events = new StringBuilder();
        if (content instanceof Served.Stream stream) {
            for (int i = (int) stream.after(); i < entries.size(); i++) {
                if (entries.get(i).address().equals(stream.address())
                        && tree(entries.get(i)) instanceof ObjectNode entry) {
                    events.append("data: ")
                            .append(Json.write(entry.put("seq", i + 1)))
                            .append("\n\n");
                }
            }
        }
        return events.toString().getBytes(StandardCharsets.UTF_8);
    }
}
