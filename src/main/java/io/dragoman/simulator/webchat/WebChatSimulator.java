// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.webchat;

import io.dragoman.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Visitors of a website: each name is a visitor with a token of their own, who writes by POST and reads by server-sent
 * events, from where they were after a lost connection. There is no provider, so it listens nowhere. Thread-safe.
 */
public final class WebChatSimulator implements Simulator {
    /** The website on which they are. */
    public static final String ORIGIN = "https://site.example";

    private final String secret;
    private final Map<String, ChatVisitor> visitors = new ConcurrentHashMap<>();
    private final List<Delivered> delivered = new ArrayList<>();
    private volatile Consumer<String> listener = line -> {};
    private volatile @Nullable String why;

    /** Visitors of whom nobody is logged in. */
    public WebChatSimulator() {
        this("");
    }

    /** @param secret with which the website's server signs who is logged in; empty where nobody is */
    public WebChatSimulator(String secret) {
        this.secret = secret;
    }

    @Override
    public String kind() {
        return "webchat";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(Map.of("origins", ORIGIN, "newVisitorsPerHour", "1000"));
        if (!secret.isEmpty()) {
            settings.put("identity.secret", secret);
        }
        return settings;
    }

    /**
     * A page with the chat is opened: its script, the frame and what the frame loads come as a browser gets them.
     *
     * @param callback the channel's address
     * @return the first that does not come, with its status, else {@code "200"}
     */
    public String opens(URI callback) {
        try {
            return ChatVisitor.opens(callback);
        } catch (IOException e) {
            return "nobody answers";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** {@code callback} is the channel's address, such as {@code http://localhost:8080/channels/site-chat}. */
    @Override
    public int customerWrites(URI callback, String customer, String text) {
        return visits(callback, customer, visitor -> visitor.write(text));
    }

    /** The website vouches for somebody who is logged in there. */
    @Override
    public int proves(URI callback, String customer) {
        if (secret.isEmpty()) {
            return 0;
        }
        try {
            return ChatVisitor.logsIn(callback, WebsiteToken.of(customer, secret, Instant.now()));
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** As a visitor brings a message, with their token. */
    @Override
    public int brings(URI callback, byte[] body) {
        return visits(callback, "nobody", visitor -> visitor.bring(body));
    }

    /** What somebody does who has a token. */
    @FunctionalInterface
    private interface Act {
        int by(ChatVisitor visitor) throws IOException, InterruptedException;
    }

    private int visits(URI callback, String customer, Act act) {
        why = null;
        try {
            ChatVisitor visitor = visitors.get(customer);
            if (visitor == null) {
                visitor = new ChatVisitor(callback, message -> deliver(customer, message));
                int status = visitor.begin();
                if (status != 200) {
                    return status;
                }
                visitors.put(customer, visitor);
            }
            return act.by(visitor);
        } catch (IOException e) {
            why = e.getMessage();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private void deliver(String customer, ChatVisitor.Read message) {
        synchronized (delivered) {
            delivered.add(new Delivered(customer, message.id(), message.text()));
        }
        listener.accept(customer + " gets: " + message.text());
    }

    @Override
    public Optional<String> why() {
        return Optional.ofNullable(why);
    }

    @Override
    public List<Delivered> delivered() {
        synchronized (delivered) {
            return List.copyOf(delivered);
        }
    }

    @Override
    public void listen(Consumer<String> next) {
        listener = next;
    }

    @Override
    public void close() {
        visitors.values().forEach(ChatVisitor::leave);
    }
}
